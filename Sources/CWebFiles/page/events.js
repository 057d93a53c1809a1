// News of the daemon (server-sent events), and the small sign of work in the header.
import { fill, h } from "./dom.js";
import { change } from "./store.js";
import { t } from "./words.js";

/**
 * Gives each kind of news to its function: { status, works, generation }. The browser connects again by itself. Only a tab
 * that is seen listens: each would hold one of the six connections that a browser has for one server.
 */
export function listen(handlers) {
  let source = null;
  function open() {
    if (source || document.hidden) return;
    source = new EventSource("/v1/events");
    for (const [name, handle] of Object.entries(handlers)) {
      source.addEventListener(name, (event) => {
        try {
          handle(JSON.parse(event.data));
        } catch { /* half a line: the next one will do */ }
      });
    }
  }
  function close() {
    source?.close();
    source = null;
  }
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  open();
}

export function progressSign(button) {
  button.addEventListener("click", () => change({ view: "activity", work: null }));
  return (status) => {
    const left = status.queue.waiting + status.queue.measuring;
    button.hidden = !left && !status.troubles.length;
    if (button.hidden) return;
    const done = status.queue.measured / Math.max(1, status.queue.measured + left);
    fill(button, h("span.ring", { style: { "--done": `${Math.round(done * 360)}deg` } }),
      h("span", null, left ? t("activity.left.short", { n: left }) : "!"));
    button.setAttribute("aria-label", left ? t("activity.left", { n: left }) : status.troubles[0]);
  };
}
