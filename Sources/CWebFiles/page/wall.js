// The wall: any number of tiles, of which only those near the window are in the document.
import { addRows, neighbour, rowAt, rowOf } from "./rows.js";
import { tile } from "./tile.js";

/**
 * What stands under a picture, in lines of the page's type (rem): palette, two lines, and on a touch screen the buttons that
 * others see on hovering.
 */
const CAPTION = 3.9, TOUCH_CAPTION = 6.4, GAP = 20, NARROW_GAP = 12;

export class Wall {
  /** `near()` is called when the end of what is there comes near; `keys(event, card)` may take a key (true: taken). */
  constructor(scroller, { near, keys, label }) {
    Object.assign(this, { scroller, near, keys });
    this.list = document.createElement("ul");
    this.list.className = "wall";
    this.list.setAttribute("aria-label", label);
    this.cards = [];
    this.rows = [];
    this.shown = new Map();
    this.current = 0;
    this.total = null;
    this.touch = matchMedia("(hover: none)");
    this.draw = this.draw.bind(this);
    this.observer = new ResizeObserver(() => this.lay());
    this.list.addEventListener("keydown", (event) => this.onKey(event));
    this.list.addEventListener("focusin", (event) => this.onFocus(event));
    scroller.addEventListener("scroll", () => (this.frame ||= requestAnimationFrame(this.draw)), { passive: true });
    this.observer.observe(this.list);
    this.target = 220;
  }

  close() {
    this.observer.disconnect();
    cancelAnimationFrame(this.frame);
  }

  /** The height that rows have about; the wall's own measure. */
  setTarget(pixels) {
    this.target = pixels;
    this.lay();
  }

  /** Shows other cards. Tiles of works that stay glide to their new places: so a re-ranking can be followed. */
  show(cards, { total = null, glide = false } = {}) {
    const focused = this.list.contains(document.activeElement) ? this.cards[this.current]?.id : null;
    const same = glide ? new Map([...this.shown.values()].map((one) => [one.id, one])) : new Map();
    if (!glide) for (const one of this.shown.values()) one.element.remove();
    this.shown = new Map();
    this.cards = cards;
    this.rows = [];
    this.total = total;
    this.current = Math.max(0, focused ? cards.findIndex((card) => card.id === focused) : 0);
    this.kept = same;
    this.list.classList.toggle("gliding", glide);
    if (!glide) this.scroller.scrollTop = 0;
    this.lay();
    for (const one of same.values()) if (![...this.shown.values()].includes(one)) one.element.remove();
    this.kept = null;
    if (focused && !this.list.contains(document.activeElement)) this.focus(this.current);
  }

  /** More of the same list. */
  extend(cards, total = this.total) {
    this.cards = this.cards.concat(cards);
    this.total = total;
    addRows(this.rows, this.cards, this.measure);
    this.draw();
  }

  lay() {
    const width = this.list.clientWidth;
    if (!width) return;
    const narrow = width < 620;
    const line = parseFloat(getComputedStyle(document.documentElement).fontSize);
    this.caption = (this.touch.matches ? TOUCH_CAPTION : CAPTION) * line;
    this.measure = {
      width, caption: this.caption, gap: narrow ? NARROW_GAP : GAP, target: Math.min(this.target, width * (narrow ? 0.5 : 0.7)),
    };
    this.rows = addRows([], this.cards, this.measure);
    this.draw();
  }

  draw() {
    this.frame = 0;
    const { rows, scroller } = this;
    const last = rows.at(-1);
    this.list.style.height = `${last ? last.top + last.height + this.caption : 0}px`;
    if (!last) return;
    const top = scroller.scrollTop - this.list.offsetTop, screen = scroller.clientHeight;
    const wanted = new Set();
    for (let r = rowAt(rows, top - screen * 0.7); r < rows.length && rows[r].top < top + screen * 1.9; r += 1) {
      for (let i = rows[r].first; i < rows[r].first + rows[r].count; i += 1) wanted.add(i);
    }
    // The tile that has the focus stays, or the keyboard would lose its place when somebody scrolls.
    if (this.list.contains(document.activeElement) && this.current < this.cards.length) wanted.add(this.current);
    for (const [index, one] of this.shown) {
      if (!wanted.has(index)) {
        one.element.remove();
        one.drop();
        this.shown.delete(index);
      }
    }
    let before = null;
    for (const index of [...wanted].sort((a, b) => a - b)) {
      const one = this.shown.get(index) ?? this.make(index);
      this.place(one, index);
      const next = before ? before.nextSibling : this.list.firstChild;
      if (one.element !== next) this.list.insertBefore(one.element, next);
      before = one.element;
    }
    if (last.top < top + screen * 3) this.near();
  }

  make(index) {
    const card = this.cards[index];
    const kept = this.kept?.get(card.id);
    const one = kept ?? { id: card.id, ...tile(card) };
    if (kept) one.update(card);
    this.shown.set(index, one);
    return one;
  }

  place({ element, resize }, index) {
    const row = this.rows[rowOf(this.rows, index)];
    const at = index - row.first;
    element.style.transform = `translate(${row.lefts[at]}px, ${row.top}px)`;
    element.style.width = `${row.widths[at]}px`;
    element.dataset.index = index;
    element.setAttribute("aria-posinset", index + 1);
    element.setAttribute("aria-setsize", this.total ?? this.cards.length);
    resize(row.widths[at], row.height);
    this.reach(element, index === this.current);
  }

  /** Only one tile is in the order of the tab key (a roving tabindex); the arrow keys go on from there. */
  reach(element, isCurrent) {
    for (const control of element.querySelectorAll("a, .actions button")) control.tabIndex = isCurrent ? 0 : -1;
  }

  onFocus(event) {
    const index = Number(event.target.closest("li")?.dataset.index);
    if (!Number.isInteger(index) || index === this.current) return;
    const old = this.shown.get(this.current);
    if (old) this.reach(old.element, false);
    this.current = index;
    this.reach(this.shown.get(index).element, true);
  }

  /** Brings a tile into the window and gives it the focus. */
  focus(index) {
    if (!this.cards.length) return;
    index = Math.max(0, Math.min(index, this.cards.length - 1));
    const row = this.rows[rowOf(this.rows, index)];
    const { scroller } = this;
    const top = row.top + this.list.offsetTop, end = top + row.height + this.caption;
    if (top < scroller.scrollTop) scroller.scrollTop = top - GAP;
    else if (end > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = end - scroller.clientHeight + GAP;
    const old = this.shown.get(this.current);
    if (old) this.reach(old.element, false);
    this.current = index;
    this.draw();
    const now = this.shown.get(index);
    if (now) {
      this.reach(now.element, true);
      now.element.querySelector("a").focus({ preventScroll: true });
    }
  }

  onKey(event) {
    const card = this.cards[this.current];
    if (!card || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.target.matches("a") && this.keys(event, card)) return event.preventDefault();
    const page = Math.max(1, Math.floor(this.scroller.clientHeight / (this.target + this.caption)));
    const steps = {
      ArrowLeft: () => this.current - 1, ArrowRight: () => this.current + 1,
      ArrowUp: () => neighbour(this.rows, this.current, -1), ArrowDown: () => neighbour(this.rows, this.current, 1),
      PageUp: () => this.rows[Math.max(0, rowOf(this.rows, this.current) - page)].first,
      PageDown: () => this.rows[Math.min(this.rows.length - 1, rowOf(this.rows, this.current) + page)].first,
      Home: () => 0, End: () => this.cards.length - 1,
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    this.focus(step());
  }
}
