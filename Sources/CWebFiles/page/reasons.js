// Why a work is recommended, in the page's language: made from what the score was really made of, not from a finished sentence.
import { h } from "./dom.js";
import { language, named, number, percent, t } from "./words.js";

const together = new Intl.ListFormat(language, { type: "conjunction" });
const FIELDS = { artist: "artist", style: "style", genre: "genre", technique: "medium", word: null };

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** A value as the work's own entry writes it: values are compared, and told, without capitals and accents. */
function written(value, field, card) {
  const own = card[FIELDS[field]];
  return own && value && plain(own) === plain(value) ? own : value;
}

const because = {
  "liked-work"({ work, title, blocks }) {
    const alike = Object.entries(blocks ?? {}).sort((a, b) => b[1] - a[1]).map(([name]) => named("alike", name));
    const values = { title: title || work, aspects: together.format(alike) };
    return t(alike.length ? "reason.liked-work.in" : "reason.liked-work", values);
  },
  "people-of-work": ({ work, title }) => t("reason.people-of-work", { title: title || work }),
  people: ({ people }) => (people ? t("reason.people", { n: people }) : t("reason.people.some")),
  statement: () => t("reason.statement"),
  attribute: ({ field, value }, card) =>
    t(`reason.attribute.${field in FIELDS ? field : "word"}`, { value: written(value, field, card) }),
  popular: () => t("reason.popular"),
  trending: () => t("reason.trending"),
};

/** A reason for a work in a sentence; one of a kind that this page doesn't know yet, in the daemon's words. */
const sentence = (reason, card) => because[reason.kind]?.(reason, card) ?? reason.text ?? reason.kind;

/** Where no reason is large enough to be said: which sources they come from. */
function unsaid(card) {
  const sources = Object.entries(card.contributions ?? {}).filter(([, value]) => value >= 0.0005).sort((a, b) => b[1] - a[1]).slice(0, 2);
  return sources.length ? t("reason.many", { sources: together.format(sources.map(([name]) => named("source", name))) }) : t("reason.none");
}

/** The reasons that matter most, as text. */
export const firstReasons = (card, count = 2) => h("ul.reasons", null,
  card.reasons.length ? card.reasons.slice(0, count).map((reason) => h("li", null, sentence(reason, card)))
    : h("li", null, unsaid(card)));

const row = (text, share) => h("div", null, h("dt", null, text), h("dd", null,
  h("span.fill", { style: { width: `${Math.min(1, share) * 100}%` } }), h("span.amount", null, percent(share))));

/** All reasons with their shares, and what each source of the strategy gave; what is against it is hatched. */
export function allReasons(card) {
  const rest = Math.max(0, 1 - card.reasons.reduce((sum, { share }) => sum + share, 0));
  const parts = Object.entries(card.contributions ?? {}).filter(([, value]) => Math.abs(value) >= 0.0005).sort((a, b) => b[1] - a[1]);
  const most = Math.max(...parts.map(([, value]) => Math.abs(value)), 1e-9);
  return [
    card.reasons.length > 0 && h("dl.bars.long", null, card.reasons.map((reason) => row(sentence(reason, card), reason.share)),
      rest >= 0.005 && row(t("reason.rest"), rest)),
    parts.length > 0 && [
      h("h4", null, t("reason.sources")),
      h("dl.bars", null, parts.map(([name, value]) => h("div", null, h("dt", null, named("source", name)), h("dd", null,
        h(value < 0 ? "span.fill.against" : "span.fill", { style: { width: `${(Math.abs(value) / most) * 100}%` } }),
        h("span.amount", null, (value < 0 ? "−" : "+") + number(Math.abs(value), 2)))))),
    ],
  ];
}

/** The panel of an open work that is recommended. */
export const whyRecommended = (card) => h("section.why", { "aria-label": t("why") }, h("h3", null, t("why")),
  !card.reasons.length && h("p", null, unsaid(card)), allReasons(card));
