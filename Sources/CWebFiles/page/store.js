// The one state of the page, its history, and who wants to know when it changes.
import { format, parse } from "./state.js";

let state = parse(location.search);
let later = 0;
const listeners = new Set();

export const current = () => state;

/** Calls `listener(state, before)` after each change. */
export const onChange = (listener) => listeners.add(listener);

function write(kind) {
  clearTimeout(later);
  later = 0;
  const address = format(state);
  if (address === location.pathname + location.search) return;
  history[kind === "push" ? "pushState" : "replaceState"](null, "", address);
}

/**
 * Changes the state by an object or a function of it. "push" is a step that the back button undoes, "replace" is none;
 * "later" writes the address once things rest, because browsers refuse hundreds of addresses a second (a slider's).
 */
export function change(patch, kind = "push") {
  const next = typeof patch === "function" ? patch(state) : { ...state, ...patch };
  if (format(next) === format(state)) return;
  if (later && kind === "push") write("replace");
  const before = state;
  state = next;
  if (kind === "later") {
    clearTimeout(later);
    later = setTimeout(() => write("replace"), 400);
  } else write(kind);
  for (const listener of listeners) listener(state, before);
}

/** The address of a state as a whole, to be sent to somebody. */
export const link = (other = state) => location.origin + format(other);

addEventListener("popstate", () => {
  clearTimeout(later);
  later = 0;
  const before = state;
  state = parse(location.search);
  for (const listener of listeners) listener(state, before);
});
