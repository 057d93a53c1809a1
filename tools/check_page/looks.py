"""How it looks: languages, themes, screens."""
import re

from .run import LeftOut, need, sabotaged

OVERFLOW = """() => {
  const wide = document.documentElement.clientWidth;
  const out = [...document.querySelectorAll("body *")].filter(e => {
    const r = e.getBoundingClientRect();
    const clipped = e.closest(".sr-only, .skip, .map-list ul, .table, .chips, #inspector[hidden]");
    return r.width > 0 && r.right > wide + 2 && !clipped && getComputedStyle(e).visibility !== "hidden";
  });
  return out.slice(0, 3).map(e => e.tagName + "." + e.className + " " + Math.round(e.getBoundingClientRect().right));
}"""
PATHS = {
    "wall": "/", "answer": "/?like=woodblock-wave-01", "work": "/?like=woodblock-wave-01&work=woodblock-wave-02", "map": "/?view=map&colour=style",
    "time": "/?view=time", "duplicates": "/?view=duplicates", "activity": "/?view=activity", "you": "/?view=you",
    "compare": "/?compare=woodblock-wave-01&compare=woodblock-wave-02&look=true",
}


@sabotaged(("words.js", "language === \"zh\" ? zh : en", "en"))
def chinese(run):
    """In Chinese by ?lang=zh and by the browser's language; no word is missing"""
    for path, locale in (("/?lang=zh&like=woodblock-wave-01&work=woodblock-wave-02", "en-GB"), ("/?like=woodblock-wave-01&work=woodblock-wave-02", "zh-CN")):
        with run.page(path, locale=locale, ready=".why .summary") as page:
            need(page.evaluate("document.documentElement.lang").startswith("zh"), "the document's language")
            text = page.inner_text(".top nav") + page.inner_text(".weights") + page.inner_text(".why")
            need(re.search("作品", text) and re.search("色彩", text) and re.search("相似", text), text[:120])
            left = re.findall(r"\b(?:Works|Colour|Texture|Alike|Reset|Years)\b", text)
            need(not left, f"English is left: {left}")
            run.shot(page, "chinese")


@sabotaged(("words.zh.js", "\"map.help\":", "\"map.helq\":"))
def dictionaries(run):
    """Both dictionaries have the same keys, and every key that the page uses"""
    with run.page(ready=None) as page:
        wrong = page.evaluate("""async () => {
          const [en, zh] = (await Promise.all([import("/page/words.en.js"), import("/page/words.zh.js")])).map(m => m.default);
          const plain = o => Object.keys(o).filter(k => !k.endsWith(".one"));
          const wrong = [...plain(en).filter(k => !(k in zh)), ...plain(zh).filter(k => !(k in en))];
          for (const key of plain(en)) {
            const holes = text => (text?.match(/\\{\\w+\\}/g) ?? []).sort().join();
            if (holes(en[key]) !== holes(zh[key])) wrong.push(`${key}: other values`);
          }
          const modules = performance.getEntriesByType("resource").map(e => e.name).filter(n => n.endsWith(".js"));
          for (const name of modules) {
            const text = await (await fetch(name)).text();
            for (const [, key] of text.matchAll(/\\bt\\("([^"]+)"/g)) if (!(key in en)) wrong.push(`${name}: ${key}`);
          }
          for (const e of document.querySelectorAll("[data-t], [data-t-label], [data-t-placeholder]"))
            for (const key of [e.dataset.t, e.dataset.tLabel, e.dataset.tPlaceholder]) if (key && !(key in en)) wrong.push(key);
          return wrong;
        }""")
        need(not wrong, f"{wrong[:8]}")


@sabotaged(("frame.css", "@media (prefers-color-scheme: dark)", "@media (prefers-color-scheme: none)"))
def dark(run):
    """Dark where the system is dark, and by the switch, which is remembered"""
    shade = "() => getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number).reduce((a, b) => a + b)"
    with run.page(dark=True) as page:
        need(page.evaluate(shade) < 150, "light in a dark system")
    with run.page() as page:
        need(page.evaluate(shade) > 600, "dark in a light system")
        page.keyboard.press("t")
        need(page.evaluate(shade) < 150, "the switch does nothing")
        page.reload()
        page.wait_for_selector("li.tile")
        need(page.evaluate(shade) < 150, "the switch is forgotten")


@sabotaged(("frame.css", ".stage { display: flex; min-height: 0; min-width: 0; }", ".stage { display: flex; min-height: 0; min-width: 600px; }"))
def phone(run):
    """On a phone of 360 pixels nothing sticks out, and refining is reached"""
    for name, path in PATHS.items():
        with run.page(path, phone=True, ready="main h1, .comparison canvas") as page:
            page.set_viewport_size({"width": 360, "height": 740})
            page.wait_for_timeout(900)
            out = page.evaluate(OVERFLOW)
            need(not out, f"{name}: {out}")
    with run.page("/?like=woodblock-wave-01", phone=True) as page:
        page.locator(".refine").click()
        page.wait_for_selector("#weight-colour")
        need(page.locator("#weight-colour").is_visible(), "no sliders")
        page.keyboard.press("Escape")
        page.locator("li.tile").first.get_by_role("button", name="About this work, and why").click()
        page.wait_for_selector(".why .bars")


@sabotaged(("frame.css", "@media (min-width: 3400px) { html { font-size: 24px; } }", ""))
def wall_display(run):
    """On a wall of 3840 pixels the type is larger and nothing overlaps"""
    with run.page("/?like=woodblock-wave-01", width=3840, height=2160) as page:
        page.wait_for_timeout(800)
        need(float(page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")) >= 20, "small type")
        over = page.evaluate("""() => {
          const tiles = [...document.querySelectorAll("li.tile")].map(t => t.getBoundingClientRect());
          return tiles.filter((a, i) => tiles.some((b, j) => j > i && a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)).length;
        }""")
        need(not over, f"{over} tiles overlap")
        run.shot(page, "wall-display")


def gallery(run):
    """Pictures of each view for the eye"""
    if not run.options.screenshots:
        raise LeftOut("none are wanted (--screenshots)")
    for name, path in PATHS.items():
        for suffix, how in (("light", {}), ("dark", {"dark": True}), ("phone", {"phone": True}), ("phone-dark", {"phone": True, "dark": True})):
            with run.page(path, width=1440, height=900, ready="main h1, .comparison canvas", **how) as page:
                page.wait_for_timeout(1500)
                run.shot(page, f"{name}-{suffix}")


CHECKS = [chinese, dictionaries, dark, phone, wall_display, gallery]
