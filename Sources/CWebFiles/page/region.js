// The picture that is asked with, and the part of it that counts: drawn with the pointer, moved with the arrow keys, or
// given as numbers.
import { h, icon } from "./dom.js";
import { isPicture, lookOf, searchPart } from "./pictures.js";
import { regionOf, regionText } from "./state.js";
import { change } from "./store.js";
import { t } from "./words.js";

export function regionPicker() {
  const box = h("div.region", { hidden: true, tabindex: 0, role: "group", "aria-label": t("region.selected"), onkeydown: onKey });
  const image = h("img", { alt: "", draggable: "false" });
  const blank = h("div.blank", { hidden: true }, icon("picture"), h("span", null, t("picture.no-copy")));
  const surface = h("div.surface", { onpointerdown: down, onpointermove: move, onpointerup: up, onpointercancel: up }, image, blank, box);
  const clear = h("button.quiet", { type: "button", hidden: true, onclick: () => ask(null) }, t("region.whole"));
  const fields = Object.fromEntries(["x", "y", "w", "h"].map((name) => [name, h("input", {
    type: "number", min: 0, max: 100, step: 1, inputmode: "decimal", onchange: typed, name: `region-${name}`,
  })]));
  const numbers = h("details.numbers", null, h("summary", null, t("region")),
    h("p.hint", null, t("region.hint")),
    h("div.fields", null, Object.entries(fields).map(([name, field]) => h("label", null, t(`region.${name}`), field))));
  const element = h("div.query-picture", null, surface, h("div.region-tools", null, numbers, clear));
  let drawing = null, selected = null, shown = null;

  const place = (event) => {
    const area = surface.getBoundingClientRect();
    const part = (value) => Math.min(100, Math.max(0, value * 100));
    return { x: part((event.clientX - area.left) / area.width), y: part((event.clientY - area.top) / area.height) };
  };

  function down(event) {
    if (event.button || !event.isPrimary) return;
    const start = place(event);
    const s = selected;
    const inside = s && start.x > s.x && start.x < s.x + s.w && start.y > s.y && start.y < s.y + s.h;
    drawing = { start, moving: inside ? { ...s } : null };
    surface.setPointerCapture(event.pointerId);
    event.preventDefault();
  }

  function move(event) {
    if (!drawing) return;
    const to = place(event), { start, moving } = drawing;
    drawing.region = moving
      ? within({ ...moving, x: moving.x + to.x - start.x, y: moving.y + to.y - start.y })
      : { x: Math.min(start.x, to.x), y: Math.min(start.y, to.y), w: Math.abs(to.x - start.x), h: Math.abs(to.y - start.y) };
    draw(drawing.region);
  }

  function up() {
    const region = drawing?.region;
    drawing = null;
    // A click, or a slip of the hand, is no region.
    if (region && region.w >= 3 && region.h >= 3) choose(region);
    else draw(selected);
  }

  const within = (r) => ({ ...r, x: Math.min(100 - r.w, Math.max(0, r.x)), y: Math.min(100 - r.h, Math.max(0, r.y)) });
  const choose = (region) => ask(regionText(region));
  const ask = (region) => (isPicture(shown) ? searchPart(shown, region) : change({ region }, selected && region ? "replace" : "push"));

  function onKey(event) {
    const step = event.shiftKey ? 1 : 5;
    const by = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
    if (event.key === "Delete" || event.key === "Backspace") {
      ask(null);
      numbers.querySelector("summary").focus();
    } else if (by && selected) choose(within({ ...selected, x: selected.x + by[0], y: selected.y + by[1] }));
    else return;
    event.preventDefault();
  }

  function typed() {
    const value = (name, otherwise) => (fields[name].value === "" ? otherwise : Math.min(100, Math.max(0, Number(fields[name].value))));
    const x = Math.min(99, value("x", 0)), y = Math.min(99, value("y", 0));
    choose({ x, y, w: Math.max(1, Math.min(value("w", 100 - x), 100 - x)), h: Math.max(1, Math.min(value("h", 100 - y), 100 - y)) });
  }

  function draw(region) {
    box.hidden = !region;
    if (!region) return;
    for (const [property, name] of [["left", "x"], ["top", "y"], ["width", "w"], ["height", "h"]]) {
      box.style[property] = `${region[name]}%`;
    }
  }

  return {
    element,
    update(state) {
      const id = state.like[0];
      if (!id) return;
      if (id !== shown) {
        shown = id;
        const look = lookOf(id, 512);
        image.hidden = !look;
        blank.hidden = Boolean(look);
        if (look) image.src = look;
        image.onerror = () => ([image.hidden, blank.hidden] = [true, false]);
      }
      selected = regionOf(state.region);
      if (!drawing) draw(selected);
      clear.hidden = !selected;
      if (selected) numbers.open = true;
      for (const [name, field] of Object.entries(fields)) {
        if (document.activeElement !== field) field.value = selected ? Math.round(selected[name] * 10) / 10 : "";
      }
    },
  };
}
