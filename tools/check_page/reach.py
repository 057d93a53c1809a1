"""Who can use it: without a mouse, without seeing it."""
from axe_playwright_python.sync_playwright import Axe

from .run import ids, need, sabotaged

VIEWS = {
    "wall": ("/", "li.tile"),
    "answer": ("/?like=woodblock-wave-01&unlike=op-art-01&region=pct:10,10,50,50&palette=1d3557", "li.tile"),
    "work and why": ("/?like=woodblock-wave-01&work=woodblock-wave-02", ".why .summary"),
    "compare": ("/?compare=woodblock-wave-01&compare=ink-wash-02&look=true", ".pane:nth-child(2) canvas"),
    "map": ("/?view=map&colour=style", ".mapview select"),
    "time": ("/?view=time", ".chart button"),
    "duplicates": ("/?view=duplicates", ".group-of-copies, .groups .notice"),
    "activity": ("/?view=activity", ".figures"),
    "for you": ("/?view=you&work=woodblock-wave-02", "li.pick"),
    "nothing found": ("/?pick=style:None", ".message:not([hidden])"),
    "Chinese": ("/?lang=zh&like=woodblock-wave-01&work=woodblock-wave-02", ".why .summary"),
}


def serious(page):
    found = Axe().run(page).response["violations"]
    return [f"{v['id']} ({v['impact']}, {len(v['nodes'])}): {v['nodes'][0]['html'][:110]}" for v in found if v["impact"] in ("serious", "critical")]


@sabotaged(("tile.js", "tabindex: reachable ? null : -1", "tabindex: reachable ? null : -1, role: \"checkbox\""), ("frame.css", "--soft: #655f56", "--soft: #bbb5ac"))
def axe(run):
    """axe finds nothing serious on any view, in the light and in the dark"""
    wrong, looked = [], 0
    for dark in (False, True):
        for name, (path, ready) in VIEWS.items():
            if run.options.short and dark and name not in ("work and why", "map"):
                continue
            with run.page(path, ready=ready, dark=dark) as page:
                page.wait_for_timeout(700)
                wrong += [f"{name}{' dark' if dark else ''}: {one}" for one in serious(page)]
                looked += 1
    with run.page(phone=True) as page:
        page.wait_for_timeout(500)
        wrong += [f"phone: {one}" for one in serious(page)]
        page.locator(".refine").click()
        page.wait_for_timeout(500)
        wrong += [f"phone, refining: {one}" for one in serious(page)]
    with run.page() as page:
        page.keyboard.press("?")
        page.wait_for_timeout(300)
        wrong += [f"help: {one}" for one in serious(page)]
    need(not wrong, " | ".join(wrong[:6]))
    return f"{looked + 3} looks"


@sabotaged(("wall.js", "event.preventDefault();\n    this.focus(step());", "void 0;"), ("wall.js", "this.keys(event, card)", "false"))
def keyboard(run):
    """By keyboard alone: words, wall, like, why, mark, palette, help, views"""
    with run.page() as page:
        press = page.keyboard.press
        active = lambda: page.evaluate("document.activeElement.closest('li')?.dataset.index ?? document.activeElement.id ?? document.activeElement.className")
        # One tab stop for the whole wall, then arrows.
        page.keyboard.press("Tab")
        need(page.evaluate("document.activeElement.className") == "skip", "the first stop is not the way past the header")
        press("Enter")
        stops = 0
        while page.evaluate("!document.activeElement.closest('.wall')") and stops < 30:
            press("Tab")
            stops += 1
        need(stops < 12, f"{stops} stops from the start of the works to the wall")
        need(active() == "0", f"the wall begins at {active()}")
        for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowLeft"):
            press(key)
        there = int(active())
        need(there > 2, f"the arrows lead to {there}")
        press("End")
        page.wait_for_timeout(700)
        need(int(active()) > 20, f"End leads to {active()}")
        press("Home")
        need(active() == "0", "Home doesn't lead back")
        press("Enter")
        page.wait_for_selector(".score:not(:empty)")
        need("like=" in page.url, page.url)
        page.wait_for_timeout(500)
        page.locator("li.tile a").nth(2).focus()
        press("i")
        page.wait_for_selector("#inspector h2")
        need(page.evaluate("document.activeElement.closest('#inspector') !== null"), "the focus stays behind")
        press("Escape")
        page.wait_for_timeout(300)
        need(page.evaluate("document.activeElement.closest('.wall') !== null"), "the focus is lost when the work closes")
        before = ids(page)
        press("x")
        page.wait_for_timeout(1200)
        need("unlike=" in page.url and ids(page) != before, "x marks nothing")
        page.locator("li.tile a").first.focus()
        press("p")
        page.wait_for_function("() => location.search.includes('palette=')")
        press("/")
        page.keyboard.type("wave")
        press("Enter")
        page.wait_for_function("() => location.search.includes('text=wave')")
        press("?")
        page.wait_for_selector("dialog[open] kbd")
        press("Escape")
        page.wait_for_selector("dialog[open]", state="detached")
        for key, name in (("3", "time"), ("4", "duplicates"), ("5", "activity"), ("6", "you")):
            press(key)
            page.wait_for_function("name => location.search.includes('view=' + name)", arg=name)
        return f"{stops} stops to the wall"


@sabotaged(("dom.js", "document.getElementById(\"live\").textContent = text", "void 0"))
def spoken(run):
    """What changes is said: counts in a live region, names on pictures and links, landmarks"""
    with run.page("/?like=woodblock-wave-01") as page:
        page.wait_for_function("() => document.getElementById('live').textContent.length > 3")
        said = page.inner_text("#live")
        nameless = page.eval_on_selector_all("li.tile a", "all => all.filter(a => !a.getAttribute('aria-label')).length")
        blind = page.eval_on_selector_all("li.tile img", "all => all.filter(i => !i.alt).length")
        need(not nameless and not blind, f"{nameless} links and {blind} pictures without a name")
        marks = page.evaluate("['header', 'main', 'nav', 'aside', '[role=search]'].filter(s => !document.querySelector(s))")
        need(not marks, f"no {marks}")
        return said


CHECKS = [axe, keyboard, spoken]
