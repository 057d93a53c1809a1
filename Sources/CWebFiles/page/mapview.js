// The map of the collection: works that look alike lie together. Moved and magnified like any map; the list under it says
// in words what lies in the middle, for those who don't see it.
import { newest } from "./api.js";
import { announce, fill, h, iconButton, notice } from "./dom.js";
import { gestures } from "./gestures.js";
import { mapLegend } from "./maplegend.js";
import { mapList } from "./maplist.js";
import { MapGrid } from "./mapgrid.js";
import { pointPainter } from "./mappaint.js";
import { MapThumbs, paintThumbs } from "./mapthumbs.js";
import { change, current } from "./store.js";
import { openWork } from "./tile.js";
import { number, t, trouble } from "./words.js";

/** Pictures are drawn in cells of this many pixels: once so many points are seen at most, or the map is magnified so much. */
const CELL = 76, SEEN = 6000, NEAR = 4;

export function mapView() {
  const points = h("canvas.points", null);
  const over = h("canvas.over", { tabindex: 0, role: "application", "aria-label": t("map.label"), "aria-describedby": "map-help" });
  const message = h("div.message", { hidden: true });
  const detail = h("p.detail", null);
  const list = mapList();
  const legend = mapLegend((colours) => {
    painter.colour(colours);
    paint();
  });
  const whole = () => go({ x: 0.5, y: 0.5, zoom: 1 });
  const surface = h("div.map-surface", null, points, over,
    h("div.map-tools", null, iconButton("plus", t("zoom.in"), () => magnify(1.6)), iconButton("minus", t("zoom.out"), () => magnify(1 / 1.6)),
      h("button", { type: "button", onclick: whole }, t("zoom.whole"))), message);
  const element = h("section.view.mapview", { "aria-label": t("view.map") },
    h("div.bar", null, h("div.bar-text", null, h("h1", null, t("view.map")), detail), legend.select),
    h("p.sr-only", { id: "map-help" }, t("map.help")),
    h("div.map-body", null, surface, legend.element), list.element);
  const painter = pointPainter(points);
  const thumbs = new MapThumbs(() => paint());
  const request = newest();
  let map = null, grid = null, view = { x: 0.5, y: 0.5, zoom: 1 }, frame = 0, asked = null, hits = new Set(), seen = [], wasDrawn = false;

  const scale = () => Math.min(over.clientWidth, over.clientHeight) * 0.94 * view.zoom;

  function go(next) {
    const zoom = Math.min(400, Math.max(0.8, next.zoom));
    const inside = (value) => Math.min(1.05, Math.max(-0.05, value));
    view = { x: inside(next.x), y: inside(next.y), zoom };
    paint();
    change({ at: view.zoom === 1 && view.x === 0.5 && view.y === 0.5 ? null : view }, "later");
    list.moved(() => (grid ? grid.around(view.x, view.y, 12).map((i) => map.points[i][0]) : []));
  }

  const move = (dx, dy) => go({ ...view, x: view.x - dx / scale(), y: view.y - dy / scale() });

  function magnify(factor, x = over.clientWidth / 2, y = over.clientHeight / 2) {
    const zoom = Math.min(400, Math.max(0.8, view.zoom * factor));
    const before = scale(), after = (before / view.zoom) * zoom;
    const [dx, dy] = [x - over.clientWidth / 2, y - over.clientHeight / 2];
    go({ zoom, x: view.x + dx / before - dx / after, y: view.y + dy / before - dy / after });
  }

  const toMap = (x, y) => [view.x + (x - over.clientWidth / 2) / scale(), view.y + (y - over.clientHeight / 2) / scale()];

  /** The work under a place of the screen: a picture that is drawn there, else the nearest point. */
  function at(x, y) {
    const picture = seen.find((one) => Math.abs(one.x - x) < CELL * 0.42 && Math.abs(one.y - y) < CELL * 0.42 && thumbs.get(one.id));
    if (picture) return picture.id;
    const i = grid ? grid.nearest(...toMap(x, y), 12 / scale()) : -1;
    return i < 0 ? null : map.points[i][0];
  }

  gestures(over, {
    move, whole, zoom: magnify,
    click: (x, y) => {
      const id = at(x, y);
      if (id) openWork(id);
    },
    hover: (x, y) => (over.style.cursor = x != null && at(x, y) ? "pointer" : ""),
  });
  over.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !grid) return;
    // The focus goes to the opened work's first button, which this very key would press.
    event.preventDefault();
    const [i] = grid.around(view.x, view.y, 1);
    if (i !== undefined) openWork(map.points[i][0]);
  });
  points.addEventListener("repaint", () => paint());
  new ResizeObserver(() => paint()).observe(surface);

  const paint = () => (frame ||= requestAnimationFrame(draw));

  function draw() {
    frame = 0;
    const ratio = devicePixelRatio || 1, { clientWidth: wide, clientHeight: high } = over;
    if (!wide) return;
    for (const canvas of [points, over]) {
      if (canvas.width !== Math.round(wide * ratio)) canvas.width = Math.round(wide * ratio);
      if (canvas.height !== Math.round(high * ratio)) canvas.height = Math.round(high * ratio);
    }
    if (!map) return;
    const dense = Math.sqrt(20000 / Math.max(200, map.points.length));
    painter.draw({ ...view, scale: scale(), size: Math.min(14, (3.4 + Math.log2(Math.max(1, view.zoom))) * Math.min(2.4, Math.max(0.7, dense))) });
    const thumbsHere = thumbsIn(wide, high), ring = document.activeElement === over && over.matches(":focus-visible");
    // A second canvas that changes costs as much as the first one: it is left alone while it has nothing to show.
    const context = painter.context ?? over.getContext("2d"), something = thumbsHere.length > 0 || hits.size > 0 || ring;
    if (!painter.context && (something || wasDrawn)) context.clearRect(0, 0, over.width, over.height);
    wasDrawn = something;
    if (!something) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paintThumbs(context, thumbsHere, Math.min(cellOf() * scale(), CELL * 1.5) * 0.68, thumbs);
    drawHits(context, wide, high);
    if (ring) drawMiddle(context, wide, high);
    context.setTransform(1, 0, 0, 1, 0, 0);
  }

  /** Small pictures when all is seen; cells double and halve with the zoom, so that the same works stay while it changes little. */
  const cellOf = () => 2 ** Math.ceil(Math.log2(Math.min(CELL, 30 + 10 * view.zoom) / scale()));

  /** The works whose pictures are shown, and where; those near the middle are fetched first. */
  function thumbsIn(wide, high) {
    const s = scale();
    const [left, top] = toMap(0, 0), [right, bottom] = toMap(wide, high);
    const found = grid.representatives(left, top, right, bottom, cellOf(), view.zoom >= NEAR ? Infinity : SEEN);
    seen = [];
    for (const i of found ?? []) {
      const [id, px, py] = map.points[i];
      const x = (px / 65535 - view.x) * s + wide / 2, y = (py / 65535 - view.y) * s + high / 2;
      if (x > -CELL && y > -CELL && x < wide + CELL && y < high + CELL) seen.push({ id, x, y, colour: legend.colourOf(i) });
    }
    const middle = ({ x, y }) => Math.hypot(x - wide / 2, y - high / 2);
    seen.sort((a, b) => middle(b) - middle(a));
    thumbs.want(seen.map(({ id }) => id).reverse());
    return seen;
  }

  /** Where the answer to the present question lies. */
  function drawHits(context, wide, high) {
    if (!hits.size) return;
    const s = scale();
    context.strokeStyle = getComputedStyle(element).getPropertyValue("--accent");
    context.lineWidth = 2;
    for (const i of hits) {
      const [, px, py] = map.points[i];
      context.beginPath();
      context.arc((px / 65535 - view.x) * s + wide / 2, (py / 65535 - view.y) * s + high / 2, 5, 0, 7);
      context.stroke();
    }
  }

  function drawMiddle(context, wide, high) {
    context.strokeStyle = getComputedStyle(element).getPropertyValue("--ink");
    context.lineWidth = 1.5;
    context.strokeRect(wide / 2 - CELL / 2, high / 2 - CELL / 2, CELL, CELL);
  }

  let answered = [];
  function markHits() {
    const wanted = new Set(answered);
    hits = new Set();
    if (map && wanted.size) map.points.forEach(([id], i) => wanted.has(id) && hits.add(i));
    paint();
  }

  function say(text, ...more) {
    message.hidden = !text;
    fill(message, text && notice(text, ...more));
  }

  async function load(state) {
    const column = state.colour;
    if (asked === column) return;
    asked = column;
    if (!map) say(t("busy"));
    try {
      const answer = await request("/v1/map", { parameters: column ? { colour: column } : {} });
      if (!answer.points.length) {
        map = null;
        asked = null;
        say(t(answer.state === "building" ? "map.building" : "empty.map"));
        return;
      }
      map = answer;
      const xs = Float32Array.from(map.points, (p) => p[1] / 65535), ys = Float32Array.from(map.points, (p) => p[2] / 65535);
      grid = new MapGrid(xs, ys);
      painter.set(xs, ys);
      legend.show(map, column);
      say("");
      detail.textContent = t("map.detail", { n: map.points.length, trust: map.trustworthiness == null ? "–" : number(map.trustworthiness, 3) });
      announce(detail.textContent);
      markHits();
      go(view);
    } catch (error) {
      if (error.name === "AbortError") return;
      asked = null;
      say(trouble(error), h("button", { type: "button", onclick: () => load(current()) }, t("again")));
    }
  }

  return {
    element,
    update(state) {
      const wanted = state.at ?? { x: 0.5, y: 0.5, zoom: 1 };
      if (["x", "y", "zoom"].some((key) => Math.abs(wanted[key] - view[key]) > 0.011)) {
        view = { ...wanted };
        paint();
      }
      legend.update(state);
      load(state);
    },
    answered(found) {
      answered = found.search ? found.cards.slice(0, 100).map((card) => card.id) : [];
      markHits();
    },
    renew() {
      asked = null;
      load(current());
    },
    recolour: () => map && legend.show(map, current().colour),
  };
}
