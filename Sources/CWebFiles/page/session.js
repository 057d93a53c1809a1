// Signing in with a key, where the daemon wants one. The key itself is not kept: a cookie that scripts can't read is.
import { ask, sendJSON, whenRefused } from "./api.js";
import { h } from "./dom.js";
import { t, trouble } from "./words.js";

let asking = null;
let scopes = null;

/** Whether the key in use opens "read", "write" or "admin". True before anything is known: the daemon refuses by itself. */
export const may = (scope) => scopes == null || scopes.includes(scope);

function signIn() {
  return (asking ??= new Promise((resolve) => {
    const problem = h("p.problem", { role: "alert", hidden: true });
    const key = h("input", { type: "password", name: "key", autocomplete: "current-password", required: true, id: "key" });
    const form = h("form", { onsubmit: send }, h("label", { for: "key" }, t("session.key")), key, problem,
      h("button.primary", { type: "submit" }, t("session.enter")));
    const box = h("dialog.session", { "aria-labelledby": "session-title", oncancel: (event) => event.preventDefault() },
      h("h2", { id: "session-title" }, t("session.title")), h("p.hint", null, t("session.hint")), form);

    async function send(event) {
      event.preventDefault();
      try {
        await sendJSON("/v1/session", { key: key.value.trim() });
        box.close();
        box.remove();
        asking = null;
        resolve(true);
      } catch (error) {
        problem.textContent = error.status === 401 || error.status === 403 ? t("session.wrong") : trouble(error);
        problem.hidden = false;
        key.select();
      }
    }
    document.body.append(box);
    box.showModal();
  }));
}

/** Resolves once the page may read: at once where no key is wanted. */
export async function enter(signOut) {
  // A key may be revoked while the page is open.
  whenRefused.call = async () => {
    if (asking) return;
    await signIn();
    location.reload();
  };
  let session;
  try {
    session = await ask("/v1/session");
  } catch {
    return; // The first real request says what is wrong.
  }
  ({ scopes } = session);
  if (!session.keys_required) return;
  signOut.hidden = false;
  signOut.addEventListener("click", async () => {
    await ask("/v1/session", { method: "DELETE" }).catch(() => {});
    location.reload();
  });
  if (scopes.includes("read")) return;
  await signIn();
  ({ scopes } = await ask("/v1/session").catch(() => ({ scopes: null })));
}
