"""The Presentation API."""
import urllib.parse

from .images import picture
from .report import Missing

CONTEXT = "http://iiif.io/api/presentation/3/context.json"


def look(told, site, works, square, options):
    """Presentation 3.0: manifests"""
    try:
        import iiif_prezi3
    except ImportError as error:
        raise Missing(f"iiif-prezi3 is not installed ({error})")
    shown = 0
    for work in works:
        address = f"/iiif/presentation/3/artworks/{urllib.parse.quote(work['id'], safe='')}/manifest.json"
        manifest = _manifest(told, site, address, iiif_prezi3)
        if manifest is None:
            continue
        there = [file["id"] for file in work["files"] if not file["missing"]]
        told.equal([_file(canvas) for canvas in manifest["items"]], there, f"canvases of {address}")
        told.expect((work["title"] or work["id"]) in str(manifest["label"]), f"label of {address}", manifest["label"])
        if work["artist"]:
            told.expect(work["artist"] in str(manifest["metadata"]), f"artist in {address}")
        for canvas in manifest["items"][:2]:
            _canvas(told, site, canvas, address)
        for linked in manifest.get("seeAlso", []):
            told.equal(site.get(linked["id"]).status, 200, f"seeAlso of {address}")
        shown += 1
    told.say(f"manifests of {shown} works, parsed by iiif-prezi3")
    for query in _queries(works):
        _results(told, site, query, iiif_prezi3)
    told.equal(site.get("/iiif/presentation/3/artworks/no-such-work/manifest.json").status, 404, "manifest of no work")
    told.equal(site.get("/iiif/presentation/3/results/manifest.json").status, 400, "manifest of no question")
    told.equal(site.get("/iiif/presentation/3/results/manifest.json?like=no-such-work").status, 404, "manifest of no work's like")


def _queries(works):
    if not works:
        return []
    name = urllib.parse.quote(works[0]["id"], safe="")
    return [f"like={name}&k=5", f"like={name}&k=3&weights=colour%3D2&max_per=artist%3D1", "palette=%231d3557%3A2&k=4"]


def _manifest(told, site, address, library):
    answer = site.get(address, Origin="http://example.org")
    if not told.equal((answer.status, answer.type), (200, "application/ld+json"), address):
        return None
    told.expect(CONTEXT in answer.headers["content-type"], f"profile of {address}", answer.headers["content-type"])
    try:
        library.Manifest.model_validate_json(answer.body, strict=True)
        told.expect(True, address)
    except Exception as error:
        told.expect(False, f"iiif-prezi3 of {address}", error)
    manifest = answer.json()
    told.equal(manifest["@context"], CONTEXT, f"context of {address}")
    told.equal(manifest["id"], site.base + address, f"id of {address}")
    ids = [node["id"] for node in _nodes(manifest) if node.get("type") in ("Canvas", "AnnotationPage", "Annotation")]
    told.expect(len(ids) == len(set(ids)), f"ids of {address} are told apart")
    told.expect(all(name.startswith(("http://", "https://")) and "#" not in name for name in ids), f"ids of {address} are URIs")
    for node in _nodes(manifest):
        _shape(told, node, address)
    return manifest


# iiif-prezi3 takes a plain string for a label, and a manifest without canvases: it is also there for writing them.
REQUIRED = {
    "Manifest": ["id", "label", "items"], "Canvas": ["id", "width", "height", "items"], "AnnotationPage": ["id", "items"],
    "Annotation": ["id", "motivation", "body", "target"], "Image": ["id", "format"], "ImageService3": ["id", "profile"],
    "Dataset": ["id"], "Text": ["id", "label"],
}


def _shape(told, node, address):
    """What Presentation 3.0 requires of a part: its properties, maps of lists by language, lists that are not empty."""
    is_reference = set(node) <= {"id", "type", "label"}
    for name in [] if is_reference else REQUIRED.get(node.get("type"), []):
        told.expect(node.get(name), f"{name} of a {node['type']} in {address}")
    for name in ("label", "summary", "value"):
        if name in node:
            texts = node[name]
            told.expect(
                isinstance(texts, dict) and texts and all(
                    isinstance(part, list) and part and all(isinstance(text, str) for text in part)
                    for part in texts.values()),
                f"{name} in {address}", texts)
    for name in ("items", "metadata", "thumbnail", "homepage", "seeAlso", "partOf", "service", "behavior"):
        if name in node:
            told.expect(isinstance(node[name], list) and node[name], f"{name} in {address} is a list", node[name])
    for name in ("width", "height"):
        if name in node:
            told.expect(type(node[name]) is int and node[name] > 0, f"{name} in {address}", node[name])


def _nodes(value):
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _nodes(part)


def _body(canvas):
    return canvas["items"][0]["items"][0]["body"]


def _file(canvas):
    return int(_body(canvas)["service"][0]["id"].rsplit("/", 1)[1])


def _canvas(told, site, canvas, address):
    annotation = canvas["items"][0]["items"][0]
    told.equal(annotation["target"], canvas["id"], f"target in {address}")
    service = annotation["body"]["service"][0]
    info = site.get(service["id"] + "/info.json").json()
    told.equal((info["width"], info["height"]), (canvas["width"], canvas["height"]), f"size of a canvas of {address}")
    told.equal(info["profile"], service["profile"], f"profile of the service in {address}")
    for image in (annotation["body"], canvas["thumbnail"][0]):
        answer = site.get(image["id"])
        if told.equal((answer.status, answer.type), (200, image["format"]), f"{image['id']} of {address}"):
            told.equal(picture(answer.body).size, (image["width"], image["height"]), f"{image['id']} of {address}")


def _results(told, site, query, library):
    address = f"/iiif/presentation/3/results/manifest.json?{query}"
    manifest = _manifest(told, site, address, library)
    if manifest is None:
        return
    hits = site.get(f"/v1/similar?{query}").json()["results"]
    told.equal([_file(canvas) for canvas in manifest["items"]], [hit["image"]["file"] for hit in hits], f"hits of {address}")
    for canvas, hit in zip(manifest["items"], hits):
        values = [pair["value"]["none"][0] for pair in canvas["metadata"]]
        told.equal(values[0], str(hit["rank"]), f"rank in {address}")
        told.expect(abs(float(values[1]) - hit["score"]) < 1e-3, f"score in {address}", f"{values[1]} for {hit['score']}")
