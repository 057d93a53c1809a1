"""Requests to the daemon."""
import http.client
import json
import re
import urllib.parse


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def type(self):
        return self.headers.get("content-type", "").split(";")[0].strip()

    def json(self):
        return json.loads(self.body.decode("utf-8"))

    def links(self):
        """The targets of the Link header by their relation."""
        found = {}
        # Commas stand in the targets, too.
        for target, relation in re.findall(r'<([^>]*)>\s*;\s*rel="?([^",;]+)', self.headers.get("link", "")):
            found[relation] = target
        return found


class Site:
    def __init__(self, url):
        self.base = url.rstrip("/")
        self.parts = urllib.parse.urlsplit(self.base)
        if self.parts.scheme != "http":
            raise SystemExit("the URL must begin with http://")

    @property
    def server(self):
        return self.parts.netloc

    def get(self, address, **headers):
        """One GET, redirections not followed; `address` is absolute or below the base. The path goes as it is given."""
        if address.startswith(self.base):
            address = address[len(self.base):]
        connection = http.client.HTTPConnection(self.server, timeout=60)
        try:
            names = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request("GET", self.parts.path + address, headers=names)
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def works(self, count):
        """Whole documents of the first works that have a picture."""
        listed = self.get(f"/v1/artworks?limit={min(500, count)}").json()["artworks"]
        ids = [card["id"] for card in listed if card.get("image")]
        return [self.get("/v1/artworks/" + urllib.parse.quote(name, safe="")).json() for name in ids]

    def file_named(self, name):
        """The number of a picture that is there, by its name; None if there is none."""
        after = ""
        while True:
            page = self.get(f"/v1/artworks?limit=500{after}").json()
            for card in page["artworks"]:
                image = card.get("image") or {}
                if (image.get("width"), image.get("height")) != (1000, 1000):
                    continue
                work = self.get("/v1/artworks/" + urllib.parse.quote(card["id"], safe="")).json()
                for file in work["files"]:
                    if file["name"].rsplit("/", 1)[-1] == name:
                        return file["id"]
            if not page.get("next"):
                return None
            after = "&after=" + urllib.parse.quote(page["next"], safe="")
