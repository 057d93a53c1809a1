// Copies: files that are the same bytes, reproductions of one picture, and works that are probably one, side by side.
import { fileThumbnail, newest } from "./api.js";
import { announce, fill, h, icon, notice } from "./dom.js";
import { TIERS, filterOf } from "./state.js";
import { change, current } from "./store.js";
import { openWork } from "./tile.js";
import { bytes, number, percent, t, trouble } from "./words.js";

const AT_ONCE = 40;

export function duplicatesView() {
  const heading = h("h1", null, t("view.duplicates"));
  const detail = h("p.detail", null);
  const tiers = h("div.chips", { role: "group", "aria-label": t("duplicates.tiers") });
  const list = h("ul.groups", null);
  const more = h("button", { type: "button", hidden: true, onclick: () => draw(shown + AT_ONCE) }, t("more"));
  const element = h("section.view.page", { "aria-label": t("view.duplicates") },
    h("div.page-head", null, heading, detail, tiers), list, more);
  const request = newest();
  let answer = null, asked = null, shown = 0;

  const fileOf = (file) => h("li", null,
    h("button.plain", { type: "button", onclick: () => openWork(file.id), title: t("tile.open") },
      h("img", { src: fileThumbnail(file.file, 256), alt: file.title || file.name, loading: "lazy", decoding: "async" })),
    h("div.title", { title: file.title }, file.title || file.id),
    h("div.by", null, [file.artist, file.date].filter(Boolean).join(" · ")),
    h("div.by.name", { title: file.name }, file.name),
    h("div.by", null, `${file.format.toUpperCase()} · ${file.width} × ${file.height} · ${bytes(file.bytes)}`));

  /** What speaks for two files being the same, in words. */
  function evidence(pair) {
    const parts = [t("duplicates.similarity", { share: percent(pair.similarity) })];
    const found = pair.evidence;
    if (found?.mirrored) parts.push(t("duplicates.mirrored"));
    if (found && Math.abs(found.rotation) >= 0.5) parts.push(t("duplicates.rotated", { degrees: number(Math.abs(found.rotation), 1) }));
    return parts.join(", ");
  }

  function group({ tier, files, pairs }) {
    const best = pairs.reduce((a, b) => (b.similarity > a.similarity ? b : a), pairs[0]);
    return h("li.group-of-copies", null,
      h("div.group-head", null, h("h2", null, t(`tier.${tier}`)), best && h("span.by", null, evidence(best)),
        h("button", { type: "button", onclick: () => change({ compare: files.slice(0, 4).map((f) => `file:${f.file}`), look: true }) },
          icon("compare"), t("compare"))),
      h("ul.copies", null, files.map(fileOf)));
  }

  function draw(count) {
    const groups = answer.groups.slice(shown, count);
    list.append(...groups.map(group));
    shown += groups.length;
    more.hidden = shown >= answer.groups.length;
  }

  async function load(state) {
    const q = new URLSearchParams();
    for (const tier of state.tiers) q.append("tier", tier);
    const filter = filterOf(state);
    if (filter) q.append("filter", filter);
    if (asked === String(q) && answer) return;
    asked = String(q);
    answer = null;
    fill(list, h("li.busy", { role: "status" }, t("duplicates.busy")));
    more.hidden = true;
    try {
      answer = await request("/v1/duplicates", { parameters: q });
      shown = 0;
      drawTiers(current());
      fill(list);
      detail.textContent = t("duplicates.groups", { n: answer.groups.length });
      announce(detail.textContent);
      if (!answer.groups.length) fill(list, h("li", null, notice(t("empty.duplicates"))));
      else draw(AT_ONCE);
    } catch (error) {
      if (error.name === "AbortError") return;
      detail.textContent = "";
      fill(list, h("li", null, notice(trouble(error), h("button", { type: "button", onclick: () => load(current()) }, t("again")))));
    }
  }

  function drawTiers(state) {
    const focused = tiers.contains(document.activeElement) ? [...tiers.children].indexOf(document.activeElement) : -1;
    fill(tiers, TIERS.map((tier) => {
      const on = state.tiers.includes(tier);
      return h("button.chip", {
        type: "button", "aria-pressed": String(on),
        onclick: () => change((s) => ({ ...s, tiers: on ? s.tiers.filter((one) => one !== tier) : [...s.tiers, tier] })),
      }, t(`tier.${tier}`), answer?.pairs?.[tier] != null && h("span.count", null, number(answer.pairs[tier])));
    }));
    tiers.children[focused]?.focus();
  }

  return {
    element,
    update(state) {
      drawTiers(state);
      load(state);
    },
    renew() {
      asked = null;
      load(current());
    },
  };
}
