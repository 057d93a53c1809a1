// One work: how it looks, why it is an answer, what the catalogue says, its files.
import { fileThumbnail } from "./api.js";
import { cards } from "./cards.js";
import { fill, h, icon, iconButton, notice } from "./dom.js";
import { whyRecommended } from "./reasons.js";
import { likeOf } from "./state.js";
import { change, current } from "./store.js";
import { addToCompare, mark, paletteStrip, picture, stateLink } from "./tile.js";
import { why } from "./why.js";
import { bytes, named, number, t, trouble } from "./words.js";

const FACTS = ["date", "medium", "genre", "style", "availability"];

/** `acts(work)` gives what else can be said of an open work, or nothing. */
export function inspector(aside, { acts }) {
  let shown = null, hits = new Map(), explained = null, opener = null;

  const close = () => {
    change({ work: null });
    if (opener?.isConnected) opener.focus();
  };
  aside.addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && close());

  function facts(work) {
    const rows = FACTS.filter((key) => work[key]).map((key) => [named("column", key), work[key]]);
    if (work.price != null) rows.push([named("column", "price"), [number(work.price, 2), work.currency].filter(Boolean).join(" ")]);
    if (work.tags?.length) rows.push([named("column", "tags"), work.tags.join(", ")]);
    for (const [name, value] of Object.entries(work.attributes ?? {})) rows.push([named("column", name), value]);
    rows.push([t("id"), work.id]);
    return h("dl.facts", null, rows.map(([name, value]) => h("div", null, h("dt", null, name), h("dd", null, value))));
  }

  const fileRow = (file) => h("li", null,
    h("img", { src: fileThumbnail(file.id, 128), alt: "", loading: "lazy" }),
    h("div", null, h("div.name", { title: file.name }, file.name),
      h("div.by", null, [
        file.format.toUpperCase(), `${file.width} × ${file.height}`, bytes(file.bytes), file.missing && t("file.missing"),
      ].filter(Boolean).join(" · "))),
    !file.missing && h("a.tool", {
      href: `/v1/files/${file.id}`, target: "_blank", rel: "noopener", "aria-label": t("file.open", { name: file.name }),
      title: t("file.open", { name: file.name }),
    }, icon("out")));

  function content(work) {
    const id = encodeURIComponent(work.id);
    const state = current();
    const paletteOfWork = work.palette ?? [];
    explained = h("div", null);
    return [
      h("button.look", {
        type: "button", "aria-label": t("look.closely"), title: t("look.closely"),
        onclick: () => change({ compare: [work.id], look: true }),
      }, picture(work, 512)),
      h("h2", { id: "work-title" }, work.title || work.id),
      h("p.by", null, [work.artist, work.date].filter(Boolean).join(", ")),
      h("div.actions-row", null,
        stateLink("a.button.primary", null, (s) => likeOf(s, work.id), t("like.find")),
        state.like.length > 0 && [["like", "plus", "mark.more"], ["unlike", "minus", "mark.less"]].map(([side, sign, text]) =>
          h("button", { type: "button", onclick: () => mark(work.id, side) }, icon(sign), t(text))),
        h("button", { type: "button", onclick: () => addToCompare(work.id) }, icon("compare"), t("tile.compare"))),
      acts(work),
      explained,
      paletteOfWork.length > 0 && h("section", null, h("h3", null, t("palette")), paletteStrip(paletteOfWork, { reachable: true })),
      work.description && h("p.description", null, work.description),
      facts(work),
      work.files?.length > 0 && h("section", null, h("h3", null, t("files")), h("ul.files", null, work.files.map(fileRow))),
      h("p.links", null,
        h("a", { href: `/iiif/presentation/3/artworks/${id}/manifest.json`, target: "_blank", rel: "noopener" }, "IIIF"),
        h("a", { href: `/v1/artworks/${id}/linked-art`, target: "_blank", rel: "noopener" }, "Linked Art"),
        h("a", { href: `/v1/artworks/${id}`, target: "_blank", rel: "noopener" }, "JSON")),
    ];
  }

  async function show(id) {
    const body = h("div.inspector-body", { tabindex: 0, role: "region", "aria-label": t("work") }, h("p.busy", { role: "status" }, t("busy")));
    fill(aside, h("div.inspector-head", null, iconButton("close", t("close"), close)), body);
    // Not when the page has just been opened by a link: nobody has gone anywhere yet.
    if (opener && !aside.contains(document.activeElement)) aside.querySelector("button").focus({ preventScroll: true });
    try {
      const work = await cards.get(id);
      if (shown !== id) return;
      fill(body, content(work));
      explain(current());
    } catch (error) {
      if (shown !== id) return;
      fill(body, notice(trouble(error)));
    }
  }

  function explain(state) {
    if (!explained || !state.work) return;
    const first = state.like.find((id) => id !== state.work);
    const hit = hits.get(state.work);
    fill(explained, hit?.reasons ? whyRecommended(hit) : why(first ?? null, state.work, hit));
  }

  let question = "";
  return {
    update(state) {
      aside.hidden = !state.work;
      document.body.classList.toggle("inspecting", Boolean(state.work));
      if (!state.work) {
        shown = null;
        return;
      }
      const now = JSON.stringify([state.like, state.unlike, state.region, state.palette, state.text]);
      if (state.work !== shown) {
        if (!shown) opener = document.activeElement === document.body ? null : document.activeElement;
        shown = state.work;
        question = now;
        show(state.work);
      } else if (now !== question) {
        question = now;
        explain(state);
      }
    },
    /** Hits carry their contributions: what the bars are drawn from. */
    answered(list) {
      const before = hits.get(shown);
      hits = new Map(list.search ? list.cards.map((card) => [card.id, card]) : []);
      // Who says that they like a work may still read why it was recommended.
      if (before?.reasons && !hits.has(shown)) hits.set(shown, before);
      if (shown && hits.get(shown) !== before) explain(current());
    },
  };
}
