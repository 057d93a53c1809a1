"""What somebody may send who means harm or knows no better: (name, request, statuses that are right)."""
import random

from check_daemon import pictures

from . import wire
from .document import quoted
from .wrong_values import (NO_JSON, NO_UTF8, OTHER_JSON, OTHER_TYPES, SOUND_FILTERS, SOUND_TEXTS, WRONG_IDS, WRONG_NUMBERS,
                           WRONG_PATHS, WRONG_TEXTS)


def paths(document, values):
    """Wrong ids and numbers in the place of every parameter of a path."""
    for operation in document.operations:
        for parameter in operation.placed("path"):
            name = parameter["name"]
            if operation.path.startswith("/iiif/image/3/") and name != "file":
                continue
            if name == "file":
                wrong = [quoted(n).encode() for n in WRONG_NUMBERS if n] + list(WRONG_IDS[:12])
            else:
                wrong = WRONG_IDS
            for id in wrong:
                target = b"/".join(id if part == "{%s}" % name else filled(part, values) for part in operation.path.split("/"))
                kind, body = operation.body()
                right = {400, 404, 405, 410, 414}
                if name == "user":
                    # Any text is somebody's id.
                    right |= {200, 204}
                if any(byte > 127 for byte in id):
                    # Of no ASCII, which is no HTTP.
                    right = {*right, None}
                yield (f"{operation.method} {operation.path} with {id[:60]!r}",
                       plain(operation.method, target + query(operation, values), kind, body), right)
    for name in WRONG_PATHS:
        for prefix in (b"/page/", b"/", b"/v1/files/", b"/v1/", b"/iiif/image/3/"):
            yield f"GET {(prefix + name)!r}", plain("GET", prefix + name), {400, 404, 414}


def filled(part, values):
    for name in ("id", "file", "token", "path", "user"):
        if part == "{%s}" % name:
            return quoted(values[name]).encode()
    for name, value in (("{region}", "full"), ("{size}", "max"), ("{rotation}", "0"), ("{quality}", "default"), ("{format}",
                                                                                                                 "jpg")):
        part = part.replace(name, value)
    return part.encode()


def query(operation, values):
    pairs = operation.required(values)
    return b"?" + "&".join(f"{quoted(k)}={quoted(v)}" for k, v in pairs).encode() if pairs else b""


def plain(method, target, kind=None, body=None, **headers):
    """What makes the request, once it is known whom it is for."""
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    if kind:
        more["Content-Type"] = kind
    return lambda host: wire.request(method, target, host, more, body)


def queries(document, values):
    """Wrong values of every parameter of a query, unknown parameters, and known ones twice."""
    for operation in document.operations:
        if operation.path == "/":
            continue
        kind, body = operation.body()
        needed = operation.required(values)
        base = operation.target(values)

        def ask(pairs, operation=operation, base=base, kind=kind, body=body):
            return plain(operation.method, base.encode() + b"?" + b"&".join(wire.as_bytes(p) for p in pairs), kind, body)

        def pair(name, value):
            return f"{quoted(name)}={quoted(value)}"

        mine = [pair(*p) for p in needed]
        for name in ("nope", "K", "like[]", "__proto__", "k\0", "filter ", "x" * 300):
            yield f"{operation.name}?{name[:20]!r}", ask([*mine, pair(name, "1")]), {400}
        yield f"{operation.name}, a name of no UTF-8", ask([*mine, b"%ff%fe=1"]), {400}
        for parameter in operation.placed("query"):
            name = parameter["name"]
            schema = document.resolve(parameter["schema"])
            rest = [pair(*p) for p in needed if p[0] != name]
            if schema.get("type") in ("integer", "number"):
                wrong = [n for n in WRONG_NUMBERS if not fits(n, schema)]
                wrong += [str(schema["maximum"] + 1)]
            else:
                wrong = WRONG_TEXTS.get(name, ())
                if (operation.path, name) == ("/v1/users", "after"):
                    # Any text stands somewhere among ids.
                    wrong = wrong[-1:]
            # Who is asked for by a wrong name is not there; a region is of a picture.
            right = {400, 404, 410, 422} if name in ("like", "unlike", "first",
                                                     "second") else {400, 422} if name == "region" else {400}
            for value in wrong:
                yield f"{operation.name}?{name}={value[:60]!r}", ask([*rest, pair(name, value)]), right
            for value in NO_UTF8:
                yield f"{operation.name}?{name}={value!r}", ask([*rest, name.encode() + b"=" + value]), {400}
            if "enum" in schema or schema.get("type") in ("integer", "number", "boolean") or name in ("filter", "text", "palette",
                                                                                                      "weights", "region"):
                one = parameter.get("example", 1)
                one = str(one).lower() if isinstance(one, bool) else one
                yield f"{operation.name}?{name} twice", ask([*rest, pair(name, one), pair(name, one)]), {400}
            if name in ("like", "unlike"):
                yield f"{operation.name}, 65 × {name}", ask([*rest, *[pair(name, values["id"])] * 65]), {400}
                yield f"{operation.name}, 5,000 × {name}", ask([*rest, *[f"{name}=x"] * 5000]), {400, 414, 431, None}
        if operation.path == "/v1/similar" and operation.method == "GET":
            yield "GET /v1/similar for nothing", plain("GET", b"/v1/similar"), {400}
            yield "GET /v1/similar for a filter alone", plain("GET", b"/v1/similar?filter=artist%3D%27x%27"), {400}
            yield "GET /v1/similar, a region of nothing", plain("GET", b"/v1/similar?text=a&region=0,0,9,9"), {400}
            yield ("GET /v1/similar, a region of two",
                   plain("GET", f"/v1/similar?like={values['id']}&like={values['like']}&region=0,0,9,9"), {400})
            for text in SOUND_FILTERS:
                yield f"a sound filter {text[:40]!r}", plain("GET", f"/v1/similar?text=a&filter={quoted(text)}"), {200}
            for text in SOUND_TEXTS:
                # Some have no word in them.
                right = {200} if any(c.isalnum() for c in text) else {200, 400}
                yield f"words {text[:20]!r}", plain("GET", f"/v1/similar?text={quoted(text)}"), right
                yield f"words of works {text[:20]!r}", plain("GET", f"/v1/artworks?text={quoted(text)}"), right


def fits(text, schema):
    import re
    if not re.fullmatch(r"-?[0-9]+" if schema["type"] == "integer" else r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?", text, re.ASCII):
        return False
    return schema["minimum"] <= float(text) <= schema["maximum"]


def bodies(document, values):
    """Wrong bodies of what takes JSON, and wrong types of all bodies."""
    good = pictures.samples(".jpg")[0]
    for operation in document.operations:
        target = (operation.target(values)).encode()
        if "application/json" in operation.content:
            for body in NO_JSON + OTHER_JSON:
                yield f"{operation.name} with {body[:30]!r}", plain(
                    operation.method, target, "application/json",
                    body), {400, 401, 413, 422} - (set() if operation.path == "/v1/session" else {401})
            yield f"{operation.name} with 70 MB", plain(operation.method, target, "application/json",
                                                        b" " * 70_000_000 + b"{}"), {413}
            for kind in OTHER_TYPES:
                yield f"{operation.name} as {kind[:40]!r}", plain(operation.method, target, kind or None, b"{}",
                                                                  **({} if kind else {"Content_Type": ""})), {400, 415}
        elif operation.content:
            for kind in ("text/plain", "text/html", "application/json", "multipart/form-data; boundary=x",
                         "application/x-www-form-urlencoded", "video/mp4", "x"):
                yield f"{operation.name} as {kind}", plain(operation.method, target, kind, good), {400, 415}
            yield f"{operation.name}, packed", plain(operation.method, target, "image/jpeg", good,
                                                     Content_Encoding="gzip"), {400, 415}
            png = pictures.png("hostile", 300, 200)
            for name, body in (
                ("nothing", b""), ("text", b"hello " * 100), ("a page", b"<html><script>alert(1)</script></html>"),
                ("zeros", bytes(100_000)), ("noise", random.Random(1).randbytes(100_000)), ("half a JPEG",
                                                                                            good[:len(good) // 2]),
                ("a JPEG's head", good[:20]), ("half a PNG", png[:len(png) // 2]),
                ("a PNG of noise",
                 png[:60] + random.Random(2).randbytes(len(png) - 60)),
                ("an archive", b"PK\3\4" + bytes(1000)), ("a program",
                                                          b"\x7fELF" + bytes(1000)), ("a PDF", b"%PDF-1.4\n" + bytes(1000)),
                ("a path", b"/etc/passwd"), ("an address", b"http://127.0.0.1:1/"),
                ("MVG", b"push graphic-context\nimage over 0,0 0,0 '/etc/passwd'\n"),
                ("an SVG of a file",
                 b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><image href="file:///etc/passwd" width="9" height="9"/></svg>'
                 ), ("an MSL", b'<?xml version="1.0"?><image><read filename="/etc/passwd"/></image>'),
                ("PostScript", b"%!PS-Adobe-3.0\n(/etc/passwd) (r) file\n")):
                yield f"{operation.name} with {name}", plain(operation.method, target, "application/octet-stream",
                                                             body), {400, 413, 415, 422}
        elif operation.method == "GET" and operation.path != "/v1/events":
            yield f"{operation.name} with a body", plain(operation.method, target + query(operation, values), "application/json",
                                                         b"{\"a\":1}"), operation.statuses


def ranges(values):
    file = f"/v1/files/{values['file']}"
    yield "the first byte", plain("GET", file, Range="bytes=0-0"), {206}
    yield "the last byte", plain("GET", file, Range="bytes=-1"), {206}
    for text, right in (("bytes=5-2", {200, 400, 416}), ("bytes=abc", {200, 400, 416}), ("bytes=-0", {200, 416}),
                        ("bytes=999999999999-", {416}), ("bytes=", {200, 400, 416}), ("bytes=18446744073709551615-", {
                            200, 400, 416
                        }), ("bytes=0-18446744073709551615", {200, 206, 400, 416}), ("bytes=-99999999999999999999", {
                            200, 206, 400, 416
                        }), ("bytes=" + ",".join(f"{n}-{n}" for n in range(1000)), {200, 206, 400, 416}), ("lines=1-2", {
                            200, 400, 416
                        }), ("bytes=--1", {200, 400, 416}), ("bytes=0-0,0-,0-,0-,0-", {200, 206, 400, 416})):
        yield f"Range {text[:40]}", plain("GET", file, Range=text), right
    for text in ("\"x\"", "*", "W/\"x\"", ",", "x" * 3000, "\"" * 100):
        yield f"If-None-Match {text[:20]}", plain("GET", file + "/thumbnail", If_None_Match=text), {200, 304, 400}
    for text in ("yesterday", "Thu, 01 Jan 1970 00:00:00 GMT"):
        yield f"If-Modified-Since {text[:20]!r}", plain("GET", file + "/thumbnail", If_Modified_Since=text), {200, 400}
    for size in ("0x40", "1025", "0", "99999999999999999999", "256.5", "x"):
        yield f"a thumbnail of {size}", plain("GET", f"{file}/thumbnail?size={size}"), {400}


def iiif(values):
    base = f"/iiif/image/3/{values['file']}"
    wrong = {400, 404, 501}
    for region in ("nope", "", "0,0,0,0", "-1,0,5,5", "0,0,5", "pct:0,0,0,0", "nan,0,1,1", "99999999,0,5,5", "pct:100,100,5,5",
                   "1e9,1e9,1e9,1e9", "pct:1e999,0,1,1", "FULL", "..", "%00", "9" * 400 + ",0,1,1", "0,0,1,1,1"):
        yield f"IIIF region {region[:30]}", plain("GET", f"{base}/{region}/max/0/default.jpg"), wrong
    for size in ("nope", "0,", ",0", "0,0", ",", "-5,", "pct:0", "pct:-1", "pct:nan", "pct:101", "99999999,",
                 "^99999999,99999999", "^999999999999999999999,", "!0,0", "^", "full", "1e5,", "%00"):
        yield f"IIIF size {size}", plain("GET", f"{base}/full/{size}/0/default.jpg"), wrong
    for rotation in ("nope", "-1", "361", "nan", "1e999", "!", "!!0", "", "%00", "9" * 300):
        yield f"IIIF rotation {rotation[:20]}", plain("GET", f"{base}/full/max/{rotation}/default.jpg"), wrong
    for end in ("nope.jpg", "default.nope", "default", ".jpg", "default.", "default.jpg.exe", "default.pdf", "default.svg",
                "default.jpg%00", "default.jpg/x", "color.gif%2f..", "DEFAULT.JPG"):
        yield f"IIIF {end}", plain("GET", f"{base}/full/max/0/{end}"), wrong
    yield "IIIF, upscaled without end", plain("GET", f"{base}/full/^pct:1000000/0/default.png"), wrong
    for scheme in ("evil.example/../", "a\"b", "x\r\ny: z"):
        yield (
            f"IIIF, an address by X-Forwarded-Host {scheme!r}",
            lambda host, s=scheme: wire.request("GET", base + "/info.json", host, {"X-Forwarded-Host": s.replace("\r\n", " ")}), {
                200
            })
