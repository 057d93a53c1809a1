"""Requests that are no HTTP, or odd HTTP, or are cut: (name, request, statuses that are right).

None as a status: the connection may be closed without a word.
"""
from check_daemon import pictures

from . import wire
from .attacks import plain
from .document import quoted


def protocol(values):
    """Wrong and odd HTTP."""
    def raw(text):
        return lambda host: wire.as_bytes(text.replace("{H}", host)) if isinstance(text, str) else text.replace(
            b"{H}", host.encode())

    closes = {400, None}
    get = "GET /v1/blocks HTTP/1.1\r\nHost: {H}\r\n"
    yield "no HTTP", raw(b"nope\r\n\r\n"), closes
    yield "TLS", raw(b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03" + bytes(200)), closes
    yield "HTTP/2", raw(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), closes | {404, 405, 505}
    yield "HTTP/0.9", raw(b"GET /v1/blocks\r\n\r\n"), closes
    yield "HTTP/9.9", raw("GET /v1/blocks HTTP/9.9\r\nHost: {H}\r\n\r\n"), closes | {505}
    yield "a negative version", raw("GET /v1/blocks HTTP/-1\r\nHost: {H}\r\n\r\n"), closes | {505}
    yield "no Host", raw("GET /v1/blocks HTTP/1.1\r\nConnection: close\r\n\r\n"), {400, 403, None}
    yield "an empty Host", raw("GET /v1/blocks HTTP/1.1\r\nHost: \r\nConnection: close\r\n\r\n"), {400, 403, None}
    # The first counts, and the one of the address doesn't: both are as good as none, but never let anybody in.
    evil = "GET /v1/blocks HTTP/1.1\r\nHost: evil.example\r\n"
    yield "two Hosts, a good one first", raw(get + "Host: evil.example\r\nConnection: close\r\n\r\n"), {200, 400, 403, None}
    yield "two Hosts, a wrong one first", raw(evil + "Host: {H}\r\nConnection: close\r\n\r\n"), {400, 403, None}
    address = "GET http://%s/v1/blocks HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
    yield "an address with a wrong host", raw(address % ("evil.example", "{H}")), {200, 400, 403, 404}
    yield "an address with a good host, a wrong Host", raw(address % ("{H}", "evil.example")), {400, 403, 404}
    yield "a star", raw("GET * HTTP/1.1\r\nHost: {H}\r\nConnection: close\r\n\r\n"), {400, 404}
    yield "CONNECT", raw("CONNECT evil.example:443 HTTP/1.1\r\nHost: {H}\r\nConnection: close\r\n\r\n"), {
        400, 403, 404, 405, None
    }
    yield "no path", raw("GET  HTTP/1.1\r\nHost: {H}\r\nConnection: close\r\n\r\n"), closes | {404}
    yield "a relative path", raw("GET v1/blocks HTTP/1.1\r\nHost: {H}\r\nConnection: close\r\n\r\n"), {400, 404, None}
    yield "a blank in the path", raw("GET /v1/blo cks HTTP/1.1\r\nHost: {H}\r\nConnection: close\r\n\r\n"), closes | {404}
    yield "a zero in the path", raw(b"GET /v1/\0 HTTP/1.1\r\nHost: {H}\r\nConnection: close\r\n\r\n"), closes | {404}
    yield "a method of 10 kB", raw("A" * 10_000 + " / HTTP/1.1\r\nHost: {H}\r\n\r\n"), closes | {405, 431, 501, 414}
    yield "a method with a slash", raw("GE/T / HTTP/1.1\r\nHost: {H}\r\n\r\n"), closes | {405, 501}
    yield "an address of 100 kB", raw("GET /v1/similar?text=" + "a" * 100_000 +
                                      " HTTP/1.1\r\nHost: {H}\r\nConnection: close\r\n\r\n"), {400, 414, 431, None}
    yield "an address of 12 kB", raw("GET /v1/similar?like=" + "a" * 12_000 +
                                     " HTTP/1.1\r\nHost: {H}\r\nConnection: close\r\n\r\n"), {400, 414, 431, None}
    yield "a header of 200 kB", raw(get + "X: " + "a" * 200_000 + "\r\nConnection: close\r\n\r\n"), {400, 431, None}
    yield "5,000 headers", raw(get + "".join(f"X-{n}: {n}\r\n"
                                             for n in range(5000)) + "Connection: close\r\n\r\n"), {400, 431, None}
    yield "a header of no name", raw(get + ": x\r\nConnection: close\r\n\r\n"), closes
    yield "a header with a blank", raw(get + "X y: z\r\nConnection: close\r\n\r\n"), closes
    yield "a header with a zero", raw(get + "X: a\0b\r\nConnection: close\r\n\r\n"), closes
    yield "a folded header", raw(get + "X: a\r\n b\r\nConnection: close\r\n\r\n"), closes | {200}
    yield "a header of no UTF-8", raw(get.encode() + b"X: \xff\xfe\r\nConnection: close\r\n\r\n"), closes | {200}
    patch = f"PATCH /v1/artworks/{quoted(values['id'])} HTTP/1.1\r\nHost: {{H}}\r\nContent-Type: application/json\r\nConnection: close\r\n"
    for text in ("-1", "abc", "1e3", "0x10", "99999999999999999999999", "5, 6", "+5", " ", "18446744073709551616"):
        yield f"Content-Length: {text}", raw(patch + f"Content-Length: {text}\r\n\r\n{{}}"), {400, 413, None}
    yield "two Content-Lengths", raw(patch + "Content-Length: 2\r\nContent-Length: 200\r\n\r\n{}"), closes
    yield "smuggling, CL.TE", raw(
        patch +
        "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /v1/status HTTP/1.1\r\nHost: {H}\r\n\r\n"), closes
    yield "smuggling, TE.TE", raw(patch +
                                  "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n"), closes | {501}
    yield "Transfer-Encoding: gzip", raw(patch + "Transfer-Encoding: gzip\r\n\r\nxx"), closes | {501}
    yield "a wrong chunk", raw(patch + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"), closes
    yield "a chunk of 2^64", raw(patch +
                                 "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n{}\r\n0\r\n\r\n"), closes | {413}
    yield "a negative chunk", raw(patch + "Transfer-Encoding: chunked\r\n\r\n-5\r\n{}\r\n0\r\n\r\n"), closes
    yield "a body in chunks", raw(patch + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"att\r\nc\r\nributes\":{}}\r\n0\r\n\r\n"), {200}
    upload = "POST /v1/pictures HTTP/1.1\r\nHost: {H}\r\nContent-Type: image/jpeg\r\nConnection: close\r\n"
    yield "10 GB announced", raw(upload + "Content-Length: 10000000000\r\n\r\n\xff\xd8"), {413}
    yield "10 GB announced, of JSON", raw(patch + "Content-Length: 10000000000\r\n\r\n{"), {413}
    yield "Expect: 10 GB", raw(upload + "Expect: 100-continue\r\nContent-Length: 10000000000\r\n\r\n"), {413, 417}
    yield "Expect: nope", raw(upload + "Expect: nope\r\nContent-Length: 2\r\n\r\nxx"), {400, 415, 417, 422}
    yield "Upgrade", raw(
        get +
        "Upgrade: websocket\r\nConnection: Upgrade, close\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    ), {200, 400, 426}
    yield "Upgrade to HTTP/2", raw(
        get + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\nConnection: Upgrade, HTTP2-Settings, close\r\n\r\n"), {
            200, 400
        }
    for name, value in (("Accept", "application/xml"), ("Accept", "x" * 3000), ("Accept-Encoding", "gzip;q=nan, br"),
                        ("Accept-Language", "zh;q=9999"), ("Cookie", "morelli_session=" + "x" * 3000),
                        ("Cookie", "morelli_session=..%2f..%2fetc; morelli_session="), ("Authorization", "Bearer"),
                        ("Authorization", "Bearer " + "x" * 3000), ("Authorization", "Basic YTpi"), ("Authorization",
                                                                                                     "Bearer \xff"),
                        ("X-HTTP-Method-Override", "DELETE"), ("X-Forwarded-For", "127.0.0.1"), ("Forwarded", "for=\"[::1]\""),
                        ("X-Original-URL", "/v1/rebuild"), ("Max-Forwards", "-1"), ("Connection", "x, close, content-length")):
        yield f"{name}: {value[:30]!r}", plain("GET", "/v1/blocks",
                                               **{name.replace("-", "_"): value,
                                                  **({} if name == "Connection" else {})}), {200, 400, 401, 403, 406}


def truncated(values):
    """Bodies that end before they should: this side is closed after what was sent."""
    def raw(text):
        return lambda host: text.replace(b"{H}", host.encode())

    right = {400, 408, 413, None}
    for head, body in ((f"PATCH /v1/artworks/{quoted(values['id'])}", b"{\"title\":\"cut"), ("POST /v1/rebuild", b"{"),
                       ("POST /v1/quarantine/retry", b""), ("POST /v1/session", b"{\"key\":"),
                       ("POST /v1/similar", pictures.samples(".jpg")[0][:1000]), ("POST /v1/pictures",
                                                                                  pictures.samples(".jpg")[0][:1000])):
        kind = "image/jpeg" if head.endswith(("similar", "pictures")) else "application/json"
        start = f"{head} HTTP/1.1\r\nHost: {{H}}\r\nContent-Type: {kind}\r\n".encode()
        yield f"{head}, 1,000,000 announced and {len(body)} sent", raw(start + b"Content-Length: 1000000\r\n\r\n" + body), right
        yield f"{head}, no last chunk", raw(start + b"Transfer-Encoding: chunked\r\n\r\n" + b"%x\r\n" % max(1, len(body)) +
                                            (body or b"x") + b"\r\n"), right
        yield f"{head}, half a chunk", raw(start + b"Transfer-Encoding: chunked\r\n\r\nffff\r\n" + body), right
    yield "half a request line", raw(b"GET /v1/st"), {400, None}
    yield "half a header", raw(b"GET /v1/status HTTP/1.1\r\nHos"), {400, None}
    yield "nothing", raw(b""), {400, None}
