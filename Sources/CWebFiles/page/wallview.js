// The works: the whole collection page by page, or the answer to what is asked, nearest first.
import { ask, coalesced } from "./api.js";
import { announce, fill, h, notice } from "./dom.js";
import { filterOf, isSearch, similarParameters } from "./state.js";
import { change, current } from "./store.js";
import { addToCompare, mark, nameOf, openWork, searchColour } from "./tile.js";
import { t, trouble } from "./words.js";
import { resultsBar } from "./resultsbar.js";
import { Wall } from "./wall.js";

const FIRST = 60, MOST = 1000, PAGE = 60;

/** What a list is a list of: two states with the same key have the same works on the wall. */
const keyOf = (state) =>
  isSearch(state) ? `like?${similarParameters(state, 0)}` : `all?${new URLSearchParams(listParameters(state))}`;

function listParameters(state) {
  const filter = filterOf(state);
  return { sort: state.sort, limit: String(PAGE), ...(filter && { filter }) };
}

/** `onAnswer(document, state)` is given each new answer: the facets and the query panel live on it too. */
export function wallView(onAnswer) {
  const bar = resultsBar({ setSize: (pixels) => wall.setTarget(pixels) });
  const message = h("div.message", { hidden: true });
  const scroller = h("div.scroller", null);
  const wall = new Wall(scroller, { near, keys, label: t("works") });
  scroller.append(wall.list, message);
  wall.target = bar.size();
  // Lists that were left, so that going back finds them as they were, with their place.
  const left = new Map();
  let list = null, paging = false;

  const question = coalesced(async (signal) => {
    const state = current();
    const key = keyOf(state);
    element.setAttribute("aria-busy", "true");
    if (!list) {
      fill(message, notice(t("busy")));
      message.hidden = false;
    }
    try {
      const fresh = await load(state, FIRST, signal);
      const glide = list != null && list.search && isSearch(state);
      list = { key, ...fresh };
      message.hidden = true;
      wall.show(list.cards, { total: list.total, glide });
      said(state);
    } catch (error) {
      if (error.name === "AbortError") return;
      list = { key, cards: [], next: null, total: 0, search: false, answer: null };
      wall.show([]);
      failed(error);
    } finally {
      element.removeAttribute("aria-busy");
    }
  });

  async function load(state, k, signal, after) {
    if (isSearch(state)) {
      const answer = await ask("/v1/similar", { parameters: similarParameters(state, k), signal });
      const { results } = answer;
      // Words alone: ranks of several lists are put together, and what comes out is no likeness.
      if (!state.like.length && !state.palette.length) for (const hit of results) hit.fused = true;
      return { cards: results, next: results.length === k && k < MOST ? Math.min(MOST, k * 2) : null, total: null, search: true, answer };
    }
    const parameters = { ...listParameters(state), ...(after && { after }) };
    const answer = await ask("/v1/artworks", { parameters, signal });
    return { cards: answer.artworks, next: answer.next, total: answer.total, search: false, answer };
  }

  function said(state) {
    onAnswer(list, state);
    bar.update(state, list);
    const count = list.total ?? list.cards.length;
    announce(list.search ? t("results.found", { n: count }) : t("results.works", { n: count }));
    if (!list.cards.length) empty(state);
  }

  function empty(state) {
    const filtered = filterOf(state) !== "";
    const nothing = !filtered && !isSearch(state);
    fill(message, notice(t(nothing ? "empty.collection" : "empty.results"),
      nothing && h("p.hint", null, t("empty.collection.hint")),
      filtered && h("button", { type: "button", onclick: () => change({ pick: {}, filter: "", from: null, to: null }) }, t("filter.clear"))));
    message.hidden = false;
  }

  function failed(error) {
    const gone = error.status === 404 || error.status === 410;
    const expired = gone && current().like.some((id) => id.startsWith("picture:"));
    fill(message, notice(expired ? t("picture.expired") : trouble(error),
      expired ? h("p.hint", null, t("picture.expired.hint"))
        : h("button", { type: "button", onclick: () => question.restart() }, t("again"))));
    message.hidden = false;
    bar.update(current(), { ...list, answer: null });
    announce(message.textContent);
  }

  async function near() {
    if (paging || !list?.next) return;
    paging = true;
    const mine = list;
    try {
      const state = current();
      if (keyOf(state) !== mine.key) return;
      const more = await load(state, mine.next, undefined, mine.next);
      if (mine !== list) return;
      const cards = mine.search ? more.cards.slice(mine.cards.length) : more.cards;
      mine.cards = mine.search ? more.cards : mine.cards.concat(cards);
      mine.next = more.next;
      wall.extend(cards, more.total);
      bar.update(state, mine);
    } catch {
      mine.next = null;
    } finally {
      paging = false;
    }
    // A tall window may want more at once.
    if (mine === list && mine.next) wall.draw();
  }

  function keys(event, card) {
    const act = {
      i: () => openWork(card.id), c: () => addToCompare(card.id),
      "+": () => mark(card.id, "like"), "=": () => mark(card.id, "like"), m: () => mark(card.id, "like"),
      "-": () => mark(card.id, "unlike"), x: () => mark(card.id, "unlike"),
      p: () => card.palette[0] && searchColour(card.palette[0].colour),
    }[event.key];
    if (!act) return false;
    act();
    if ("+=m".includes(event.key)) announce(t("mark.more.done", { name: nameOf(card) }));
    if ("-x".includes(event.key)) announce(t("mark.less.done", { name: nameOf(card) }));
    return true;
  }

  const element = h("section.view.wallview", { "aria-label": t("view.wall") }, bar.element, scroller);

  return {
    element,
    update(state) {
      const key = keyOf(state);
      bar.marks(state, list);
      if (list?.key === key) return onAnswer(list, state);
      if (list?.cards.length) {
        left.set(list.key, { list, top: scroller.scrollTop });
        if (left.size > 6) left.delete(left.keys().next().value);
      }
      const before = left.get(key);
      if (before) {
        left.delete(key);
        list = before.list;
        message.hidden = true;
        wall.show(list.cards, { total: list.total });
        scroller.scrollTop = before.top;
        wall.draw();
        return said(state);
      }
      // A search that follows a search may be a slider's: it is not given up for the next one at once.
      if (list?.search && isSearch(state)) question.wish();
      else question.restart();
    },
    /** The collection has changed: what is here is asked for anew, when somebody wants it. */
    renew() {
      left.clear();
      question.restart();
    },
    focus: () => wall.focus(wall.current),
  };
}
