// What a view shows, and its address. Pure: nothing here touches the document, so that a link can be tested by itself.

export const VIEWS = ["wall", "map", "time", "duplicates", "activity", "you"];
export const SORTS = ["-added", "added", "title", "artist", "date", "-date", "id"];
export const TIERS = ["same-bytes", "same-reproduction", "same-work"];
/** How many works are recommended at once; the second where nothing is said. */
export const COUNTS = [12, 24, 48, 96];

/**
 * The state of the bare address. `pick` is facet → values, `at` the place on the map (x, y in 0…1, zoom); `user`, `strategy`,
 * `available` and `count` are of the view "for you".
 */
export const EMPTY = Object.freeze({
  view: "wall", like: [], unlike: [], region: null, text: "", palette: [], weights: {}, pick: {}, filter: "",
  from: null, to: null, sort: "-added", diverse: false, per: null, work: null, compare: [], look: false, colour: "",
  at: null, tiers: [], user: null, strategy: "", available: false, count: COUNTS[1], lang: null,
});

const COLOUR = /^#?([0-9a-f]{6})(?::(\d+(?:\.\d+)?))?$/i;
const REGION = /^pct:(\d+(?:\.\d+)?),(\d+(?:\.\d+)?),(\d+(?:\.\d+)?),(\d+(?:\.\d+)?)$/;

/** A region in hundredths of the picture; null for what is none. At least one hundredth wide and high, and inside. */
export function regionOf(text) {
  const found = REGION.exec(text ?? "");
  if (!found) return null;
  const [x, y, w, h] = found.slice(1).map(Number);
  if (x > 99 || y > 99 || w < 1 || h < 1) return null;
  return { x, y, w: Math.min(w, 100 - x), h: Math.min(h, 100 - y) };
}

export const regionText = (r) => `pct:${[r.x, r.y, r.w, r.h].map((n) => Math.round(n * 10) / 10).join(",")}`;

/** "#1d3557:2,e63946" as colours with weights; what is no colour is left out. */
export function paletteOf(text) {
  const colours = [];
  for (const part of (text ?? "").split(",")) {
    const found = COLOUR.exec(part.trim());
    if (found) colours.push({ colour: `#${found[1].toLowerCase()}`, weight: Number(found[2] ?? 1) || 1 });
  }
  return colours.slice(0, 16);
}

const paletteText = (palette, hash = "") =>
  palette.map((c) => hash + c.colour.slice(1) + (c.weight === 1 ? "" : `:${c.weight}`)).join(",");

function pairsOf(text) {
  const pairs = {};
  for (const part of (text ?? "").split(",")) {
    const [name, value] = part.split(":");
    if (/^[a-z][\w-]*$/i.test(name) && value !== "" && Number(value) >= 0 && Number(value) <= 1000) {
      pairs[name] = Number(value);
    }
  }
  return pairs;
}

const year = (text) => (/^-?\d{1,4}$/.test(text ?? "") ? Number(text) : null);
const once = (values) => [...new Set(values.filter((v) => v !== ""))].slice(0, 64);

/** The state of an address's query ("?like=…"). What can't be understood is left out rather than refused. */
export function parse(query) {
  const q = new URLSearchParams(query);
  const one = (name, allowed, otherwise) => (allowed.includes(q.get(name)) ? q.get(name) : otherwise);
  const pick = {};
  for (const text of q.getAll("pick")) {
    const colon = text.indexOf(":");
    if (colon > 0) pick[text.slice(0, colon)] = once([...(pick[text.slice(0, colon)] ?? []), text.slice(colon + 1)]);
  }
  const region = regionOf(q.get("region"));
  const at = (q.get("at") ?? "").split(",").map(Number);
  const per = /^([\p{L}\d_-]+):([1-9]\d?)$/u.exec(q.get("per") ?? "");
  return {
    view: one("view", VIEWS, "wall"),
    like: once(q.getAll("like")), unlike: once(q.getAll("unlike")),
    region: region && regionText(region),
    text: q.get("text") ?? "", palette: paletteOf(q.get("palette")), weights: pairsOf(q.get("weights")),
    pick, filter: q.get("filter") ?? "", from: year(q.get("from")), to: year(q.get("to")),
    sort: one("sort", SORTS, "-added"), diverse: q.get("diverse") === "true",
    per: per && { column: per[1], most: Number(per[2]) },
    work: q.get("work") || null, compare: q.getAll("compare").filter((v) => v !== "").slice(0, 4),
    look: q.get("look") === "true" && q.has("compare"), colour: q.get("colour") ?? "",
    at: at.length === 3 && at.every(Number.isFinite) && at[2] > 0 ? { x: at[0], y: at[1], zoom: at[2] } : null,
    tiers: TIERS.filter((tier) => q.getAll("tier").includes(tier)),
    user: q.get("user") || null, strategy: q.get("strategy") ?? "", available: q.get("available") === "true",
    count: Number(one("k", COUNTS.map(String), COUNTS[1])),
    lang: one("lang", ["en", "zh"], null),
  };
}

/** The address of a state: "/" or "/?…", always the same for the same state, so that equal views have equal links. */
export function format(state) {
  const q = new URLSearchParams();
  const put = (name, value, otherwise) => value !== otherwise && value != null && value !== "" && q.append(name, value);
  put("view", state.view, "wall");
  for (const id of state.like) q.append("like", id);
  for (const id of state.unlike) q.append("unlike", id);
  put("region", state.region);
  put("text", state.text);
  put("palette", paletteText(state.palette));
  put("weights", Object.keys(state.weights).sort().map((name) => `${name}:${state.weights[name]}`).join(","));
  for (const column of Object.keys(state.pick).sort()) {
    for (const value of state.pick[column]) q.append("pick", `${column}:${value}`);
  }
  put("filter", state.filter);
  put("from", state.from);
  put("to", state.to);
  put("sort", state.sort, "-added");
  if (state.diverse) q.append("diverse", "true");
  if (state.per) q.append("per", `${state.per.column}:${state.per.most}`);
  put("work", state.work);
  for (const id of state.compare) q.append("compare", id);
  if (state.look && state.compare.length) q.append("look", "true");
  put("colour", state.colour);
  if (state.at) q.append("at", `${state.at.x.toFixed(4)},${state.at.y.toFixed(4)},${state.at.zoom.toFixed(2)}`);
  for (const tier of state.tiers) q.append("tier", tier);
  if (state.view === "you") {
    // Nowhere else: a link to a work or an answer says nothing of who sends it.
    put("user", state.user);
    put("strategy", state.strategy);
    if (state.available) q.append("available", "true");
    put("k", state.count, COUNTS[1]);
  }
  put("lang", state.lang);
  const text = q.toString();
  return text ? `/?${text}` : "/";
}

const quoted = (value) => `'${value.replaceAll("'", "''")}'`;
const columnName = (name) =>
  /^[\p{L}_][\p{L}\d_-]*$/u.test(name) && !/^(and|or|not|in)$/i.test(name) ? name : `\`${name.replaceAll("`", "``")}\``;

/** The filter expression of the facets, years and words of a state; `except` leaves one facet out, for its own counts. */
export function filterOf(state, except = null) {
  const parts = [];
  for (const column of Object.keys(state.pick).sort()) {
    if (column === except || !state.pick[column].length) continue;
    parts.push(`${columnName(column)} in (${state.pick[column].map(quoted).join(", ")})`);
  }
  if (state.from != null) parts.push(`date >= ${quoted(String(state.from))}`);
  if (state.to != null) parts.push(`date <= ${quoted(String(state.to))}`);
  if (state.filter) parts.push(parts.length ? `(${state.filter})` : state.filter);
  return parts.join(" and ");
}

export const isSearch = (state) => state.like.length > 0 || state.text.trim() !== "" || state.palette.length > 0;

/**
 * The parameters of /v1/similar. A region is of one picture, so with several it doesn't count; of a picture that somebody
 * brought the id itself means the part (pictures.js).
 */
export function similarParameters(state, k) {
  const q = new URLSearchParams();
  for (const id of state.like) q.append("like", id);
  if (state.like.length) for (const id of state.unlike) q.append("unlike", id);
  if (state.region && state.like.length === 1 && !state.like[0].startsWith("picture:")) q.append("region", state.region);
  if (state.text.trim()) q.append("text", state.text.trim());
  if (state.palette.length) q.append("palette", paletteText(state.palette, "#"));
  const weights = Object.entries(state.weights).map(([name, value]) => `${name}=${value}`);
  if (weights.length) q.append("weights", weights.sort().join(","));
  const filter = filterOf(state);
  if (filter) q.append("filter", filter);
  if (state.diverse) q.append("diverse", "true");
  if (state.per) q.append("max_per", `${state.per.column}=${state.per.most}`);
  q.append("k", String(k));
  return q;
}

/** The parameters of a list of recommendations; `likes` are works that somebody without a name liked. */
export function recommendationParameters(state, k, likes = []) {
  const q = new URLSearchParams();
  for (const id of likes) q.append("like", id);
  if (state.strategy) q.append("strategy", state.strategy);
  const filter = filterOf(state);
  if (filter) q.append("filter", filter);
  if (state.available) q.append("available", "true");
  q.append("k", String(k));
  return q;
}

/** The state that looks for the like of one work: what was asked before goes, how to weigh and filter stays. */
export const likeOf = (state, id) => ({
  ...state, view: "wall", like: [id], unlike: [], region: null, text: "", palette: [], work: null, look: false,
});

/** The state with a hit marked as "more like this" (`like`) or "not this" (`unlike`), or the mark taken away again. */
export function marked(state, id, side) {
  const other = side === "like" ? "unlike" : "like";
  const has = state[side].includes(id);
  return {
    ...state, [side]: has ? state[side].filter((i) => i !== id) : [...state[side], id].slice(-64),
    [other]: state[other].filter((i) => i !== id),
  };
}

/** The state with a facet's value chosen, or no longer chosen. */
export function picked(state, column, value) {
  const before = state.pick[column] ?? [];
  const values = before.includes(value) ? before.filter((v) => v !== value) : [...before, value];
  const pick = { ...state.pick, [column]: values };
  if (!values.length) delete pick[column];
  return { ...state, pick };
}
