// Who the view "for you" is for: the person this browser remembers, or nobody in particular, whose likes the tab keeps.

const FEW = 50;

/** The person chosen last, or null. */
export const remembered = () => localStorage.getItem("person");

export function remember(id) {
  if (id) localStorage.setItem("person", id);
  else localStorage.removeItem("person");
}

/** What somebody without a name did: never sent but as the works that a list is asked from, and gone with the tab. */
class Visitor {
  #all = { liked: [], hidden: [] };

  constructor() {
    try {
      const kept = JSON.parse(sessionStorage.getItem("visitor"));
      for (const side of Object.keys(this.#all)) if (Array.isArray(kept?.[side])) this.#all[side] = kept[side].map(String);
    } catch { /* not ours: begin anew */ }
  }

  get liked() {
    return this.#all.liked;
  }

  /** What is not shown again: liked, or not wanted. */
  get gone() {
    return [...this.#all.liked, ...this.#all.hidden];
  }

  note(id, kind) {
    this.drop(id, false);
    const side = kind === "like" || kind === "favourite" ? "liked" : "hidden";
    this.#all[side] = [...this.#all[side], id].slice(-FEW);
    this.#keep();
  }

  drop(id, kept = true) {
    for (const side of Object.keys(this.#all)) this.#all[side] = this.#all[side].filter((one) => one !== id);
    if (kept) this.#keep();
  }

  clear() {
    this.#all = { liked: [], hidden: [] };
    this.#keep();
  }

  #keep() {
    sessionStorage.setItem("visitor", JSON.stringify(this.#all));
  }
}

export const visitor = new Visitor();
