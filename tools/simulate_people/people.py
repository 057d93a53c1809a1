"""Tastes, meetings and what comes of them."""
import csv

import numpy as np

BEGIN, DAYS = 1_700_000_000, 180
HIDDEN = 8


def standard(x):
    return (x - x.mean()) / max(x.std(), 1e-9)


def label_table(works):
    """Rows of length 1 at most: artist, style and genre, 1 where two works share it; an empty label is shared with nobody."""
    columns = []
    for label, weight in (("artist", 0.5), ("style", 0.35), ("genre", 0.15)):
        values = [w[label] for w in works]
        names = {v: i for i, v in enumerate(dict.fromkeys(v for v in values if v))}
        table = np.zeros((len(works), max(1, len(names))), np.float32)
        for row, v in enumerate(values):
            if v:
                table[row, names[v]] = weight ** 0.5
        columns.append(table)
    return np.hstack(columns)


def simulate(works, vectors, a):
    """-> events and users, lists of rows, and what came out."""
    rng = np.random.default_rng(a.seed)
    n = len(works)
    labels = label_table(works)
    artists = np.array([w["artist"] for w in works])
    by_artist = {x: rng.normal(size=HIDDEN) for x in np.unique(artists)}
    hidden = np.stack([0.7 * by_artist[x] for x in artists]) + 0.7 * rng.normal(size=(n, HIDDEN))
    fame = rng.normal(size=n)
    new = np.zeros(n, bool)
    new[rng.permutation(n)[:round(a.new_works * n)]] = True
    events, users = [], []
    for person in range(a.people):
        group = rng.random()
        known = 0 if group < a.cold else 1 if group < 2 * a.cold else 3 if group < 3 * a.cold else \
            int(np.clip(np.round(rng.lognormal(np.log(a.events) - 0.32, 0.8)), 4, n // 3))
        tastes = rng.choice(n, size=rng.integers(1, 4), replace=False)
        utility = liking(tastes, labels, vectors, hidden, a, rng)
        name = f"p{person:05d}"
        rows = meetings(utility, known, fame, new, a, rng)
        for number, (work, kind, value, time) in enumerate(rows):
            events.append((f"{name}-{number}", name, works[work]["id"], kind, value, time))
        said = statement([works[t] for t in tastes]) if rng.random() < a.statements else ""
        users.append((name, said, known, " ".join(works[t]["id"] for t in tastes)))
    events.sort(key=lambda e: (e[5], e[0]))
    met = {e[2] for e in events}
    counts = np.array([u[2] for u in users])
    last = {}
    for e in events:
        last[e[1]] = e[2]
    new_ids = {works[i]["id"] for i in np.flatnonzero(new)}
    outcome = {
        "works": n, "people": a.people, "events": len(events), "works_met": len(met), "new_works": int(new.sum()),
        "people_with_known": {str(k): int((counts == k).sum()) for k in (0, 1, 3)},
        "last_events_of_new_works": sum(w in new_ids for w in last.values()),
        "kinds": {k: sum(e[3] == k for e in events) for k in sorted({e[3] for e in events})},
    }
    return {"events": events, "users": users, "outcome": outcome}


def liking(tastes, labels, vectors, hidden, a, rng):
    """(works,) what a person makes of each, of deviation 1, before noise: that of the taste which likes it best."""
    parts = []
    for taste in tastes:
        by_label = standard(labels @ labels[taste])
        by_picture = standard(sum(standard(v @ v[taste]) for v in vectors))
        parts.append(a.labels * by_label + a.pictures * by_picture)
    direction = rng.normal(size=hidden.shape[1])
    return standard(np.max(parts, 0) + a.hidden * standard(hidden @ direction))


def meetings(utility, known, fame, new, a, rng):
    """[(work, kind, value, time)]: `known` events, then a welcome last one."""
    n = len(utility)
    felt = utility + a.noise * rng.normal(size=n)
    rank = felt.argsort().argsort() / (n - 1)
    # People look for what they like: 1 for a deviation.
    met = a.popularity * fame + felt + rng.gumbel(size=n)
    met[new] = -np.inf
    chosen = np.argsort(-met)[:known]
    # Many kinds of work are met by chance too.
    chance = rng.random(known) < 0.3
    left = np.setdiff1d(np.flatnonzero(~new), chosen)
    chosen = np.where(chance, rng.permutation(left)[:known], chosen)
    times = np.sort(rng.integers(0, DAYS * 86_400 - 86_400, known))
    rows = [(int(w), *deed(rank[w], rng), int(BEGIN + t)) for w, t in zip(rng.permutation(chosen), times)]
    wanted = a.popularity * fame + 2 * felt + rng.gumbel(size=n)
    wanted[chosen] = -np.inf
    wanted[rank < 0.8] = -np.inf
    if a.new_works > 0:
        wanted[new if rng.random() >= 0.2 else ~new] = -np.inf
    kind, value = [("like", ""), ("favourite", ""), ("rating", 5), ("rating", 4), ("purchase", "")][rng.integers(5)]
    rows.append((int(np.argmax(wanted)), kind, value, BEGIN + DAYS * 86_400 + int(rng.integers(0, 86_400))))
    return rows


def deed(rank, rng):
    """What a person does with a work that stands at this rank with them, 0 (worst) .. 1."""
    dice = rng.random()
    if rank > 0.97 and dice < 0.3:
        return "purchase", ""
    if rank > 0.93:
        return ("favourite", "") if dice < 0.5 else ("rating", 5)
    if rank > 0.8:
        return ("like", "") if dice < 0.6 else ("rating", 4) if dice < 0.8 else ("dwell", round(30 + 90 * dice, 1))
    if rank < 0.1:
        return ("dislike", "") if dice < 0.5 else ("dismissed", "") if dice < 0.7 else ("rating", 1 + int(dice > 0.85))
    return ("view", "") if dice < 0.7 else ("dwell", round(2 + 40 * rank * dice, 1)) if dice < 0.9 else ("rating", 3)


def statement(tastes):
    """What somebody with these tastes might say; labels that are missing are not said."""
    said = []
    for w in tastes:
        what = " ".join(x for x in (w["style"], w["genre"]) if x) or "pictures"
        said.append(f"{what} by {w['artist']}" if w["artist"] else what)
    return "I like " + " and ".join(dict.fromkeys(said))


def write(out, told):
    for name, head in (("events", "event_key,user,work,kind,value,time"), ("users", "user,statement,known,tastes")):
        with open(out / f"{name}.csv", "w", newline="", encoding="utf-8") as f:
            rows = csv.writer(f, lineterminator="\n")
            rows.writerow(head.split(","))
            rows.writerows(told[name])
