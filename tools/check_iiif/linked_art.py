"""Linked Art."""
import importlib.util
import json
import pathlib
import re
import urllib.parse

from .report import Missing

CONTEXT = "https://linked.art/ns/v1/linked-art.json"
COMMON = {"id", "type", "_label", "identified_by", "classified_as", "referred_to_by"}
# What Linked Art's API 1.0 (https://linked.art/api/1.0/) grants each class, as far as it is used here.
PROPERTIES = {
    "HumanMadeObject": COMMON | {
        "@context", "equivalent", "representation", "member_of", "subject_of", "attributed_by", "dimension", "made_of",
        "part_of", "current_owner", "produced_by", "shows", "carries"},
    "Name": {"type", "_label", "identified_by", "classified_as", "content", "language", "part"},
    "Identifier": {"type", "_label", "identified_by", "classified_as", "content", "part"},
    "Type": {"id", "type", "_label", "classified_as", "identified_by", "equivalent"},
    "Production": COMMON | {"timespan", "took_place_at", "carried_out_by", "technique", "influenced_by", "part"},
    "Person": {"id", "type", "_label", "identified_by"},
    "TimeSpan": {
        "type", "_label", "identified_by", "begin_of_the_begin", "end_of_the_begin", "begin_of_the_end", "end_of_the_end",
        "duration"},
    "LinguisticObject": COMMON | {"content", "format", "language", "digitally_carried_by"},
    "VisualItem": COMMON | {"digitally_shown_by"},
    "DigitalObject": COMMON | {"format", "conforms_to", "access_point", "digitally_available_via", "dimension"},
    "DigitalService": COMMON | {"access_point", "conforms_to"},
    "Dimension": {"type", "_label", "classified_as", "value", "unit"},
    "MeasurementUnit": {"id", "type", "_label"},
    "InformationObject": {"id", "type", "_label"},
}
TEXTS = {"Name": "content", "Identifier": "content"}
DATE_TIME = re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def _context():
    found = importlib.util.find_spec("cromulent")
    if found is None or found.origin is None:
        return None
    path = pathlib.Path(found.origin).parent / "data" / "linked-art.json"
    return json.loads(path.read_text()) if path.exists() else None


def look(told, site, works, square, options):
    """Linked Art: works"""
    context = _context()
    try:
        from pyld import jsonld
    except ImportError as error:
        jsonld = None
        if context is not None:
            raise Missing(f"pyld is not installed ({error})")
    if jsonld is None or context is None:
        told.say("cromulent is not installed: only the structure is looked at, without JSON-LD")
    for work in works:
        address = f"/v1/artworks/{urllib.parse.quote(work['id'], safe='')}/linked-art"
        answer = site.get(address)
        if not told.equal((answer.status, answer.type), (200, "application/ld+json"), address):
            continue
        document = answer.json()
        told.equal(document["@context"], CONTEXT, f"context of {address}")
        told.equal((document["id"], document["type"]), (site.base + address, "HumanMadeObject"), f"subject of {address}")
        told.expect(document["_label"], f"label of {address}")
        _node(told, document, address)
        _says(told, document, work, address)
        if jsonld is not None and context is not None:
            _expand(told, jsonld, context, document, address)
    told.equal(site.get("/v1/artworks/no-such-work/linked-art").status, 404, "Linked Art of no work")
    if jsonld is not None and context is not None:
        told.say(f"{len(works)} documents expanded with the context of cromulent")


def _node(told, node, address):
    kind = node.get("type")
    if told.expect(kind in PROPERTIES, f"class in {address}", kind):
        told.expect(set(node) <= PROPERTIES[kind], f"properties of {kind} in {address}", set(node) - PROPERTIES[kind])
    if kind in TEXTS:
        told.expect(node.get("content"), f"content of {kind} in {address}")
    if kind == "Type":
        told.expect(node.get("_label") and (node.get("id") or node.get("identified_by")), f"type in {address}", node)
    for name, value in node.items():
        if name in ("begin_of_the_begin", "end_of_the_end"):
            told.expect(DATE_TIME.fullmatch(value), f"{name} in {address}", value)
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, dict):
                _node(told, part, address)


def _says(told, document, work, address):
    """Whether what the catalogue knows stands in the document."""
    text = json.dumps(document, ensure_ascii=False)
    for name in ("id", "title", "artist", "date", "style", "genre", "medium", "description"):
        if (work[name] or "").strip():
            told.expect(json.dumps(work[name], ensure_ascii=False)[1:-1] in text, f"{name} in {address}")
    there = [file for file in work["files"] if not file["missing"]]
    told.equal(len(document.get("representation", [])), len(there), f"pictures in {address}")


def _expand(told, jsonld, context, document, address):
    """JSON-LD drops what its context doesn't know: with a vocabulary before it, such terms show."""
    terms = context["@context"]
    bare = {**document, "@context": [{"@vocab": "urn:unknown:"}, *(terms if isinstance(terms, list) else [terms])]}

    def nothing(address, options):
        raise jsonld.JsonLdError(f"{address} is not to be fetched", "loading document failed")

    expanded = jsonld.expand(bare, {"documentLoader": nothing, "processingMode": "json-ld-1.1"})
    text = json.dumps(expanded)
    told.expect("urn:unknown:" not in text, f"terms of {address}", re.findall(r"urn:unknown:\w+", text))
    told.equal(expanded[0]["@type"], ["http://www.cidoc-crm.org/cidoc-crm/E22_Human-Made_Object"], f"class of {address}")
    told.equal(expanded[0]["@id"], document["id"], f"subject of {address}")
    triples = jsonld.to_rdf(bare, {"documentLoader": nothing})["@default"]
    told.expect(len(triples) > 10, f"triples of {address}", len(triples))
