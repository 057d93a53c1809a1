"""routes: the document against the routes.

Every documented operation answers with success, with what it requires alone and with each of its parameters; what it answers is of
its schema. Every method that isn't documented is 405 with the others in Allow; every unknown path is 404. The daemon serves the
very document of the sources. The commands of docs/api.md are run.
/v1/events tells what comes in and what is changed.
"""
import json
import urllib.parse

from check_daemon.base import load

from . import events, guide, judging, wire
from .document import Document
from .service import ODD_ID, Service, museum

UNKNOWN = ("/v1", "/v1/", "/v1/nope", "/v2/artworks", "/V1/artworks", "/v1/Artworks", "/v1/artworks/x/y/z", "/v1/similar/x",
           "/v1/answers", "/v1/looks", "/nope", "/page/nope.js", "/page", "/page/", "/iiif", "/iiif/image/2/1/info.json",
           "/iiif/image/3", "/iiif/presentation/2/artworks/x/manifest.json", "/v1/openapi.yaml", "/.git/config", "/morelli.toml",
           "/catalog.sqlite", "/v1/status;x=1", "/v1/status%2f", "/v1%2fstatus")
# Destructive ones last, and what was removed comes back at the very end.
ORDER = {"GET": 0, "POST": 1, "PATCH": 2, "DELETE": 3}


def check(run):
    document = Document()
    roots, home = museum(run)
    incoming = run.folder("incoming")
    service = Service(run, home, [*roots, incoming]).start()
    values = known(service)
    asked = answers(run, service, document, values)
    wrong = methods(run, service, document, values)
    unknown = 0
    for path in UNKNOWN:
        for method in ("GET", "POST"):
            unknown += 1
            answer = service.call(method, path)
            # Of the page's files, a name that isn't there can't be posted to either.
            fits = answer.status == 404 or method == "POST" and path.startswith("/page/") and answer.status == 405
            if run.expect(fits, f"{method} {path} is {answer}, not 404"):
                fault = judging.problem(answer)
                run.expect(not fault, f"{method} {path}: its problem {fault}")
    served = service.json("/v1/openapi.json")
    run.expect(served == document.tree, "/v1/openapi.json is not the document of the sources")
    events.follow(run, service, document, incoming)
    guide.run_guide(run, service, {**values, **known(service)})
    run.expect(service.alive, f"the daemon died: {service.tail()}")
    run.row("operations / requests that must succeed", f"{len(document.operations)} / {asked}")
    run.row("methods that are not documented, refused", wrong)
    run.row("unknown paths, refused", unknown)
    try:
        import jsonschema  # noqa: F401
    except ImportError:
        run.skip("no jsonschema: answers are not compared with their schemas")
    run.row("machine", load())
    service.stop()


def known(service):
    """Values of this museum for the parameters of the document."""
    page = service.json("/v1/artworks?sort=id&limit=500")["artworks"]
    cards = [card for card in page if card["image"] and not card["id"].startswith("odd")]
    made = service.call("POST", "/v1/pictures", pictures_jpeg(), {"Content-Type": "image/jpeg"})
    if made.status != 201:
        raise AssertionError(f"POST /v1/pictures: {made}")
    picture = made.json()["id"]
    service.call("PATCH", "/v1/users/anna", b'{"statement": "quiet ink landscapes"}', {"Content-Type": "application/json"})
    liked = [{"user": "anna", "work": card["id"], "kind": "like", "key": card["id"]} for card in cards[:3]]
    told = service.call("POST", "/v1/events", json.dumps({"events": liked}).encode(), {"Content-Type": "application/json"})
    if told.status != 200:
        raise AssertionError(f"POST /v1/events: {told}")
    return {
        "user": "anna",
        "id": cards[0]["id"], "like": cards[1]["id"], "unlike": [cards[2]["id"]], "first": cards[0]["id"],
        "second": cards[1]["id"], "file": cards[0]["image"]["file"], "token": picture.removeprefix("picture:"),
        "picture": picture, "cards": cards, "path": page_file(service), "ids": [card["id"] for card in page]
    }


def pictures_jpeg():
    from check_daemon import pictures
    return pictures.samples(".jpg")[1]


def page_file(service):
    """The first file that the page refers to."""
    import re
    found = re.search(rb'(?:src|href)="/?page/([^"?#]+)"', service.get("/").body)
    return found[1].decode() if found else "app.js"


def answers(run, service, document, values):
    """How many requests were made."""
    asked = 0
    for operation in sorted(document.operations, key=lambda o: (ORDER[o.method], o.path)):
        # Other operations on the same work come first.
        mine = {**values, "id": values["cards"][-1]["id"]} if operation.method == "DELETE" else values
        requests = [operation.required(mine)]
        if operation.method in ("GET", "POST"):
            for parameter in operation.placed("query"):
                value = mine.get(parameter["name"]) if parameter["name"] in ("like", "unlike") else parameter.get("example")
                if value is None or parameter.get("required"):
                    continue
                value = [value] if parameter["name"] == "like" else value
                without = [pair for pair in operation.required(mine) if pair[0] != parameter["name"]]
                requests.append(without + operation.pairs(parameter, value))
        kind, body = operation.body()
        for query in requests:
            asked += 1
            target = operation.target(mine, query)
            answer = one(service, operation, target, kind, body)
            judge(run, document, operation, f"{operation.method} {target[:150]}", answer)
        for query in others(operation):
            asked += 1
            answer = service.get(operation.target(mine, [*operation.required(mine), *query]))
            judge(run, document, operation, f"{operation.name} {query}", answer)
    # What was removed is gone from the list, and comes back.
    id = urllib.parse.quote(values["cards"][-1]["id"], safe="")
    listed = [card["id"] for card in service.json("/v1/artworks?limit=500")["artworks"]]
    run.expect(values["cards"][-1]["id"] not in listed, "a removed work is listed")
    run.expect(service.call("POST", f"/v1/artworks/{id}/restore").status == 200, "a removed work can't be restored")
    listed = [card["id"] for card in service.json("/v1/artworks?limit=500")["artworks"]]
    run.expect(values["cards"][-1]["id"] in listed, "a restored work is not listed")
    # Somebody who was forgotten can be known again.
    again = service.call("PATCH", f"/v1/users/{values['user']}", b"{}", {"Content-Type": "application/json"})
    run.expect(again.status == 200 and again.json()["events"] == 0, f"a person who was forgotten is {again}")
    odd = service.get("/v1/artworks/" + urllib.parse.quote(ODD_ID, safe=""))
    run.expect(odd.status == 200 and odd.json()["id"] == ODD_ID, f"the work with the id {ODD_ID!r} is {odd}")
    return asked + 2


def others(operation):
    """The other forms of an answer."""
    if operation.method != "GET":
        return []
    return {
        "/v1/similar": [[("format", "csv")], [("format", "iiif")]], "/v1/export": [[("format", "jsonl")],
                                                                                   [("format", "linked-art")]]
    }.get(operation.path, [])


def one(service, operation, target, kind, body):
    if "text/event-stream" in operation.responses.get("200", {}).get("content", {}):
        # It has no end.
        with wire.connect(service.address) as connection:
            connection.sendall(wire.request("GET", target, service.host, {"Connection": "keep-alive"}))
            status, headers = wire.Reader(connection).head()
            return wire.Answer(status, headers, b"")
    return service.call(operation.method, target, body, {"Content-Type": kind} if kind else {}, timeout=60)


def judge(run, document, operation, what, answer):
    if not run.expect(answer.status in operation.statuses, f"{what}: {answer.status} is not documented: {answer}"):
        return
    if operation.id == "signIn":
        # There are no keys here, and the document's is none.
        run.expect(answer.status == 401, f"{what} is {answer}")
        return
    if not run.expect(answer.status < 400, f"{what} is {answer}"):
        return
    told = operation.responses[str(answer.status)].get("content", {})
    if not told:
        run.expect(not answer.body, f"{what}: {answer.status} has a body")
        return
    media = next((told[t] for t in told if matches(t, answer.type)), None)
    if not run.expect(media is not None, f"{what}: its type {answer.header('content-type')} is not documented"):
        return
    if "json" in answer.type and media.get("schema"):
        try:
            # A document a line.
            some = answer.body.splitlines() if answer.type.endswith("ndjson") else [answer.body]
            fault = next(filter(None, (document.fault(media["schema"], json.loads(line)) for line in some)), None)
        except ValueError as error:
            fault = f"is no JSON: {error}"
        run.expect(not fault, f"{what}: the answer is not of its schema: {fault}")
    leak = judging.leaks(answer)
    run.expect(not leak, f"{what}: tells of the file system: {leak!r}")


def matches(pattern, type):
    return pattern == type or pattern.endswith("/*") and type.startswith(pattern[:-1])


def methods(run, service, document, values):
    tried = 0
    for path, operations in document.paths.items():
        allowed = {operation.method for operation in operations}
        target = operations[0].target(values)
        for method in ("GET", "HEAD", "PUT", "POST", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"):
            if method in allowed or "text/event-stream" in json.dumps(operations[0].details) and method == "HEAD":
                continue
            tried += 1
            answer = service.call(method, target)
            if method == "HEAD" and "GET" in allowed:
                # RFC 9110 wants HEAD wherever GET is.
                run.expect(answer.status < 500 and answer.status not in (404, 405), f"HEAD {target} is {answer}, and GET is not")
                continue
            if method == "OPTIONS" and answer.status in (200, 204):
                run.expect(answer.header("allow"), f"OPTIONS {target} has no Allow")
                continue
            if not run.expect(answer.status == 405, f"{method} {target} is {answer}, not 405"):
                continue
            told = {name.strip() for name in (answer.header("allow") or "").split(",")} - {""}
            run.expect(allowed <= told <= allowed | {"HEAD", "OPTIONS"},
                       f"{method} {target}: Allow is {sorted(told)}, not {sorted(allowed)}")
            fault = judging.problem(answer) if method != "HEAD" else None
            run.expect(not fault, f"{method} {target}: its problem {fault}")
    return tried
