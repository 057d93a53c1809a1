"""Connections that are kept, lists that are looked at, and clients in processes of their own."""
import http.client
import json
import multiprocessing
import time
import urllib.parse

COUNT = 20


class Client:
    """One connection; every answer is timed from the request to its last byte."""

    def __init__(self, address):
        self.connection = http.client.HTTPConnection(*address, timeout=60)

    def ask(self, method, path, body=None):
        """(seconds, status, document or None)."""
        data = None if body is None else json.dumps(body).encode()
        began = time.monotonic()
        self.connection.request(method, path, data, {} if data is None else {"Content-Type": "application/json"})
        reply = self.connection.getresponse()
        told = reply.read()
        seconds = time.monotonic() - began
        return seconds, reply.status, json.loads(told) if told else None

    def list(self, person, **query):
        query = {"k": COUNT, **query}
        return self.ask("GET", f"/v1/users/{person}/recommendations?{urllib.parse.urlencode(query)}")

    def post(self, events):
        return self.ask("POST", "/v1/events", {"events": events})

    def close(self):
        self.connection.close()


def body(person, event):
    """An event as the API has it."""
    key, work, kind, value, when = event
    return {"user": person, "work": work, "kind": kind, "time": when, "key": key, **({} if value == "" else {"value": value})}


def faults(person, status, document, known, full=True):
    """What is wrong with somebody's list.

    - known: works that may not be in it.
    - full: whether there is enough that it has all works it could have.
    """
    if status != 200:
        return [f"a list of {person}: status {status}, {str(document)[:200]}"]
    results = document["results"]
    ids = [result["id"] for result in results]
    found = []
    if full and len(ids) != COUNT:
        found.append(f"a list of {person} has {len(ids)} works")
    if len(set(ids)) != len(ids):
        found.append(f"a list of {person} has a work twice")
    if known & set(ids):
        found.append(f"a list of {person} has what they know: {sorted(known & set(ids))[:3]}")
    if [result["rank"] for result in results] != list(range(1, len(ids) + 1)):
        found.append(f"a list of {person}: ranks {[result['rank'] for result in results]}")
    for result in results:
        if sum(reason["share"] for reason in result["reasons"]) > 1.001:
            found.append(f"a list of {person}: the reasons of {result['id']} are more than all")
    return found


def _asking(address, world, people, seconds, query, pipe):
    client, times, found = Client(address), [], []
    end = time.monotonic() + seconds
    for number in people:
        if time.monotonic() > end:
            break
        person = world.name(number)
        took, status, document = client.list(person, **query)
        times.append(took)
        found += faults(person, status, document, world.known(number))
    pipe.send((times, found))
    pipe.close()


class Readers:
    """Clients that ask for lists of people, each person once, until there are no more or the time is over."""

    def __init__(self, address, world, people, seconds, clients=1, **query):
        fork = multiprocessing.get_context("fork")
        self.parts = []
        for part in range(clients):
            mine, theirs = fork.Pipe(False)
            process = fork.Process(target=_asking, args=(address, world, people[part::clients], seconds, query, theirs))
            process.start()
            theirs.close()
            self.parts.append((process, mine))

    def join(self):
        """(seconds of each answer, faults)."""
        times, found = [], []
        for process, pipe in self.parts:
            try:
                some, wrong = pipe.recv()
            except EOFError:
                some, wrong = [], ["a client ended early"]
            times += some
            found += wrong
            process.join()
        return times, found
