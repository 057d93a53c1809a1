"""The parts of `safety` that are about keys: scopes, revocation, sessions, rates."""
import json
import re
import time

from check_daemon.daemon import command

from . import judging, wire
from .document import quoted
from .routes import known
from .service import Service, museum

# What each route needs, apart from the document: all others need read.
OPEN = {"GET /", "GET /page/{path}", "GET /v1/openapi.json", "GET /v1/session", "POST /v1/session", "DELETE /v1/session"}
SCOPES = {
    "PATCH /v1/artworks/{id}": "write", "DELETE /v1/artworks/{id}": "write", "POST /v1/artworks/{id}/restore": "write",
    "POST /v1/quarantine/retry": "write", "DELETE /v1/quarantine": "write", "POST /v1/rebuild": "admin",
    "GET /v1/users": "admin", "GET /v1/users/{user}": "write", "PATCH /v1/users/{user}": "write",
    "DELETE /v1/users/{user}": "admin", "GET /v1/users/{user}/export": "admin",
    "GET /v1/users/{user}/recommendations": "write", "GET /v1/users/{user}/similar": "write",
    "GET /v1/recommendations/report": "write", "POST /v1/events": "write"
}
RANKS = ("read", "write", "admin")


def keys(run, document):
    """Keys, scopes, revocation, and what is stored of them."""
    for operation in document.operations:
        mine = None if operation.name in OPEN else SCOPES.get(operation.name, "read")
        run.expect(operation.scope == mine, f"{operation.name} needs {mine}, the document says {operation.scope}")
    roots, home = museum(run, "keys")
    # Hundreds of requests, as fast as they come: what the rate refuses is another check's.
    done = command(run, home, "config", "set", "server.rate", "100000")
    run.expect(done.returncode == 0, f"config set server.rate: {done.stderr}")
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
                    return wire.Answer(status, head, b"") if status == 200 else service.call(
                        operation.method, target, body, given, key=False)
            return service.call(operation.method, target, body, given, key=False)

        wrong = (None, "", "Bearer", "Bearer ", "Bearer nope", f"Bearer {made['admin'][:-1]}", f"Bearer {made['admin']}x",
                 f"Basic {made['admin']}", made["admin"], f"Bearer {made['admin'].swapcase()}",
                 f"Bearer {made['admin']} {made['admin']}")
        for key in wrong:
            tried += 1
            answer = ask(key)
            if operation.scope is None:
                if key is None and operation.name != "POST /v1/session":
                    run.expect(answer.status not in (401, 403), f"{operation.name} without a key is {answer}")
                continue
            if run.expect(answer.status == 401, f"{operation.name} with {(key or 'no key')[:24]!r} is {answer}"):
                run.expect("bearer" in (answer.header("www-authenticate") or "").lower(),
                           f"{operation.name}: 401 without WWW-Authenticate")
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
        run.expect(answer == {"keys_required": True, "scopes": list(RANKS[:RANKS.index(scope) + 1])},
                   f"/v1/session with a key of {scope} is {answer}")
    answer = service.json("/v1/session", key=False)
    run.expect(answer == {"keys_required": True, "scopes": []}, f"/v1/session without a key is {answer}")
    # Revoked on the command line, beside the daemon.
    cookie = sign_in(service, made["write"])[0]
    listed = command(run, home, "key", "list")
    run.expect(all(f"check-{scope}" in listed.stdout for scope in RANKS), f"key list: {listed.stdout} {listed.stderr}")
    run.expect(not any(key in listed.stdout for key in made.values()), "key list prints keys")
    ids = {entry["name"]: entry["id"] for entry in json.loads(command(run, home, "key", "list", "--json").stdout)}
    done = command(run, home, "key", "revoke", ids["check-write"])
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
    answer = service.call("POST",
                          "/v1/session",
                          json.dumps({"key": key}).encode(), {"Content-Type": "application/json"},
                          key=False)
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
    foreign = service.call("POST", "/v1/quarantine/retry", b"{}",
                           {"Content-Type": "application/json", "Cookie": cookie, "Origin": "http://evil.example"})
    run.expect(foreign.status == 403, f"a change with the cookie from elsewhere is {foreign}")
    own = service.call("POST", "/v1/quarantine/retry", b"{}",
                       {"Content-Type": "application/json", "Cookie": cookie, "Origin": f"http://{service.host}"})
    run.expect(own.status == 202, f"a change with the cookie from the page is {own}")
    admin = service.call("POST", "/v1/rebuild", b"{}",
                         {"Content-Type": "application/json", "Cookie": cookie, "Origin": f"http://{service.host}"})
    run.expect(admin.status == 403, f"a rebuild with a cookie of write is {admin}")
    out = service.call("DELETE", "/v1/session", headers={"Cookie": cookie, "Origin": f"http://{service.host}"})
    run.expect(out.status == 204, f"signing out is {out}")
    answer = service.get("/v1/blocks", headers={"Cookie": cookie})
    run.expect(answer.status == 401, f"the cookie after signing out is {answer}")
    # Keys are too long to be guessed; how fast it can be tried is printed.
    began, refused = time.monotonic(), 0
    for number in range(200):
        answer = service.call("POST",
                              "/v1/session",
                              b'{"key":"guess%d"}' % number, {"Content-Type": "application/json"},
                              key=False)
        refused += answer.status == 429
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
            run.expect(
                service.get("/v1/blocks", headers={"Authorization": f"Bearer {key}"}).status == 200,
                "not answered after Retry-After")
    run.expect(service.status() is not None, "the socket is limited too")
    service.stop()
    return f"{names[0]} = 5: 429 after {len(statuses) - 1}"
