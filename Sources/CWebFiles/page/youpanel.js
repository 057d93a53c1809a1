// Beside the recommendations: who they are for, what that person says of their taste, people like them, and what is looked at now.
import { ask, newest, sendJSON, workThumbnail } from "./api.js";
import { cards } from "./cards.js";
import { announce, dialog, fill, h, icon, iconButton } from "./dom.js";
import { setRefining } from "./resultsbar.js";
import { may } from "./session.js";
import { filterOf } from "./state.js";
import { change, current } from "./store.js";
import { tell } from "./telling.js";
import { nameOf, openWork, picture, stateLink } from "./tile.js";
import { number, t, trouble } from "./words.js";
import { remember, remembered, visitor } from "./visitor.js";

const SUGGESTED = 20, ALIKE = 6, TRENDING = 9;
export const userPath = (id, rest = "") => `/v1/users/${encodeURIComponent(id)}${rest}`;

/** Says who somebody is; null is nobody in particular. */
export function choose(id) {
  remember(id);
  change({ user: id, work: null });
}

/** `changed()` is called when something else should be recommended now; `returned(id)` when a visitor takes a like back. */
export function youPanel({ changed, returned }) {
  const who = h("div.panel", null), taste = h("div.panel", { hidden: true }), liked = h("div.panel", { hidden: true });
  const alike = h("section.panel", { "aria-label": t("you.alike"), hidden: true });
  const trending = h("section.panel", { "aria-label": t("you.trending"), hidden: true });
  const element = h("div.you-panel", null, who, taste, liked, alike, trending);
  const requests = { names: newest(), alike: newest(), trending: newest() };
  let drawn = null, person, trendingOf = null;

  // Who

  const names = h("datalist", { id: "people" });
  const field = h("input", {
    type: "text", id: "person", list: "people", autocomplete: "off", spellcheck: "false", maxlength: 200, oninput: (event) => {
      // A name that was picked from those that are offered is chosen at once; one that is being typed isn't.
      const isPicked = !event.inputType || event.inputType === "insertReplacementText";
      if (isPicked && [...names.children].some((option) => option.value === field.value)) return choose(field.value);
      suggest();
    }, onfocus: suggest,
  });

  async function suggest() {
    if (!may("admin")) return;
    const typed = field.value.trim();
    // People come in the order of their ids, and `after` leaves out what it names: so what begins alike follows.
    const parameters = { limit: String(SUGGESTED), ...(typed && { after: typed }) };
    const { users } = await requests.names("/v1/users", { parameters }).catch(() => ({ users: null }));
    if (users) fill(names, users.filter(({ id }) => id.startsWith(typed)).map(({ id }) => h("option", { value: id })));
  }

  function drawWho(user) {
    if (!may("write")) return fill(who, h("h2", null, t("you.who")), h("p.hint", null, t("you.read-only")));
    field.value = user ?? "";
    fill(who, h("h2", null, h("label", { for: "person" }, t("you.who"))),
      h("form.choose", { onsubmit: (event) => {
        event.preventDefault();
        choose(field.value.trim() || null);
        drawWho(current().user);
        field.focus();
        setRefining(false);
      } }, field, names, h("button", { type: "submit" }, t("you.choose")),
      user && iconButton("close", t("you.nobody"), () => choose(null))),
      h("p.hint", null, t(!user ? "you.who.hint" : user === remembered() ? "you.who.remembered" : "you.who.linked")));
  }

  // Taste

  function drawTaste() {
    taste.hidden = !person;
    if (!person) return;
    const statement = h("textarea", { id: "statement", rows: 3, maxlength: 2000, placeholder: t("you.statement.example") });
    statement.value = person.statement ?? "";
    const budget = h("input", { type: "number", id: "budget", min: 0, step: "any", inputmode: "decimal" });
    budget.value = person.budget ?? "";
    const problem = h("p.problem", { role: "alert", hidden: true });
    const saved = h("span.by", { hidden: true }, t("you.saved"));
    const facts = Object.entries(person.attributes ?? {});

    async function save(event) {
      event.preventDefault();
      problem.hidden = true;
      try {
        const said = { statement: statement.value.trim() || null, budget: budget.value === "" ? null : Number(budget.value) };
        person = await sendJSON(userPath(person.id), said, "PATCH");
        announce(t("you.saved"));
        saved.hidden = false;
        setTimeout(() => (saved.hidden = true), 4000);
        setRefining(false);
        changed();
      } catch (error) {
        problem.textContent = trouble(error);
        problem.hidden = false;
      }
    }

    fill(taste,
      h("form.taste", { onsubmit: save },
        h("label", { for: "statement" }, t("you.statement")), statement,
        h("label", { for: "budget" }, t("you.budget")), budget,
        h("div.own-data", null, h("button", { type: "submit" }, t("you.save")), saved), problem),
      facts.length > 0 && h("dl.facts", null, facts.map(([name, value]) => h("div", null, h("dt", null, name), h("dd", null, String(value))))),
      may("admin") ? h("div.own-data", null,
        h("a.button", { href: userPath(person.id, "/export"), download: `morelli-${person.id}.json` }, icon("download"), t("you.export")),
        h("button", { type: "button", onclick: askToForget }, t("you.forget"))) : h("p.hint", null, t("you.own-data")));
  }

  function askToForget() {
    const { id } = person;
    const problem = h("p.problem", { role: "alert", hidden: true });
    const box = dialog(t("you.forget.title", { id }), t("close"), h("p", null, t("you.forget.sure")), problem,
      h("div.actions-row", null,
        h("button.primary", { type: "button", onclick: forget }, t("you.forget.yes")),
        h("button", { type: "button", onclick: () => box.close() }, t("you.forget.no"))));

    async function forget() {
      try {
        await ask(userPath(id), { method: "DELETE" });
        box.close();
        announce(t("you.forget.done", { id }));
        choose(null);
      } catch (error) {
        problem.textContent = trouble(error);
        problem.hidden = false;
      }
    }
  }

  // What the visitor of this tab liked

  function drawLiked() {
    const ids = visitor.liked;
    liked.hidden = !ids.length || Boolean(may("write") && current().user && !person);
    if (liked.hidden) return;
    // Somebody who says who they are after they liked some things may keep them.
    if (person) return fill(liked, h("p.hint", null, t("you.take.hint", { n: ids.length })), h("div.actions-row", null,
      h("button", { type: "button", onclick: () => take(ids) }, t("you.take")),
      h("button.quiet", { type: "button", onclick: () => (visitor.clear(), drawLiked()) }, t("you.take.no"))));
    fill(liked, h("h2", null, t("you.liked")), h("ul.examples", null, [...ids].reverse().map((id) => {
      const label = h("span", null, id);
      cards.get(id).then((card) => (label.textContent = nameOf(card)), () => {});
      return h("li.example", null, h("img", { src: workThumbnail(id, 128), alt: "" }),
        h("button.plain", { type: "button", onclick: () => openWork(id) }, label),
        iconButton("close", t("mark.remove"), () => {
          visitor.drop(id);
          drawLiked();
          returned(id);
        }));
    })));
  }

  async function take(ids) {
    try {
      await tell(ids.map((work) => ({ user: person.id, work, kind: "like" })));
      visitor.clear();
      drawLiked();
      changed();
    } catch (error) {
      liked.append(h("p.problem", { role: "alert" }, trouble(error)));
    }
  }

  // Others

  async function loadAlike() {
    if (!person) return void (alike.hidden = true);
    const { id } = person;
    const { users } = await requests.alike(userPath(id, "/similar"), { parameters: { k: String(ALIKE) } }).catch(() => ({ users: [] }));
    if (person?.id !== id) return;
    alike.hidden = !users.length;
    fill(alike, h("h2", null, t("you.alike")), h("dl.bars", null, users.map(({ id: other, similarity }) => h("div", null,
      h("dt", { title: other }, other),
      h("dd", null, h("span.fill", { style: { width: `${Math.max(0, Math.min(1, similarity)) * 100}%` } }),
        h("span.amount", null, number(similarity, 2)))))));
  }

  async function loadTrending(state) {
    const filter = filterOf(state);
    if (filter === trendingOf) return;
    trendingOf = filter;
    try {
      const { results } = await requests.trending("/v1/trending", { parameters: { k: String(TRENDING), ...(filter && { filter }) } });
      trending.hidden = !results.length;
      fill(trending, h("h2", null, t("you.trending")), h("ul.thumbs", null, results.map((card) => h("li", null,
        stateLink("a", { "aria-label": nameOf(card), title: nameOf(card) }, (s) => ({ ...s, work: card.id }), picture(card, 256, ""))))));
    } catch (error) {
      if (error.name === "AbortError") return;
      trendingOf = null;
      trending.hidden = true;
    }
  }

  return {
    element,
    focus: () => field.focus(),
    /** `now` is the person as the daemon knows them; null where there is none. */
    update(state, now) {
      const key = JSON.stringify([state.user, may("write")]);
      if (key !== drawn) {
        const within = who.contains(document.activeElement);
        drawn = key;
        drawWho(state.user);
        if (within) field.focus();
      } else if (now?.id === person?.id) return loadTrending(state);
      person = now;
      drawTaste();
      drawLiked();
      loadAlike();
      loadTrending(state);
    },
    /** Something was said of a work. */
    learned() {
      drawLiked();
      loadAlike();
    },
    renew() {
      trendingOf = null;
      loadTrending(current());
    },
  };
}
