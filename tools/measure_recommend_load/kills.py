"""kill -9 in the midst of events: what was answered for is there, once; what was not can be sent again."""
import collections
import json
import random
import threading
import time

from .client import Client, body, faults
from .report import command

PEOPLE = 12
KINDS = [("view", ""), ("like", ""), ("rating", 4), ("dwell", 12.5), ("favourite", ""), ("purchase", ""), ("dismissed", "")]


class Stream:
    """Sends batches as fast as they are answered, until nobody answers any more."""

    def __init__(self, service, make):
        self.service, self.make = service, make
        self.kept, self.lost, self.batches, self.wrong = [], [], 0, []
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        client = Client(self.service.address)
        while True:
            batch = self.make()
            try:
                _, status, answer = client.post(batch)
            except Exception:  # Whatever a connection that is cut off says.
                self.lost = batch
                return
            self.batches += 1
            if status != 200 or answer["kept"] != len(batch):
                self.wrong.append(f"{len(batch)} events: status {status}, {str(answer)[:300]}")
                return
            self.kept += batch


class Asking:
    """Lists beside, which are recorded: whatever the connection says."""

    def __init__(self, service, people):
        self.over = threading.Event()
        self.service, self.people = service, people
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        try:
            client = Client(self.service.address)
            while not self.over.is_set():
                for person in self.people:
                    client.list(person)
        except Exception:
            return


def measure(run, report, service, works, seed, kills, verify_each):
    chance = random.Random(f"{seed} kills")
    # Others for each run, on the same home too.
    name = f"kill {seed} {int(time.time())}"
    people = [f"{name} {n}".replace(" ", "-") for n in range(PEOPLE)]
    # Each event has a second of its own, so that it can be told from all others in what is exported.
    base, number = int(time.time()) - 60 * 86_400, 0

    def make():
        nonlocal number
        batch = []
        for _ in range(chance.choice((1, 3, 20, 100))):
            number += 1
            kind, value = chance.choice(KINDS)
            batch.append(body(chance.choice(people), (f"{name} {number}", chance.choice(works), kind, value, base + number)))
        return batch

    kept, resent, known_before, starts, verified = [], 0, 0, [], 0
    for turn in range(kills):
        stream, asking = Stream(service, make), Asking(service, people)
        time.sleep(chance.uniform(0.05, 1.2))
        service.kill()
        asking.over.set()
        stream.thread.join(90)
        asking.thread.join(90)
        for text in stream.wrong:
            run.fault(f"kill {turn + 1}: {text}")
        kept += stream.kept
        if (turn + 1) % verify_each == 0 or turn + 1 == kills:
            verified += 1
            command(run, "verify", "--home", service.home)
        began = time.monotonic()
        service.start(within=120)
        client = Client(service.address)
        if stream.lost:
            _, status, answer = client.post(stream.lost)
            if run.expect(status == 200 and answer["kept"] + answer["known"] == len(stream.lost),
                          f"kill {turn + 1}: {len(stream.lost)} events sent again: status {status}, {str(answer)[:300]}"):
                run.expect(answer["known"] in (0, len(stream.lost)),
                           f"kill {turn + 1}: of {len(stream.lost)} events that were cut off, {answer['known']} are there")
                kept += stream.lost
                resent += len(stream.lost)
                known_before += answer["known"]
        seen = collections.defaultdict(set)
        for event in kept:
            seen[event["user"]].add(event["work"])
        for person in [person for person in people if person in seen][:3]:
            took, status, document = client.list(person)
            for text in faults(person, status, document, seen[person], full=False):
                run.fault(f"kill {turn + 1}: {text}")
        starts.append(time.monotonic() - began)
        client.close()
    expected = collections.defaultdict(collections.Counter)
    for event in kept:
        expected[event["user"]][event["work"], event["kind"], event["time"]] += 1
    for person, events in expected.items():
        exported = command(run, "user", "export", person, "--home", service.home)
        if exported.status:
            continue
        there = collections.Counter((e["work"], e["kind"], round(e["time"])) for e in json.loads(exported.output)["events"])
        lost, doubled, other = events - there, [e for e, n in there.items() if n > 1], there - events
        run.expect(not lost, f"{person}: {sum(lost.values())} events are lost, such as {list(lost)[:2]}")
        run.expect(not doubled, f"{person}: {len(doubled)} events are there more than once, such as {doubled[:2]}")
        run.expect(not [e for e in other if e not in events], f"{person}: {sum(other.values())} events that nobody sent: {list(other)[:2]}")
    report.say(f"\n#### kill -9\n\n{kills} times in the midst of events: {len(kept)} events of {len(expected)} people that were answered for, or sent"
               f" again ({resent}, of which {known_before} had been kept), counted in `user export`; `verify` {verified} times; from start to"
               f" three lists {max(starts, default=0):.2f} s at most.")
