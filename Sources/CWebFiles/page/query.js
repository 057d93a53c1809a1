// The rail beside the wall: what is asked (pictures, region, marks, colours), how it is weighed, and the facets.
import { fill, h, icon, iconButton } from "./dom.js";
import { facetPanel } from "./facets.js";
import { isPicture, lookOf } from "./pictures.js";
import { regionPicker } from "./region.js";
import { setRefining } from "./resultsbar.js";
import { marked } from "./state.js";
import { change, current } from "./store.js";
import { nameOf, openWork } from "./tile.js";
import { weightPanel } from "./weights.js";
import { t } from "./words.js";
import { cards } from "./cards.js";

export function queryPanel(rail) {
  const asked = h("div.asked", null);
  const colours = h("section.panel", { "aria-label": t("palette.asked") });
  const weights = weightPanel();
  const facets = facetPanel();
  const region = regionPicker();
  const close = iconButton("close", t("close"), () => setRefining(false), { class: "tool rail-close" });
  fill(rail, close, asked, colours, weights.element, facets.element);
  let shown = "", shownColours = null;

  /** A picture that is asked with: how it looks, what it is called, and a way to take it out. */
  function example(id, side) {
    const look = lookOf(id, 128);
    const label = h("span", null, isPicture(id) ? t("picture.yours") : id);
    if (!isPicture(id)) cards.get(id).then((card) => (label.textContent = nameOf(card)), () => {});
    return h(`li.example.${side}`, null,
      look ? h("img", { src: look, alt: "" }) : h("span.blank", null, icon("picture")),
      h("span.sign", { "aria-label": t(side === "like" ? "mark.more" : "mark.less"), role: "img" }, side === "like" ? "+" : "−"),
      isPicture(id) ? label : h("button.plain", { type: "button", onclick: () => openWork(id) }, label),
      iconButton("close", t("mark.remove"), () => change((state) => marked(state, id, side))));
  }

  function drawAsked(state) {
    const key = JSON.stringify([state.like, state.unlike]);
    if (key === shown) return region.update(state);
    shown = key;
    if (!state.like.length && !state.unlike.length) {
      return fill(asked, h("p.hint", null, t("query.hint")));
    }
    const [first] = state.like;
    const several = state.like.length + state.unlike.length > 1;
    const title = h("p.asked-title", null, first && isPicture(first) ? t("picture.yours") : first);
    if (first && !isPicture(first)) cards.get(first).then((card) => (title.textContent = nameOf(card)), () => {});
    fill(asked,
      state.like.length === 1 ? region.element : null,
      !several && h("div.asked-head", null, title,
        first && !isPicture(first) && iconButton("info", t("tile.open"), () => openWork(first)),
        iconButton("close", t("query.clear"), clear)),
      several && h("ul.examples", { "aria-label": t("query.examples") },
        state.like.map((id) => example(id, "like")), state.unlike.map((id) => example(id, "unlike"))),
      several && h("button", { type: "button", onclick: clear }, t("query.clear")));
    region.update(state);
  }

  const clear = () => change({ like: [], unlike: [], region: null, text: "", palette: [] });

  function drawColours(state) {
    const key = JSON.stringify(state.palette);
    if (key === shownColours) return;
    shownColours = key;
    const add = h("input", { type: "color", value: "#1d3557", "aria-label": t("palette.add"), title: t("palette.add") });
    add.addEventListener("change", () => set([...current().palette, { colour: add.value, weight: 1 }]));
    const set = (palette) => change({ palette: palette.slice(0, 8), view: "wall" });
    fill(colours, h("h2", null, t("palette.asked")),
      h("ul.swatches", null, state.palette.map(({ colour }) => h("li", null,
        h("button.swatch", {
          type: "button", style: { "background-color": colour }, "aria-label": t("palette.remove", { colour }),
          title: t("palette.remove", { colour }),
          onclick: () => set(current().palette.filter((c) => c.colour !== colour)),
        }, icon("close")))), h("li", null, h("label.add", null, add, icon("plus")))));
  }

  return {
    update(state) {
      // Time has no question, only what narrows it.
      const asks = state.view === "wall";
      asked.hidden = colours.hidden = !asks;
      drawAsked(state);
      drawColours(state);
      weights.update(state);
      // Words alone are ranked by lists of their own: there is nothing to weigh.
      weights.element.hidden = !asks || !(state.like.length || state.palette.length);
      facets.update(state);
    },
    answered: (list, state) => list.answer?.query?.weights && weights.answered(list.answer.query.weights, state),
    renew: () => facets.renew(),
  };
}
