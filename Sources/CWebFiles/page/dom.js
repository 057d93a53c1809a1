// Elements without markup: whatever comes from a catalogue is set as text, never parsed.

/**
 * h("button.primary", { "aria-label": "…", onclick: f, style: { width: "3em" } }, children…)
 * Attributes that are null or false are left out; functions become listeners; `style` goes through the object model,
 * which the content security policy allows, as it does not allow style attributes.
 */
export function h(tag, attributes, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name);
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value == null || value === false) continue;
    if (typeof value === "function") element.addEventListener(key.slice(2), value);
    else if (key === "style") {
      for (const [property, set] of Object.entries(value)) element.style.setProperty(property, set);
    } else element.setAttribute(key, value === true ? "" : value);
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children) {
    if (Array.isArray(child)) append(element, child);
    else if (child != null && child !== false) element.append(child);
  }
}

/** Replaces what an element holds. */
export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
  return element;
}

const PATHS = {
  plus: "M12 5v14M5 12h14", minus: "M5 12h14", close: "M6 6l12 12M18 6L6 18",
  info: "M12 11v6M12 7v.5M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z",
  compare: "M4 5h7v14H4zM13 5h7v14h-7z", link: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 6 6l1-1",
  download: "M12 4v11M7 11l5 5 5-5M5 20h14", picture: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M9 9.5v.5",
  sliders: "M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4", theme: "M12 3a9 9 0 1 0 0 18V3Z M12 3a9 9 0 0 1 0 18",
  help: "M9 9a3 3 0 1 1 4.5 2.6c-.9.6-1.5 1.2-1.5 2.4M12 17.5v.5M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z",
  wall: "M4 4h7v9H4zM13 4h7v5h-7zM4 15h7v5H4zM13 11h7v9h-7z", map: "M6 7v.1M10 12v.1M7 17v.1M14 6v.1M17 10v.1M15 15v.1M19 18v.1M12 19v.1",
  time: "M4 20V10h4v10M10 20V4h4v16M16 20v-7h4v7", duplicates: "M8 8h12v12H8zM4 16V4h12", activity: "M3 12h4l3-7 4 14 3-7h4",
  you: "M12 20s-7-4.4-8.7-8.6A4.8 4.8 0 0 1 12 7.2a4.8 4.8 0 0 1 8.7 4.2C19 15.6 12 20 12 20Z",
  like: "M7 11v9H4v-9zM7 11l4-7c1.5 0 2.4 1 2.2 2.4L12.7 10H18a2 2 0 0 1 2 2.4l-1.2 6a2 2 0 0 1-2 1.6H7",
  dislike: "M7 13V4H4v9zM7 13l4 7c1.5 0 2.4-1 2.2-2.4L12.7 14H18a2 2 0 0 0 2-2.4l-1.2-6a2 2 0 0 0-2-1.6H7",
  favourite: "M12 3.7l2.6 5.3 5.8.8-4.2 4.1 1 5.8-5.2-2.7-5.2 2.7 1-5.8-4.2-4.1 5.8-.8Z", dismissed: "M6 6l12 12M18 6L6 18",
  same: "M4 9h16M4 15h16", next: "M9 5l7 7-7 7", back: "M15 5l-7 7 7 7", out: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
};

/** A line drawing of 24 units, for the eye only: what it means stands in its button's label. */
export function icon(name) {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon");
  const path = document.createElementNS(namespace, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** A button that shows a drawing; its label is its name and its tooltip. */
export const iconButton = (name, label, onclick, attributes) =>
  h("button.tool", { type: "button", "aria-label": label, title: label, onclick, ...attributes }, icon(name));

let spoken = 0;
/** Says something to screen readers, after what is going on has settled. */
export function announce(text) {
  clearTimeout(spoken);
  spoken = setTimeout(() => (document.getElementById("live").textContent = text), 250);
}

/** A modal dialog with a heading and a way out; it goes from the document when it closes. */
export function dialog(title, closeLabel, ...children) {
  const heading = h("h2", { id: "dialog-title" }, title);
  const box = h("dialog", { "aria-labelledby": "dialog-title", onclose: () => box.remove() },
    h("div.dialog-head", null, heading, iconButton("close", closeLabel, () => box.close())), ...children);
  // A click beside it closes it, as people expect.
  box.addEventListener("click", (event) => event.target === box && box.close());
  document.body.append(box);
  box.showModal();
  return box;
}

export const isTyping = (target) => target.closest?.("input:not([type=range]):not([type=checkbox]), select, textarea") != null;

/** What stands where an answer would: busy, empty or a problem. */
export const notice = (text, ...more) => h("div.notice", null, h("p", null, text), ...more);
