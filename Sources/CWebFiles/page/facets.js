// Facets: the values of the catalogue's columns with their counts; choosing one narrows what is shown.
import { newest, ask } from "./api.js";
import { fill, h } from "./dom.js";
import { filterOf, picked } from "./state.js";
import { change, current } from "./store.js";
import { named, number, t, trouble } from "./words.js";

/** The columns that people look for first; others follow in the catalogue's order. */
const FIRST = ["style", "artist", "genre", "medium"], OPEN = 2, FEW = 8, LIMIT = 50, COLUMNS = 10;

export function facetPanel() {
  const lists = h("div.facets", null);
  const problem = h("p.problem", { role: "alert", hidden: true });
  const from = yearField("from"), to = yearField("to");
  const expression = h("input", {
    type: "text", spellcheck: "false", autocomplete: "off", "aria-label": t("filter.expression"), placeholder: t("filter.example"),
    onchange: () => change({ filter: expression.value.trim() }),
  });
  const element = h("section.panel", { "aria-label": t("facets") },
    h("h2", null, t("facets")),
    h("div.years", null, h("span", { id: "years-label" }, t("years")), from, "–", to), lists,
    h("details.facet", null, h("summary", null, t("filter.expression")), expression, h("p.hint", null, t("filter.hint"))), problem);
  const request = newest();
  const own = new Map();
  let columns = null, asked = null;

  function yearField(end) {
    const field = h("input", {
      type: "number", min: -9999, max: 9999, "aria-label": t(`years.${end}`), placeholder: t(`years.${end}`),
      onchange: () => change({ [end]: field.value === "" ? null : Math.round(Number(field.value)) }),
    });
    return field;
  }

  async function load() {
    columns = [];
    try {
      const all = (await ask("/v1/columns")).columns.filter((c) => c.values > 0 && !["id", "title", "date", "description"].includes(c.name));
      const rank = ({ name }) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
      columns = all.sort((a, b) => rank(a) - rank(b)).slice(0, COLUMNS);
      fill(lists, columns.map((column, place) => {
        column.values = h("ul", null);
        const all = () => {
          column.all = true;
          draw(column, current());
        };
        column.more = h("button.quiet", { type: "button", hidden: true, onclick: all }, t("facets.more"));
        column.element = h("details.facet", { open: place < OPEN, hidden: true },
          h("summary", null, named("column", column.name)), column.values, column.more);
        return column.element;
      }));
      count(current());
    } catch (error) {
      columns = null;
      show(error);
    }
  }

  function show(error) {
    problem.hidden = !error;
    problem.textContent = error ? trouble(error) : "";
  }

  /**
   * Counts of what the filter passes. A facet that is chosen from is counted without its own choice, or the values that
   * could be chosen besides would have gone.
   */
  async function count(state) {
    if (!columns?.length) return;
    const key = JSON.stringify([filterOf(state), columns.length]);
    if (key === asked) return;
    asked = key;
    const chosen = columns.filter((c) => state.pick[c.name]?.length), others = columns.filter((c) => !chosen.includes(c));
    const parameters = (names, filter) => ({ columns: names.join(","), limit: String(LIMIT), ...(filter && { filter }) });
    try {
      const answers = await Promise.all([
        others.length && request("/v1/facets", { parameters: parameters(others.map((c) => c.name), filterOf(state)) }),
        ...chosen.map((c) => {
          if (!own.has(c.name)) own.set(c.name, newest());
          return own.get(c.name)("/v1/facets", { parameters: parameters([c.name], filterOf(state, c.name)) });
        }),
      ]);
      for (const column of columns) {
        column.counts = answers.map((answer) => answer?.facets?.[column.name]).find(Boolean) ?? [];
        draw(column, current());
      }
      show(null);
    } catch (error) {
      if (error.name === "AbortError") return;
      asked = null;
      show(error);
    }
  }

  function draw(column, state) {
    const chosen = state.pick[column.name] ?? [];
    const counts = column.counts ?? [];
    const listed = [...chosen.filter((v) => !counts.some((c) => c.value === v)).map((value) => ({ value, count: 0 })), ...counts];
    const shown = column.all ? listed : listed.filter((c, at) => at < FEW || chosen.includes(c.value));
    column.element.hidden = !listed.length;
    column.more.hidden = shown.length === listed.length;
    const focused = column.values.contains(document.activeElement) ? document.activeElement.value : null;
    fill(column.values, shown.map(({ value, count }) => {
      const box = h("input", {
        type: "checkbox", value, checked: chosen.includes(value), onchange: () => change((s) => picked(s, column.name, value)),
      });
      return h("li", null, h("label.check", null, box, h("span.value", { title: value }, value), h("span.count", null, number(count))));
    }));
    if (focused != null) [...column.values.querySelectorAll("input")].find((i) => i.value === focused)?.focus();
  }

  return {
    element,
    update(state) {
      for (const [field, value] of [[from, state.from], [to, state.to], [expression, state.filter]]) {
        if (document.activeElement !== field) field.value = value ?? "";
      }
      if (!columns) load();
      else {
        for (const column of columns) if (column.element) draw(column, state);
        count(state);
      }
    },
    /** Counts are old: works have come or gone. */
    renew() {
      asked = null;
      count(current());
    },
  };
}
