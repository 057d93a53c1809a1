"""Refining: weights, region, marks, facets, years."""
import json

from . import daemon
from .run import ids, need, sabotaged, settled

WAVE = "/?like=woodblock-wave-01"
PICTURE = daemon.ROOT / "samples" / "works" / "woodblock-wave-01.jpg"


def move_slider(page, name, value):
    page.wait_for_selector(f"#weight-{name}")
    page.evaluate(
        """([name, value]) => {
          const slider = document.getElementById(`weight-${name}`);
          slider.value = value;
          slider.dispatchEvent(new Event("input", { bubbles: true }));
        }""", [name, value])


@sabotaged(("weights.js", "frame ||= requestAnimationFrame(() => settle(\"later\"))", "void 0"))
def slider(run):
    """A slider changes the order while it moves"""
    with run.page(WAVE) as page:
        def move():
            for name in ("embedding", "texture", "shape", "text"):
                move_slider(page, name, 0)
        settled(page, move, "the slider")
        page.wait_for_timeout(600)
        need("weights=" in page.url, f"the weights are not in the address: {page.url}")
        need(page.inner_text("#weight-embedding-value").startswith("0"), "the number beside the slider stays")


@sabotaged(("api.js", "if (!running) return void go();\n      waiting = true;\n      timer", "return void work(new AbortController().signal);\n      timer"))
def order(run):
    """Of many wishes in a row the last one is shown, however late answers come"""
    with run.page(WAVE) as page:
        page.wait_for_selector("#weight-colour")
        # Earlier answers are held up longer than later ones.
        waits = iter([1200, 800, 400] + [0] * 50)

        def late(route):
            answer = route.fetch()
            page.wait_for_timeout(next(waits))
            route.fulfill(response=answer)

        requests = []
        page.on("request", lambda r: "/v1/similar" in r.url and requests.append(r.url))
        page.route("**/v1/similar?*", late)
        for value in (2, 4, 6, 8, 10):
            move_slider(page, "colour", value)
            page.wait_for_timeout(60)
        page.wait_for_timeout(4000)
        need(requests and "colour%3D10" in requests[-1], f"the last question is {requests[-1:]}")
        answer = json.loads(page.evaluate("u => fetch(u).then(r => r.text())", requests[-1]))
        need(ids(page)[:5] == [hit["id"] for hit in answer["results"][:5]], "an older answer is shown")
        return f"5 wishes, {len(requests)} requests"


@sabotaged(("region.js", "choose(region);\n    else", "void 0;\n    else"))
def region(run):
    """A rectangle drawn on the picture asks for the like of that part"""
    with run.page(WAVE) as page:
        page.wait_for_selector(".surface img")
        page.wait_for_function("() => document.querySelector('.surface img').naturalWidth > 0")
        box = page.locator(".surface").bounding_box()

        def draw():
            page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.05)
            page.mouse.down()
            page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + box["height"] * 0.2, steps=4)
            page.mouse.move(box["x"] + box["width"] * 0.95, box["y"] + box["height"] * 0.4, steps=4)
            page.mouse.up()
        settled(page, draw, "the rectangle")
        need("region=pct" in page.url, page.url)
        x = float(page.input_value("[name=region-x]"))
        need(abs(x - 50) < 2, f"from left is {x}, drawn at 50")
        # By keyboard: other numbers, another answer.
        def type_numbers():
            page.fill("[name=region-x]", "0")
            page.fill("[name=region-y]", "60")
            page.press("[name=region-y]", "Tab")
        settled(page, type_numbers, "the number")
        return page.url.split("?")[1][:80]


@sabotaged(("region.js", "isPicture(shown) ? searchPart(shown, region) : change", "isPicture(shown) ? void 0 : change"))
def own_region(run):
    """A part of a picture of one's own is asked for, and the whole again, also after the page was loaded anew"""
    with run.page() as page:
        settled(page, lambda: page.set_input_files("#picture-file", PICTURE), "the picture")
        page.locator(".numbers summary").click()

        def part(name, value):
            page.fill(f"[name=region-{name}]", value)
            page.press(f"[name=region-{name}]", "Tab")
        whole = ids(page)
        settled(page, lambda: part("x", "55"), "the part")
        need("region=pct" in page.url and "like=picture" in page.url, page.url)
        page.reload()
        page.wait_for_selector("li.tile")
        need(page.locator(".surface img").is_visible(), "after loading anew the picture isn't there")
        settled(page, lambda: part("w", "20"), "another part")
        settled(page, lambda: page.get_by_role("button", name="Whole picture").click(), "the whole")
        page.wait_for_timeout(500)
        need(ids(page)[:3] == whole[:3], "the whole is another now")


@sabotaged(("state.js", "[...state[side], id].slice(-64)", "state[side]"))
def marks(run):
    """More like this and not this change the answer, and can be taken back"""
    with run.page(WAVE) as page:
        first = ids(page)
        last = page.locator("li.tile").nth(7)
        last.hover()
        settled(page, lambda: last.get_by_role("button", name="More like this").click(), "more like this")
        need(page.url.count("like=") == 2, page.url)
        third = page.locator("li.tile").nth(2)
        gone = ids(page)[2]
        third.hover()
        _, after = settled(page, lambda: third.get_by_role("button", name="Not this").click(), "not this")
        need(f"unlike={gone}" in page.url, page.url)
        need(gone not in after[:3], "what should not be is still among the first")
        need(page.locator(".example").count() == 3, "the rail doesn't show the three examples")
        for _ in range(2):
            page.locator(".example").last.get_by_role("button", name="Remove").click()
            page.wait_for_timeout(700)
        need(ids(page)[:8] == first[:8], "taken back, the answer is another")


@sabotaged(("facets.js", "change((s) => picked(s, column.name, value))", "void 0"))
def facets(run):
    """A facet narrows to as many works as it counted"""
    with run.page() as page:
        page.wait_for_selector(".facet .check")
        box = page.locator(".facet .check", has_text="Op Art")
        count = int(box.locator(".count").inner_text())
        settled(page, lambda: box.locator("input").check(), "the facet")
        page.wait_for_function("n => document.querySelector('.detail').textContent.startsWith(n + ' ')", arg=str(count))
        need(all(id.startswith("op-art") for id in ids(page)), f"others are there: {ids(page)[:5]}")
        need("pick=style" in page.url, page.url)
        need(page.locator(".facet .check", has_text="Ink Wash").count() == 1, "the other values of the facet have gone")
        settled(page, lambda: page.locator(".chip").first.click(), "the chip")
        return f"{count} works"


@sabotaged(("state.js", "parts.push(`date <= ${quoted(String(state.to))}`)", "void 0"))
def years(run):
    """Years narrow the wall"""
    with run.page() as page:
        def fill():
            page.fill("[aria-label=to]", "1700")
            page.press("[aria-label=to]", "Tab")
        settled(page, fill, "the year")
        need("to=1700" in page.url, page.url)


@sabotaged(("wallview.js", "filtered && h(\"button\"", "false && h(\"button\""))
def nothing(run):
    """A filter that nothing passes says so and can be taken away"""
    with run.page("/?pick=style:Nothing+Like+It", ready=".message:not([hidden])") as page:
        page.get_by_role("button", name="Clear the filters").click()
        page.wait_for_selector("li.tile")


@sabotaged(("wallview.js", "fill(message, notice(expired ? t(\"picture.expired\") : trouble(error)", "fill(message, notice(\"\""))
def problem(run):
    """A filter that can't be read is answered with the daemon's sentence"""
    with run.page("/?filter=date+%3C%3C", ready=".message:not([hidden])") as page:
        text = page.inner_text(".message .notice p")
        need(len(text) > 15, f"it only says {text!r}")
        return text


CHECKS = [slider, order, region, own_region, marks, facets, years, nothing, problem]
