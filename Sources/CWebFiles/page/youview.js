// For you: what somebody may want to see next, why, and what they say of it. Without a name it follows what was liked in this tab.
import { ask, coalesced, sendJSON } from "./api.js";
import { cards } from "./cards.js";
import { announce, fill, h, icon, notice } from "./dom.js";
import { Picks } from "./picks.js";
import { refineButton, setRefining } from "./resultsbar.js";
import { may } from "./session.js";
import { COUNTS, filterOf, recommendationParameters } from "./state.js";
import { change, current } from "./store.js";
import { freshKey, tell, watchSheets } from "./telling.js";
import { nameOf } from "./tile.js";
import { remembered, visitor } from "./visitor.js";
import { number, t, trouble } from "./words.js";
import { choose, userPath, youPanel } from "./youpanel.js";

/** What can be said of a work; somebody without a name has nobody to keep the finer differences for. */
const KINDS = ["like", "favourite", "dislike", "dismissed"], NAMELESS = ["like", "dismissed"];
const MOST = 200;

/** `onAnswer(list)` is given each new list: the open work says from it why it is there. */
export function youView(onAnswer) {
  const detail = h("p.detail", null), hint = h("p.hint.you-hint", { hidden: true }), problem = h("p.problem", { role: "alert", hidden: true });
  const strategy = h("select", { "aria-label": t("you.strategy"), title: t("you.strategy"), onchange: () => change({ strategy: strategy.value }) });
  const available = h("input", { type: "checkbox", onchange: () => change({ available: available.checked }) });
  const count = h("select", { "aria-label": t("you.count"), title: t("you.count"), onchange: () => change({ count: Number(count.value) }) },
    COUNTS.map((n) => h("option", { value: n }, t("results.works", { n }))));
  const bar = h("div.bar", null, h("div.bar-text", null, h("h1", null, t("view.you")), detail),
    h("div.bar-tools", null, refineButton(), h("label.check", null, available, t("you.available")), strategy, count), hint, problem);
  const message = h("div.message", { hidden: true });
  const picks = new Picks({ label: t("you.works"), act, kinds: () => (person() ? KINDS : NAMELESS) });
  const scroller = h("div.scroller", null, picks.list, message);
  const element = h("section.view.youview", { "aria-label": t("view.you") }, bar, scroller);
  const panel = youPanel({ changed: learned, returned(id) {
    gone.delete(id);
    question.wish();
  } });
  let known = null, asked = undefined, list = null, strategies = null;
  // What was said something of, so that an answer which was on its way doesn't bring it back; and the keys it was said with.
  let gone = new Set(), keys = new Map(), passed = Infinity;

  /** Who this is for, as far as the key may do something for them. */
  const person = () => (may("write") ? current().user : null);
  const keyOf = (state) => JSON.stringify([person(), `${recommendationParameters(state, state.count)}`]);

  const question = coalesced(async (signal) => {
    const state = current(), key = keyOf(state), user = person();
    const isSame = list?.key === key, place = passed;
    passed = Infinity;
    element.setAttribute("aria-busy", "true");
    if (!isSame) say(notice(t("busy")));
    try {
      const k = Math.min(MOST, state.count + (user ? 0 : visitor.gone.length));
      const answer = await ask(user ? userPath(user, "/recommendations") : "/v1/recommendations",
        { parameters: recommendationParameters(state, k, user ? [] : visitor.liked), signal });
      if (keyOf(current()) !== key) return;
      const works = answer.results.filter(({ id }) => !gone.has(id)).slice(0, state.count);
      for (const card of works) card.list = answer.list ?? undefined;
      list = { key, answer, search: true, cards: works };
      if (!isSame) scroller.scrollTop = 0;
      // What somebody was told of anew (their taste, a like taken back) may change from the first place on.
      picks.show(works, isSame ? (place === Infinity ? 0 : place) : null);
      say(null);
      told(state);
    } catch (error) {
      passed = Math.min(passed, place);
      if (error.name === "AbortError") return;
      if (error.status === 404 && !user && await dropLost()) return question.wish();
      if (isSame && error.status !== 404) return complain(error);
      list = { key, answer: null, search: true, cards: [] };
      picks.show([]);
      failed(error);
    } finally {
      element.removeAttribute("aria-busy");
    }
  });

  /** What a visitor liked may have been taken out of the collection since; whether there was any such work. */
  async function dropLost() {
    const found = await Promise.all(visitor.liked.map((id) =>
      cards.get(id).then(() => null, ({ status }) => (status === 404 ? id : null))));
    const lost = found.filter(Boolean);
    for (const id of lost) visitor.drop(id);
    if (lost.length) panel.learned();
    return lost.length > 0;
  }

  function say(what) {
    message.hidden = !what;
    fill(message, what);
  }

  function complain(error) {
    problem.hidden = !error;
    problem.textContent = error ? trouble(error) : "";
  }

  function told(state) {
    const { answer, cards } = list;
    complain(null);
    detail.textContent = [
      t(answer.user ? "you.for" : "you.for.nobody", { id: answer.user }), t("you.by", { strategy: answer.strategy }),
      t("results.works", { n: cards.length }), answer.took_ms != null && t("took", { ms: number(answer.took_ms, 1) }),
    ].filter(Boolean).join(" · ");
    announce(t("results.works", { n: cards.length }));
    drawHint();
    if (!cards.length) empty(state);
    onAnswer(list);
  }

  /** How to begin, where nothing is known of somebody yet. */
  function drawHint() {
    const isNew = person() ? known && !known.events && !known.statement : !visitor.liked.length;
    hint.hidden = !isNew || !list?.cards.length;
    if (!hint.hidden) fill(hint, t(person() ? "you.begin" : "you.begin.nobody"), !person() && may("write") && h("button.quiet.refine", {
      type: "button", onclick: () => {
        setRefining(true);
        panel.focus();
      } }, t("you.who.say")));
  }

  function empty(state) {
    say(notice(t("you.empty"),
      filterOf(state) && h("button", { type: "button", onclick: () => change({ pick: {}, filter: "", from: null, to: null }) }, t("filter.clear")),
      state.available && h("button", { type: "button", onclick: () => change({ available: false }) }, t("you.available.not"))));
  }

  function failed(error) {
    detail.textContent = "";
    hint.hidden = true;
    const user = person();
    if (error.status === 404 && user) {
      say(notice(t("you.unknown", { id: user }),
        h("button.primary", { type: "button", onclick: () => makeKnown(user) }, t("you.unknown.make")),
        h("button", { type: "button", onclick: () => choose(null) }, t("you.nobody"))));
    } else {
      say(notice(trouble(error), h("button", { type: "button", onclick: () => question.restart() }, t("again")),
        user && h("button", { type: "button", onclick: () => choose(null) }, t("you.nobody")),
        current().strategy && h("button", { type: "button", onclick: () => change({ strategy: "" }) }, t("you.assigned"))));
    }
    announce(message.textContent);
    onAnswer(list);
  }

  async function makeKnown(id) {
    try {
      known = await sendJSON(userPath(id), {}, "PATCH");
      panel.update(current(), known);
      question.restart();
    } catch (error) {
      complain(error);
    }
  }

  async function loadPerson(id) {
    asked = id;
    known = null;
    let now = null;
    try {
      if (id) now = await ask(userPath(id));
    } catch { /* the list says what is wrong */ }
    if (asked !== id) return;
    known = now;
    panel.update(current(), known);
    drawHint();
  }

  async function loadStrategies() {
    strategies = [];
    try {
      ({ strategies } = await ask("/v1/strategies"));
    } catch {
      strategies = null; // The next look tries again.
    }
    drawTools(current());
  }

  function drawTools(state) {
    const listed = (strategies ?? []).map(({ name }) => name);
    const all = ["", ...listed, ...(state.strategy && !listed.includes(state.strategy) ? [state.strategy] : [])];
    if (all.length !== strategy.options.length) fill(strategy, all.map((name) => h("option", { value: name }, name || t("you.assigned"))));
    strategy.value = state.strategy;
    available.checked = state.available;
    count.value = state.count;
  }

  /** Something is known that wasn't: the list follows, and what stands beside it. */
  async function learned() {
    question.wish();
    panel.learned();
    if (!known?.events) {
      known = known && await ask(userPath(known.id)).catch(() => known);
      drawHint();
    }
  }

  async function act(card, kind) {
    if (gone.has(card.id)) return;
    gone.add(card.id);
    const user = person(), mine = gone, at = picks.indexOf(card.id);
    const name = `${kind} ${card.id}`;
    if (!keys.has(name)) keys.set(name, freshKey());
    complain(null);
    drawActs();
    const faded = picks.fade(card.id);
    try {
      if (user) await tell({ user, work: card.id, kind, list: card.list ?? listOf(card.id) }, { key: keys.get(name) });
      else visitor.note(card.id, kind);
    } catch (error) {
      mine.delete(card.id);
      picks.unfade(card.id);
      drawActs();
      return complain(error);
    }
    announce(t(`you.${kind}.done`, { name: nameOf(card) }));
    await faded;
    if (mine !== gone) return; // Somebody else has been chosen meanwhile.
    if (at >= 0) passed = Math.min(passed, at);
    picks.remove(card.id);
    learned();
  }

  const listOf = (id) => list?.cards.find((card) => card.id === id)?.list;

  // The open work can be said something of as well.
  let acts = null;
  function drawActs() {
    if (!acts?.element.isConnected) return;
    for (const button of acts.element.children) button.disabled = gone.has(acts.work.id);
  }

  watchSheets({ person: () => (known ? person() : null), listOf });

  return {
    element, panel: panel.element,
    buttons(work) {
      acts = { work, element: h("div.actions-row.sheet-acts", null, picks.kinds().map((kind) =>
        h("button", { type: "button", "data-kind": kind, disabled: gone.has(work.id), onclick: () => act(work, kind) }, icon(kind), t(`you.${kind}`)))) };
      return acts.element;
    },
    update(state) {
      if (!state.user && remembered() && may("write")) return queueMicrotask(() => change({ user: remembered() }, "replace"));
      if (!strategies) loadStrategies();
      drawTools(state);
      const user = person();
      if (user !== asked) {
        gone = new Set(user ? [] : visitor.gone);
        [keys, passed] = [new Map(), Infinity];
        loadPerson(user);
      }
      panel.update(state, known);
      if (list?.key === keyOf(state)) return onAnswer(list);
      question.restart();
    },
    renew() {
      panel.renew();
      question.restart();
    },
  };
}
