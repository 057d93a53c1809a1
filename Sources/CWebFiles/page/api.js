// Questions to the daemon. Every refusal is a problem document (RFC 9457); its sentence is what people are shown.

export class Problem extends Error {
  constructor(status, title, detail) {
    super(detail || title);
    Object.assign(this, { status, title, detail });
  }
}

/** Called when a key is wanted (401); set by the sign-in. */
export const whenRefused = { call: () => {} };

export async function ask(path, { method = "GET", parameters, body, type, signal, keepalive } = {}) {
  const query = parameters ? new URLSearchParams(parameters).toString() : "";
  let answer;
  try {
    answer = await fetch(path + (query ? `?${query}` : ""), {
      method, body, signal, keepalive, credentials: "same-origin", headers: type ? { "Content-Type": type } : {},
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem(0, "unreachable", null);
  }
  if (answer.ok) return answer.status === 204 ? null : answer.json();
  let problem = {};
  try {
    problem = await answer.json();
  } catch { /* something between us and the daemon answered */ }
  if (answer.status === 401 && path !== "/v1/session") whenRefused.call();
  throw new Problem(answer.status, problem.title ?? answer.statusText, problem.detail);
}

export const sendJSON = (path, document, method = "POST", options = {}) =>
  ask(path, { method, body: JSON.stringify(document), type: "application/json", ...options });

/** The thumbnail of the reproduction a card names, else of the work. */
export const thumbnail = (card, size) =>
  card.image ? fileThumbnail(card.image.file, size) : workThumbnail(card.id, size);
export const workThumbnail = (id, size) => `/v1/artworks/${encodeURIComponent(id)}/thumbnail?size=${size}`;
export const fileThumbnail = (file, size) => `/v1/files/${file}/thumbnail?size=${size}`;

/** The size to ask for so that `pixels` of the page are sharp on this screen. */
export function thumbnailSize(pixels) {
  const wanted = pixels * Math.min(devicePixelRatio || 1, 2);
  return [128, 256, 512].find((size) => size >= wanted * 0.9) ?? 1024;
}

/** A request of which only the newest matters: asking again gives the one before up. */
export function newest() {
  let controller = null;
  return async (path, options = {}) => {
    controller?.abort();
    const mine = (controller = new AbortController());
    const answer = await ask(path, { ...options, signal: mine.signal });
    // An answer that was already on its way when it was given up must not be shown after a newer one.
    if (mine !== controller) throw new DOMException("superseded", "AbortError");
    return answer;
  };
}

/**
 * Runs `work(signal)` for a stream of wishes, one at a time: while one runs, only the newest wish waits. Giving up each
 * request for the next would show nothing as long as a slider moves; a queue would lag behind the hand. A request that
 * takes longer than `patience` ms while another waits is given up.
 */
export function coalesced(work, patience = 400) {
  let running = null, waiting = false, timer = 0;
  async function go() {
    waiting = false;
    const mine = (running = new AbortController());
    try {
      await work(mine.signal);
    } finally {
      clearTimeout(timer);
      timer = 0;
      running = null;
      if (waiting) go();
    }
  }
  return {
    wish() {
      if (!running) return void go();
      waiting = true;
      timer ||= setTimeout(() => running?.abort(), patience);
    },
    /** What runs is for another question altogether: gives it up and starts anew. */
    restart() {
      if (!running) return void go();
      waiting = true;
      running.abort();
    },
  };
}
