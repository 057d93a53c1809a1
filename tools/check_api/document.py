"""The OpenAPI document: its operations, with what is needed to ask for each."""
import json
import urllib.parse

from check_daemon import pictures
from check_daemon.base import ROOT

PATH = ROOT / "Sources" / "CWebFiles" / "openapi.json"
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


class Operation:
    def __init__(self, document, path, method, details):
        self.document, self.path, self.method, self.details = document, path, method.upper(), details
        self.name = f"{self.method} {path}"
        self.id = details["operationId"]
        self.parameters = [document.resolve(p) for p in details.get("parameters", ())]
        self.responses = {code: document.resolve(r) for code, r in details["responses"].items()}
        self.statuses = {int(code) for code in self.responses}
        # read, write or admin; None for what needs no key.
        self.scope = next((scope for way in details["security"] for scopes in way.values() for scope in scopes), None)
        body = details.get("requestBody")
        self.content = document.resolve(body)["content"] if body else {}

    def placed(self, place):
        return [p for p in self.parameters if p["in"] == place]

    def target(self, values, query=()):
        """The address with these values of path parameters; `query` are (name, value) pairs."""
        path = self.path
        for parameter in self.placed("path"):
            value = values.get(parameter["name"], parameter.get("example"))
            path = path.replace("{%s}" % parameter["name"], quoted(value))
        pairs = "&".join(f"{quoted(name)}={quoted(value)}" for name, value in query)
        return path + ("?" + pairs if pairs else "")

    def required(self, values):
        """(name, value) of the query parameters without which it can't be asked."""
        pairs = []
        for parameter in self.placed("query"):
            if parameter.get("required"):
                pairs += self.pairs(parameter, values.get(parameter["name"], parameter.get("example")))
        if self.path in ("/v1/similar", "/iiif/presentation/3/results/manifest.json") and self.method == "GET":
            pairs.append(("like", values["like"]))
        return pairs

    @staticmethod
    def pairs(parameter, value):
        if not isinstance(value, list):
            return [(parameter["name"], {True: "true", False: "false"}.get(value, value) if isinstance(value, bool) else value)]
        if parameter.get("explode", True):
            return [(parameter["name"], item) for item in value]
        return [(parameter["name"], ",".join(value))]

    def body(self):
        """(content type, bytes) of an example body; (None, None) where it takes none."""
        if not self.content:
            return None, None
        if "application/json" in self.content:
            media = self.content["application/json"]
            example = media.get("example")
            if example is None:
                example = self.document.resolve(media["schema"])["examples"][0]
            return "application/json", json.dumps(example).encode()
        return "image/jpeg", pictures.samples(".jpg")[0]


class Document:
    def __init__(self, path=PATH):
        self.tree = json.loads(path.read_text(encoding="utf-8"))
        self.operations = [
            Operation(self, path, method, details) for path, item in self.tree["paths"].items()
            for method, details in item.items() if method in METHODS
        ]
        self.paths = {}
        for operation in self.operations:
            self.paths.setdefault(operation.path, []).append(operation)

    def resolve(self, part):
        while isinstance(part, dict) and "$ref" in part:
            found = self.tree
            for name in part["$ref"][2:].split("/"):
                found = found[name.replace("~1", "/").replace("~0", "~")]
            part = {**found, **{k: v for k, v in part.items() if k != "$ref"}}
        return part

    def fault(self, schema, instance):
        """Why a value is not of a schema; None where it is, or where there is no jsonschema here to tell."""
        try:
            import jsonschema
        except ImportError:
            return None
        whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "components": self.tree["components"]}
        error = next(jsonschema.Draft202012Validator(whole).iter_errors(instance), None)
        return None if error is None else f"{'/'.join(map(str, error.absolute_path))}: {error.message[:300]}"


def quoted(value):
    return urllib.parse.quote(str(value), safe="")
