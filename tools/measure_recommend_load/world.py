"""Works with labels, and people whose events show it: everything from a seed, a person's events from their number alone."""
import csv
import math
import random
import time

DAY = 86_400
DAYS = 180
STYLES, ARTISTS = 60, 4_000
# What is done with a work of one's own taste, and with any other.
LIKED = [("view", 40), ("dwell", 14), ("like", 20), ("favourite", 7), ("rating", 14), ("purchase", 3), ("dislike", 1), ("dismissed", 1)]
MET = [("view", 70), ("dwell", 14), ("like", 3), ("favourite", 1), ("rating", 4), ("purchase", 0), ("dislike", 5), ("dismissed", 3)]
WORDS = ("river night garden red portrait winter music mother harbour still city bird horse dream field table window sea"
         " letter forest bridge blue harvest angel market dance smoke island mirror tower").split()


def labelled(ids, seed):
    """Rows of a catalogue (id, title, artist, style, genre, medium, price, currency, availability) for works that have no labels.

    Artists belong to a style or two and have very different numbers of works.
    """
    chance = random.Random(f"{seed} labels")
    artists = [(f"Artist {n}", f"Style {chance.randrange(STYLES)}") for n in range(ARTISTS)]
    reach = list(accumulate(1 / (n + 1) ** 0.7 for n in range(ARTISTS)))
    for work in ids:
        artist, style = artists[chance.choices(range(ARTISTS), cum_weights=reach)[0]]
        if chance.random() < 0.2:
            style = f"Style {chance.randrange(STYLES)}"
        yield {
            "id": work, "title": " ".join(chance.sample(WORDS, 2)), "artist": artist, "style": style,
            "genre": f"Genre {chance.randrange(20)}", "medium": f"Medium {chance.randrange(12)}",
            "price": round(math.exp(chance.gauss(7, 1))), "currency": "EUR",
            "availability": "available" if chance.random() < 0.9 else "reserved",
        }


def accumulate(values):
    total = 0
    for value in values:
        total += value
        yield total


class World:
    """
    - works: [(id, style)].
    - mean: events of a person in the mean, log-normal with sigma 1.
    - end: seconds since 1970 before which all happens.
    """

    def __init__(self, works, people, mean, seed, end):
        self.people, self.mean, self.seed, self.end = people, mean, seed, end
        chance = random.Random(f"{seed} works")
        ids = [work for work, _ in works]
        style = dict(works)
        chance.shuffle(ids)
        # The n-th in this order is met like 1/(n + 20)^0.9: a few are met by thousands, most by some.
        weight = {work: 1 / (n + 20) ** 0.9 for n, work in enumerate(ids)}
        self.all = ids, list(accumulate(weight[work] for work in ids))
        groups = {}
        for work in ids:
            groups.setdefault(style[work] or work[-2:], []).append(work)
        self.groups = [(group, list(accumulate(weight[work] for work in group)))
                       for _, group in sorted(groups.items()) if len(group) > 1]

    @staticmethod
    def name(person):
        return f"p{person:06d}"

    def events(self, person):
        """[(key, work, kind, value, time)] of the person of this number."""
        chance = random.Random(f"{self.seed} person {person}")
        count = max(1, round(chance.lognormvariate(math.log(self.mean) - 0.5, 1)))
        tastes = chance.sample(self.groups, min(len(self.groups), chance.choice((1, 2, 2, 3))))
        fond = round(count * 0.7)
        rows = []
        for part, of_taste, kinds in ((fond, True, LIKED), (count - fond, False, MET)):
            for place in range(part):
                works, reach = tastes[place % len(tastes)] if of_taste else self.all
                rows.append(chance.choices(works, cum_weights=reach)[0])
            names, weights = zip(*kinds)
            rows[len(rows) - part:] = [
                self.deed(work, kind, chance) for work, kind in zip(rows[len(rows) - part:], chance.choices(names, weights, k=part))]
        number = chance.getrandbits(64)
        return [(f"{number:016x}{place:016x}", work, kind, value, self.end - chance.randrange(DAYS * DAY))
                for place, (work, kind, value) in enumerate(rows)]

    @staticmethod
    def deed(work, kind, chance):
        if kind == "rating":
            return work, kind, chance.choice((3, 4, 4, 5, 5, 2))
        if kind == "dwell":
            return work, kind, round(2 + chance.expovariate(1 / 25), 1)
        return work, kind, ""

    def known(self, person):
        """Ids of the works that the person has had to do with."""
        return {event[1] for event in self.events(person)}

    def write(self, path):
        """All events as a file; how many there are."""
        total = 0
        with open(path, "w", newline="", encoding="utf-8") as file:
            file.write("event_key,user,work,kind,value,time\n")
            for person in range(self.people):
                name = self.name(person)
                rows = self.events(person)
                total += len(rows)
                file.write("".join(f"{key},{name},{work},{kind},{value},{when}\n" for key, work, kind, value, when in rows))
        return total


def works_of(export):
    """[(id, style)] of `morelli export catalog`, each work once."""
    return list({row["id"]: (row["id"], row.get("style") or "") for row in csv.DictReader(export)}.values())


def midnight():
    """The last one, so that whoever makes the same world again on this day gets the same times."""
    return int(time.time()) // DAY * DAY
