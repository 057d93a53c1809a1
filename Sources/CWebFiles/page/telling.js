// What somebody did with a work, told to the daemon: each thing once, and with the list that it came from.
import { Problem, sendJSON } from "./api.js";
import { onChange } from "./store.js";

/** Seconds: a shorter look is none, and a longer one is a page that was left open. */
const LEAST = 1, MOST = 4 * 3600;

/** A key that no other event has. `randomUUID` is there on secure addresses alone; a gallery's own network may have none. */
export const freshKey = () =>
  crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/**
 * Sends { user, work, kind, value?, list? }. The daemon's clock says when: this one's may be wrong, and what comes from the future
 * is refused. Said twice by the same key, it counts once.
 */
export async function tell(events, { key, keepalive } = {}) {
  const all = [events].flat().map((event) => ({ key: key ?? freshKey(), ...event }));
  const { refused } = await sendJSON("/v1/events", { events: all }, "POST", { keepalive });
  if (refused?.length) throw new Problem(422, refused[0].reason, refused[0].detail);
}

/**
 * Tells which works somebody opens from their list, and how long each was looked at. `person()` is who they are, or null;
 * `listOf(id)` the list that a work came from. A tab that isn't seen isn't looked at.
 */
export function watchSheets({ person, listOf }) {
  let open = null;

  function rest() {
    if (!open?.since) return;
    const seconds = Math.min(MOST, (performance.now() - open.since) / 1000);
    open.since = 0;
    if (seconds < LEAST) return;
    const { user, work, list } = open;
    tell({ user, work, kind: "dwell", value: Math.round(seconds * 10) / 10, list }, { keepalive: true }).catch(() => {});
  }

  function look(state) {
    rest();
    open = null;
    const user = person();
    if (!user || state.view !== "you" || !state.work) return;
    open = { user, work: state.work, list: listOf(state.work), since: performance.now() };
    tell({ user, work: open.work, kind: "view", list: open.list }).catch(() => {});
  }

  onChange((state, before) => {
    if (state.work !== before.work || state.view !== before.view || state.user !== before.user) look(state);
  });
  addEventListener("pagehide", rest);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) rest();
    else if (open) open.since = performance.now();
  });
}
