"""judges: what the other scenarios judge by sees what is wrong. Wrong answers are made by hand, and each must be told."""
import json
import socket
import threading

from . import attacks, judging, wire, wrong_values
from .document import Document

SOUND = {"type": "about:blank", "title": "Not found", "status": 404, "detail": "there is no work 'x'"}


def answer(status=404, kind="application/problem+json", **changes):
    document = {**SOUND, **changes}
    return wire.Answer(status, [("content-type", kind)],
                       json.dumps({k: v
                                   for k, v in document.items() if v is not None}).encode())


def check(run):
    run.expect(judging.problem(answer()) is None, f"a sound problem is called wrong: {judging.problem(answer())}")
    wrong = {
        "no problem's type": answer(kind="application/json"), "another status": answer(status=400),
        "no detail": answer(detail=None), "an empty detail": answer(detail=" "), "another key": answer(stack="…"),
        "no JSON": wire.Answer(404, [("content-type", "application/problem+json")], b"<html>")
    }
    for what, one in wrong.items():
        run.expect(judging.problem(one), f"not told: a problem with {what}")
    leaks = ("can't open /tmp/home/catalog.sqlite", "/home/anna/scans/a.jpg", "SQLite error 11",
             "at Sources/Server/HTTPService.swift:60", "DecodingError.keyNotFound", "file:///etc/passwd", "stat(\"/etc/passwd\")",
             "pointer 0x7ffd12345678")
    for text in leaks:
        run.expect(judging.leaks(answer(detail=text)), f"not told: {text}")
        run.expect(judging.leaks(wire.Answer(200, [("x-file", text)], b"")), f"not told in a header: {text}")
    for text in ("there is no work '../x'", "/v1/artworks/x", "http://127.0.0.1:8420/iiif/image/3/1/info.json", "style/var/x",
                 "image/jpeg", "oil on canvas; 12/24"):
        run.expect(not judging.leaks(answer(detail=text)), f"called a leak: {text}")
    run.expect(not judging.leaks(answer(detail="there is no work '/etc/passwd'"), sent=b"/etc/passwd"), "what was sent is called a leak")
    document = Document()
    card = document.tree["components"]["schemas"]["Card"]
    example = card["examples"][0]
    if document.fault({"type": "integer"}, "x"):
        run.expect(
            document.fault(card, example) is None, f"the example of a card is not of its schema: {document.fault(card, example)}")
        for spoilt in ({**example, "more": 1}, {k: v
                                                for k, v in example.items() if k != "date"}, {**example, "title": 5},
                       {**example, "image": {"file": 0, "width": 1, "height": 1}}):
            run.expect(document.fault(card, spoilt), f"not told: {spoilt}")
    else:
        run.skip("no jsonschema: schemas are not compared")
    # The client sees an answer as it is sent, in pieces, cut, or none at all.
    cases = ((b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab",
              (200, b"ab", True)), (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab", (200, b"ab", False)),
             (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 413 X\r\nContent-Length: 0\r\n\r\n", (413, b"", True)),
             (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n1\r\nb\r\n0\r\n\r\n", (200, b"ab", True)),
             (b"HTTP/1.1 200 OK\r\n\r\nab", (200, b"ab", True)), (b"", None), (b"nope\r\n\r\n", wire.Broken))
    for sent, right in cases:
        seen = said(sent)
        run.expect(seen == right, f"{sent!r} is read as {seen}")
    # No attack is lost on its way: an address in a request is what was meant.
    made = attacks.plain("GET", b"/v1/artworks/%00\xff")("h")
    run.expect(made.startswith(b"GET /v1/artworks/%00\xff HTTP/1.1\r\nHost: h\r\n"), f"an attack is sent as {made!r}")
    schema = {"type": "integer", "minimum": 1, "maximum": 1000}
    right = [text for text in wrong_values.WRONG_NUMBERS if attacks.fits(text, schema)]
    run.expect(not right, f"taken for numbers from 1 to 1000: {right}")
    run.row("ways of being wrong, each told", len(wrong) + 2 * len(leaks) + 4 + len(cases))


def said(sent):
    """What the client makes of these bytes."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve():
            connection, _ = listener.accept()
            with connection:
                connection.recv(1000)
                for at in range(0, len(sent), 7):
                    connection.sendall(sent[at:at + 7])

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            found = wire.exchange(listener.getsockname(), b"GET / HTTP/1.1\r\n\r\n", 5)
            return found and (found.status, found.body, found.is_whole)
        except wire.Broken:
            return wire.Broken
        finally:
            thread.join()
