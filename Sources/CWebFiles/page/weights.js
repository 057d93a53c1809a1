// What counts, and how much: a slider for each block, which re-ranks as it moves.
import { ask } from "./api.js";
import { fill, h } from "./dom.js";
import { change, current } from "./store.js";
import { named, number, t } from "./words.js";

/** The sliders' end; weights are relative, so that more is only the same as less of the others. */
const MOST = 10;

export function weightPanel() {
  const sliders = h("div.sliders", null);
  const reset = h("button.quiet", { type: "button", onclick: () => change({ weights: {} }) }, t("weights.reset"));
  const element = h("section.panel.weights", { "aria-label": t("weights") },
    h("div.panel-head", null, h("h2", null, t("weights")), reset), sliders);
  let blocks = null, frame = 0, wishes = null, used = {};

  function moved(name, value, kind) {
    // At most one change a frame, however many a mouse reports.
    wishes = { ...wishes, [name]: value };
    if (kind === "replace") return settle(kind);
    frame ||= requestAnimationFrame(() => settle("later"));
  }

  function settle(kind) {
    cancelAnimationFrame(frame);
    frame = 0;
    const weights = { ...current().weights, ...wishes };
    wishes = null;
    for (const { name } of blocks) if (weights[name] === round(usual(name))) delete weights[name];
    change({ weights }, kind);
  }

  const round = (value) => Math.round(value * 10) / 10;
  /** What counts where nothing is said: the daemon gives words and colours more where they are asked for. */
  const usual = (name) => used[name] ?? blocks.find((block) => block.name === name)?.weight ?? 0;

  function build() {
    fill(sliders, blocks.map((block) => {
      const output = h("output", { id: `weight-${block.name}-value` });
      const input = h("input", {
        type: "range", min: 0, max: MOST, step: 0.1, id: `weight-${block.name}`, name: block.name,
        oninput: () => {
          output.textContent = number(Number(input.value), 1);
          moved(block.name, Number(input.value), "later");
        },
        onchange: () => moved(block.name, Number(input.value), "replace"),
      });
      Object.assign(block, { input, output });
      block.row = h(`div.slider.block-${block.name}`, null,
        h("label", { for: input.id, title: named("block.about", block.name) }, named("block", block.name)), input, output);
      return block.row;
    }));
  }

  async function load() {
    blocks = [];
    try {
      blocks = (await ask("/v1/blocks")).blocks;
      build();
      show(current());
    } catch {
      blocks = null; // The next search tries again.
    }
  }

  function show(state) {
    for (const { name, input, output, row } of blocks) {
      if (document.activeElement !== input || !wishes) input.value = state.weights[name] ?? round(usual(name));
      output.textContent = number(Number(input.value), 1);
      row.hidden = name === "palette" && !state.palette.length;
    }
    reset.hidden = !Object.keys(state.weights).length;
  }

  return {
    element,
    update(state) {
      if (!blocks) load();
      else if (blocks.length) show(state);
    },
    /** The weights that an answer was found with. */
    answered(weights, state) {
      used = { ...weights };
      for (const name of Object.keys(state.weights)) delete used[name];
      if (blocks?.length) show(state);
    },
  };
}
