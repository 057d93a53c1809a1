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
