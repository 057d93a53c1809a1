// Recommended works in a grid: each with its first reasons, all of them on demand, and what one may say of it.
import { thumbnail, thumbnailSize } from "./api.js";
import { fill, h, iconButton } from "./dom.js";
import { allReasons, firstReasons } from "./reasons.js";
import { nameOf, paletteStrip, picture, stateLink } from "./tile.js";
import { t } from "./words.js";

const FADE = 240, WIDE = 300;
const still = matchMedia("(prefers-reduced-motion: reduce)");
const KEYS = { l: "like", f: "favourite", d: "dislike", x: "dismissed" };

export class Picks {
  /** `act(card, kind)` is what somebody says of a work; `kinds()` what can be said now. */
  constructor({ label, act, kinds }) {
    Object.assign(this, { act, kinds });
    this.list = h("ul.picks", { "aria-label": label });
    this.items = new Map();
    this.cards = [];
    this.current = 0;
    this.list.addEventListener("keydown", (event) => this.onKey(event));
    this.list.addEventListener("focusin", (event) => this.reach(this.placeOf(event.target)));
  }

  /**
   * Shows a list. With `keep`, what stands before that place stays there as far as it is still recommended, so that who reads
   * on does not lose their place to works they have passed; the rest follows as the new list has it.
   */
  show(cards, keep = null) {
    const fresh = new Map(cards.map((card) => [card.id, card]));
    const before = keep == null ? [] : this.cards.slice(0, keep).map(({ id }) => fresh.get(id)).filter(Boolean);
    for (const { id } of before) fresh.delete(id);
    const ordered = [...before, ...fresh.values()];
    this.#change(keep != null, () => {
      if (keep == null) this.items.clear();
      const wanted = new Set(ordered.map(({ id }) => id));
      for (const id of [...this.items.keys()]) if (!wanted.has(id)) this.items.delete(id);
      this.cards = ordered;
      for (const card of ordered) {
        const item = this.items.get(card.id);
        if (item) item.update(card);
        else this.items.set(card.id, this.#item(card));
      }
      this.#place();
    });
  }

  indexOf(id) {
    return this.cards.findIndex((card) => card.id === id);
  }

  /** Something was said of it: it fades, and after that the others close up. Resolves when it has faded. */
  fade(id) {
    this.items.get(id)?.element.classList.add("going");
    return new Promise((resolve) => setTimeout(resolve, still.matches ? 0 : FADE));
  }

  unfade(id) {
    this.items.get(id)?.element.classList.remove("going");
  }

  remove(id) {
    if (!this.items.has(id)) return;
    this.#change(true, () => {
      this.items.delete(id);
      this.cards = this.cards.filter((card) => card.id !== id);
      this.#place();
    });
  }

  #place() {
    const wanted = this.cards.map(({ id }) => this.items.get(id).element);
    for (const element of [...this.list.children]) if (!wanted.includes(element)) element.remove();
    wanted.forEach((element, at) => {
      if (this.list.children[at] !== element) this.list.insertBefore(element, this.list.children[at] ?? null);
    });
  }

  /** Changes the list; what stays glides to its new place, and the focus stays where it was, or goes to what came there. */
  #change(glides, change) {
    const within = this.list.contains(document.activeElement);
    const focused = within ? this.cards[this.current]?.id : null, kind = document.activeElement.dataset.kind;
    const was = new Map();
    if (glides && !still.matches) for (const { element } of this.items.values()) was.set(element, element.getBoundingClientRect());
    change();
    const same = focused ? this.indexOf(focused) : -1;
    this.reach(same >= 0 ? same : this.current);
    if (within && !this.list.contains(document.activeElement)) this.focus(this.current, kind);
    if (!was.size) return;
    for (const element of this.list.children) {
      const from = was.get(element), to = element.getBoundingClientRect();
      if (!from) element.animate([{ opacity: 0 }, { opacity: 1 }], { duration: 260 });
      else if (from.left !== to.left || from.top !== to.top) {
        element.animate([{ transform: `translate(${from.left - to.left}px, ${from.top - to.top}px)` }, { transform: "none" }],
          { duration: 280, easing: "cubic-bezier(.2, .7, .2, 1)" });
      }
    }
  }

  #item(card) {
    const image = picture(card, 256);
    image.removeAttribute("src");
    image.loading = "lazy";
    image.src = thumbnail(card, thumbnailSize(WIDE));
    const acts = h("div.acts", null, this.kinds().map((kind) =>
      iconButton(kind, t(`you.${kind}`), () => this.act(item.card, kind), { "data-kind": kind })));
    const reasons = h("div", null), all = h("div.all", null);
    const more = h("details.more-reasons", null, h("summary", null, t("reason.all")), all);
    const element = h("li.pick", null,
      stateLink("a.frame", { "aria-label": `${nameOf(card)}: ${t("tile.open")}`, style: { "background-color": card.palette[0]?.colour ?? null } },
        (state) => ({ ...state, work: card.id }), image),
      paletteStrip(card.palette), acts,
      h("div.caption", null, h("div.title", { title: card.title }, card.title || card.id),
        h("div.by", null, [card.artist, card.date].filter(Boolean).join(" · "))),
      reasons, more);
    let said = "";
    const item = {
      element,
      update(now) {
        item.card = now;
        const key = JSON.stringify([now.reasons, now.contributions]);
        if (key === said) return;
        said = key;
        fill(reasons, firstReasons(now));
        fill(all, allReasons(now));
        more.hidden = !all.childElementCount;
      },
    };
    item.update(card);
    return item;
  }

  placeOf(target) {
    return [...this.list.children].indexOf(target.closest("li.pick"));
  }

  /** Only one work is in the order of the tab key; the arrow keys go on from there. */
  reach(index) {
    this.current = Math.max(0, Math.min(index, this.cards.length - 1));
    [...this.list.children].forEach((element, at) => {
      for (const control of element.querySelectorAll("a, .acts button, summary")) control.tabIndex = at === this.current ? 0 : -1;
    });
  }

  /** Gives a work the focus: its picture, or the button of that kind. */
  focus(index, kind) {
    this.reach(index);
    const element = this.list.children[this.current];
    (element?.querySelector(kind ? `[data-kind="${kind}"]` : "a") ?? element?.querySelector("a"))?.focus({ preventScroll: true });
    element?.scrollIntoView({ block: "nearest" });
  }

  onKey(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const card = this.cards[this.current];
    const kind = event.target.matches("a") && KEYS[event.key];
    if (card && kind && this.kinds().includes(kind)) {
      event.preventDefault();
      return this.act(card, kind);
    }
    const columns = Math.max(1, getComputedStyle(this.list).gridTemplateColumns.split(" ").length);
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns, Home: -this.current, End: this.cards.length }[event.key];
    if (step == null) return;
    event.preventDefault();
    const to = this.current + step;
    if (event.key === "End" || (to >= 0 && to < this.cards.length)) this.focus(to);
  }
}
