"""What somebody may send who means harm or knows no better: (name, request, statuses that are right)."""
import random

from check_daemon import pictures

from . import wire
from .document import quoted

# In a path, already as it is sent. None of them names a work, a file or a picture.
WRONG_IDS = (
    b"nope", b"-", b"%20", b"..%2f..%2fetc%2fpasswd", b"%2e%2e%2f%2e%2e%2fetc%2fpasswd", b"%252e%252e%252fetc%252fpasswd", b"..%5c..%5cwindows",
    b"%2fetc%2fpasswd", b"C:%5cboot.ini", b"%00", b"colour-field-01%00", b"colour-field-01%00.jpg", b"%ff%fe", b"%c0%ae%c0%ae%c0%af",
    b"%zz", b"%", b"%e0%80", b"\xff\xfe", b"a" * 201, b"a" * 5000, b"%f0%9f%8e%a8" * 80, b"'%20or%201=1--", b"%27%3b%20DROP%20TABLE%20artwork%3b--", b"{id}",
    b"*", b"%25", b"null", b"%0d%0aX-Injected:%20yes", b"%0a", b"%7f", b"picture:nope", b"picture:", b"..;", b"%2e", b"%2e%2e", b"COLOUR-FIELD-01",
    b"colour-field-01%20", b"colour_field_0%25", b"%ef%bf%bd",
)
WRONG_NUMBERS = (
    "", "0", "-1", "abc", "1.5", "1e9", "1e999", "NaN", "nan", "inf", "-inf", "Infinity", "0x10", "9" * 19, "9" * 400, "-" + "9" * 30, " 5", "5 ", "+5", "5;",
    "5,5", "٣", "5\0", "true", "null", "1_000", "5%", "²",
)
TEXTS_OF_BYTES = (b"%ff", b"%c3%28", b"%ed%a0%80", b"%f8%88%80%80%80", b"%c0%80", b"a%fe%ff")
LONG = "a" * 4097

WRONG_TEXTS = {
    "palette": ("", "zzz", "#12", "#12345", "#1234567", "#gggggg", "#123456:", "#123456:-1", "#123456:nan", "#123456:inf", "#123456:1e999", "#123456:0",
                ",", "#123456,", "#123456:1:1", ",".join(["#123456"] * 33), LONG, "#１２３４５６"),
    "weights": ("", "colour", "colour=", "colour=x", "colour=-1", "colour=nan", "colour=inf", "colour=1e999", "nope=1", "=1", "colour=1,colour=2", "colour=1,",
                "colour=0,texture=0,shape=0,embedding=0,text=0,palette=0", "COLOUR=1", LONG),
    "region": ("", "full", "1,2,3", "1,2,3,4,5", "a,b,c,d", "-1,0,10,10", "0,0,0,10", "0,0,10,-1", "nan,0,1,1", "inf,0,1,1", "1e400,0,1,1", "0,0,1e999,1",
               "pct:", "pct:0,0,0,0", "pct:-1,0,10,10", "pct:nan,nan,nan,nan", "9999999999999999999999,0,1,1", "100000000,100000000,5,5", LONG),
    "max_per": ("", "artist", "artist=", "=2", "artist=0", "artist=-1", "artist=1.5", "artist=x", "artist=99999999999999999999999", "nope-nope=2", LONG),
    "filter": ("(", ")", "artist", "artist =", "= 'x'", "artist = 'x", "artist == 'x'", "artist = 'x' and", "nope-nope = 'x'", "artist = 'x'; DROP TABLE artwork",
               "artist = 'x' -- ", "date < ", "not", "and", "artist in (", "artist in ()", "\0", "1 = 1", "(" * 2000, "not " * 1000, "(" * 1300 + "artist = 'x'" + ")" * 1200,
               "artist = 'x' or " * 250, LONG),
    "text": (LONG, "é" * 2049),
    "after": ("nope", "!", "0", "-1", "e30", "bnVsbA==", "W10", "eyJhIjoxfQ", "9" * 1000, "../..", LONG),
    "sort": ("", "nope", "--title", "title;", "title,artist", "TITLE", "rowid", LONG),
    "format": ("", "nope", "JSON", "../csv", LONG),
    "language": ("", "fr", "EN", "../en", LONG),
    "tier": ("", "nope", "same-bytes,same-work", LONG),
    "diverse": ("", "maybe", "2", "TRUE", "yes!", LONG),
    "colour": ("", "nope-nope", "id; DROP", "a\0", LONG),
    "facets": ("", ",", "nope-nope", "artist,nope-nope", "artist,,style", LONG, ",".join(["artist"] * 2000)),
    "columns": ("", ",", "nope-nope", "artist,nope-nope", "artist,,style", LONG),
    "first": ("", "nope", "picture:nope", "picture:", LONG, "../../etc/passwd"),
    "second": ("", "nope", "picture:nope", LONG),
    "like": ("", "nope", "picture:nope", "picture:", "picture:" + "A" * 4000, LONG, "/etc/passwd", "file:///etc/passwd", "http://127.0.0.1/", "-", "\0"),
    "unlike": ("", "nope", "picture:nope", LONG),
}
# Sound, if unusual: they must be answered.
SOUND_FILTERS = ("(" * 50 + "artist = 'x'" + ")" * 50, "artist = 'it''s'", "artist in ('a', 'b')", "title ~ '%'", "title ~ '_'", "not not artist = 'x'")


def paths(document, values):
    """Wrong ids and numbers in the place of every parameter of a path."""
    for operation in document.operations:
        for parameter in operation.placed("path"):
            name = parameter["name"]
            if operation.path.startswith("/iiif/image/3/") and name != "file":
                continue
            if name == "file":
                wrong = [quoted(n).encode() for n in WRONG_NUMBERS if n not in ("",)] + list(WRONG_IDS[:12])
            else:
                wrong = WRONG_IDS
            for id in wrong:
                target = b"/".join(id if part == "{%s}" % name else filled(part, values) for part in operation.path.split("/"))
                kind, body = operation.body()
                yield (f"{operation.method} {operation.path} with {id[:60]!r}",
                       plain(operation.method, target + query(operation, values), kind, body),
                       {400, 404, 405, 410, 414} if operation.method != "DELETE" or name != "path" else {400, 404})
    for name in (b"../../../../../../etc/passwd", b"..%2f..%2f..%2fetc%2fpasswd", b"%2e%2e/%2e%2e/%2e%2e/etc/passwd", b"%252e%252e/%252e%252e/etc/passwd",
                 b"....//....//etc/passwd", b"..\\..\\etc\\passwd", b"..%5c..%5cetc%5cpasswd", b"/etc/passwd", b"//etc/passwd", b"%2fetc%2fpasswd",
                 b"index.html%00.js", b"%00", b".%00./.%00./etc/passwd", b"..%c0%af..%c0%afetc/passwd", b"..%ef%bc%8f..%ef%bc%8fetc/passwd", b"./app.js/../../x",
                 b"file:///etc/passwd", b"~root/.ssh/id_rsa", b"proc/self/environ", b"morelli.toml", b"catalog.sqlite"):
        for prefix in (b"/page/", b"/", b"/v1/files/", b"/v1/", b"/iiif/image/3/"):
            yield f"GET {(prefix + name)!r}", plain("GET", prefix + name), {400, 404, 414}


def filled(part, values):
    for name in ("id", "file", "token", "path"):
        if part == "{%s}" % name:
            return quoted(values[name]).encode()
    for name, value in (("{region}", "full"), ("{size}", "max"), ("{rotation}", "0"), ("{quality}", "default"), ("{format}", "jpg")):
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
                wrong = [n for n in WRONG_NUMBERS if not (fits(n, schema))]
                wrong += [str(schema["maximum"] + 1)]
            else:
                wrong = WRONG_TEXTS.get(name, ())
            # Who is asked for by a wrong name is not there; a region is of a picture.
            right = {400, 404, 410, 422} if name in ("like", "unlike", "first", "second") else {400, 422} if name == "region" else {400}
            for value in wrong:
                yield f"{operation.name}?{name}={value[:60]!r}", ask([*rest, pair(name, value)]), right
            for value in TEXTS_OF_BYTES:
                yield f"{operation.name}?{name}={value!r}", ask([*rest, name.encode() + b"=" + value]), {400}
            if "enum" in schema or schema.get("type") in ("integer", "number", "boolean") or name in ("filter", "text", "palette", "weights", "region"):
                one = parameter.get("example", 1)
                one = str(one).lower() if isinstance(one, bool) else one
                yield f"{operation.name}?{name} twice", ask([*rest, pair(name, one), pair(name, one)]), {400}
            if name in ("like", "unlike"):
                yield f"{operation.name}, 65 × {name}", ask([*rest, *[pair(name, values["id"])] * 65]), {400}
                yield f"{operation.name}, 5,000 × {name}", ask([*rest, *[f"{name}=x"] * 5000]), {400, 414, 431}
        if operation.path == "/v1/similar" and operation.method == "GET":
            yield "GET /v1/similar for nothing", plain("GET", b"/v1/similar"), {400}
            yield "GET /v1/similar for a filter alone", plain("GET", b"/v1/similar?filter=artist%3D%27x%27"), {400}
            yield "GET /v1/similar, a region of nothing", plain("GET", b"/v1/similar?text=a&region=0,0,9,9"), {400}
            yield ("GET /v1/similar, a region of two", plain("GET", f"/v1/similar?like={values['id']}&like={values['like']}&region=0,0,9,9"), {400})
            for text in SOUND_FILTERS:
                yield f"a sound filter {text[:40]!r}", plain("GET", f"/v1/similar?text=a&filter={quoted(text)}"), {200}
            for text in ("*", "\"", "a OR b AND NOT", "NEAR(", "title:x", "^", "(", "-", "a\"b", "\\", "😀", "'", "%", "\0", "\u202e", "a" * 4096, "a " * 2048):
                yield f"words {text[:20]!r}", plain("GET", f"/v1/similar?text={quoted(text)}"), {200} if text != "\0" else {200, 400}
                yield f"words of works {text[:20]!r}", plain("GET", f"/v1/artworks?text={quoted(text)}"), {200} if text != "\0" else {200, 400}


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
            syntax = (b"", b"{", b"}", b"nope", b"{'a':1}", b"[1", b"{\"a\":}", b"\xff\xfe{}", b"\xff", b"{\"a\":\"\xff\"}", "{}".encode("utf-16"), b"{}{}", b"{} x",
                      b"[" * 100_000, b"{\"a\":" * 50_000, b"NaN", b"{\"price\":NaN}", b"\0", b"<a/>", b"a=b")
            types = (b"null", b"[]", b"1", b"\"x\"", b"true", b"{\"nope\":1}", b"{\"\":1}", b"{\"ids\":1}", b"{\"ids\":[1]}", b"{\"features\":\"yes\"}",
                     b"{\"kind\":\"nope\"}", b"{\"kind\":5}", b"{\"key\":5}", b"{\"key\":null}", b"{\"id\":\"x\"}", b"{\"removed\":\"x\"}", b"{\"title\":5}", b"{\"title\":[]}",
                     b"{\"tags\":\"x\"}", b"{\"tags\":[1]}", b"{\"tags\":{}}", b"{\"price\":\"x\"}", b"{\"price\":-1}", b"{\"price\":1e999}", b"{\"attributes\":[]}",
                     b"{\"attributes\":{\"a\":1}}", b"{\"attributes\":{\"a\":{}}}", b"{\"__proto__\":{}}")
            for body in syntax + types:
                yield f"{operation.name} with {body[:30]!r}", plain(operation.method, target, "application/json", body), {400, 401, 413, 422} - (
                    set() if operation.path == "/v1/session" else {401})
            yield f"{operation.name} with 70 MB", plain(operation.method, target, "application/json", b" " * 70_000_000 + b"{}"), {413}
            for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", "image/jpeg", "x", "", "/", "a" * 2000):
                yield f"{operation.name} as {kind[:40]!r}", plain(operation.method, target, kind or None, b"{}", **({} if kind else {"Content_Type": ""})), {400, 415}
        elif operation.content:
            for kind in ("text/plain", "text/html", "application/json", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "video/mp4", "x"):
                yield f"{operation.name} as {kind}", plain(operation.method, target, kind, good), {400, 415}
            yield f"{operation.name}, packed", plain(operation.method, target, "image/jpeg", good, Content_Encoding="gzip"), {400, 415}
            png = pictures.png("hostile", 300, 200)
            for name, body in (("nothing", b""), ("text", b"hello " * 100), ("a page", b"<html><script>alert(1)</script></html>"), ("zeros", bytes(100_000)),
                               ("noise", random.Random(1).randbytes(100_000)), ("half a JPEG", good[:len(good) // 2]), ("a JPEG's head", good[:20]),
                               ("half a PNG", png[:len(png) // 2]), ("a PNG of noise", png[:60] + random.Random(2).randbytes(len(png) - 60)),
                               ("an archive", b"PK\3\4" + bytes(1000)), ("a program", b"\x7fELF" + bytes(1000)), ("a PDF", b"%PDF-1.4\n" + bytes(1000)),
                               ("a path", b"/etc/passwd"), ("an address", b"http://127.0.0.1:1/"), ("MVG", b"push graphic-context\nimage over 0,0 0,0 '/etc/passwd'\n"),
                               ("an SVG of a file", b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><image href="file:///etc/passwd" width="9" height="9"/></svg>'),
                               ("an MSL", b'<?xml version="1.0"?><image><read filename="/etc/passwd"/></image>'),
                               ("PostScript", b"%!PS-Adobe-3.0\n(/etc/passwd) (r) file\n")):
                yield f"{operation.name} with {name}", plain(operation.method, target, "application/octet-stream", body), {400, 413, 415, 422}
        elif operation.method == "GET" and operation.path != "/v1/events":
            yield f"{operation.name} with a body", plain(operation.method, target + query(operation, values), "application/json", b"{\"a\":1}"), operation.statuses


def ranges(values):
    file = f"/v1/files/{values['file']}"
    yield "the first byte", plain("GET", file, Range="bytes=0-0"), {206}
    yield "the last byte", plain("GET", file, Range="bytes=-1"), {206}
    for text, right in (("bytes=5-2", {200, 400, 416}), ("bytes=abc", {200, 400, 416}), ("bytes=-0", {200, 416}), ("bytes=999999999999-", {416}), ("bytes=", {200, 400, 416}),
                        ("bytes=18446744073709551615-", {200, 400, 416}), ("bytes=0-18446744073709551615", {200, 206, 400, 416}), ("bytes=-99999999999999999999", {200, 206, 400, 416}),
                        ("bytes=" + ",".join(f"{n}-{n}" for n in range(1000)), {200, 206, 400, 416}), ("lines=1-2", {200, 400, 416}), ("bytes=--1", {200, 400, 416}),
                        ("bytes=0-0,0-,0-,0-,0-", {200, 206, 400, 416})):
        yield f"Range {text[:40]}", plain("GET", file, Range=text), right
    for text in ("\"x\"", "*", "W/\"x\"", ",", "x" * 3000, "\"" * 100):
        yield f"If-None-Match {text[:20]}", plain("GET", file + "/thumbnail", If_None_Match=text), {200, 304, 400}
    for text in ("yesterday", "Thu, 01 Jan 1970 00:00:00 GMT", "\x01"):
        yield f"If-Modified-Since {text[:20]!r}", plain("GET", file + "/thumbnail", If_Modified_Since=text), {200, 400}
    for size in ("63", "1025", "0", "99999999999999999999", "256.5", "x"):
        yield f"a thumbnail of {size}", plain("GET", f"{file}/thumbnail?size={size}"), {400}


def iiif(values):
    base = f"/iiif/image/3/{values['file']}"
    wrong = {400, 404, 501}
    for region in ("nope", "", "0,0,0,0", "-1,0,5,5", "0,0,5", "pct:0,0,0,0", "nan,0,1,1", "99999999,0,5,5", "pct:100,100,5,5", "1e9,1e9,1e9,1e9", "pct:1e999,0,1,1", "FULL", "..", "%00",
                   "9" * 400 + ",0,1,1", "0,0,1,1,1"):
        yield f"IIIF region {region[:30]}", plain("GET", f"{base}/{region}/max/0/default.jpg"), wrong
    for size in ("nope", "0,", ",0", "0,0", ",", "-5,", "pct:0", "pct:-1", "pct:nan", "pct:101", "99999999,", "^99999999,99999999", "^999999999999999999999,", "!0,0", "^", "full", "1e5,", "%00"):
        yield f"IIIF size {size}", plain("GET", f"{base}/full/{size}/0/default.jpg"), wrong
    for rotation in ("nope", "-1", "361", "nan", "1e999", "!", "!!0", "", "%00", "9" * 300):
        yield f"IIIF rotation {rotation[:20]}", plain("GET", f"{base}/full/max/{rotation}/default.jpg"), wrong
    for end in ("nope.jpg", "default.nope", "default", ".jpg", "default.", "default.jpg.exe", "default.pdf", "default.svg", "default.jpg%00", "default.jpg/x", "color.gif%2f..", "DEFAULT.JPG"):
        yield f"IIIF {end}", plain("GET", f"{base}/full/max/0/{end}"), wrong
    yield "IIIF, upscaled without end", plain("GET", f"{base}/full/^pct:1000000/0/default.png"), wrong
    for scheme in ("evil.example/../", "a\"b", "x\r\ny: z"):
        yield (f"IIIF, an address by X-Forwarded-Host {scheme!r}", lambda host, s=scheme: wire.request("GET", base + "/info.json", host, {"X-Forwarded-Host": s.replace("\r\n", " ")}), {200})


def protocol(values):
    """Wrong HTTP. None as a status: the connection may be closed without a word."""
    def raw(text):
        return lambda host: wire.as_bytes(text.replace("{H}", host)) if isinstance(text, str) else text.replace(b"{H}", host.encode())
    closes = {400, None}
    get = "GET /v1/blocks HTTP/1.1\r\nHost: {H}\r\n"
    yield "no HTTP", raw(b"nope\r\n\r\n"), closes
    yield "TLS", raw(b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03" + bytes(200)), closes
    yield "HTTP/2", raw(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), closes | {404, 405, 505}
    yield "HTTP/0.9", raw(b"GET /v1/blocks\r\n\r\n"), closes
    yield "HTTP/9.9", raw("GET /v1/blocks HTTP/9.9\r\nHost: {H}\r\n\r\n"), closes | {505}
    yield "a negative version", raw("GET /v1/blocks HTTP/-1\r\nHost: {H}\r\n\r\n"), closes | {505}
    yield "no Host", raw("GET /v1/blocks HTTP/1.1\r\nConnection: close\r\n\r\n"), {400, 403}
    yield "an empty Host", raw("GET /v1/blocks HTTP/1.1\r\nHost: \r\nConnection: close\r\n\r\n"), {400, 403}
    yield "two Hosts", raw(get + "Host: evil.example\r\nConnection: close\r\n\r\n"), {400, 403}
    yield "Host of elsewhere in the address", raw("GET http://evil.example/v1/blocks HTTP/1.1\r\nHost: {H}\r\nConnection: close\r\n\r\n"), {400, 403, 404}
    yield "a star", raw("GET * HTTP/1.1\r\nHost: {H}\r\nConnection: close\r\n\r\n"), {400, 404}
    yield "CONNECT", raw("CONNECT evil.example:443 HTTP/1.1\r\nHost: {H}\r\nConnection: close\r\n\r\n"), {400, 403, 404, 405, None}
    yield "no path", raw("GET  HTTP/1.1\r\nHost: {H}\r\nConnection: close\r\n\r\n"), closes | {404}
    yield "a relative path", raw("GET v1/blocks HTTP/1.1\r\nHost: {H}\r\nConnection: close\r\n\r\n"), {400, 404, None}
    yield "a blank in the path", raw("GET /v1/blo cks HTTP/1.1\r\nHost: {H}\r\nConnection: close\r\n\r\n"), closes | {404}
    yield "a zero in the path", raw(b"GET /v1/\0 HTTP/1.1\r\nHost: {H}\r\nConnection: close\r\n\r\n"), closes | {404}
    yield "a method of 10 kB", raw("A" * 10_000 + " / HTTP/1.1\r\nHost: {H}\r\n\r\n"), closes | {405, 431, 501, 414}
    yield "a method with a slash", raw("GE/T / HTTP/1.1\r\nHost: {H}\r\n\r\n"), closes | {405, 501}
    yield "an address of 100 kB", raw("GET /v1/similar?text=" + "a" * 100_000 + " HTTP/1.1\r\nHost: {H}\r\nConnection: close\r\n\r\n"), {400, 414, 431}
    yield "an address of 12 kB", raw("GET /v1/similar?like=" + "a" * 12_000 + " HTTP/1.1\r\nHost: {H}\r\nConnection: close\r\n\r\n"), {400, 414, 431}
    yield "a header of 200 kB", raw(get + "X: " + "a" * 200_000 + "\r\nConnection: close\r\n\r\n"), {400, 431}
    yield "5,000 headers", raw(get + "".join(f"X-{n}: {n}\r\n" for n in range(5000)) + "Connection: close\r\n\r\n"), {400, 431}
    yield "a header of no name", raw(get + ": x\r\nConnection: close\r\n\r\n"), closes
    yield "a header with a blank", raw(get + "X y: z\r\nConnection: close\r\n\r\n"), closes
    yield "a header with a zero", raw(get + "X: a\0b\r\nConnection: close\r\n\r\n"), closes
    yield "a folded header", raw(get + "X: a\r\n b\r\nConnection: close\r\n\r\n"), closes | {200}
    yield "a header of no UTF-8", raw(get.encode() + b"X: \xff\xfe\r\nConnection: close\r\n\r\n"), closes | {200}
    patch = f"PATCH /v1/artworks/{quoted(values['id'])} HTTP/1.1\r\nHost: {{H}}\r\nContent-Type: application/json\r\nConnection: close\r\n"
    for text in ("-1", "abc", "1e3", "0x10", "99999999999999999999999", "5, 6", "+5", " ", "18446744073709551616"):
        yield f"Content-Length: {text}", raw(patch + f"Content-Length: {text}\r\n\r\n{{}}"), {400, 413, None}
    yield "two Content-Lengths", raw(patch + "Content-Length: 2\r\nContent-Length: 200\r\n\r\n{}"), closes
    yield "smuggling, CL.TE", raw(patch + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /v1/status HTTP/1.1\r\nHost: {H}\r\n\r\n"), closes
    yield "smuggling, TE.TE", raw(patch + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n"), closes | {501}
    yield "Transfer-Encoding: gzip", raw(patch + "Transfer-Encoding: gzip\r\n\r\nxx"), closes | {501}
    yield "a wrong chunk", raw(patch + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"), closes
    yield "a chunk of 2^64", raw(patch + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n{}\r\n0\r\n\r\n"), closes | {413}
    yield "a negative chunk", raw(patch + "Transfer-Encoding: chunked\r\n\r\n-5\r\n{}\r\n0\r\n\r\n"), closes
    yield "a body in chunks", raw(patch + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n"), {200}
    upload = "POST /v1/pictures HTTP/1.1\r\nHost: {H}\r\nContent-Type: image/jpeg\r\nConnection: close\r\n"
    yield "10 GB announced", raw(upload + "Content-Length: 10000000000\r\n\r\n\xff\xd8"), {413}
    yield "10 GB announced, of JSON", raw(patch + "Content-Length: 10000000000\r\n\r\n{"), {413}
    yield "Expect: 10 GB", raw(upload + "Expect: 100-continue\r\nContent-Length: 10000000000\r\n\r\n"), {413, 417}
    yield "Expect: nope", raw(upload + "Expect: nope\r\nContent-Length: 2\r\n\r\nxx"), {400, 415, 417, 422}
    yield "Upgrade", raw(get + "Upgrade: websocket\r\nConnection: Upgrade, close\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"), {200, 400, 426}
    yield "Upgrade to HTTP/2", raw(get + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\nConnection: Upgrade, HTTP2-Settings, close\r\n\r\n"), {200, 400}
    for name, value in (("Accept", "application/xml"), ("Accept", "x" * 3000), ("Accept-Encoding", "gzip;q=nan, br"), ("Accept-Language", "zh;q=9999"), ("Cookie", "morelli_session=" + "x" * 3000),
                        ("Cookie", "morelli_session=..%2f..%2fetc; morelli_session="), ("Authorization", "Bearer"), ("Authorization", "Bearer " + "x" * 3000),
                        ("Authorization", "Basic YTpi"), ("Authorization", "Bearer \xff"), ("X-HTTP-Method-Override", "DELETE"), ("X-Forwarded-For", "127.0.0.1"), ("Forwarded", "for=\"[::1]\""),
                        ("X-Original-URL", "/v1/rebuild"), ("Max-Forwards", "-1"), ("Connection", "x, close, content-length")):
        yield f"{name}: {value[:30]!r}", plain("GET", "/v1/blocks", **{name.replace("-", "_"): value, **({} if name == "Connection" else {})}), {200, 400, 401, 403, 406}


def truncated(values):
    """Bodies that end before they should: this side is closed after what was sent."""
    def raw(text):
        return lambda host: text.replace(b"{H}", host.encode())
    right = {400, 408, None}
    for head, body in ((f"PATCH /v1/artworks/{quoted(values['id'])}", b"{\"title\":\"cut"), ("POST /v1/rebuild", b"{"), ("POST /v1/quarantine/retry", b""), ("POST /v1/session", b"{\"key\":"),
                       ("POST /v1/similar", pictures.samples(".jpg")[0][:1000]), ("POST /v1/pictures", pictures.samples(".jpg")[0][:1000])):
        kind = "image/jpeg" if head.endswith(("similar", "pictures")) else "application/json"
        start = f"{head} HTTP/1.1\r\nHost: {{H}}\r\nContent-Type: {kind}\r\n".encode()
        yield f"{head}, 1,000,000 announced and {len(body)} sent", raw(start + b"Content-Length: 1000000\r\n\r\n" + body), right
        yield f"{head}, no last chunk", raw(start + b"Transfer-Encoding: chunked\r\n\r\n" + b"%x\r\n" % max(1, len(body)) + (body or b"x") + b"\r\n"), right
        yield f"{head}, half a chunk", raw(start + b"Transfer-Encoding: chunked\r\n\r\nffff\r\n" + body), right
    yield "half a request line", raw(b"GET /v1/st"), {400, None}
    yield "half a header", raw(b"GET /v1/status HTTP/1.1\r\nHos"), {400, None}
    yield "nothing", raw(b""), {400, None}
