// What stands above the wall: what this is, how many, in which order, narrowed by what, and how to take it along.
import { fill, h, icon } from "./dom.js";
import { SORTS, filterOf, isSearch, picked, similarParameters } from "./state.js";
import { change, link } from "./store.js";
import { named, number, t } from "./words.js";

const SIZES = { least: 110, most: 520 };

export function resultsBar({ setSize }) {
  const heading = h("h1", null, t("works"));
  const detail = h("p.detail", null);
  const warning = h("p.warning", { hidden: true });
  const chips = h("div.chips", null);
  const sort = h("select", { "aria-label": t("sort"), onchange: () => change({ sort: sort.value }) },
    SORTS.map((name) => h("option", { value: name }, t(`sort.${name}`))));
  const diverse = h("input", { type: "checkbox", onchange: () => change({ diverse: diverse.checked }) });
  const per = h("input", {
    type: "checkbox", onchange: () => change({ per: per.checked ? { column: "artist", most: 2 } : null }),
  });
  const search = h("div.group", null,
    h("label.check", null, diverse, t("diverse")), h("label.check", null, per, t("per.artist")));
  const size = h("input", {
    type: "range", min: SIZES.least, max: SIZES.most, step: 10, "aria-label": t("size"), title: t("size"),
    oninput: () => {
      localStorage.setItem("size", size.value);
      setSize(Number(size.value));
    },
  });
  // Larger rows on larger screens: a wall display is looked at from afar.
  size.value = localStorage.getItem("size") ?? Math.max(150, Math.min(400, innerWidth / 6.5));
  const menu = exportMenu();
  const element = h("div.bar", null,
    h("div.bar-text", null, heading, detail),
    h("div.bar-tools", null, refineButton(), search, sort, size, menu.element),
    warning, chips);

  function title(state) {
    if (!isSearch(state)) return filterOf(state) ? t("results.some") : t("results.all");
    if (state.like.length) return t(state.like.length > 1 || state.unlike.length ? "results.marks" : "results.like");
    if (state.text.trim()) return t("results.text", { text: state.text.trim() });
    return t("results.palette");
  }

  function drawChips(state) {
    const chip = (text, undo) => h("button.chip", {
      type: "button", "aria-label": t("filter.remove", { text }), onclick: () => change(undo),
    }, text, icon("close"));
    const all = Object.entries(state.pick).flatMap(([column, values]) =>
      values.map((value) => chip(`${named("column", column)}: ${value}`, (s) => picked(s, column, value))));
    if (state.from != null || state.to != null) {
      all.push(chip(`${state.from ?? "…"} – ${state.to ?? "…"}`, (s) => ({ ...s, from: null, to: null })));
    }
    if (state.filter) all.push(chip(state.filter, (s) => ({ ...s, filter: "" })));
    fill(chips, all);
    chips.hidden = !all.length;
  }

  return {
    element,
    size: () => Number(size.value),
    /** What follows the state at once, before an answer is there. */
    marks(state) {
      drawChips(state);
      sort.value = state.sort;
      diverse.checked = state.diverse;
      per.checked = state.per?.column === "artist";
      search.hidden = !isSearch(state);
      sort.hidden = isSearch(state);
      heading.textContent = title(state);
    },
    update(state, list) {
      const { answer } = list;
      const parts = [];
      if (answer) {
        if (list.search && !list.cards[0]?.fused) parts.push(t("results.nearest", { n: list.cards.length }));
        else parts.push(t("results.works", { n: list.total ?? list.cards.length }));
        if (answer.took_ms != null) parts.push(t("took", { ms: number(answer.took_ms, 1) }));
      }
      detail.textContent = parts.join(" · ");
      const notes = [...(answer?.notes ?? [])];
      if (answer?.good_match === false && list.cards.length) notes.unshift(t("results.no-match"));
      warning.textContent = notes.join(" ");
      warning.hidden = !notes.length;
      menu.update(state, Boolean(answer && list.cards.length), list.cards.length);
    },
  };
}

const narrow = matchMedia("(max-width: 760px)");
narrow.addEventListener("change", () => setRefining(false));

/** On a phone the rail lies over the works, which can't be reached meanwhile; the focus goes there and comes back. */
export function setRefining(on) {
  if (on === document.body.classList.contains("refining")) return;
  document.body.classList.toggle("refining", on);
  document.getElementById("main").inert = on;
  const buttons = [...document.querySelectorAll(".refine")];
  for (const button of buttons) button.setAttribute("aria-expanded", String(on));
  (on ? document.querySelector(".rail-close") : buttons.find((button) => button.offsetParent))?.focus();
}

export const refineButton = () => h("button.refine", {
  type: "button", "aria-expanded": "false", "aria-controls": "query", onclick: () => setRefining(true),
}, icon("sliders"), t("refine"));

/** Links, not requests: the browser saves what the daemon streams. */
function exportMenu() {
  const items = h("div.menu", null);
  const element = h("details.exports", null,
    h("summary", { "aria-label": t("export"), title: t("export") }, icon("download"), h("span", null, t("export"))), items);
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !element.open) return;
    event.stopPropagation();
    element.open = false;
    element.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => element.contains(event.target) || (element.open = false));
  const item = (text, href, download) => h("a", { href, download, target: download ? null : "_blank", rel: "noopener" }, text);

  function copy(event) {
    const { target } = event;
    const show = () => prompt(t("export.link"), link());
    // Over plain HTTP from another machine there is no clipboard: then it is shown, to be copied by hand.
    if (!navigator.clipboard) return show();
    navigator.clipboard.writeText(link()).then(() => {
      target.textContent = t("export.link.done");
      setTimeout(() => (target.textContent = t("export.link")), 1500);
    }, show);
  }

  return {
    element,
    update(state, any, count) {
      element.hidden = !any;
      const rows = [h("button", { type: "button", onclick: copy }, t("export.link"))];
      if (isSearch(state)) {
        const q = String(similarParameters(state, Math.max(1, count)));
        rows.push(item(t("export.csv"), `/v1/similar?${q}&format=csv`, "morelli-results.csv"),
          item(t("export.json"), `/v1/similar?${q}&format=json`, "morelli-results.json"),
          item(t("export.iiif"), `/iiif/presentation/3/results/manifest.json?${q}`, null));
      } else {
        const filter = filterOf(state);
        const rest = filter ? `&filter=${encodeURIComponent(filter)}` : "";
        rows.push(item(t("export.csv"), `/v1/export?format=csv${rest}`, "morelli.csv"),
          item(t("export.jsonl"), `/v1/export?format=jsonl${rest}`, "morelli.jsonl"),
          item(t("export.linked-art"), `/v1/export?format=linked-art${rest}`, "morelli-linked-art.jsonl"));
      }
      fill(items, rows);
    },
  };
}
