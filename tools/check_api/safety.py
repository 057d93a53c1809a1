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

from . import judging, wire
from .document import Document, quoted
from .routes import known
from .service import Service, free_port, museum

# What each route needs, apart from the document: all others need read.
OPEN = {"GET /", "GET /page/{path}", "GET /v1/openapi.json", "GET /v1/session", "POST /v1/session", "DELETE /v1/session"}
SCOPES = {
    "PATCH /v1/artworks/{id}": "write", "DELETE /v1/artworks/{id}": "write", "POST /v1/artworks/{id}/restore": "write", "POST /v1/quarantine/retry": "write",
    "DELETE /v1/quarantine": "write", "POST /v1/rebuild": "admin",
}
RANKS = ("read", "write", "admin")
POLICY = {"default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self' blob: data:", "connect-src": "'self'",
          "frame-ancestors": "'none'", "base-uri": "'none'", "form-action": "'none'"}


def check(run):
    document = Document()
    for part in (addresses, rebinding, origins, sharing, page, files_of_the_home, keys, session, rates):
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
    usual = command(run, service.home, "config", "get", "server.listen")
    run.expect("127.0.0.1:8420" in usual.stdout, f"server.listen is {usual.stdout.strip()!r} {usual.stderr.strip()!r} by default")
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
    none = Service(run, home, roots, name="none")
    none.arguments = ["--listen", "none"]
    super(Service, none).start(environment={"TMPDIR": str(none.temporary)})
    heard = listening(none.process.pid)
    run.expect(not heard, f"with --listen none it listens on {heard}")
    none.stop()
    return f"by default 127.0.0.1:8420; without keys refused: {', '.join(refused)}"


def own_address():
    """An address of this machine that is not loopback."""
    done = subprocess.run(["hostname", "-I"], capture_output=True, text=True)
    return next((a for a in done.stdout.split() if re.fullmatch(r"\d+(\.\d+){3}", a)), None)


def ends(run, roots, home, listen):
    """(exit status, what it said); (None, …) where it runs."""
    process = subprocess.Popen([str(run.morelli), "watch", *map(str, roots), "--home", str(home), "--listen", listen], stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=run.work, start_new_session=True)
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
    evil = ("evil.example", f"evil.example:{service.port}", "127.0.0.1.evil.example", "localhost.evil.example", f"127.0.0.1.nip.io:{service.port}", "192.168.0.1", "127.0.0.1@evil.example",
            "evil.example@127.0.0.1", "localhost:x", "127.0.0.1:1:2", "[::2]", "127.0.0.1/", "127.0.0.1 evil.example")
    for host in evil:
        for target in ("/v1/status", "/", "/v1/nope", "/v1/files/1"):
            answer = service.get(target, headers={"Host": host})
            run.expect(answer.status in (400, 403, 421), f"Host: {host} for {target} is {answer}")
    for host in (service.host, f"localhost:{service.port}", f"LOCALHOST:{service.port}", f"[::1]:{service.port}", "localhost", "127.0.0.1"):
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
        for more in ({"Origin": "http://evil.example"}, {"Origin": "null"}, {"Origin": f"http://127.0.0.1:{service.port + 1}"},
                     {"Origin": f"http://127.0.0.1.evil.example:{service.port}"}, {"Origin": f"http://evil.example/{service.host}"}):
            tried += 1
            answer = service.call(operation.method, operation.target(values, operation.required(values)), body, {**({"Content-Type": kind} if kind else {}), **more})
            run.expect(answer.status == 403, f"{operation.name} from {more} is {answer}")
    after = service.json("/v1/artworks?sort=id")["artworks"]
    run.expect(before == after, "a page of elsewhere changed the works")
    # A form can send this without asking first.
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        answer = service.call("POST", "/v1/quarantine/retry", b"{}", {"Content-Type": kind})
        run.expect(answer.status == 415, f"a form's {kind} is {answer}")
    own = service.call("POST", "/v1/quarantine/retry", b"{}", {"Content-Type": "application/json", "Origin": f"http://{service.host}"})
    run.expect(own.status == 202, f"the page's own Origin is {own}")
    return f"{tried} refused"


def sharing(run, document):
    """CORS: none unless configured, and then for that origin alone."""
    service = unlocked(run)
    for method, target, more in (("GET", "/v1/blocks", {}), ("OPTIONS", "/v1/blocks", {"Access-Control-Request-Method": "GET"}),
                                 ("OPTIONS", "/v1/rebuild", {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"})):
        answer = service.call(method, target, headers={"Origin": "https://museum.example", **more})
        told = [value for name, value in answer.headers if name.startswith("access-control-")]
        run.expect(not told, f"{method} {target} has CORS headers though none are configured: {told}")
    roots, home = museum(run, "sharing")
    done = command(run, home, "config", "set", "server.cors", '["https://museum.example"]')
    if not run.expect(done.returncode == 0, f"config set server.cors: {done.stderr}"):
        return "failed"
    shared = Service(run, home, roots, name="sharing").start()
    answer = shared.get("/v1/blocks", headers={"Origin": "https://museum.example"})
    run.expect(answer.status == 200 and answer.header("access-control-allow-origin") == "https://museum.example", f"the configured origin has no CORS: {answer.headers}")
    run.expect("origin" in (answer.header("vary") or "").lower(), "an answer to a configured origin lacks Vary: Origin")
    run.expect(answer.header("access-control-allow-credentials") != "true", "credentials are shared")
    for origin in ("https://evil.example", "https://museum.example.evil.example", "http://museum.example", "null", "https://museum.example:444"):
        answer = shared.get("/v1/blocks", headers={"Origin": origin})
        run.expect(answer.header("access-control-allow-origin") is None, f"{origin} has CORS: {answer.headers}")
    asked = shared.call("OPTIONS", "/v1/similar", headers={"Origin": "https://museum.example", "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"})
    run.expect(asked.status in (200, 204) and asked.header("access-control-allow-origin") == "https://museum.example", f"a preflight of the configured origin is {asked} {asked.headers}")
    shared.stop()
    return "none unless configured, and for that origin alone"


def page(run, document):
    """What browsers are told."""
    service = unlocked(run)
    values = known(service)
    answer = service.get("/")
    policy = dict((part.strip().split(" ", 1) + [""])[:2] for part in (answer.header("content-security-policy") or "").split(";") if part.strip())
    run.expect(policy == POLICY, f"the page's policy is {policy}")
    html = answer.body.decode("utf-8", "replace")
    inline = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>[^<]*\S|<style|\son\w+=|\sstyle=|javascript:", html, re.I)
    run.expect(not inline, f"the page has inline code or style: {inline[:3]}")
    remote = re.findall(r"(?:src|href)=[\"']?(?:https?:)?//[^\"' >]+", html, re.I)
    run.expect(not remote, f"the page fetches from elsewhere: {remote[:3]}")
    targets = ["/", f"/page/{values['path']}", "/v1/blocks", "/v1/nope", f"/v1/files/{values['file']}", f"/v1/files/{values['file']}/thumbnail",
               f"/iiif/image/3/{values['file']}/full/max/0/default.jpg", "/metrics", "/v1/export"]
    for target in targets:
        answer = service.get(target)
        run.expect((answer.header("x-content-type-options") or "").lower() == "nosniff", f"{target} lacks nosniff")
        run.expect(answer.header("referrer-policy") in ("no-referrer", "same-origin"), f"{target}: Referrer-Policy is {answer.header('referrer-policy')}")
        run.expect(answer.type, f"{target} has no type")
        run.expect(not re.search(r"\d", answer.header("server") or ""), f"{target} tells the version: {answer.header('server')}")
    # An original may be anything that an image library reads; it never becomes a page of this origin.
    answer = service.get(f"/v1/files/{values['file']}")
    disposition = answer.header("content-disposition") or ""
    run.expect(re.match(r"inline|attachment", disposition), f"an original has Content-Disposition {disposition!r}")
    run.expect("\n" not in disposition and "/" not in disposition.replace("filename*=UTF-8''", ""), f"an original's name holds a path: {disposition!r}")
    export = service.get("/v1/export?format=csv").body.decode()
    run.expect("odd-2" in export, "the export lacks a work")
    csv = service.get("/v1/similar?text=calc&format=csv").body.decode()
    for line in csv.splitlines()[1:]:
        run.expect(not re.search(r'(^|,)"?[=+@-][^0-9.]', line), f"a cell of a result list is a formula for spreadsheets: {line[:120]}")
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


def keys(run, document):
    """Keys, scopes, revocation, and what is stored of them."""
    for operation in document.operations:
        mine = None if operation.name in OPEN else SCOPES.get(operation.name, "read")
        run.expect(operation.scope == mine, f"{operation.name} needs {mine}, the document says {operation.scope}")
    roots, home = museum(run, "keys")
    service = Service(run, home, roots, listen="0.0.0.0", name="keys")
    made = {scope: service.make_key(scope) for scope in RANKS}
    run.expect(len(set(made.values())) == 3 and all(len(key) >= 32 for key in made.values()), "keys are short or the same")
    service.start()
    service.key = made["admin"]
    values = known(service)
    tried = 0
    for operation in document.operations:
        # What nobody has: it is refused for the key before it is looked for.
        target = operation.target({**values, "id": "no-such-work", "token": "A" * 22}, operation.required(values))
        kind, body = operation.body()
        headers = {"Content-Type": kind} if kind else {}

        def ask(key):
            given = {**headers, **({"Authorization": key} if key is not None else {})}
            if "text/event-stream" in operation.responses.get("200", {}).get("content", {}):
                with wire.connect(service.address) as connection:
                    connection.sendall(wire.request("GET", target, service.host, {**given, "Connection": "keep-alive"}))
                    reader = wire.Reader(connection)
                    status, head = reader.head()
                    return wire.Answer(status, head, b"") if status == 200 else service.call(operation.method, target, body, given, key=False)
            return service.call(operation.method, target, body, given, key=False)

        wrong = (None, "", "Bearer", "Bearer ", "Bearer nope", f"Bearer {made['admin'][:-1]}", f"Bearer {made['admin']}x", f"Basic {made['admin']}", made["admin"],
                 f"Bearer {made['admin'].swapcase()}", f"Bearer {made['admin']} {made['admin']}")
        for key in wrong:
            tried += 1
            answer = ask(key)
            if operation.scope is None:
                run.expect(answer.status not in (401, 403) or operation.name == "POST /v1/session", f"{operation.name} without a key is {answer}")
                continue
            if run.expect(answer.status == 401, f"{operation.name} with {(key or 'no key')[:24]!r} is {answer}"):
                run.expect("bearer" in (answer.header("www-authenticate") or "").lower(), f"{operation.name}: 401 without WWW-Authenticate")
                fault = judging.problem(answer)
                run.expect(not fault, f"{operation.name}: its 401 {fault}")
        if operation.scope is None or operation.name == "DELETE /v1/quarantine":
            continue
        for scope in RANKS:
            tried += 1
            answer = ask(f"Bearer {made[scope]}")
            if RANKS.index(scope) < RANKS.index(operation.scope):
                run.expect(answer.status == 403, f"{operation.name} with a key of {scope} is {answer}")
            else:
                run.expect(answer.status not in (401, 403), f"{operation.name} with a key of {scope} is {answer}")
    # In the address it would stand in logs and histories.
    answer = service.get(f"/v1/blocks?key={quoted(made['admin'])}", key=False)
    run.expect(answer.status in (400, 401), f"a key in the address is {answer}")
    for scope in RANKS:
        answer = service.json("/v1/session", headers={"Authorization": f"Bearer {made[scope]}"}, key=False)
        run.expect(answer == {"keys_required": True, "scopes": list(RANKS[:RANKS.index(scope) + 1])}, f"/v1/session with a key of {scope} is {answer}")
    answer = service.json("/v1/session", key=False)
    run.expect(answer == {"keys_required": True, "scopes": []}, f"/v1/session without a key is {answer}")
    # Revoked on the command line, beside the daemon.
    cookie = sign_in(service, made["write"])[0]
    listed = command(run, home, "key", "list")
    run.expect(all(f"check-{scope}" in listed.stdout for scope in RANKS), f"key list: {listed.stdout} {listed.stderr}")
    run.expect(not any(key in listed.stdout for key in made.values()), "key list prints keys")
    done = command(run, home, "key", "revoke", "check-write")
    run.expect(done.returncode == 0, f"key revoke: {done.stderr}")
    began = time.monotonic()
    answer = service.get("/v1/blocks", headers={"Authorization": f"Bearer {made['write']}"})
    run.expect(answer.status == 401, f"a revoked key is {answer}")
    answer = service.get("/v1/blocks", headers={"Cookie": cookie}, key=False)
    run.expect(answer.status == 401, f"the session of a revoked key is {answer}")
    run.expect(service.get("/v1/blocks").status == 200, "another key is revoked too")
    late = service.make_key("read", "late")
    answer = service.get("/v1/blocks", headers={"Authorization": f"Bearer {late}"})
    run.expect(answer.status == 200, f"a key that was made beside the daemon is {answer}")
    service.stop()
    # Neither as they are nor in their parts; the log neither.
    for path in [*home.rglob("*"), service.log]:
        if path.is_file():
            data = path.read_bytes()
            for scope, key in made.items():
                for part in {key, max(re.split(r"[_.]", key), key=len)}:
                    run.expect(part.encode() not in data, f"{path.name} holds the key of {scope}")
    return f"{tried} requests; revoked in {time.monotonic() - began:.2f} s"


def sign_in(service, key):
    """(what is sent as Cookie, the Set-Cookie)"""
    import json
    answer = service.call("POST", "/v1/session", json.dumps({"key": key}).encode(), {"Content-Type": "application/json"}, key=False)
    if answer.status != 204:
        raise AssertionError(f"POST /v1/session: {answer}")
    told = answer.header("set-cookie") or ""
    return told.split(";")[0], told


def session(run, document):
    """The page's cookie."""
    roots, home = museum(run, "session")
    service = Service(run, home, roots, name="session")
    key = service.make_key("write")
    service.start()
    wrong = service.call("POST", "/v1/session", b'{"key":"nope"}', {"Content-Type": "application/json"}, key=False)
    run.expect(wrong.status == 401 and not wrong.header("set-cookie"), f"signing in with a wrong key is {wrong}")
    cookie, told = sign_in(service, key)
    parts = {part.strip().lower() for part in told.split(";")[1:]}
    run.expect(cookie.startswith("morelli_session=") and len(cookie) > 32, f"the cookie is {told!r}")
    run.expect({"httponly", "samesite=strict", "path=/"} <= parts, f"the cookie is {told!r}")
    run.expect(not any(part.startswith("domain") for part in parts), f"the cookie is {told!r}")
    run.expect(key not in told, "the cookie is the key")
    run.expect(service.get("/v1/blocks", headers={"Cookie": cookie}).status == 200, "the cookie doesn't open anything")
    for other in ("morelli_session=", "morelli_session=nope", cookie[:-1], cookie + "x", f"morelli_session={key}"):
        answer = service.get("/v1/blocks", headers={"Cookie": other})
        run.expect(answer.status == 401, f"Cookie {other[:30]!r} is {answer}")
    foreign = service.call("POST", "/v1/quarantine/retry", b"{}", {"Content-Type": "application/json", "Cookie": cookie, "Origin": "http://evil.example"})
    run.expect(foreign.status == 403, f"a change with the cookie from elsewhere is {foreign}")
    own = service.call("POST", "/v1/quarantine/retry", b"{}", {"Content-Type": "application/json", "Cookie": cookie, "Origin": f"http://{service.host}"})
    run.expect(own.status == 202, f"a change with the cookie from the page is {own}")
    admin = service.call("POST", "/v1/rebuild", b"{}", {"Content-Type": "application/json", "Cookie": cookie, "Origin": f"http://{service.host}"})
    run.expect(admin.status == 403, f"a rebuild with a cookie of write is {admin}")
    out = service.call("DELETE", "/v1/session", headers={"Cookie": cookie, "Origin": f"http://{service.host}"})
    run.expect(out.status == 204, f"signing out is {out}")
    answer = service.get("/v1/blocks", headers={"Cookie": cookie})
    run.expect(answer.status == 401, f"the cookie after signing out is {answer}")
    # Guessing is slow.
    began, refused = time.monotonic(), 0
    for number in range(200):
        answer = service.call("POST", "/v1/session", b'{"key":"guess%d"}' % number, {"Content-Type": "application/json"}, key=False)
        refused += answer.status == 429
    run.expect(refused, "200 wrong keys in a row are all looked at")
    service.stop()
    return f"HttpOnly, SameSite=Strict; of 200 guesses {refused} refused with 429 in {time.monotonic() - began:.1f} s"


def rates(run, document):
    """Too many requests of one caller."""
    roots, home = museum(run, "rates")
    shown = command(run, home, "config").stdout
    names = re.findall(r"^(server\.[\w-]*(?:rate|per)[\w-]*)", shown, re.M)
    if not run.expect(names, "there is no setting of a rate: " + " ".join(re.findall(r"^server\.\S+", shown, re.M))):
        return "failed"
    done = command(run, home, "config", "set", names[0], "5")
    run.expect(done.returncode == 0, f"config set {names[0]}: {done.stderr}")
    service = Service(run, home, roots, name="rates")
    key = service.make_key("read")
    service.start()
    statuses = []
    for number in range(400):
        answer = service.get("/v1/blocks", headers={"Authorization": f"Bearer {key}"})
        statuses.append(answer.status)
        if answer.status == 429:
            break
    if run.expect(answer.status == 429, f"{len(statuses)} requests at once with {names[0]} = 5 are all answered"):
        wait = answer.header("retry-after") or ""
        run.expect(wait.isdigit() and 0 < int(wait) <= 120, f"Retry-After is {wait!r}")
        fault = judging.problem(answer)
        run.expect(not fault, f"its problem {fault}")
        if wait.isdigit() and int(wait) <= 15:
            time.sleep(int(wait) + 0.2)
            run.expect(service.get("/v1/blocks", headers={"Authorization": f"Bearer {key}"}).status == 200, "not answered after Retry-After")
    run.expect(service.status() is not None, "the socket is limited too")
    service.stop()
    return f"{names[0]} = 5: 429 after {len(statuses) - 1}"
