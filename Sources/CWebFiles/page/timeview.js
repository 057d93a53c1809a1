// Colour over time: a column for each span of years, filled with the colours of its works; choosing one shows those works.
import { newest } from "./api.js";
import { announce, fill, h, notice } from "./dom.js";
import { filterOf } from "./state.js";
import { refineButton } from "./resultsbar.js";
import { change, current } from "./store.js";
import { bins } from "./timebins.js";
import { t, trouble } from "./words.js";

export function timeView() {
  const detail = h("p.detail", null);
  const chart = h("ol.chart", { "aria-label": t("time.columns") });
  const message = h("div.message", { hidden: true });
  const element = h("section.view.page.timeview", { "aria-label": t("view.time") },
    h("div.page-head", null, h("h1", null, t("view.time")), detail, refineButton()), h("p.hint", null, t("time.hint")), chart, message);
  const request = newest();
  let works = null, asked = null, sampled = false, drawn = 0;

  const span = (bin) => (bin.to > bin.from ? `${bin.from}–${bin.to}` : `${bin.from}`);

  /** A column of colours, drawn by hand: thousands of elements would be slow. */
  function column(bin, most) {
    const canvas = h("canvas", { width: 60, height: 400, "aria-hidden": "true" });
    const context = canvas.getContext("2d");
    let y = 0;
    for (const { colour, share } of bin.colours) {
      context.fillStyle = colour;
      const high = share * canvas.height;
      context.fillRect(0, Math.floor(y), canvas.width, Math.ceil(high) + 1);
      y += high;
    }
    const label = t("time.column", { span: span(bin), n: bin.works });
    return h("li", null, h("button", {
      type: "button", "aria-label": label, title: label, tabindex: -1,
      onclick: () => change({
        view: "wall", like: [], unlike: [], region: null, text: "", palette: [], from: bin.from, to: bin.to, sort: "date", work: null,
      }),
    }, h("span.count-bar", { style: { height: `${(bin.works / most) * 100}%` } }), canvas, h("span.year", null, String(bin.from))));
  }

  function draw() {
    const wide = chart.clientWidth || innerWidth - 80;
    drawn = wide;
    const all = bins(works, Math.max(6, Math.floor(wide / 34)));
    const most = Math.max(1, ...all.map((bin) => bin.works));
    fill(chart, all.map((bin) => (bin.works ? column(bin, most) : h("li.gap", { "aria-hidden": "true" }))));
    const first = chart.querySelector("button");
    if (first) first.tabIndex = 0;
    // Years are written only where there is room for them.
    const each = Math.ceil(44 / (wide / Math.max(1, all.length)));
    [...chart.children].forEach((item, at) => item.classList.toggle("unlabelled", at % each !== 0));
  }

  chart.addEventListener("keydown", (event) => {
    const buttons = [...chart.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (at < 0 || !buttons[to]) return;
    event.preventDefault();
    buttons[at].tabIndex = -1;
    buttons[to].tabIndex = 0;
    buttons[to].focus();
  });
  new ResizeObserver(() => works?.length && Math.abs(chart.clientWidth - drawn) > 30 && draw()).observe(chart);

  function say(text, ...more) {
    message.hidden = !text;
    fill(message, text && notice(text, ...more));
  }

  async function load(state) {
    const filter = filterOf(state);
    if (filter === asked) return;
    asked = filter;
    if (!works) say(t("busy"));
    try {
      const answer = await request("/v1/timeline", { parameters: filter ? { filter } : {} });
      works = answer.works.filter((work) => work.from != null || work.to != null);
      sampled = answer.sampled;
      detail.textContent = works.length ? t(sampled ? "time.sampled" : "time.detail", { n: works.length }) : "";
      announce(detail.textContent);
      say(works.length ? "" : t("empty.time"));
      draw();
    } catch (error) {
      if (error.name === "AbortError") return;
      asked = null;
      say(trouble(error), h("button", { type: "button", onclick: () => load(current()) }, t("again")));
    }
  }

  return {
    element,
    update: load,
    renew() {
      asked = null;
      load(current());
    },
  };
}
