"""HTTP/1.1 by hand: requests as bytes, so that wrong ones can be sent too, and answers as they came."""
import json
import socket
import threading


class Answer:
    """One answer; `headers` are (name in lower case, value) in their order."""
    def __init__(self, status, headers, body, is_whole=True):
        self.status, self.headers, self.body, self.is_whole = status, headers, body, is_whole

    def header(self, name, default=None):
        return next((value for key, value in self.headers if key == name.lower()), default)

    def all(self, name):
        return [value for key, value in self.headers if key == name.lower()]

    @property
    def type(self):
        return (self.header("content-type") or "").split(";")[0].strip().lower()

    def json(self):
        return json.loads(self.body.decode("utf-8"))

    def __repr__(self):
        return f"{self.status} {self.type} {self.body[:160]!r}"


class Broken(Exception):
    """What came back is no HTTP."""


def request(method, target, host, headers=(), body=None):
    """The bytes of a request; `headers` replace the usual ones of their names, None leaves one out."""
    given = {name.lower(): (name, value) for name, value in dict(headers).items()}
    usual = {"host": ("Host", host), "connection": ("Connection", "close")}
    if body is not None:
        usual["content-length"] = ("Content-Length", str(len(body)))
    elif method in ("POST", "PUT", "PATCH"):
        usual["content-length"] = ("Content-Length", "0")
    lines = [as_bytes(method) + b" " + as_bytes(target) + b" HTTP/1.1"]
    for name, value in {**usual, **given}.values():
        if value is not None:
            lines.append(as_bytes(name) + b": " + as_bytes(value))
    return b"\r\n".join(lines) + b"\r\n\r\n" + (body or b"")


def as_bytes(text):
    return text if isinstance(text, bytes) else text.encode("utf-8")


class Reader:
    """Reads answers off a connection."""
    def __init__(self, connection):
        self.connection, self.buffer = connection, b""

    def more(self):
        data = self.connection.recv(1 << 16)
        self.buffer += data
        return bool(data)

    def line(self):
        while b"\r\n" not in self.buffer:
            if len(self.buffer) > 1 << 20 or not self.more():
                raise Broken(f"no whole line: {self.buffer[:200]!r}")
        line, _, self.buffer = self.buffer.partition(b"\r\n")
        return line

    def exactly(self, count):
        while len(self.buffer) < count:
            if not self.more():
                data, self.buffer = self.buffer, b""
                return data, False
        data, self.buffer = self.buffer[:count], self.buffer[count:]
        return data, True

    def head(self):
        """(status, headers); None where the connection was closed without a word."""
        while True:
            if not self.buffer and not self.more():
                return None
            first = self.line().split(b" ", 2)
            if len(first) < 2 or not first[0].startswith(b"HTTP/1.") or not first[1].isdigit():
                raise Broken(f"no status line: {first!r}")
            headers = []
            while line := self.line():
                name, _, value = line.decode("latin-1").partition(":")
                headers.append((name.strip().lower(), value.strip()))
            # 100 Continue is followed by the answer.
            if not 100 <= int(first[1]) < 200:
                return int(first[1]), headers

    def answer(self, method="GET"):
        """The next answer; None where the connection was closed without one."""
        head = self.head()
        if head is None:
            return None
        status, headers = head
        known = dict(headers)
        if method == "HEAD" or status in (204, 304):
            return Answer(status, headers, b"")
        if "chunked" in known.get("transfer-encoding", "").lower():
            body, whole = b"", True
            while True:
                size = int(self.line().split(b";")[0], 16)
                if size == 0:
                    while self.line():
                        pass
                    break
                data, whole = self.exactly(size)
                body += data
                if not whole:
                    break
                self.line()
            return Answer(status, headers, body, whole)
        if "content-length" in known:
            body, whole = self.exactly(int(known["content-length"]))
            return Answer(status, headers, body, whole)
        while self.more():
            pass
        body, self.buffer = self.buffer, b""
        return Answer(status, headers, body)


def connect(address, timeout=15):
    connection = socket.create_connection(address, timeout=timeout)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def exchange(address, data, timeout=15, ends=False, method=None):
    """Sends bytes, returns the first answer; None where the connection is closed without one.

    Where the server closes before all is sent, what it said is still read. `ends` closes this side after sending.
    """
    method = method or data.split(b" ", 1)[0].decode("latin-1")
    with connect(address, timeout) as connection:
        if len(data) < 50_000:
            _send(connection, data, ends)
        else:
            # Whoever says no may do so before all is sent.
            threading.Thread(target=_send, args=(connection, data, ends), daemon=True).start()
        try:
            return Reader(connection).answer(method)
        except (ConnectionResetError, BrokenPipeError):
            return None
        finally:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


def _send(connection, data, ends):
    try:
        connection.sendall(data)
        if ends:
            connection.shutdown(socket.SHUT_WR)
    except OSError:
        pass
