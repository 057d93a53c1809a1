"""Answers while events pour in, and while models learn."""
import random
import threading
import time

from .client import Client, Readers, body
from .lists import drawn, timed

BATCH = 100


class Views:
    """Batches of events of people drawn at random; how long each took, and what was wrong."""

    def __init__(self, world, seed):
        self.world, self.chance = world, random.Random(f"{seed} pour")
        self.times, self.wrong, self.sent = [], [], 0
        # Another for each run, on the same home too.
        self.name = f"pour {seed} {time.time()}"

    def batch(self, count):
        works, reach = self.world.all
        events = []
        for work in self.chance.choices(works, cum_weights=reach, k=count):
            self.sent += 1
            person = self.world.name(self.chance.randrange(self.world.people))
            events.append(body(person, (f"{self.name} {self.sent}", work, "view", "", time.time() - self.chance.random() * 3600)))
        return events

    def post(self, client, count):
        took, status, answer = client.post(self.batch(count))
        self.times.append(took)
        if status != 200 or answer["kept"] != count:
            self.wrong.append(f"{count} events: status {status}, {str(answer)[:300]}")


class Pour:
    """A thousand events a second until it is stopped."""

    def __init__(self, address, world, seed, rate=1000):
        self.address, self.rate, self.views, self.late = address, rate, Views(world, seed), 0
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        client, began, turn = Client(self.address), time.monotonic(), 0
        try:
            while not self.over.is_set():
                wait = began + turn * BATCH / self.rate - time.monotonic()
                self.late = max(self.late, -wait)
                self.over.wait(max(0, wait))
                self.views.post(client, BATCH)
                turn += 1
        except OSError as problem:
            self.views.wrong.append(f"events: {problem}")

    def stop(self):
        self.over.set()
        self.thread.join()


def measure(report, service, world, taken, seed, seconds):
    report.head("While 1,000 events a second come in, a hundred at a time")
    for clients in (1, 4):
        pour = Pour(service.address, world, f"{seed} {clients}")
        began = time.monotonic()
        people = drawn(world, f"{seed} pour {clients}", taken)
        taken |= timed(report, service, world, f"lists, {clients} at once", people, seconds, clients)[1]
        pour.stop()
        report.row(f"a hundred events, beside {clients}", pour.views.times, time.monotonic() - began, pour.views.wrong)
        if pour.late > 1:
            report.say(f"| (those came up to {pour.late:.1f} s late) | | | | | | | |")


def generation(client):
    return client.ask("GET", "/v1/recommendations?k=1&preview=true")[2].get("generation")


def training(report, service, world, taken, seed, due, limit):
    """Sends so many events that models learn again, and asks for lists until they have."""
    client = Client(service.address)
    before = generation(client)
    views = Views(world, f"{seed} due")
    began = time.monotonic()
    while views.sent < due:
        views.post(client, min(10_000, due - views.sent))
    report.head("While models learn", f"{views.sent} events, up to 10,000 at a time, make it due.")
    report.row("so many events", views.times, wrong=views.wrong)
    times, wrong, number = [], [], 0
    start = time.monotonic()
    while generation(client) == before and time.monotonic() - start < limit:
        people = drawn(world, f"{seed} learning {number}", taken)
        readers = Readers(service.address, world, people, 5, 1)
        some, found = readers.join()
        times += some
        wrong += found
        number += 1
        taken |= set(people[:len(some) + 1])
        if world.people - len(taken) < 2000:
            taken.clear()
    now = generation(client)
    report.row("lists until they have", times, time.monotonic() - start, wrong)
    report.say(f"\nGeneration {before} then, {now} after {time.monotonic() - began:.0f} s.")
    if now == before:
        report.run.fault(f"{views.sent} events are new, and {limit} s later nothing was learnt from them")
