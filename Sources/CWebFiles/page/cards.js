// Works that were asked for one by one, kept while they are recent: the query, the inspector and the map share them.
import { ask } from "./api.js";

const MOST = 400;

class Cards {
  #known = new Map();

  /** A work's document (a promise); a refusal is not kept. */
  get(id) {
    let work = this.#known.get(id);
    if (work) this.#known.delete(id);
    else {
      work = ask(`/v1/artworks/${encodeURIComponent(id)}`);
      work.catch(() => this.#known.delete(id));
    }
    this.#known.set(id, work);
    if (this.#known.size > MOST) this.#known.delete(this.#known.keys().next().value);
    return work;
  }

  forget(ids) {
    for (const id of ids) this.#known.delete(id);
  }
}

export const cards = new Cards();
