"""The map with twenty thousand works. The layout is a synthetic one (the samples have 144 works): what is measured is the page."""
import json
import random

from .run import need, sabotaged

COUNT = 20_000


def synthetic(run):
    """Answers /v1/map with COUNT points in clusters, whose ids are those of the samples."""
    def prepare(page):
        def answer(route):
            real = page.context.request.get(run.url + "/v1/artworks?limit=150").json()["artworks"]
            random.seed(7)
            styles = sorted({card["style"] or "" for card in real})
            middle = {style: (random.uniform(9000, 56000), random.uniform(9000, 56000)) for style in styles}
            points = []
            for n in range(COUNT):
                card = real[n % len(real)]
                x, y = (min(65535, max(0, int(random.gauss(c, 4200)))) for c in middle[card["style"] or ""])
                if n < 300:  # Some in the very middle, so that something is there however far it is magnified.
                    x, y = (min(65535, max(0, int(random.gauss(32768, 60)))) for _ in "xy")
                points.append([card["id"], x, y, styles.index(card["style"] or "")])
            route.fulfill(content_type="application/json", body=json.dumps(
                {"generation": 1, "trustworthiness": 0.95, "state": "ready", "points": points, "values": styles}))
        page.route("**/v1/map*", answer)
    return prepare


PAN = """seconds => new Promise(done => {
  const canvas = document.querySelector("canvas.over");
  const area = canvas.getBoundingClientRect();
  const send = (kind, x, y) => canvas.dispatchEvent(new PointerEvent(kind, {
    pointerId: 1, isPrimary: true, clientX: area.left + x, clientY: area.top + y, bubbles: true, buttons: 1 }));
  canvas.setPointerCapture = () => {};
  // How long the page's own work for a frame takes: the rest of a frame is the browser's.
  let work = 0;
  const real = window.requestAnimationFrame;
  window.requestAnimationFrame = f => real(now => { const from = performance.now(); f(now); work += performance.now() - from; });
  const start = performance.now(), times = [];
  send("pointerdown", 300, 300);
  const step = now => {
    times.push(now);
    const angle = (now - start) / 300;
    send("pointermove", 300 + 120 * Math.cos(angle), 300 + 120 * Math.sin(angle));
    if (now - start < seconds * 1000) real(step);
    else {
      send("pointerup", 300, 300);
      const gaps = times.slice(1).map((t, i) => t - times[i]).sort((a, b) => a - b);
      window.requestAnimationFrame = real;
      done({ work: work / times.length, frames: times.length / seconds, p95: gaps[Math.floor(gaps.length * 0.95)] });
    }
  };
  real(step);
})"""


#: Chromium's imitation of a graphics card is not what is wanted, or just what is.
CONTEXTS = """
const real = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, options) {
  return kind === "webgl" && !WEBGL ? null : real.call(this, kind, { ...options, failIfMajorPerformanceCaveat: false });
};"""


def panned(run, webgl):
    prepare = synthetic(run)

    def before(page):
        prepare(page)
        page.add_init_script(f"const WEBGL = {str(webgl).lower()};" + CONTEXTS)

    with run.page("/?view=map&colour=style", ready=".legend li", before=before) as page:
        page.wait_for_timeout(800)
        need("20,000" in page.inner_text(".mapview .detail"), page.inner_text(".mapview .detail"))
        kind = page.evaluate("document.querySelector('canvas.points').getContext('webgl') ? 'WebGL' : '2D'")
        need(kind == ("WebGL" if webgl else "2D"), f"it is drawn by {kind}")
        need(len(page.locator(".map-surface").screenshot()) > 20_000, "hardly anything is drawn")
        idle = page.evaluate("""() => new Promise(done => {
          let n = 0;
          const end = performance.now() + 1000, step = () => (n += 1, performance.now() < end ? requestAnimationFrame(step) : done(n));
          requestAnimationFrame(step);
        })""")
        whole = page.evaluate(PAN, 2)
        for _ in range(5):
            page.get_by_role("button", name="Magnify").click()
        page.wait_for_timeout(2500)
        near = page.evaluate(PAN, 2)
        # Drawn by the processor, on a machine that does other things too: frames are asserted loosely, the page's own share
        # of one strictly.
        need(whole["frames"] >= 5 and near["frames"] >= 3, f"{whole} {near}")
        need(whole["work"] < 40 and near["work"] < 40, f"{whole} {near}")
        run.shot(page, f"map-near-{kind}")
        return f"nothing moving: {idle} frames/s; " + "; ".join(f"{name}: {got['frames']:.0f} frames/s, 95 % within {got['p95']:.0f} ms, the page's own work {got['work']:.1f} ms a frame"
                         for name, got in (("whole", whole), ("magnified, with pictures", near)))


SLOW = ("mapview.js", "if (!map) return;\n    const dense", "for (const end = performance.now() + 300; performance.now() < end;);\n    const dense")


@sabotaged(SLOW)
def speed(run):
    """The map of 20,000 works is panned at interactive speed, without a graphics card"""
    return panned(run, False)


@sabotaged(SLOW, ("mappaint.js", "gl.drawArrays(gl.POINTS, 0, count)", "void 0"), ("mappaint.js", "uniform mediump float size;\nvarying", "uniform float size;\nvarying"))
def speed_webgl(run):
    """The map of 20,000 works is panned at interactive speed, by WebGL (imitated in software)"""
    return panned(run, True)


@sabotaged(("mapthumbs.js", "image.src = workThumbnail(id, 128)", "void 0"))
def thumbnails(run):
    """Pictures appear on the map as it is magnified"""
    with run.page("/?view=map", ready=".map-tools", before=synthetic(run)) as page:
        got = []
        page.on("response", lambda r: "/thumbnail" in r.url and got.append(r.url))
        page.wait_for_timeout(1500)
        few = len(got)
        for _ in range(7):
            page.get_by_role("button", name="Magnify").click()
        page.wait_for_timeout(2500)
        drawn = page.evaluate("""() => {
          const c = document.querySelector("canvas.over"), d = c.getContext("2d").getImageData(0, 0, c.width, c.height).data;
          let n = 0;
          for (let i = 3; i < d.length; i += 4) n += d[i] > 0;
          return n / (d.length / 4);
        }""")
        need(drawn > 0.03, f"only {drawn:.1%} of the map are pictures")
        return f"{few} asked for when whole (the list below), {len(got)} near; {drawn:.0%} of the map are pictures"


@sabotaged(("mapview.js", "if (id) openWork(id)", "void id"))
def click(run):
    """A click on the map opens the work that is there"""
    with run.page("/?view=map", ready=".map-tools", before=synthetic(run)) as page:
        page.wait_for_timeout(1200)
        # Where is a point? The list below names those in the middle; magnified far, one is at hand.
        box = page.locator("canvas.over").bounding_box()
        for _ in range(11):
            page.get_by_role("button", name="Magnify").click()
        page.wait_for_timeout(1500)
        for dx, dy in [(0, 0), *[(r * x, r * y) for r in (40, 90, 150, 220) for x, y in ((1, 0), (0, 1), (-1, 0), (0, -1), (1, 1), (-1, -1))]]:
            page.mouse.click(box["x"] + box["width"] / 2 + dx, box["y"] + box["height"] / 2 + dy)
            page.wait_for_timeout(120)
            if "work=" in page.url:
                break
        need("work=" in page.url, "no click opened a work")
        page.wait_for_selector("#inspector h2")


@sabotaged(("mapview.js", "if (event.key !== \"Enter\" || !grid) return", "return"))
def keys(run):
    """The map by keyboard: move, magnify, open what is in the middle; a list names it"""
    with run.page("/?view=map", ready=".map-tools", before=synthetic(run)) as page:
        page.wait_for_selector(".map-list a")
        first = page.inner_text(".map-list")
        page.focus("canvas.over")
        for key in ["+"] * 6 + ["ArrowRight"] * 4:
            page.keyboard.press(key)
        page.wait_for_timeout(1200)
        need("at=" in page.url, f"the place is not in the address: {page.url}")
        need(page.inner_text(".map-list") != first, "the list doesn't follow")
        page.keyboard.press("Enter")
        page.wait_for_selector("#inspector h2")
        return page.url.split("?")[1]


@sabotaged(("maplegend.js", "paint();\n  }\n\n  return", "}\n\n  return"))
def legend(run):
    """The map is coloured by a column, and one value can be singled out"""
    with run.page("/?view=map", ready=".map-tools", before=synthetic(run)) as page:
        page.wait_for_function("() => document.querySelector('.mapview select').options.length > 2")
        page.select_option(".mapview select", "style")
        page.wait_for_selector(".legend li")
        page.wait_for_timeout(600)
        look = lambda: page.locator(".map-surface").screenshot()
        before = look()
        page.locator(".legend button").first.click()
        page.wait_for_timeout(600)
        need(look() != before, "nothing is singled out")
        need("colour=style" in page.url, page.url)


@sabotaged(("mapview.js", "answer.state === \"building\" ? \"map.building\" : \"empty.map\"", "\"busy\""))
def none(run):
    """A map that isn't there yet says so"""
    def building(page):
        page.route("**/v1/map*", lambda route: route.fulfill(content_type="application/json", body='{"points":[],"state":"building"}'))
    with run.page("/?view=map", ready=".mapview .notice", before=building) as page:
        page.wait_for_timeout(300)
        text = page.inner_text(".mapview .notice")
        need("being drawn" in text, text)


def own(run):
    """The daemon's own map of the samples opens"""
    with run.page("/?view=map", ready=".map-list a, .mapview .notice") as page:
        page.wait_for_timeout(800)
        run.shot(page, "map-samples")
        if page.locator(".mapview .notice").count():
            return f"it says: {page.inner_text('.mapview .notice')}"
        return page.inner_text(".mapview .detail")


CHECKS = [speed, speed_webgl, thumbnails, click, keys, legend, none, own]
