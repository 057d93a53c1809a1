"""For you: a person says what they like and the list follows, with its reasons; without a name, too."""
import contextlib
import re
import time
import urllib.parse
import uuid

from .reach import serious
from .run import LeftOut, need, sabotaged

PICKS = "all => all.map(li => new URL(li.querySelector('a').href).searchParams.get('work'))"
LATE = 3.0


def picks(page):
    return page.eval_on_selector_all("li.pick:not(.going)", PICKS)


def path(id, rest=""):
    return f"/v1/users/{urllib.parse.quote(id, safe='')}{rest}"


def export(run, page, id):
    answer = page.context.request.get(run.url + path(id, "/export"))
    need(answer.ok, f"{answer.status} for the export of {id}")
    return answer.text()


@contextlib.contextmanager
def someone(run, page_path="/?view=you", **how):
    """A page, and a name that nobody has; whoever is made by that name is forgotten afterwards."""
    id = f"check {uuid.uuid4().hex[:8]}"
    with run.page(page_path, ready="li.pick", **how) as page:
        try:
            yield page, id
        finally:
            page.context.request.delete(run.url + path(id))


def make_known(page, id):
    page.fill("#person", id)
    page.press("#person", "Enter")
    page.get_by_role("button", name="Make known").click()
    page.wait_for_function("id => document.querySelector('.youview .detail').textContent.includes(id)", arg=id)
    page.wait_for_selector("li.pick")


def say(page, act, place=0):
    """Says something of the work at a place; returns its id and the seconds until it has gone and the list is a new one."""
    work, start = picks(page)[place], time.monotonic()
    with page.expect_response(lambda r: "/recommendations?" in r.url and r.ok):
        act(page.locator("li.pick").nth(place))
    page.wait_for_function("work => ![...document.querySelectorAll('li.pick a.frame')].some("
                           "a => new URL(a.href).searchParams.get('work') === work)", arg=work)
    return work, time.monotonic() - start


def button(name):
    return lambda pick: pick.get_by_role("button", name=name).click()


@sabotaged(("youview.js", "if (gone.has(card.id)) return;", "if (false) return;"), ("youview.js", "list: card.list ?? listOf(card.id) }", "}"),
           ("picks.js", "h(\"li.pick\", null,", "h(\"li.pick\", {\"data-x\": \"\"}, h(\"span\", {role: \"checkbox\"}),"))
def liking(run):
    """A person is made known; like, dislike and not interested are told once each with their list, and the list follows"""
    with someone(run) as (page, id):
        make_known(page, id)
        need("user=check" in page.url, f"the address doesn't say for whom: {page.url}")
        told = []
        page.on("request", lambda r: r.method == "POST" and r.url.endswith("/v1/events") and told.extend(r.post_data_json["events"]))
        before = picks(page)
        liked, seconds = say(page, lambda pick: pick.get_by_role("button", name="I like it").evaluate("b => (b.click(), b.click())"))
        need(seconds < LATE, f"the list follows after {seconds:.1f} s")
        page.wait_for_timeout(300)
        need([w for w in picks(page) if w != liked] != [w for w in before if w != liked], "the list is the same without the work")
        need([e["kind"] for e in told] == ["like"], f"a double click told {[e['kind'] for e in told]}")
        # The keyboard, further down: what was passed stays, and the focus goes to what comes next.
        passed = picks(page)[:2]
        page.locator("li.pick a.frame").nth(2).focus()
        refused, _ = say(page, lambda _: page.keyboard.press("d"), 2)
        page.wait_for_timeout(400)
        need(page.evaluate("document.activeElement.closest('.picks') !== null"), "the focus is lost")
        need([w for w in picks(page) if w in passed] == [w for w in passed if w in picks(page)], "what was passed has moved")
        put_away, _ = say(page, button("Not interested"), 1)
        need([(e["work"], e["kind"]) for e in told] == [(liked, "like"), (refused, "dislike"), (put_away, "dismissed")], str(told))
        need(all(e["user"] == id and isinstance(e["list"], int) and e["key"] for e in told), str(told))
        kept = export(run, page, id)
        need(all(work in kept for work in (liked, refused, put_away)), "what was said is not kept")
        wrong = serious(page)
        need(not wrong, " | ".join(wrong[:3]))
        return f"followed after {seconds * 1000:.0f} ms"


@sabotaged(("reasons.js", "card.reasons.slice(0, count)", "[]"), ("telling.js", "if (seconds < LEAST) return;", "return;"))
def reasons(run):
    """Works say why in words, and in shares on demand; looking at one is told, and for how long"""
    with someone(run) as (page, id):
        make_known(page, id)
        say(page, button("A favourite"))
        page.wait_for_function("() => [...document.querySelectorAll('.reasons')].some(r => /because you like/i.test(r.textContent))")
        blank = page.eval_on_selector_all("li.pick .reasons", "all => all.filter(r => !r.textContent.trim()).length")
        need(not blank, f"{blank} works have no words")
        pick = page.locator("li.pick", has=page.locator(".reasons", has_text="Because you like")).first
        pick.locator("summary").click()
        shares = [int(re.sub(r"\D", "", text)) for text in pick.locator(".bars.long .amount").all_inner_texts()]
        need(shares and 97 <= sum(shares) <= 103, f"the shares are {shares}")
        work = page.evaluate("li => new URL(li.querySelector('a').href).searchParams.get('work')", pick.element_handle())
        told = []
        page.on("request", lambda r: r.method == "POST" and r.url.endswith("/v1/events") and told.extend(r.post_data_json["events"]))
        pick.locator("a.frame").click()
        page.wait_for_selector("#inspector .why .bars.long")
        page.wait_for_timeout(1300)
        page.keyboard.press("Escape")
        page.wait_for_timeout(300)
        need([(e["kind"], e["work"]) for e in told] == [("view", work), ("dwell", work)], str(told))
        need(1 <= told[1]["value"] < 30 and told[0]["list"], str(told))
        return f"shares {shares}"


@sabotaged(("youpanel.js", "person = await sendJSON(userPath(person.id), said, \"PATCH\");", ""),
           ("visitor.js", "if (id) localStorage.setItem(\"person\", id);", "if (id) void 0;"))
def taste(run):
    """Taste and budget are said and kept, the browser remembers who it is, and forgetting asks first"""
    with someone(run) as (page, id):
        make_known(page, id)
        page.fill("#statement", "quiet ink landscapes")
        page.fill("#budget", "1500")
        with page.expect_response(lambda r: "/recommendations?" in r.url and r.ok):
            page.get_by_role("button", name="Save").click()
        page.goto(run.url + "/?view=you")
        page.wait_for_function("() => document.querySelector('#statement')?.value === 'quiet ink landscapes'")
        need(page.input_value("#budget") == "1500" and page.input_value("#person") == id, "not what was said")
        page.get_by_role("button", name="Forget me").click()
        page.get_by_role("button", name="Keep it").click()
        need(page.context.request.get(run.url + path(id)).ok, "forgotten without a yes")
        page.get_by_role("button", name="Forget me").click()
        page.get_by_role("button", name="Forget everything").click()
        page.wait_for_function("() => document.querySelector('.youview .detail').textContent.includes('nobody')")
        need(page.context.request.get(run.url + path(id)).status == 404, "not forgotten")
        need(id.split()[1] not in page.evaluate("JSON.stringify(localStorage) + location.href"), "the browser still knows the name")


@sabotaged(("youview.js", "user ? [] : visitor.liked", "[]"), ("session.js", "({ scopes } = session);", "scopes = null;"))
def nameless(run):
    """Without a name the list follows what is liked in the tab; a key that only reads can choose nobody"""
    def read_only(page):
        page.route("**/v1/session", lambda route: route.fulfill(json={"keys_required": True, "scopes": ["read"]}))

    with run.page("/?view=you&user=somebody", ready="li.pick", before=read_only) as page:
        need(page.locator("#person").count() == 0, "a person can be chosen")
        need("can only read" in page.inner_text("#query"), "it isn't said why nobody can be chosen")
        asked, sent = [], []
        page.on("request", lambda r: (asked if "/recommendations?" in r.url else sent if r.method != "GET" else []).append(r.url))
        liked, _ = say(page, button("I like it"))
        need("/v1/recommendations?" in asked[-1] and f"like={liked}" in asked[-1], f"asked {asked[-1:]}")
        page.wait_for_selector(".you-panel .example")
        page.locator("li.pick a.frame").first.click()
        page.wait_for_selector("#inspector .why")
        need(not sent, f"something was told of nobody: {sent}")
        page.get_by_role("button", name="Remove", exact=True).click()
        page.wait_for_selector(".you-panel .example", state="hidden")


@sabotaged(("state.js", "put(\"strategy\", state.strategy);", ""), ("state.js", "put(\"user\", state.user);", ""))
def link(run):
    """A link restores for whom, strategy, number and filter; nowhere else does the address say who asks"""
    with someone(run) as (page, id):
        names = [one["name"] for one in page.context.request.get(run.url + "/v1/strategies").json()["strategies"]]
        if not names:
            raise LeftOut("the daemon has no strategy")
        make_known(page, id)
        for label, value in (("Strategy", names[-1]), ("How many", "12")):
            with page.expect_response(lambda r: "/recommendations?" in r.url):
                page.get_by_label(label, exact=True).select_option(value)
        with page.expect_response(lambda r: "/recommendations?" in r.url and "available=true" in r.url):
            page.get_by_label("Only what can be had").check()
        page.wait_for_timeout(300)
        address, there = page.url[len(run.url):], picks(page)
        page.keyboard.press("Escape")
        page.locator("[data-view=wall]").click()
        page.wait_for_selector("li.tile")
        need("user=" not in page.url, f"the works' address names somebody: {page.url}")
        with run.page(address, ready="li.pick") as other:
            need(picks(other) == there and len(there) <= 12, f"another list: {picks(other)[:4]} instead of {there[:4]}")
            need(other.input_value("#person") == id, "for somebody else")
            need(other.get_by_label("Strategy", exact=True).input_value() == names[-1], "another strategy")
            need(other.get_by_label("Only what can be had").is_checked(), "the filter is gone")
            detail = other.inner_text(".youview .detail")
            need(id in detail and names[-1] in detail, detail)
        return address


CHECKS = [liking, reasons, taste, nameless, link]
