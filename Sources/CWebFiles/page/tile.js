// One work on the wall: the picture (a link to its like), palette, caption, and what can be done with it.
import { h, iconButton } from "./dom.js";
import { thumbnail, thumbnailSize } from "./api.js";
import { format, likeOf, marked } from "./state.js";
import { change, current } from "./store.js";
import { number, t } from "./words.js";

/** How a work is called in a sentence: its title and artist, or its id. */
export const nameOf = (card) => [card.title || card.id, card.artist].filter(Boolean).join(", ");

/** A link that changes the state in place, and is a real link for a new tab or the clipboard. */
export const stateLink = (name, attributes, next, ...children) =>
  h(name, { ...attributes, href: format(next(current())), onclick: (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    change(next);
  } }, ...children);

/** Stands where a picture can't be had: its place keeps its colour, and its words are there for screen readers. */
const NOTHING = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='4' height='3'/%3E";

/** The picture of a card. */
export function picture(card, size, alt = nameOf(card)) {
  return h("img", {
    src: thumbnail(card, size), alt, decoding: "async", draggable: "false",
    onload: (event) => event.target.classList.add("there"),
    onerror: ({ target }) => {
      target.classList.add("lost");
      target.src = NOTHING;
    },
  });
}

/** A strip of a work's colours, as wide as they are present; each looks for works that have it. */
export function paletteStrip(palette, { reachable = false } = {}) {
  return h("div.palette", { role: "group", "aria-label": t("palette") }, palette.map(({ colour, share }) =>
    h("button", {
      type: "button", tabindex: reachable ? null : -1, style: { "background-color": colour, "flex-grow": Math.max(share, 0.04) },
      "aria-label": t("palette.search", { colour }), title: t("palette.search", { colour }),
      onclick: () => searchColour(colour),
    })));
}

/** Looks for a colour; where colours are being looked for already, for this one too. */
export function searchColour(colour) {
  change((state) => ({
    ...state, view: "wall", work: null, look: false, like: [], unlike: [], region: null, text: "",
    palette: [...state.palette.filter((c) => c.colour !== colour), { colour, weight: 1 }].slice(-8),
  }));
}

export const openWork = (id) => change({ work: id });
export const mark = (id, side) => change((state) => marked(state, id, side));

/** Lays a work beside those chosen before, or beside the one whose like is shown; two or more are looked at together. */
export function addToCompare(id) {
  const { compare, like } = current();
  const first = compare.length || !like[0] || like[0] === id ? compare : [like[0]];
  const all = [...first.filter((one) => one !== id), id].slice(-4);
  change({ compare: all, look: all.length > 1 });
}

/** A tile: its element, `resize(width, height)` for the picture, `update(card)` when it stays but its rank changes. */
export function tile(card) {
  let size = 0;
  const image = picture(card, 256);
  image.removeAttribute("src");
  const frame = stateLink("a.frame", {
    "aria-label": t("tile.like", { name: nameOf(card) }),
    style: { "background-color": card.palette[0]?.colour ?? null },
  }, (state) => likeOf(state, card.id), image);
  const score = h("span.score", null);
  const buttons = [
    iconButton("info", t("tile.open"), () => openWork(card.id)),
    iconButton("plus", t("mark.more"), () => mark(card.id, "like")),
    iconButton("minus", t("mark.less"), () => mark(card.id, "unlike")),
    iconButton("compare", t("tile.compare"), () => addToCompare(card.id)),
  ];
  const element = h("li.tile", null, frame,
    h("div.actions", null, buttons),
    paletteStrip(card.palette),
    h("div.caption", null,
      h("div.title", { title: card.title }, card.title || card.id), score,
      h("div.by", null, [card.artist, card.date].filter(Boolean).join(" · "))));
  const update = (now) => {
    // The rank stands in the score's tooltip only: its place on the wall says it already.
    score.textContent = now.score == null || now.fused ? "" : number(now.score, 2);
    score.title = now.percentile == null ? "" : t("score.rarer", { percent: number(now.percentile, 1) });
  };
  update(card);
  return {
    element, update,
    /** It has left the wall: what hasn't come yet needs not come any more. */
    drop() {
      if (!image.complete) image.removeAttribute("src");
    },
    resize(width, height) {
      frame.style.height = `${height}px`;
      const wanted = thumbnailSize(Math.max(width, height));
      if (wanted > size) {
        size = wanted;
        image.src = thumbnail(card, size);
      }
    },
  };
}
