// Works side by side, looked at closely: what one pane shows, the others show too, until they are let go.
import { ask, fileThumbnail } from "./api.js";
import { cards } from "./cards.js";
import { DeepZoom } from "./deepzoom.js";
import { fill, h, icon, iconButton } from "./dom.js";
import { gestures } from "./gestures.js";
import { isPicture, lookOf } from "./pictures.js";
import { change, current } from "./store.js";
import { nameOf } from "./tile.js";
import { t, trouble } from "./words.js";

/** The picture of an entry: a work's id, "file:17" for one reproduction, or a person's own picture. */
async function sourceOf(id) {
  if (isPicture(id)) {
    const preview = lookOf(id);
    if (!preview) throw new Error(t("picture.no-copy"));
    return { name: t("picture.yours"), file: null, preview };
  }
  if (id.startsWith("file:")) {
    const file = Number(id.slice(5));
    const { width, height } = await ask(`/iiif/image/3/${file}/info.json`);
    return { name: t("file", { id: file }), file, width, height, preview: fileThumbnail(file, 1024) };
  }
  const work = await cards.get(id);
  if (!work.image) throw new Error(t("picture.none"));
  return { name: nameOf(work), date: work.date, ...work.image, preview: fileThumbnail(work.image.file, 1024) };
}

export function comparison() {
  const panes = h("div.panes", null);
  const tray = h("div.tray", { hidden: true, role: "region", "aria-label": t("compare") });
  let linked = true, open = null, shown = "", zooms = [];
  const link = h("button", { type: "button", "aria-pressed": "true", onclick: toggle }, icon("link"), t("compare.linked"));
  document.body.append(tray);

  function toggle() {
    linked = !linked;
    link.setAttribute("aria-pressed", String(linked));
    if (linked && zooms[0]) spread(zooms[0], zooms[0].view);
  }

  /** Shows a view in a pane, and in the others while they are linked. */
  function spread(from, view) {
    for (const zoom of linked ? zooms : [from]) zoom.show(view);
  }

  function pane(id) {
    const canvas = h("canvas", { tabindex: 0, role: "img", "aria-label": t("busy") });
    const caption = h("figcaption", null, t("busy"));
    const remove = iconButton("close", t("compare.remove"), () => {
      const compare = current().compare.filter((one) => one !== id);
      change({ compare, look: compare.length > 0 });
    });
    const element = h("figure.pane", null, h("div.pane-surface", null, canvas), h("div.pane-foot", null, caption, remove));
    sourceOf(id).then((source) => {
      if (!element.isConnected) return;
      caption.textContent = [source.name, source.date].filter(Boolean).join(", ");
      canvas.setAttribute("aria-label", source.name);
      const zoom = new DeepZoom(canvas, source);
      zooms.push(zoom);
      gestures(canvas, {
        move: (dx, dy) => spread(zoom, zoom.moved(dx, dy)),
        zoom: (factor, x, y) => spread(zoom, zoom.zoomed(factor, x, y)),
        whole: () => spread(zoom, { x: 0.5, y: 0.5, zoom: 1 }),
      });
      if (linked && zooms[0] !== zoom) zoom.show(zooms[0].view);
    }, (error) => {
      caption.textContent = trouble(error);
      canvas.setAttribute("aria-label", caption.textContent);
    });
    return element;
  }

  function closePanes() {
    for (const zoom of zooms) zoom.close();
    zooms = [];
  }

  const magnify = (factor) => zooms[0] && (linked ? [zooms[0]] : zooms).forEach((zoom) => spread(zoom, zoom.zoomed(factor)));

  function show(state) {
    if (!open) {
      open = h("dialog.comparison", { "aria-label": t("compare"), oncancel: (event) => {
        event.preventDefault();
        change({ look: false });
      } },
        h("div.dialog-head", null, h("h2", null, t("compare")), link,
          iconButton("minus", t("zoom.out"), () => magnify(1 / 1.5)), iconButton("plus", t("zoom.in"), () => magnify(1.5)),
          h("button", { type: "button", onclick: () => zooms.forEach((zoom) => zoom.show({ x: 0.5, y: 0.5, zoom: 1 })) }, t("zoom.whole")),
          iconButton("close", t("close"), () => change({ look: false }))),
        panes, h("p.hint", null, t("compare.hint")));
      open.addEventListener("keydown", (event) => event.key.toLowerCase() === "l" && toggle());
      document.body.append(open);
      open.showModal();
    }
    const key = state.compare.join("\n");
    if (key === shown) return;
    shown = key;
    closePanes();
    link.hidden = state.compare.length < 2;
    panes.style.setProperty("--panes", state.compare.length);
    fill(panes, state.compare.map(pane));
    panes.querySelector("canvas")?.focus();
  }

  function drawTray(state) {
    tray.hidden = state.look || !state.compare.length;
    if (tray.hidden) return;
    fill(tray, h("span", null, t("compare.tray", { n: state.compare.length })),
      state.compare.map((id) => h("img", { src: id.startsWith("file:") ? fileThumbnail(id.slice(5), 128) : lookOf(id, 128), alt: "" })),
      h("button.primary", { type: "button", onclick: () => change({ look: true }) }, t("compare.open")),
      iconButton("close", t("compare.clear"), () => change({ compare: [], look: false })));
  }

  return {
    update(state) {
      drawTray(state);
      if (state.look) return show(state);
      if (!open) return;
      closePanes();
      open.close();
      open.remove();
      open = null;
      shown = "";
    },
  };
}
