"""Every view has an address that can be sent: it is the same view in another browser."""
from .run import ids, need, sabotaged, settled


@sabotaged(("state.js", "for (const id of state.unlike) q.append(\"unlike\", id);\n  put", "put"),
           ("state.js", "put(\"weights\"", "void (\"weights\""))
def restore(run):
    """A link restores question, marks, weights, filter and open work in a fresh browser"""
    with run.page("/?like=woodblock-wave-01", ready="li.tile .score:not(:empty)") as page:
        tile = page.locator("li.tile").nth(9)
        tile.hover()
        settled(page, lambda: tile.get_by_role("button", name="Not this").click(), "not this")
        page.evaluate("""() => {
          const s = document.getElementById("weight-colour");
          s.value = 9; s.dispatchEvent(new Event("input", { bubbles: true })); s.dispatchEvent(new Event("change", { bubbles: true }));
        }""")
        page.wait_for_timeout(900)
        page.locator(".facet .check", has_text="Ink Wash").locator("input").check()
        page.wait_for_timeout(900)
        link, there = page.url, ids(page)
        heading = page.inner_text("h1")
        need("unlike=" in link and "weights=" in link and "pick=" in link, f"the address lacks something: {link}")
    with run.page(link[len(run.url):]) as page:
        page.wait_for_timeout(600)
        need(ids(page) == there, f"another answer: {ids(page)[:4]} instead of {there[:4]}")
        need(page.inner_text("h1") == heading, "another heading")
        need(page.input_value("#weight-colour") == "9", "the slider stands elsewhere")
        need(page.locator(".example.unlike").count() == 1, "the mark is gone")
        need(page.locator(".facet .check", has_text="Ink Wash").locator("input").is_checked(), "the facet is not chosen")
    return link.split("?")[1]


@sabotaged(("store.js", "state = parse(location.search);\n  for", "for"))
def back(run):
    """Back and forward go through what was looked at, and the wall is where it was left"""
    with run.page() as page:
        page.locator(".scroller").evaluate("s => s.scrollTop = 1500")
        page.wait_for_timeout(500)
        first = ids(page)
        settled(page, lambda: page.locator("li.tile a.frame").nth(12).click(), "a work")
        second = ids(page)
        page.go_back()
        page.wait_for_timeout(900)
        need(set(ids(page)) & set(first) and page.locator(".scroller").evaluate("s => s.scrollTop") > 1000, "not where it was left")
        page.go_forward()
        page.wait_for_timeout(900)
        need(ids(page) == second, "forward shows something else")
        page.keyboard.press("2")
        page.wait_for_selector(".mapview")
        page.go_back()
        page.wait_for_selector(".mapview", state="hidden")


@sabotaged(("wallview.js", "const expired = gone &&", "const expired = false &&"))
def expired(run):
    """The link of a picture that has expired says so"""
    with run.page("/?like=picture:0000000000000000", ready=".message:not([hidden])") as page:
        text = page.inner_text(".message")
        need("expired" in text, text)


@sabotaged(("resultsbar.js", "`/v1/similar?${q}&format=csv`", "`/v1/similar`"))
def export(run):
    """The result list can be taken along as CSV, JSON and a IIIF manifest"""
    with run.page("/?like=woodblock-wave-01&pick=style:Ink+Wash") as page:
        page.locator(".exports summary").click()
        links = page.eval_on_selector_all(".menu a", "all => all.map(a => a.getAttribute('href'))")
        need(len(links) == 3, f"{links}")
        kinds = []
        for link in links:
            answer = page.context.request.get(run.url + link)
            need(answer.ok, f"{answer.status} for {link}: {answer.text()[:200]}")
            kinds.append(answer.headers["content-type"].split(";")[0])
            text = answer.text()
            need("ink-wash" in text, f"{link} has no hit in it")
        need("csv" in kinds[0] and "json" in kinds[1] and "json" in kinds[2], str(kinds))
        return ", ".join(kinds)


@sabotaged(("state.js", "x > 99 || y > 99 || w < 1 || h < 1", "false"))
def pure(run):
    """State to address and back is exact, and nonsense in an address is left out"""
    with run.page(ready=None) as page:
        wrong = page.evaluate("""async () => {
          const { EMPTY, format, parse, filterOf, similarParameters } = await import("/page/state.js");
          const wrong = [];
          const same = (a, b, what) => JSON.stringify(a) !== JSON.stringify(b) && wrong.push(`${what}: ${JSON.stringify(a)} ${JSON.stringify(b)}`);
          same(format(EMPTY), "/", "empty");
          same(parse(""), { ...EMPTY }, "bare");
          const full = { ...EMPTY, view: "map", like: ["a&b", "picture:x=1"], unlike: ["ü 中"], region: "pct:1.5,2,30,40.2", text: "wave & “sea”",
            palette: [{ colour: "#1d3557", weight: 2 }, { colour: "#e63946", weight: 1 }], weights: { colour: 2.5, text: 0 },
            pick: { artist: ["O'Keeffe, G.", "a:b"], style: ["Op Art"] }, filter: "date < 1700 or medium ~ oil", from: -200, to: 1900, sort: "-date",
            diverse: true, per: { column: "artist", most: 2 }, work: "w/1", compare: ["x", "file:3"], look: true, colour: "style",
            at: { x: 0.25, y: 0.75, zoom: 3.5 }, tiers: ["same-work"], lang: "zh" };
          same(parse(format(full).slice(1)), full, "round trip");
          same(format(parse(format(full).slice(1))), format(full), "canonical");
          const odd = parse("?view=evil&region=pct:200,0,1,1&palette=red,zz&weights=__proto__:1,colour:-3,shape:x&sort=up&at=NaN,1,1&per=x:0&from=soon&pick=nocolon&tier=all&lang=xx&look=true");
          same({ ...odd }, { ...EMPTY }, "nonsense");
          same(filterOf({ ...EMPTY, pick: { "room of": ["it's"] }, filter: "a = 1 or b = 2", from: 1900 }),
            "`room of` in ('it''s') and date >= '1900' and (a = 1 or b = 2)", "filter");
          same(similarParameters({ ...full, like: ["a", "b"] }, 5).get("region"), null, "region of two");
          same(similarParameters({ ...full, like: ["a"] }, 5).get("palette"), "#1d3557:2,#e63946", "palette");
          return wrong;
        }""")
        need(not wrong, "; ".join(wrong))


CHECKS = [restore, back, expired, export, pure]
