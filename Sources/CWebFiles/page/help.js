// What the keys do, and a way to do without them: who speaks to a computer sets them off by chance (WCAG 2.1.4).
import { dialog, h } from "./dom.js";
import { t } from "./words.js";

const KEYS = [
  ["keys.anywhere", [
    ["/", "keys.search"], ["u", "keys.upload"], ["1 – 6", "keys.views"], ["t", "keys.theme"], ["?", "keys.help"],
    ["Esc", "keys.close"],
  ]],
  ["keys.wall", [
    ["← → ↑ ↓", "keys.move"], ["Home End PgUp PgDn", "keys.far"], ["Enter", "keys.like"], ["i", "keys.work"],
    ["m +", "mark.more"], ["x −", "mark.less"], ["c", "tile.compare"], ["p", "keys.palette"],
  ]],
  ["view.you", [
    ["Enter", "tile.open"], ["l", "you.like"], ["f", "you.favourite"], ["d", "you.dislike"], ["x", "you.dismissed"],
  ]],
  ["keys.map", [
    ["← → ↑ ↓", "keys.pan"], ["+ −", "keys.zoom"], ["0", "zoom.whole"], ["Enter", "keys.middle"], ["L", "compare.linked"],
  ]],
];

export const singleKeys = () => localStorage.getItem("keys") !== "off";

const keySwitch = () => h("label.check", null, h("input", {
  type: "checkbox", checked: singleKeys(), onchange: (event) => localStorage.setItem("keys", event.target.checked ? "on" : "off"),
}), t("keys.single"));

export const showHelp = () => dialog(t("help"), t("close"),
  h("p", null, t("help.about")),
  h("div.keys", null, KEYS.map(([title, keys]) => h("section", null, h("h3", null, t(title)),
    h("dl", null, keys.map(([key, meaning]) => h("div", null,
      h("dt", null, key.split(" ").map((one) => (one === "–" ? " – " : h("kbd", null, one)))), h("dd", null, t(meaning)))))))),
  keySwitch());
