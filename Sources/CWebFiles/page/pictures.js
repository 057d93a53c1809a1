// Pictures that a person brings: dropped, pasted or chosen. The daemon measures them and keeps no image; what is shown of
// them here is a small copy that lives as long as the tab.
import { ask, workThumbnail } from "./api.js";
import { announce, h } from "./dom.js";
import { likeOf } from "./state.js";
import { change } from "./store.js";
import { t, trouble } from "./words.js";

export const isPicture = (id) => id.startsWith("picture:");

/** The address of something to look at for an id of a query; null for a picture of which this tab has no copy. */
export const lookOf = (id, size) => (isPicture(id) ? sessionStorage.getItem(id) : workThumbnail(id, size));

/** A copy of at most 640 pixels; null where the browser can't read the format, which the daemon may yet. */
async function smallCopy(file) {
  try {
    const bitmap = await createImageBitmap(file);
    const scale = Math.min(1, 640 / Math.max(bitmap.width, bitmap.height));
    const canvas = h("canvas", { width: Math.round(bitmap.width * scale), height: Math.round(bitmap.height * scale) });
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    return canvas.toDataURL("image/jpeg", 0.85);
  } catch {
    return null;
  }
}

function keep(id, copy) {
  try {
    if (copy) sessionStorage.setItem(id, copy);
  } catch {
    // Full: the oldest copies make room; looking at them again is a convenience only.
    for (const key of Object.keys(sessionStorage)) if (key.startsWith("picture:")) sessionStorage.removeItem(key);
  }
}

/** The files of this visit by the id that the daemon gave them: a part of one can be asked for without choosing it again. */
const files = new Map();
const busy = h("div.toast", { role: "alert", hidden: true });

/** Sends a picture, or a part of it, to be measured; the id under which that can be asked with. */
async function measured(file, region) {
  busy.textContent = t("picture.measuring");
  busy.className = "toast";
  busy.hidden = false;
  try {
    const type = /^image\//.test(file.type) ? file.type : "application/octet-stream";
    const { id } = await ask("/v1/pictures", { method: "POST", body: file, type, parameters: region ? { region } : {} });
    files.set(id, file);
    busy.hidden = true;
    announce(t("picture.measured"));
    return id;
  } catch (error) {
    complain(trouble(error));
    return null;
  }
}

function complain(text) {
  busy.textContent = text;
  busy.className = "toast bad";
  busy.hidden = false;
  setTimeout(() => (busy.hidden = true), 6000);
}

export async function search(file) {
  const [id, copy] = await Promise.all([measured(file), smallCopy(file)]);
  if (!id) return;
  keep(id, copy);
  change((state) => likeOf(state, id));
}

/** The bytes of a data address, without a request: the content security policy allows none to it. */
const blobOf = (address) =>
  new Blob([Uint8Array.from(atob(address.split(",")[1]), (letter) => letter.charCodeAt(0))], { type: "image/jpeg" });

let wishes = 0;
/**
 * Asks with a part of a picture that somebody brought (null: with the whole of it). The daemon has its numbers alone, so it is
 * sent again: the file, or after a reload the small copy.
 */
export async function searchPart(id, region) {
  const copy = sessionStorage.getItem(id);
  const file = files.get(id) ?? (copy && blobOf(copy));
  if (!file) return complain(t("picture.no-copy"));
  const mine = (wishes += 1);
  const part = await measured(file, region);
  if (!part || mine !== wishes) return;
  keep(part, copy);
  change((state) => ({ ...state, like: [part], region }));
}

/** A picture dragged from another page comes as its address only; that would be fetched from elsewhere, which we don't. */
const imageIn = (transfer) => [...(transfer?.files ?? [])][0];

export function watchPictures() {
  const input = document.getElementById("picture-file");
  document.getElementById("pick-picture").addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    if (input.files[0]) search(input.files[0]);
    input.value = "";
  });
  const veil = h("div.veil", { hidden: true }, h("p", null, t("picture.drop")));
  document.body.append(veil, busy);
  let depth = 0;
  const over = (inside) => (veil.hidden = !inside);
  addEventListener("dragenter", (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    depth += 1;
    over(true);
  });
  addEventListener("dragleave", () => (depth = Math.max(0, depth - 1)) || over(false));
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    depth = 0;
    over(false);
    const file = imageIn(event.dataTransfer);
    if (file) search(file);
  });
  addEventListener("paste", (event) => {
    const file = imageIn(event.clipboardData);
    if (file) search(file);
  });
}
