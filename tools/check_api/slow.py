"""slow: clients that are slow, silent or gone don't stop the daemon.

Headers and bodies that come byte by byte, answers that nobody reads, hundreds of requests on one connection whose answers nobody reads,
event streams that nobody reads, connections that are opened and left, half closed or broken off; and 10,000 idle ones (--full; 1,000
short). Meanwhile somebody asks as usual, on a new connection each time, and is answered in time. What is too slow is ended by the
daemon (--full waits for that). Afterwards its descriptors come back.
"""
import resource
import selectors
import socket
import struct
import threading
import time

from check_daemon.base import load, percentile

from . import wire
from .document import quoted
from .routes import known
from .service import Service

# Seconds within which a usual request is answered meanwhile: at the 95th percentile, and always. Short, on a build machine that
# does other things too, twice that.
USUALLY, ALWAYS = 1.0, 3.0


def check(run):
    service = Service(run).start()
    values = known(service)
    target = f"/v1/similar?like={quoted(values['id'])}&k=5"
    for _ in range(20):
        service.get(target)
    time.sleep(1)
    before = service.figures()
    # After the daemon was started, which has a limit of its own.
    wanted = run.options.count or run.size(1000, 3000, 10_000)
    allowed = room(wanted + 1000)
    count = max(0, min(wanted, allowed - 1000))
    if count < wanted:
        run.skip(f"only {count} connections can be open here")
    seconds = run.size(3, 8, 20)
    parts = (("headers byte by byte",
              lambda: drip(run, service, b"GET /v1/status HTTP/1.1\r\nHost: %s\r\nX-Slow: " % service.host.encode(
              ), run.size(60, 200, 500))), ("bodies byte by byte", lambda: bodies(run, service, values, run.size(60, 200, 500))),
             ("answers that nobody reads",
              lambda: unread(service, [f"/v1/files/{values['file']}", "/v1/export", "/v1/similar?text=a&k=1000", "/metrics"],
                             run.size(60, 200, 500))), ("many requests, nobody reads",
                                                        lambda: pipelined(service, target, run.size(5, 10, 20))),
             ("event streams that nobody reads", lambda: unread(service, ["/v1/events"], run.size(60, 200, 500))),
             ("broken off while it answers", lambda: broken(service, target, run.size(100, 500, 2000))),
             ("half closed", lambda: halved(service, run.size(60, 200, 500))), (f"{count:,} idle connections",
                                                                                lambda: idle(run, service, count)))
    held = []
    for what, begin in parts:
        with Asking(service, target) as asking:
            held += begin()
            time.sleep(seconds)
        asking.tell(run, what)
        if not run.expect(service.alive, f"{what}: the daemon died: {service.tail()}"):
            return
    figures = service.figures()
    run.row("all of them at once: memory, threads, descriptors",
            f"{figures['rss'] >> 10} MiB, {figures['threads']}, {figures['descriptors']}")
    run.expect(figures["peak"] >> 10 < 1024, f"the daemon took {figures['peak'] >> 10} MiB")
    run.expect(figures["threads"] < before["threads"] + 100, f"{figures['threads']} threads")
    if not run.short:
        ended(run, held)
    for connection in held:
        connection.close()
    back(run, service, before)
    answer = service.get(target)
    run.expect(answer.status == 200, f"at the end: {answer}")
    run.row("machine", load())
    run.row("SIGTERM to the end", f"{service.stop():.2f} s")


def room(wanted):
    """Descriptors that this process may have."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < wanted:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, wanted))
        except (ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    elif soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


class Asking(threading.Thread):
    """Somebody who asks as usual."""
    def __init__(self, service, target):
        super().__init__(daemon=True)
        self.service, self.target, self.over = service, target, threading.Event()
        self.seconds, self.faults = [], []

    def run(self):
        while not self.over.wait(0.05):
            began = time.monotonic()
            try:
                answer = self.service.get(self.target, timeout=20)
                if answer.status != 200:
                    self.faults.append(repr(answer))
            except (OSError, wire.Broken) as problem:
                self.faults.append(repr(problem))
            self.seconds.append(time.monotonic() - began)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.join()

    def tell(self, run, what):
        if not run.expect(self.seconds, f"{what}: nobody asked"):
            return
        middle, p95, most = (1000 * v for v in (percentile(self.seconds, 0.5), percentile(self.seconds, 0.95), max(self.seconds)))
        run.row(what, f"of {len(self.seconds)} usual requests: median {middle:.0f} ms, p95 {p95:.0f} ms, longest {most:.0f} ms")
        run.expect(not self.faults, f"{what}: {len(self.faults)} usual requests failed: {self.faults[:2]}")
        slack = 2 if run.short else 1
        # A share of few says no more than the longest.
        is_usual = len(self.seconds) < 20 or p95 < 1000 * USUALLY * slack
        run.expect(is_usual and most < 1000 * ALWAYS * slack,
                   f"{what}: usual requests wait: p95 {p95:.0f} ms, longest {most:.0f} ms")


_dripping = []


def drip(run, service, start, count):
    """Connections on which a byte comes every half second."""
    mine = []
    for _ in range(count):
        connection = wire.connect(service.address)
        connection.sendall(start)
        mine.append(connection)
    _dripping.extend(mine)
    if not any(thread.name == "drips" for thread in threading.enumerate()):
        threading.Thread(target=_drip, name="drips", daemon=True).start()
    return mine


def _drip():
    while True:
        for connection in list(_dripping):
            try:
                connection.sendall(b"a")
            except OSError:
                _dripping.remove(connection)
        time.sleep(0.5)


def bodies(run, service, values, count):
    host = service.host.encode()
    patch = f"PATCH /v1/artworks/{quoted(values['id'])}".encode()
    starts = (patch + b" HTTP/1.1\r\nHost: " + host +
              b"\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{\"title\":\"",
              b"POST /v1/pictures HTTP/1.1\r\nHost: " + host +
              b"\r\nContent-Type: image/jpeg\r\nContent-Length: 1000000\r\n\r\n\xff\xd8", b"POST /v1/similar HTTP/1.1\r\nHost: " +
              host + b"\r\nContent-Type: image/jpeg\r\nContent-Length: 1000000\r\n\r\n\xff\xd8")
    return [connection for start in starts for connection in drip(run, service, start, count // 3)]


def tight(service):
    """A connection with little room for answers."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    connection.settimeout(15)
    connection.connect(service.address)
    return connection


def unread(service, targets, count):
    held = []
    for number in range(count):
        connection = tight(service)
        connection.sendall(wire.request("GET", targets[number % len(targets)], service.host, {"Connection": "keep-alive"}))
        held.append(connection)
        # Finding the answers is not what is looked at here.
        time.sleep(0.04)
    return held


def pipelined(service, target, count):
    """Requests without end on a connection whose answers stay where they are."""
    held = []
    data = wire.request("GET", target, service.host, {"Connection": "keep-alive"}) * 1000
    for _ in range(count):
        connection = tight(service)
        connection.settimeout(0.5)
        try:
            for _ in range(5):
                connection.sendall(data)
        except OSError:
            # Full: the daemon has stopped reading, as it should, or has ended it.
            pass
        held.append(connection)
    return held


def broken(service, target, count):
    for _ in range(count):
        connection = wire.connect(service.address)
        connection.sendall(wire.request("GET", target, service.host))
        # Reset, not closed.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
    return []


def halved(service, count):
    held = []
    for number in range(count):
        connection = wire.connect(service.address)
        if number % 2:
            connection.sendall(b"GET /v1/sta")
        connection.shutdown(socket.SHUT_WR)
        held.append(connection)
    return held


def idle(run, service, count):
    held, refused = [], 0
    for number in range(count):
        try:
            connection = wire.connect(service.address, timeout=5)
        except OSError:
            refused += 1
            if refused > 20:
                break
            continue
        if number % 3 == 0:
            # Idle after a request is idle too.
            try:
                connection.sendall(wire.request("GET", "/v1/session", service.host, {"Connection": "keep-alive"}))
            except OSError:
                refused += 1
        held.append(connection)
    run.row("idle connections refused", refused)
    return held


def ended(run, held):
    """How many of the slow ones the daemon has ended by itself, after a while."""
    began = time.monotonic()
    slow = list(held)
    selector = selectors.DefaultSelector()
    for connection in slow:
        connection.setblocking(False)
        selector.register(connection, selectors.EVENT_READ)
    left = len(slow)
    while left and time.monotonic() - began < 150:
        for key, _ in selector.select(1):
            try:
                data = key.fileobj.recv(1 << 16)
            except BlockingIOError:
                continue
            except OSError:
                data = b""
            if not data:
                selector.unregister(key.fileobj)
                left -= 1
    run.row("slow and idle connections that the daemon ended within 150 s", f"{len(slow) - left} of {len(slow)}")
    still = sum(connection in _dripping for connection in slow)
    run.expect(not still, f"{still} connections whose requests never end are still open")


def back(run, service, before):
    """Descriptors come back."""
    began = time.monotonic()
    _dripping.clear()
    while time.monotonic() - began < 20:
        figures = service.figures()
        if figures["descriptors"] <= before["descriptors"] + 8:
            break
        time.sleep(0.1)
    run.row("descriptors before / after",
            f"{before['descriptors']} / {figures['descriptors']}, {time.monotonic() - began:.1f} s after all were closed")
    run.row("memory before / after / most", f"{before['rss'] >> 10} / {figures['rss'] >> 10} / {figures['peak'] >> 10} MiB")
    run.expect(figures["descriptors"] <= before["descriptors"] + 8,
               f"descriptors don't come back: {before['descriptors']} before, {figures['descriptors']} after")
