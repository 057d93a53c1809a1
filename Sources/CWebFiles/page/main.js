// Puts the parts together: what the address says is shown, and what is done becomes an address.
import { activityView } from "./activity.js";
import { cards } from "./cards.js";
import { comparison } from "./compare.js";
import { announce, icon, isTyping } from "./dom.js";
import { duplicatesView } from "./duplicates.js";
import { listen, progressSign } from "./events.js";
import { showHelp, singleKeys } from "./help.js";
import { inspector } from "./inspector.js";
import { mapView } from "./mapview.js";
import { watchPictures } from "./pictures.js";
import { queryPanel } from "./query.js";
import { setRefining } from "./resultsbar.js";
import { enter } from "./session.js";
import { EMPTY, VIEWS, format, isSearch } from "./state.js";
import { change, current, onChange } from "./store.js";
import { timeView } from "./timeview.js";
import { wallView } from "./wallview.js";
import { youView } from "./youview.js";
import { language, t, translatePage } from "./words.js";

const byID = (id) => document.getElementById(id);
const main = byID("main"), rail = byID("query"), words = byID("words"), pill = byID("news");

translatePage();
const query = queryPanel(rail);
const work = inspector(byID("inspector"), { acts: (one) => current().view === "you" && views.you?.buttons(one) });
const compare = comparison();
const views = {};
const make = {
  wall: () => wallView(answered), map: mapView, time: timeView, duplicates: duplicatesView, activity: activityView,
  you: () => youView((list) => work.answered(list)),
};
let lastAnswer = null;

/** A view is made when it is first wanted, and stays as it was left. */
function view(name) {
  if (!views[name]) {
    views[name] = make[name]();
    main.append(views[name].element);
    if (views[name].panel) rail.prepend(views[name].panel);
    if (name === "map" && lastAnswer) views.map.answered(lastAnswer);
  }
  return views[name];
}

function answered(list, state) {
  lastAnswer = list;
  query.answered(list, state);
  work.answered(list);
  views.map?.answered(list);
}

function show(state, before) {
  const shown = view(state.view);
  if (state.view === "map" && isSearch(state)) view("wall");
  for (const [name, one] of Object.entries(views)) {
    one.element.hidden = name !== state.view;
    if (one.panel) one.panel.hidden = name !== state.view;
  }
  for (const link of document.querySelectorAll("[data-view]")) {
    // The question stays when the view changes: the map shows where its answer lies.
    link.href = format({ ...state, view: link.dataset.view, work: null, compare: [], look: false });
    if (link.dataset.view === state.view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  rail.hidden = !["wall", "time", "you"].includes(state.view);
  if (before && before.view !== state.view) setRefining(false);
  if (document.activeElement !== words) words.value = state.text;
  query.update(state);
  shown.update(state);
  // The map shows where the answer lies: the wall asks for it, unseen.
  if (state.view === "map" && isSearch(state)) view("wall").update(state);
  work.update(state);
  compare.update(state);
  document.title = `${shown.element.querySelector("h1").textContent} — Morelli`;
}

// Links and the search field of the header.
for (const link of document.querySelectorAll("[data-view]")) {
  link.prepend(icon(link.dataset.view));
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    change({ view: link.dataset.view, work: null, compare: [], look: false });
  });
}
byID("home").addEventListener("click", (event) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  change({ ...EMPTY, lang: current().lang });
});
byID("search").addEventListener("submit", (event) => {
  event.preventDefault();
  find();
  words.blur();
});
words.addEventListener("search", () => words.value === "" && find());
/** Words beside pictures narrow what those mean; alone they are the question. */
const find = () => change((state) => ({ ...state, text: words.value.trim(), view: "wall", work: null, look: false }));

// Language and theme.
const languages = byID("language");
languages.value = language;
languages.addEventListener("change", () => location.assign(format({ ...current(), lang: languages.value })));
function switchTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  localStorage.setItem("theme", root.dataset.theme);
  views.map?.recolour();
}
for (const [id, name, act] of [["theme", "theme", switchTheme], ["help", "help", showHelp], ["pick-picture", "picture", null]]) {
  byID(id).prepend(icon(name));
  if (act) byID(id).addEventListener("click", act);
}

const shortcuts = {
  "/": () => words.focus(), u: () => byID("pick-picture").click(), t: switchTheme, "?": showHelp,
  Escape: () => setRefining(false),
};
addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  if (!singleKeys() && event.key !== "Escape") return;
  const act = shortcuts[event.key] ?? (VIEWS[Number(event.key) - 1] && (() => change({ view: VIEWS[Number(event.key) - 1], work: null })));
  if (!act) return;
  event.preventDefault();
  act();
});

/** News don't change what somebody is looking at; they offer to. */
function news(text) {
  pill.textContent = text;
  pill.hidden = false;
  announce(text);
}
pill.addEventListener("click", () => {
  pill.hidden = true;
  for (const one of Object.values(views)) one.renew?.();
  query.renew();
});

onChange(show);
watchPictures();
await enter(byID("sign-out"));
show(current());
const sign = progressSign(byID("progress"));
let generation = null;
listen({
  status(status) {
    sign(status);
    views.activity?.status(status);
    if (generation !== null && status.generation !== generation && views.map) views.map.renew();
    generation = status.generation;
  },
  works({ ids }) {
    cards.forget(ids);
    views.activity?.arrived(ids);
    if (current().view === "wall") news(t("news", { n: ids.length }));
  },
});
