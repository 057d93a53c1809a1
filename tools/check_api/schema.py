"""schema: schemathesis holds the document against the running daemon, without keys and with them.

No answer of 5xx, none with a status, type or body that isn't documented; what breaks the document is refused. Half of the ids asked
for are those of the museum, so that answers of success are seen too. Operations that destroy are among them: the home is for that.
/v1/events, which has no end, is left to `routes`. What the document can't say (that a filter has a grammar) may be refused with 400
or 422 though it fits the document. The examples of the document are of their schemas, and the document is OpenAPI 3.1.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

from check_daemon.base import Skipped, load

from .document import Document
from .routes import known
from .service import Service

CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,"
    "response_schema_conformance,negative_data_rejection,positive_data_acceptance,missing_required_header,unsupported_method,"
    "allow_header_conformance")


def check(run):
    document = Document()
    itself(run, document)
    program = schemathesis()
    for with_keys in (False, True):
        name = "with keys" if with_keys else "without keys"
        service = Service(run, name="keys" if with_keys else "open")
        if with_keys:
            admin = service.make_key("admin")
        service.start()
        service.key = admin if with_keys else None
        process = service.process.pid
        fitted = run.work / f"{service.log.stem}.json"
        fitted.write_text(json.dumps(with_values(document, known(service))))
        before = service.figures()
        fuzz(run, program, service, fitted, name, CHECKS + (",ignored_auth" if with_keys else ""))
        run.expect(service.alive and service.process.pid == process, f"{name}: the daemon died: {service.tail()}")
        after = service.figures()
        if after:
            run.row(f"{name}: memory before / after / most",
                    f"{before['rss'] >> 10} / {after['rss'] >> 10} / {after['peak'] >> 10} MiB")
        failed = [line for line in service.log.read_text(errors="replace").splitlines() if " error" in line.lower()]
        for line in failed[:5]:
            run.row(f"{name}: the daemon's log", line[-300:].replace("|", "\\|"))
        service.stop()
    run.row("machine", load())


def schemathesis():
    """The program, from beside this Python or from the path."""
    for place in (pathlib.Path(sys.executable).parent / "schemathesis", shutil.which("schemathesis")):
        if place and os.access(place, os.X_OK):
            return str(place)
    raise Skipped("no schemathesis: install tools/check_api/requirements.txt for the Python that runs this")


def itself(run, document):
    """The document by itself."""
    try:
        import openapi_spec_validator
        openapi_spec_validator.validate(document.tree)
        run.row("the document", "OpenAPI 3.1, valid")
    except ImportError:
        run.skip("no openapi-spec-validator")
    except Exception as error:
        run.fault(f"the document is not valid: {str(error)[:300]}")
    examples = 0

    def walk(part, where):
        nonlocal examples
        if isinstance(part, list):
            for number, item in enumerate(part):
                walk(item, f"{where}/{number}")
        if not isinstance(part, dict):
            return
        schema = part.get("schema") if "example" in part else part if isinstance(part.get("examples"), list) else None
        if schema is not None:
            for example in [part["example"]] if "example" in part else part["examples"]:
                examples += 1
                fault = document.fault({k: v for k, v in schema.items() if k != "examples"}, example)
                run.expect(not fault, f"the document's example at {where} is not of its schema: {fault}")
        for key, item in part.items():
            if key not in ("example", "examples"):
                walk(item, f"{where}/{key}")

    walk(document.tree["paths"], "paths")
    walk(document.tree["components"], "components")
    run.row("examples in it that are of their schemas", examples)


def with_values(document, values):
    """The document with ids of this museum to choose from."""
    tree = json.loads(json.dumps(document.tree))
    tree["servers"] = [{"url": "/"}]
    parameters = tree["components"]["parameters"]

    def choose(parameter, some):
        # With the type beside: else the fuzzer takes a list for wrong, which is a string like any other once it stands in a path.
        schema = parameter["schema"]
        named = tree["components"]["schemas"].get(schema.get("$ref", "").split("/")[-1], schema)
        kind = {"type": named["type"]} if "type" in named else {}
        parameter["schema"] = {**kind, "anyOf": [{"enum": some}, schema]}
        parameter["example"] = some[0]

    ids = [id for id in values["ids"] if id not in (".", "..")]
    choose(parameters["artwork"], ids)
    choose(parameters["user"], [values["user"]])
    choose(parameters["file"], sorted({card["image"]["file"] for card in values["cards"]}))
    choose(parameters["filter"], ["style = 'Ink Wash'", "date < 1900 and not (artist ~ 'a')", "tags in ('mist', 'wave')"])
    choose(parameters["max_per"], ["artist=1", "style=2"])
    for name in ("like", "unlike", "works"):
        items = parameters[name]["schema"]
        some = ids if name == "works" else [*ids, values["picture"]]
        items["items"] = {"anyOf": [{"enum": some}, items["items"]]}
    for name in ("facets", ):
        items = parameters[name]["schema"]
        items["items"] = {"anyOf": [{"enum": ["artist", "style", "room"]}, items["items"]]}
    for path, item in tree["paths"].items():
        for details in item.values():
            for parameter in details.get("parameters", ()):
                if parameter.get("name") in ("first", "second"):
                    choose(parameter, [*ids, values["picture"]])
                elif parameter.get("name") == "columns":
                    parameter["schema"]["items"] = {
                        "anyOf": [{"enum": ["artist", "style", "room"]}, parameter["schema"]["items"]]
                    }
                elif parameter.get("name") == "colour":
                    choose(parameter, ["artist", "style"])
                elif parameter.get("name") == "path":
                    choose(parameter, [values["path"]])
    return tree


def fuzz(run, program, service, document, name, checks):
    settings = run.work / f"{service.log.stem}.toml"
    settings.write_text(
        "[checks.positive_data_acceptance]\n"
        'expected-statuses = ["2xx", "3xx", "400", "401", "403", "404", "409", "410", "413", "416", "422", "429", "501", "503"]\n'
        # 431: what is wrong may be larger than a head may be, and is then refused for that.
        "[checks.negative_data_rejection]\n"
        'expected-statuses = ["400", "401", "403", "404", "405", "406", "409", "415", "422", "428", "429", "431", "5xx"]\n'
    )
    count = run.options.count or run.size(3, 30, 150)
    report = run.work / f"{service.log.stem}.ndjson"
    # Short, what is refused without a key is seen by the examples alone.
    phases = "examples,coverage,fuzzing" if not run.short else "examples" if service.key else "examples,fuzzing"
    arguments = [
        program, "--config-file",
        str(settings), "run",
        str(document), "--url", f"http://{service.host}", "--checks", checks, "--max-examples",
        str(count), "--seed",
        str(run.seed), "--exclude-path", "/v1/events", "--request-timeout", "60", "--suppress-health-check", "all",
        "--continue-on-failure", "--output-sanitize", "false", "--report", "ndjson", "--report-ndjson-path",
        str(report), "--phases", phases
    ]
    if run.short:
        arguments.append("--no-shrink")
    if service.key:
        arguments += ["--header", f"Authorization: Bearer {service.key}"]
    done = subprocess.run(arguments,
                          capture_output=True,
                          text=True,
                          cwd=run.work,
                          timeout=3000,
                          env={**os.environ, "COLUMNS": "160", "NO_COLOR": "1"})
    said = done.stdout
    (run.work / f"{service.log.stem}.txt").write_text(said + done.stderr)
    statuses = seen(report)
    answers = sum(statuses.values())
    run.row(f"{name}: requests by status", ", ".join(f"{n} × {s}" for s, n in sorted(statuses.items())))
    run.expect(answers > 40, f"{name}: only {answers} requests were made: {(said + done.stderr)[-400:]}")
    run.expect(statuses.get(429, 0) < answers / 10, f"{name}: most was refused as too much, and shows nothing")
    run.expect(
        sum(n for s, n in statuses.items() if 200 <= s < 300) > answers / 20, f"{name}: hardly any answer was one of success")
    if done.returncode != 0:
        told = re.split(r"=+ FAILURES =+|=+ ERRORS =+", said)
        for failure in told[1:]:
            for part in re.split(r"\n_{5,} ?(?=\S)", failure)[1:]:
                title, *cases = re.split(r"\n\d+\. Test Case ID: ", part)
                for case in cases or [""]:
                    what, _, how = case.partition("Reproduce with")
                    run.fault(f"{name}: {title.strip(' _')}: {shown(what)[:600]} … {shown(how)[:300]}")
        if len(told) < 2:
            run.fault(f"{name}: schemathesis ended with {done.returncode}: {(said + done.stderr)[-600:]}")


def shown(text):
    return " ".join(text.split())


def seen(report):
    """{status: how many}"""
    counts = {}
    if report.exists():
        for found in re.finditer(r'"status_code": ?(\d{3})', report.read_text(errors="replace")):
            counts[int(found[1])] = counts.get(int(found[1]), 0) + 1
    return counts
