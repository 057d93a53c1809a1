// The page's words in the reader's language: ?lang= first, then what the browser prefers.
import en from "./words.en.js";
import zh from "./words.zh.js";

const asked = new URLSearchParams(location.search).get("lang");
const preferred = (navigator.languages ?? [navigator.language]).find((l) => /^(en|zh)\b/i.test(l)) ?? "en";
export const language = ["en", "zh"].includes(asked) ? asked : preferred.slice(0, 2).toLowerCase();
const words = language === "zh" ? zh : en;
const plural = new Intl.PluralRules(language);
const numbers = new Intl.NumberFormat(language);

/**
 * The words of a key, with {name} filled in. With `n`, the key's `.one` is taken where the language wants it; numbers are
 * written as the language writes them.
 */
export function t(key, values = {}) {
  let text = words[key];
  if ("n" in values && plural.select(values.n) === "one" && words[`${key}.one`]) text = words[`${key}.one`];
  return (text ?? key).replace(/\{(\w+)\}/g, (_, name) =>
    typeof values[name] === "number" ? numbers.format(values[name]) : (values[name] ?? ""));
}

/** The words of a name that the daemon may one day know more of than we (a block, a column, a code): else itself. */
export const named = (kind, name) => words[`${kind}.${name}`] ?? name.replaceAll("_", " ").replaceAll("-", " ");

export const number = (value, digits = 0) =>
  value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });

export const percent = (share, digits = 0) =>
  share.toLocaleString(language, { style: "percent", minimumFractionDigits: digits, maximumFractionDigits: digits });

export function bytes(count) {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
  let at = 0;
  while (count >= 1000 && at < 3) [count, at] = [count / 1000, at + 1];
  return count.toLocaleString(language, { style: "unit", unit: units[at], unitDisplay: "short", maximumFractionDigits: at ? 1 : 0 });
}

/** What went wrong, in a sentence: the daemon's own, or that there is none. */
export const trouble = (error) => (error.status === 0 ? t("error.unreachable") : error.message || t("error.unknown"));

/** Puts the words into the elements that stand in the HTML (data-t, data-t-label, data-t-placeholder). */
export function translatePage() {
  document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
  document.title = t("title");
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = t(element.dataset.t);
  for (const element of document.querySelectorAll("[data-t-label]")) {
    element.setAttribute("aria-label", t(element.dataset.tLabel));
    if (element.matches("button, a, label")) element.title = t(element.dataset.tLabel);
  }
  for (const element of document.querySelectorAll("[data-t-placeholder]")) {
    element.placeholder = t(element.dataset.tPlaceholder);
  }
}
