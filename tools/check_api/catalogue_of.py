"""What a running daemon says of its catalogue, page by page."""
from .document import quoted


def ids(service, most):
    """So many ids, evenly taken from the whole list where it is longer."""
    total = service.json("/v1/artworks?limit=1")["total"]
    every = max(1, total // most)
    found, after, seen = [], None, 0
    while len(found) < most:
        page = service.json("/v1/artworks?sort=id&limit=500" + (f"&after={quoted(after)}" if after else ""))
        for card in page["artworks"]:
            if seen % every == 0 and card["image"]:
                found.append(card["id"])
            seen += 1
        after = page["next"]
        if after is None:
            break
    return found


def answers(service, targets):
    """What it answers, without what time alone changes."""
    found = {}
    for target in targets:
        answer = service.get(target)
        if answer.type in ("application/json", "application/ld+json"):
            found[target] = answer.status, still(answer.json())
        else:
            found[target] = answer.status, answer.body
    return found


def still(document):
    if isinstance(document, dict):
        return {key: still(value) for key, value in document.items() if key not in ("took_ms", "generation")}
    return [still(item) for item in document] if isinstance(document, list) else document


def first_difference(a, b, place=""):
    """Where two documents differ first, and how."""
    if isinstance(a, dict) and isinstance(b, dict) and a.keys() == b.keys():
        return next(filter(None, (first_difference(a[key], b[key], f"{place}/{key}") for key in a)), None)
    if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)) and len(a) == len(b):
        return next(filter(None, (first_difference(*pair, f"{place}/{at}") for at, pair in enumerate(zip(a, b)))), None)
    return None if a == b else f"at {place or '/'}: {str(a)[:200]}, then {str(b)[:200]}"
