// The works in the middle of the map, in words: the map for those who can't see or point at it.
import { ask } from "./api.js";
import { fill, h } from "./dom.js";
import { nameOf, picture, stateLink } from "./tile.js";
import { t } from "./words.js";

const REST = 350;

export function mapList() {
  const list = h("ul", null);
  const element = h("section.map-list", { "aria-label": t("map.middle") }, h("h2", null, t("map.middle")), list);
  let timer = 0, shown = "";

  async function show(ids) {
    const key = ids.join("\n");
    if (key === shown || !ids.length) return;
    shown = key;
    const quoted = ids.map((id) => `'${id.replaceAll("'", "''")}'`).join(", ");
    try {
      const { artworks } = await ask("/v1/artworks", { parameters: { filter: `id in (${quoted})`, limit: String(ids.length) } });
      if (key !== shown) return;
      const byID = new Map(artworks.map((card) => [card.id, card]));
      fill(list, ids.map((id) => byID.get(id)).filter(Boolean).map((card) => h("li", null,
        stateLink("a", null, (state) => ({ ...state, work: card.id }), picture(card, 128, ""), h("span", null, nameOf(card))))));
    } catch {
      shown = "";
    }
  }

  return {
    element,
    /** The map has been moved; `ids()` is asked once it rests. */
    moved(ids) {
      clearTimeout(timer);
      timer = setTimeout(() => show(ids()), REST);
    },
  };
}
