"""Lists of people drawn at random, alone and four at once; and from an event to a list that has changed."""
import random
import time

from .client import Client, Readers, body, faults
from .report import processor


def drawn(world, seed, taken):
    """Numbers of people who weren't asked for yet, in a random order."""
    left = [n for n in range(world.people) if n not in taken]
    random.Random(f"{seed} drawn").shuffle(left)
    return left


def timed(report, service, world, name, people, seconds, clients, **query):
    """One row; the people that were asked for."""
    readers = Readers(service.address, world, people, seconds, clients, **query)
    began, had = time.monotonic(), processor(service.pid)
    times, wrong = readers.join()
    report.row(name, times, time.monotonic() - began, wrong, processor(service.pid) - had)
    asked = set()
    for part in range(clients):
        mine = people[part::clients]
        asked.update(mine[:len(times) // clients + 1])
    return len(times), asked


def measure(report, service, world, taken, seed, seconds):
    report.head("Lists of 20 with their reasons", "Each person once, so that no list is known before. Lists are recorded, but for the last row.")
    for clients in (1, 4):
        people = drawn(world, f"{seed} {clients}", taken)
        count, asked = timed(report, service, world, f"people drawn at random, {clients} at once", people, seconds, clients)
        taken |= asked
        again = people[:max(1, int(count * 0.9))]
        timed(report, service, world, f"{len(again)} of the same people again, {clients} at once", again, seconds, clients)
    people = drawn(world, f"{seed} preview", taken)
    taken |= timed(report, service, world, "other people, nothing recorded (preview)", people, seconds, 1, preview="true")[1]


def statements(report, service, world, taken, seed, most):
    """People who say what they like."""
    client, people = Client(service.address), drawn(world, f"{seed} said", taken)[:most]
    said = ("quiet winter landscapes", "portraits with a dark ground", "bold abstract colour", "prints of birds and flowers", "ships at sea")
    times, wrong = [], []
    for place, number in enumerate(people):
        took, status, document = client.ask("PATCH", f"/v1/users/{world.name(number)}", {"statement": said[place % len(said)]})
        times.append(took)
        if status != 200 or document.get("statement") != said[place % len(said)]:
            wrong.append(f"PATCH of {world.name(number)}: {status}, {str(document)[:200]}")
    client.close()
    taken.update(people)
    report.row("a statement of taste is said (PATCH)", times, wrong=wrong)
    timed(report, service, world, "people with a statement", people, 600, 1)


def change(report, service, world, taken, seed, most):
    """A like of the third work of a list, and asking until it has gone from the list."""
    client, whole, first, posts, wrong, asked = Client(service.address), [], [], [], [], []
    for place, number in enumerate(drawn(world, f"{seed} change", taken)[:most]):
        taken.add(number)
        person = world.name(number)
        _, status, document = client.list(person)
        found = faults(person, status, document, world.known(number))
        wrong += found
        if found or len(document["results"]) < 3:
            continue
        work = document["results"][2]["id"]
        began = time.monotonic()
        took, status, answer = client.post([{**body(person, (f"change {began} {place}", work, "like", "", time.time())), "list": document["list"]}])
        if status != 200 or answer["kept"] != 1:
            wrong.append(f"a like of {person}: status {status}, {str(answer)[:200]}")
            continue
        posts.append(took)
        for turn in range(1000):
            _, status, document = client.list(person)
            if status != 200 or time.monotonic() - began > 10:
                wrong.append(f"{person} liked {work}: 10 s later it is in the list, or status {status}")
                break
            if work not in {result["id"] for result in document["results"]}:
                whole.append(time.monotonic() - began)
                asked.append(turn + 1)
                break
    client.close()
    report.head("From an event to a list that has changed")
    report.row("the event is kept (POST)", posts)
    report.row("from sending it to the end of the first list without the work", whole, wrong=wrong)
    report.say(f"\nLists that were asked for until then: {max(asked, default=0)} at most.")
