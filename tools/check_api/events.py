"""What /v1/events tells: the state at once, and works as they come in and change."""
import json
import time

from check_daemon import pictures

from . import wire
from .document import quoted


def follow(run, service, document, folder):
    """Drops a picture into a watched folder and changes a work; both must be told."""
    with wire.connect(service.address, 20) as connection:
        connection.sendall(wire.request("GET", "/v1/events", service.host, {"Connection": "keep-alive"}))
        reader = wire.Reader(connection)
        status, headers = reader.head()
        kind = dict(headers).get("content-type", "")
        if not run.expect(status == 200 and kind.startswith("text/event-stream"), f"/v1/events is {status} {kind}"):
            return
        stream = Stream(reader, "chunked" in dict(headers).get("transfer-encoding", ""))
        first = stream.next()
        run.expect(first and first[0] == "status", f"the first event is {first}, not the status")
        fault = first and document.fault({"$ref": "#/components/schemas/Status"}, first[1])
        run.expect(not fault, f"the event `status` is not of its schema: {fault}")
        began = time.monotonic()
        (folder / "dropped.png").write_bytes(pictures.png(f"event {run.seed}"))
        told = stream.until(lambda kind, data: kind == "works" and data["ids"], 15)
        if not run.expect(told, "a picture that came in is not told"):
            return
        seconds, new = time.monotonic() - began, told[1]["ids"][0]
        run.expect(service.get("/v1/artworks/" + quoted(new)).status == 200, f"the work {new} that was told is not there")
        answer = service.call("PATCH", "/v1/artworks/" + quoted(new), b'{"title":"Dropped"}', {"Content-Type": "application/json"})
        run.expect(answer.status == 200, f"PATCH of {new}: {answer}")
        told = stream.until(lambda kind, data: kind == "works" and new in data["ids"], 15)
        run.expect(told, "a change of a work is not told")
        run.row("events: from a drop to being told", f"{seconds:.2f} s; kinds seen: {', '.join(sorted(stream.kinds))}")


class Stream:
    """Server-sent events (WHATWG HTML 9.2), one after the other."""

    def __init__(self, reader, is_chunked):
        self.reader, self.is_chunked, self.text, self.kinds = reader, is_chunked, b"", set()

    def _more(self):
        if self.is_chunked:
            size = int(self.reader.line().split(b";")[0], 16)
            data, _ = self.reader.exactly(size)
            self.reader.line()
            self.text += data
            return bool(data)
        found = self.reader.more()
        self.text, self.reader.buffer = self.text + self.reader.buffer, b""
        return found

    def next(self):
        """(kind, document); None at the end, or where nothing comes. Comments are passed over."""
        while True:
            while b"\n\n" not in self.text:
                try:
                    if not self._more():
                        return None
                except OSError:
                    return None
            event, _, self.text = self.text.partition(b"\n\n")
            fields = dict(line.split(b": ", 1) for line in event.splitlines() if b": " in line and not line.startswith(b":"))
            if b"data" in fields:
                kind = fields.get(b"event", b"message").decode()
                self.kinds.add(kind)
                return kind, json.loads(fields[b"data"])

    def until(self, fits, within):
        end = time.monotonic() + within
        while time.monotonic() < end:
            event = self.next()
            if event is None or fits(*event):
                return event
        return None
