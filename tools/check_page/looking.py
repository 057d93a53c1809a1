"""Looking closer: why a work is an answer, works side by side, copies."""
from . import daemon
from .run import LeftOut, ids, need, sabotaged

WAVE = "/?like=woodblock-wave-01"
LOOKS = "all => all.map(c => c.toDataURL()).map(text => text.length + text.slice(-400, -300))"


def at_rest(page):
    """What the panes show, once no more tiles come."""
    look = lambda: page.eval_on_selector_all(".pane canvas", LOOKS)
    before, now = None, look()
    for _ in range(20):
        page.wait_for_timeout(500)
        before, now = now, look()
        if before == now:
            break
    return now


@sabotaged(("why.js", "h(\"p.summary\", null, answer.summary)", "null"), ("why.js", "hit && contributions(hit)", "null"))
def why(run):
    """The why-panel has contribution bars that add up, shared colours and phrases"""
    with run.page(WAVE) as page:
        tile = page.locator("li.tile").first
        tile.hover()
        tile.get_by_role("button", name="About this work, and why").click()
        page.wait_for_selector(".why .summary")
        need(page.inner_text(".why .summary").strip(), "no summary")
        amounts = page.locator(".why > .bars .amount").all_inner_texts()
        total = sum(float(text.replace("−", "-")) for text in amounts)
        score = float(page.inner_text(".why .score-line strong"))
        need(len(amounts) >= 3 and abs(total - score) < 0.04, f"bars {amounts} against {score}")
        need(page.locator(".traits li").count() > 0, "no phrases")
        need(page.locator("#inspector h2").inner_text(), "no title")
        need("work=" in page.url, page.url)
        page.keyboard.press("Escape")
        page.wait_for_selector("#inspector", state="hidden")
        return f"{len(amounts)} bars, {page.url.count('like=')} asked"


@sabotaged(("compare.js", "for (const zoom of linked ? zooms : [from])", "for (const zoom of [from])"))
def compare(run):
    """Two works side by side zoom and move together until they are let go"""
    with run.page(WAVE) as page:
        tile = page.locator("li.tile").first
        tile.hover()
        tile.get_by_role("button", name="Compare").click()
        page.wait_for_selector(".comparison .pane:nth-child(2) canvas")
        whole = at_rest(page)
        box = page.locator(".pane canvas").first.bounding_box()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.mouse.wheel(0, -700)
        near = at_rest(page)
        need(all(a != b for a, b in zip(whole, near)), "the wheel over one doesn't magnify both")
        page.get_by_role("button", name="Linked").click()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.mouse.down()
        page.mouse.move(box["x"] + 40, box["y"] + 60, steps=5)
        page.mouse.up()
        moved = at_rest(page)
        need(moved[0] != near[0], "dragging doesn't move the picture")
        need(moved[1] == near[1], "let go, the other one still follows")
        page.keyboard.press("Escape")
        page.wait_for_selector(".comparison", state="detached")


@sabotaged(("deepzoom.js", "if (!source.file || has >= 1", "if (source.file || has >= 1"))
def tiles(run):
    """A large picture becomes sharp as it is magnified: tiles of the IIIF Image API, no more than are seen"""
    if run.options.url:
        raise LeftOut("--url has no large picture")
    got = []
    with run.page(f"/?compare={daemon.LARGE_ID}&look=true", ready=".comparison canvas",
                  before=lambda page: page.on("response", lambda r: "/default.jpg" in r.url and got.append((r.status, r.url)))) as page:
        at_rest(page)
        whole = len(got)
        box = page.locator(".pane canvas").bounding_box()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.mouse.wheel(0, -900)
        at_rest(page)
        need(got and all(status == 200 for status, _ in got), f"{[one for one in got if one[0] != 200][:2] or 'no tile is asked for'}")
        need(len(got) < 60, f"{len(got)} tiles")
        return f"{whole} tiles when whole, {len(got) - whole} near"


@sabotaged(("gestures.js", "event.stopPropagation();\n    act();", "event.stopPropagation();"))
def compare_keys(run):
    """Comparing works by keys alone: c on the wall, plus, arrows, Escape"""
    with run.page(WAVE) as page:
        page.locator("li.tile a").first.focus()
        page.keyboard.press("c")
        page.wait_for_selector(".comparison canvas")
        before = at_rest(page)
        for _ in range(3):
            page.keyboard.press("+")
        need(at_rest(page) != before, "plus does nothing")
        page.keyboard.press("Escape")
        page.wait_for_selector(".comparison", state="detached")
        need(page.locator(".tray").is_visible(), "what was chosen is forgotten")


@sabotaged(("duplicates.js", "list.append(...groups.map(group))", "void 0"))
def duplicates(run):
    """Copies are shown in groups; a group opens side by side"""
    with run.page("/?view=duplicates", ready=".group-of-copies, .groups .notice") as page:
        groups = page.locator(".group-of-copies").count()
        said = page.inner_text(".duplicates, .page-head .detail")
        need(groups > 0, f"none, and it says {said!r}")
        page.locator(".group-head button").first.click()
        page.wait_for_selector(".comparison .pane canvas")
        need("compare=file" in page.url, page.url)
        return said


@sabotaged(("timebins.js", "column.works += 1", "column.works += 0"))
def timeline(run):
    """Colour over time: a column leads to its works"""
    with run.page("/?view=time", ready=".chart button") as page:
        columns = page.locator(".chart button").count()
        page.locator(".chart button").last.click()
        page.wait_for_selector("li.tile")
        need("from=" in page.url and "to=" in page.url, page.url)
        return f"{columns} columns, {len(ids(page))} works in the last"


@sabotaged(("activity.js", "figure(t(\"works\"), number(document.works))", "null"))
def activity(run):
    """Activity tells how many works there are and what was refused"""
    with run.page("/?view=activity", ready=".figures dd") as page:
        need(page.locator(".figures dt", has_text="Works").count() == 1, "no count of works")
        page.wait_for_selector(".quarantine h2")
        return page.inner_text(".doing")


CHECKS = [why, compare, tiles, compare_keys, duplicates, timeline, activity]
