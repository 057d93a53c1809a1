"""The page's own files: what they weigh, and that all of them are built in."""
import json
import re

from . import daemon
from .run import need

FOLDER = daemon.ROOT / "Sources" / "CWebFiles"
MOST = 300_000


def weight(run):
    """The page's own files are under 300 KB together, and none is long"""
    files = [f for f in (FOLDER / "page").iterdir()]
    total = sum(f.stat().st_size for f in files)
    need(total < MOST, f"{total} bytes")
    long = [f.name for f in files if f.suffix == ".js" and len(f.read_text().splitlines()) > 300]
    need(not long, f"over 300 lines: {long}")
    return f"{total / 1000:.0f} KB in {len(files)} files"


def embedded(run):
    """Each file of the page is built into the program, and is served as it is"""
    text = (FOLDER / "cwebfiles.c").read_text()
    there = set(re.findall(r'#embed "([^"]+)"', text))
    wanted = {f"page/{f.name}" for f in (FOLDER / "page").iterdir()} | {"openapi.json"}
    need(there == wanted, f"missing {sorted(wanted - there)}, too many {sorted(there - wanted)}")
    named = set(re.findall(r'FILE_OF\("([^"]+)"', text))
    need(named == {name.split("/")[-1] for name in wanted}, f"names: {sorted(named ^ {n.split('/')[-1] for n in wanted})}")
    with run.page(ready=None) as page:
        for file in sorted((FOLDER / "page").iterdir()):
            path = "/" if file.name == "index.html" else f"/page/{file.name}"
            answer = page.context.request.get(run.url + path)
            need(answer.ok, f"{answer.status} for {path}")
            need(answer.body() == file.read_bytes(), f"{path} is another one than in the sources: build anew")
            kind = answer.headers["content-type"].split(";")[0]
            need(kind == {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml"}[file.suffix], f"{path} is {kind}")


def described(run):
    """The description of the API is a document that can be read"""
    document = json.loads((FOLDER / "openapi.json").read_text())
    need(document["openapi"].startswith("3.1"), str(document.get("openapi")))


CHECKS = [weight, embedded, described]
