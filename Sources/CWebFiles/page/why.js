// Why a work is an answer: what each kind of evidence gave, the colours both have, and what both have that is unusual.
import { ask } from "./api.js";
import { fill, h } from "./dom.js";
import { searchColour } from "./tile.js";
import { language, named, number, percent, t, trouble } from "./words.js";

/** The parts of a score; a negative one pulls the work away. Bars are as long as their part of the largest. */
function contributions(hit) {
  const parts = Object.entries(hit.contributions).filter(([, value]) => Math.abs(value) >= 0.0005).sort((a, b) => b[1] - a[1]);
  const most = Math.max(...parts.map(([, value]) => Math.abs(value)), 1e-9);
  return h("dl.bars", null, parts.map(([name, value]) => h(`div.block-${name}`, null,
    h("dt", null, named("block", name)),
    h("dd", null,
      h(value < 0 ? "span.fill.against" : "span.fill", { style: { width: `${(Math.abs(value) / most) * 100}%` } }),
      h("span.amount", null, (value < 0 ? "−" : "+") + number(Math.abs(value), hit.fused ? 3 : 2))))));
}

/** For two works without a hit between them: how near each kind of evidence is, and how rare that is. */
const nearness = (blocks) => h("dl.bars", null, blocks.map(({ name, cosine, percentile }) => h(`div.block-${name}`, null,
  h("dt", null, named("block", name)),
  h("dd", null, h(cosine < 0 ? "span.fill.against" : "span.fill", { style: { width: `${Math.min(1, Math.abs(cosine)) * 100}%` } }),
    h("span.amount", { title: percentile == null ? null : t("score.rarer", { percent: number(percentile, 1) }) }, number(cosine, 2))))));

const colours = (shared) => h("div", null, h("h4", null, t("why.colours")),
  h("ul.shared", null, shared.map(({ name, colours: pair, shares }) => h("li", null,
    pair.map((colour, at) => h("button", {
      type: "button", style: { "background-color": colour }, title: t("palette.search", { colour }),
      "aria-label": `${name} ${percent(shares[at])}: ${t("palette.search", { colour })}`, onclick: () => searchColour(colour),
    })),
    h("span", null, name), h("span.amount", null, shares.map((share) => percent(share)).join(" / "))))));

const traits = (title, list) => h("div", null, h("h4", null, title),
  h("ul.traits", null, list.map(({ phrase, opposite, aspect, percentiles }) => h("li", {
    title: t("why.percentiles", { first: number(percentiles[0], 0), second: number(percentiles[1], 0) }),
  }, opposite ? t("why.against", { phrase, opposite }) : phrase, h("span.aspect", null, named("aspect", aspect))))));

/** The panel for work `second` beside `first` (a work, a picture, or null) and its hit, if it is one. */
export function why(first, second, hit) {
  if (!first && !hit) return null;
  const words = h("div.explained", null);
  const panel = h("section.why", { "aria-label": t("why") }, h("h3", null, t(hit ? "why" : "why.together")),
    hit && !hit.fused && h("p.score-line", null, h("strong", null, number(hit.score, 2)), " ",
      hit.percentile != null && t("score.rarer", { percent: number(hit.percentile, 1) })),
    hit && contributions(hit), words);
  if (!first) return panel;
  words.append(h("p.busy", { role: "status" }, t("busy")));
  ask("/v1/explain", { parameters: { first, second, language } }).then((answer) => {
    fill(words,
      h("p.summary", null, answer.summary),
      !hit && nearness(answer.blocks),
      answer.colours.length > 0 && colours(answer.colours),
      answer.alike.length > 0 && traits(t("why.alike"), answer.alike),
      answer.unlike.length > 0 && traits(t("why.unlike"), answer.unlike));
  }, (error) => fill(words, h("p.problem", null, trouble(error))));
  return panel;
}
