"""safety: who may ask, from where, and what the page may do in a browser.

Loopback unless told otherwise; elsewhere only with keys. With keys, each route by its scope; a revoked key at once; keys are not in
the home's files. Names of other hosts (DNS rebinding) and pages of elsewhere are refused; CORS only as configured; the page's policy;
the cookie; limits of rates. The lines of docs/security.md name the parts of this module.
"""
import os
import re
import subprocess
import time

from check_daemon.base import load
from check_daemon.daemon import command

from . import keys
from .document import Document
from .routes import known
from .service import Service, free_port, museum

POLICY = {
    "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self' blob: data:",
    "connect-src": "'self'", "frame-ancestors": "'none'", "base-uri": "'none'", "form-action": "'none'"
}


def check(run):
    document = Document()
    for part in (addresses, rebinding, origins, sharing, page, files_of_the_home, keys.keys, keys.session, keys.rates):
        began = time.monotonic()
        try:
            said = part(run, document)
        except Exception as problem:
            run.fault(f"{part.__name__}: {problem!r} at line {problem.__traceback__.tb_next.tb_lineno}")
            said = "failed"
        run.row(part.__name__.replace("_", " "), f"{said} ({time.monotonic() - began:.1f} s)")
    run.row("machine", load())


_shared = {}


def unlocked(run):
    """A daemon on loopback without keys, that several parts ask."""
    if run not in _shared:
        _shared[run] = Service(run, name="open").start()
    return _shared[run]


def listening(process):
    """Addresses that a process listens on, as the kernel has them: hexadecimal, 127.0.0.1 as 0100007F."""
    mine = set()
    for name in os.listdir(f"/proc/{process}/fd"):
        try:
            target = os.readlink(f"/proc/{process}/fd/{name}")
        except OSError:
            continue
        if target.startswith("socket:["):
            mine.add(target[8:-1])
    found = []
    for table in ("tcp", "tcp6"):
        for line in open(f"/proc/net/{table}").read().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and fields[9] in mine:
                found.append(fields[1])
    return found


def addresses(run, document):
    """Where it listens."""
    service = unlocked(run)
    heard = listening(service.process.pid)
    run.expect(heard and all(a.startswith("0100007F:") for a in heard), f"with --listen 127.0.0.1 it listens on {heard}")
    roots, home = museum(run, "elsewhere")
    refused = []
    for place in ("0.0.0.0", "[::]", own_address()):
        if place is None:
            continue
        code, said = ends(run, roots, home, f"{place}:{free_port()}")
        refused.append(place)
        run.expect(code == 1, f"--listen {place} without keys ends with {code}: {said[-200:]}")
        run.expect("key" in said.lower(), f"--listen {place} without keys doesn't say that keys are missing: {said[-200:]}")
    for wrong in ("nope", "127.0.0.1", "127.0.0.1:0x10", "127.0.0.1:99999", "127.0.0.1:-1", ":8420:", "http://127.0.0.1:8420"):
        code, said = ends(run, roots, home, wrong)
        run.expect(code in (1, 64), f"--listen {wrong} ends with {code}: {said[-200:]}")
    places = []
    for name, arguments in (("usual", []), ("none", ["--listen", "none"])):
        other = Service(run, home, roots, name=name)
        other.arguments = arguments
        super(Service, other).start(environment={"TMPDIR": str(other.temporary)}, wait=False)
        super(Service, other).wait_ready(30)
        time.sleep(1)
        heard = listening(other.process.pid)
        places.append(heard)
        other.stop()
    run.expect(places[0] and all(a.startswith("0100007F:") for a in places[0]), f"without --listen it listens on {places[0]}")
    run.expect(not places[1], f"with --listen none it listens on {places[1]}")
    usual = ", ".join(f"127.0.0.1:{int(a.split(':')[1], 16)}" for a in places[0])
    return f"by default {usual}; without keys refused: {', '.join(refused)}"


def own_address():
    """An address of this machine that is not loopback."""
    done = subprocess.run(["hostname", "-I"], capture_output=True, text=True)
    return next((a for a in done.stdout.split() if re.fullmatch(r"\d+(\.\d+){3}", a)), None)


def ends(run, roots, home, listen):
    """(exit status, what it said); (None, …) where it runs."""
    process = subprocess.Popen([str(run.morelli), "watch", *map(str, roots), "--home",
                                str(home), "--listen", listen],
                               stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT,
                               text=True,
                               cwd=run.work,
                               start_new_session=True)
    try:
        said, _ = process.communicate(timeout=8)
        return process.returncode, said
    except subprocess.TimeoutExpired:
        process.terminate()
        said, _ = process.communicate(timeout=20)
        return None, said


def rebinding(run, document):
    """A page of elsewhere whose name leads to this machine."""
    service = unlocked(run)
    evil = ("evil.example", f"evil.example:{service.port}", "127.0.0.1.evil.example", "localhost.evil.example",
            f"127.0.0.1.nip.io:{service.port}", "192.168.0.1", "127.0.0.1@evil.example", "evil.example@127.0.0.1", "[::2]",
            "127.0.0.1/", "127.0.0.1 evil.example")
    for host in evil:
        for target in ("/v1/status", "/", "/v1/nope", "/v1/files/1"):
            answer = service.get(target, headers={"Host": host})
            run.expect(answer.status in (400, 403, 421), f"Host: {host} for {target} is {answer}")
    for host in (service.host, f"localhost:{service.port}", f"LOCALHOST:{service.port}", f"[::1]:{service.port}", "localhost",
                 "127.0.0.1"):
        answer = service.get("/v1/blocks", headers={"Host": host})
        run.expect(answer.status == 200, f"Host: {host} is {answer}")
    return f"{len(evil)} names of elsewhere refused"


def origins(run, document):
    """A page of elsewhere that asks for changes."""
    service = unlocked(run)
    values = known(service)
    before = service.json("/v1/artworks?sort=id")["artworks"]
    tried = 0
    for operation in document.operations:
        if operation.method == "GET":
            continue
        kind, body = operation.body()
        for more in ({"Origin": "http://evil.example"}, {"Origin": "null"}, {"Origin": f"http://127.0.0.1:{service.port + 1}"}, {
                "Origin": f"http://127.0.0.1.evil.example:{service.port}"
        }, {"Origin": f"http://evil.example/{service.host}"}):
            tried += 1
            answer = service.call(operation.method, operation.target(values, operation.required(values)), body,
                                  {**({"Content-Type": kind} if kind else {}), **more})
            run.expect(answer.status == 403, f"{operation.name} from {more} is {answer}")
    after = service.json("/v1/artworks?sort=id")["artworks"]
    run.expect(before == after, "a page of elsewhere changed the works")
    # A form can send this without asking first.
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        answer = service.call("POST", "/v1/quarantine/retry", b"{}", {"Content-Type": kind})
        run.expect(answer.status == 415, f"a form's {kind} is {answer}")
    own = service.call("POST", "/v1/quarantine/retry", b"{}",
                       {"Content-Type": "application/json", "Origin": f"http://{service.host}"})
    run.expect(own.status == 202, f"the page's own Origin is {own}")
    return f"{tried} refused"


def sharing(run, document):
    """CORS: none unless configured, and then for that origin alone."""
    service = unlocked(run)
    for method, target, more in (("GET", "/v1/blocks", {}), ("OPTIONS", "/v1/blocks", {
            "Access-Control-Request-Method": "GET"
    }), ("OPTIONS", "/v1/rebuild", {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"})):
        answer = service.call(method, target, headers={"Origin": "https://museum.example", **more})
        told = [value for name, value in answer.headers if name.startswith("access-control-")]
        run.expect(not told, f"{method} {target} has CORS headers though none are configured: {told}")
    roots, home = museum(run, "sharing")
    done = command(run, home, "config", "set", "server.cors", '["https://museum.example"]')
    if not run.expect(done.returncode == 0, f"config set server.cors: {done.stderr}"):
        return "failed"
    shared = Service(run, home, roots, name="sharing").start()
    answer = shared.get("/v1/blocks", headers={"Origin": "https://museum.example"})
    run.expect(answer.status == 200 and answer.header("access-control-allow-origin") == "https://museum.example",
               f"the configured origin has no CORS: {answer.headers}")
    run.expect("origin" in (answer.header("vary") or "").lower(), "an answer to a configured origin lacks Vary: Origin")
    run.expect(answer.header("access-control-allow-credentials") != "true", "credentials are shared")
    for origin in ("https://evil.example", "https://museum.example.evil.example", "http://museum.example", "null",
                   "https://museum.example:444"):
        answer = shared.get("/v1/blocks", headers={"Origin": origin})
        run.expect(answer.header("access-control-allow-origin") is None, f"{origin} has CORS: {answer.headers}")
    asked = shared.call("OPTIONS",
                        "/v1/similar",
                        headers={
                            "Origin": "https://museum.example", "Access-Control-Request-Method": "POST",
                            "Access-Control-Request-Headers": "content-type"
                        })
    run.expect(asked.status in (200, 204) and asked.header("access-control-allow-origin") == "https://museum.example",
               f"a preflight of the configured origin is {asked} {asked.headers}")
    shared.stop()
    # Whoever may read is everybody; whoever may change is not.
    command(run, home, "config", "set", "server.cors", '["*"]')
    everybody = Service(run, home, roots, name="everybody").start()
    answer = everybody.get("/v1/blocks", headers={"Origin": "https://evil.example"})
    run.expect(answer.header("access-control-allow-origin") == "*", f"server.cors = * gives {answer.headers}")
    answer = everybody.call("POST", "/v1/quarantine/retry", b"{}", {"Content-Type": "application/json", "Origin": "https://evil.example"})
    run.expect(answer.status == 403, f"server.cors = * lets every page change things: {answer}")
    everybody.stop()
    return "none unless configured, and for that origin alone"


def page(run, document):
    """What browsers are told."""
    service = unlocked(run)
    values = known(service)
    answer = service.get("/")
    policy = dict((part.strip().split(" ", 1) + [""])[:2] for part in (answer.header("content-security-policy") or "").split(";")
                  if part.strip())
    run.expect(policy == POLICY, f"the page's policy is {policy}")
    html = answer.body.decode("utf-8", "replace")
    inline = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>[^<]*\S|<style|\son\w+=|\sstyle=|javascript:", html, re.I)
    run.expect(not inline, f"the page has inline code or style: {inline[:3]}")
    remote = re.findall(r"(?:src|href)=[\"']?(?:https?:)?//[^\"' >]+", html, re.I)
    run.expect(not remote, f"the page fetches from elsewhere: {remote[:3]}")
    targets = [
        "/", f"/page/{values['path']}", "/v1/blocks", "/v1/nope", f"/v1/files/{values['file']}",
        f"/v1/files/{values['file']}/thumbnail", f"/iiif/image/3/{values['file']}/full/max/0/default.jpg", "/metrics",
        "/v1/export"
    ]
    for target in targets:
        answer = service.get(target)
        run.expect((answer.header("x-content-type-options") or "").lower() == "nosniff", f"{target} lacks nosniff")
        run.expect(
            answer.header("referrer-policy") in ("no-referrer", "same-origin"),
            f"{target}: Referrer-Policy is {answer.header('referrer-policy')}")
        run.expect(answer.type, f"{target} has no type")
        run.expect(not re.search(r"\d", answer.header("server") or ""), f"{target} tells the version: {answer.header('server')}")
    # An original may be anything that an image library reads; it never becomes a page of this origin.
    answer = service.get(f"/v1/files/{values['file']}")
    disposition = answer.header("content-disposition") or ""
    run.expect(re.match(r"inline|attachment", disposition), f"an original has Content-Disposition {disposition!r}")
    run.expect("\n" not in disposition and "/" not in disposition.replace("filename*=UTF-8''", ""),
               f"an original's name holds a path: {disposition!r}")
    export = service.get("/v1/export?format=csv").body.decode()
    run.expect("odd-2" in export, "the export lacks a work")
    csv = service.get("/v1/similar?text=calc&format=csv").body.decode()
    for line in csv.splitlines()[1:]:
        run.expect(not re.search(r'(^|,)"?[=+@-][^0-9.]', line),
                   f"a cell of a result list is a formula for spreadsheets: {line[:120]}")
    return f"{len(targets)} kinds of answers"


def files_of_the_home(run, document):
    """Who may read what the daemon keeps."""
    service = unlocked(run)
    seen = []
    for path in service.home.rglob("*"):
        mode = path.lstat().st_mode
        if mode & 0o077 and not (service.home.stat().st_mode & 0o077) == 0:
            seen.append(f"{path.name} {mode & 0o777:o}")
    run.expect(not seen, f"others may read or write in the home: {seen[:5]}")
    socket = (service.home / "daemon.sock").lstat().st_mode & 0o777
    run.expect(socket == 0o600, f"the socket is {socket:o}")
    return f"home {service.home.stat().st_mode & 0o777:o}, socket {socket:o}"
