"""What every answer is judged by."""
import json
import re

# Where this program, its homes and the system's files lie; what Swift and SQLite say of themselves.
LEAKS = re.compile(
    rb"(?<![\w/.:-])/(?:tmp|home|root|usr|etc|var|proc|private|Users|opt|srv|mnt)/[\w.@-]|file://|\.swift\b|catalog\.sqlite|daemon\.sock"
    rb"|SQLITE_|SQLite error|GRDB|NIOCore|Swift\.(?:Decoding|Encoding)?Error|DecodingError|Fatal error|CodingKeys|0x[0-9a-f]{9,}")


def leaks(answer, *more, sent=b""):
    """What an answer tells of the file system or of the program's inside, beyond what was `sent`; None where it tells nothing."""
    head = "\n".join(f"{name}: {value}" for name, value in answer.headers).encode("latin-1", "replace")
    text = head + b"\n" + (answer.body if is_text(answer) else b"")
    for place in more:
        if str(place).encode() in text:
            return str(place)
    found = next((match for match in LEAKS.finditer(text) if match[0] not in sent), None)
    return found and text[max(0, found.start() - 60):found.end() + 60].decode("utf-8", "replace")


def is_text(answer):
    return answer.type.startswith("text/") or "json" in answer.type


def problem(answer):
    """What is wrong with an answer of 400 and more as a problem document; None where it is one."""
    if answer.type != "application/problem+json":
        return f"is {answer.type or 'of no type'}, not application/problem+json"
    try:
        document = json.loads(answer.body.decode("utf-8"))
    except ValueError as error:
        return f"is no JSON: {error}"
    if not isinstance(document, dict) or set(document) != {"type", "title", "status", "detail"}:
        return f"has other keys: {answer.body[:200]!r}"
    if document["status"] != answer.status:
        return f"says status {document['status']}"
    if not all(isinstance(document[key], str) and document[key].strip() for key in ("type", "title", "detail")):
        return f"has an empty text: {answer.body[:200]!r}"
    return None
