// What the colours of the map mean: the values of a column, the most frequent ones named.
import { ask } from "./api.js";
import { fill, h } from "./dom.js";
import { change, current } from "./store.js";
import { named, number, t } from "./words.js";

/** Hues that are told apart with colour-blind eyes too (after Tol, "Introduction to colour schemes", 2021, and Okabe & Ito). */
const HUES = [
  "#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#d55e00", "#009e73", "#8c6bb1", "#a6761d", "#7f8fa6", "#e7298a",
];
const rgb = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

/** From early to late. */
const RAMP = ["#6a4bb0", "#3f7fc4", "#3cb08a", "#9ecb45", "#f2c230"];
const RAMP_STEPS = 16;
const hex = (colour) => `#${colour.map((c) => Math.round(c).toString(16).padStart(2, "0")).join("")}`;

function ramp(part) {
  const at = Math.min(RAMP.length - 1.001, part * (RAMP.length - 1));
  const [from, to] = [rgb(RAMP[Math.floor(at)]), rgb(RAMP[Math.floor(at) + 1])];
  return hex(from.map((c, i) => c + (to[i] - c) * (at % 1)));
}

/** The year that a date names in digits, as most do ("c. 1650", "1880s"); others keep the plain colour. */
const yearIn = (text) => (/(?<!\d)\d{3,4}(?!\d)/.test(text) ? Number(/(?<!\d)\d{3,4}(?!\d)/.exec(text)[0]) : null);

export function mapLegend(setColours) {
  const select = h("select", { "aria-label": t("map.colour"), onchange: () => change({ colour: select.value }) });
  const element = h("div.legend", { hidden: true, role: "group", "aria-label": t("map.legend") });
  let map = null, named_ = new Map(), only = null, columns = null, colouring = "";

  async function load() {
    columns = [];
    try {
      columns = (await ask("/v1/columns")).columns.filter((c) => c.values > 1 && !["id", "title", "description", "tags"].includes(c.name));
    } catch {
      columns = null;
    }
    fill(select, h("option", { value: "" }, t("map.colour.none")),
      (columns ?? []).map(({ name }) => h("option", { value: name }, t("map.colour.by", { column: named("column", name) }))));
    select.value = current().colour;
  }

  function count() {
    const counts = new Map();
    for (const point of map.points) if (point[3] >= 0) counts.set(point[3], (counts.get(point[3]) ?? 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1]);
  }

  function paint() {
    const styles = getComputedStyle(document.documentElement);
    const plain = rgb(styles.getPropertyValue("--point").trim() || "#777777");
    const bytes = new Uint8Array(map.points.length * 4);
    map.points.forEach((point, i) => {
      const hue = named_.get(point[3]);
      const on = only == null || point[3] === only;
      bytes.set([...(hue && on ? rgb(hue) : plain), !on ? 40 : hue || !colouring ? 255 : 110], 4 * i);
    });
    setColours(bytes);
  }

  function show(answer, column) {
    map = answer;
    colouring = column && answer.values ? column : "";
    only = null;
    if (colouring === "date") return showYears(answer);
    const counts = colouring ? count() : [];
    named_ = new Map(counts.slice(0, HUES.length).map(([value], at) => [value, HUES[at]]));
    element.hidden = !colouring;
    fill(element, h("h2", null, named("column", colouring)), h("ul", null, [...named_].map(([value, hue], at) => h("li", null,
      h("button", { type: "button", "aria-pressed": "false", title: t("map.only"), onclick: (event) => isolate(event.currentTarget, value) },
        h("span.dot", { style: { "background-color": hue } }), h("span.value", null, answer.values[value]),
        h("span.count", null, number(counts[at][1]))))),
      counts.length > HUES.length && h("li.others", null, t("map.others", { n: counts.length - HUES.length }))));
    paint();
  }

  /** Dates are an order: early to late by rank, so that a few old works don't make all others one colour. */
  function showYears(answer) {
    const counts = new Map(count()), years = answer.values.map(yearIn);
    const inOrder = [...counts.keys()].filter((value) => years[value] != null).sort((a, b) => years[a] - years[b]);
    const total = inOrder.reduce((sum, value) => sum + counts.get(value), 0);
    let before = 0;
    named_ = new Map(inOrder.map((value) => {
      const part = (before + counts.get(value) / 2) / total;
      before += counts.get(value);
      return [value, ramp(Math.round(part * RAMP_STEPS) / RAMP_STEPS)];
    }));
    element.hidden = !inOrder.length;
    const at = (part) => years[inOrder[Math.floor(part * (inOrder.length - 1))]];
    fill(element, h("h2", null, named("column", "date")),
      h("div.ramp", { "aria-hidden": "true" }, RAMP.map((colour) => h("span", { style: { "background-color": colour } }))),
      h("p.ramp-years", null, [0, 0.5, 1].map((part) => inOrder.length > 0 && h("span", null, String(at(part))))));
    paint();
  }

  function isolate(button, value) {
    only = only === value ? null : value;
    for (const other of element.querySelectorAll("button")) other.setAttribute("aria-pressed", String(other === button && only != null));
    paint();
  }

  return {
    element, select, show,
    update(state) {
      if (!columns) load();
      else select.value = state.colour;
    },
    /** The colour of a point's frame, where its colour means something. */
    colourOf: (i) => (colouring ? named_.get(map.points[i][3]) : null),
  };
}
