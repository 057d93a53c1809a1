// News of the daemon (server-sent events), and the small sign of work in the header.
import { fill, h } from "./dom.js";
import { change } from "./store.js";
import { t } from "./words.js";

/** Gives each kind of news to its function: { status, works, generation }. The browser connects again by itself. */
export function listen(handlers) {
  const source = new EventSource("/v1/events");
  for (const [name, handle] of Object.entries(handlers)) {
    source.addEventListener(name, (event) => {
      try {
        handle(JSON.parse(event.data));
      } catch { /* half a line: the next one will do */ }
    });
  }
  // A connection for each of many open tabs would use up the few that a browser has for one server.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || source.readyState !== EventSource.CLOSED) return;
    source.close();
    listen(handlers);
  }, { once: true });
  addEventListener("pagehide", () => source.close());
}

export function progressSign(button) {
  button.addEventListener("click", () => change({ view: "activity", work: null }));
  return (status) => {
    const left = status.queue.waiting + status.queue.measuring;
    button.hidden = !left && !status.troubles.length;
    if (button.hidden) return;
    const done = status.queue.measured / Math.max(1, status.queue.measured + left);
    fill(button, h("span.ring", { style: { "--done": `${Math.round(done * 360)}deg` } }), h("span", null, left ? t("activity.left.short", { n: left }) : "!"));
    button.setAttribute("aria-label", left ? t("activity.left", { n: left }) : status.troubles[0]);
  };
}
