// What the daemon is doing: work waiting and done, folders, works that came in, and files it could not read.
import { ask, sendJSON, workThumbnail } from "./api.js";
import { announce, fill, h, notice } from "./dom.js";
import { stateLink } from "./tile.js";
import { bytes, language, named, number, t, trouble } from "./words.js";

const RECENT = 24;

export function activityView() {
  const now = h("div.now", null);
  const recent = h("ul.recent", null);
  const recentPart = h("section", { hidden: true }, h("h2", null, t("activity.recent")), recent);
  const refused = h("section.quarantine", null);
  const element = h("section.view.page", { "aria-label": t("view.activity") },
    h("div.page-head", null, h("h1", null, t("view.activity"))), now, recentPart, refused);
  let started = false, count = null, came = [];

  function figure(name, value) {
    return h("div", null, h("dt", null, name), h("dd", null, value));
  }

  function status(document) {
    const { queue, counts } = document;
    const left = queue.waiting + queue.measuring;
    const doing = document.paused ? t("activity.paused", { reason: document.paused })
      : left ? t("activity.left", { n: left }) : document.building ? t("activity.building") : t("activity.idle");
    const bar = h("progress", {
      max: Math.max(1, queue.measured + left), value: queue.measured, "aria-label": t("activity.progress"), hidden: !left,
    });
    fill(now, h("p.doing", null, doing), bar,
      document.troubles.length > 0 && h("ul.troubles", null, document.troubles.map((text) => h("li", null, text))),
      h("dl.figures", null,
        figure(t("works"), number(document.works)), figure(t("files"), number(document.files)),
        Object.entries(counts).filter(([, n]) => n > 0).map(([name, n]) => figure(named("count", name), number(n))),
        figure(t("activity.pending"), number(document.pending)),
        document.generation != null && figure(t("activity.generation"), number(document.generation)),
        figure(t("activity.memory"), bytes(document.resident_bytes)), figure(t("activity.version"), document.version)),
      h("h2", null, t("activity.folders")),
      h("ul.folders", null, document.roots.map(({ folder, state }) =>
        h("li", null, h("code", null, folder), h("span.by", null, named("folder", state))))));
    if (count !== null && document.quarantined !== count) loadRefused();
    count = document.quarantined;
  }

  async function loadRefused(after) {
    try {
      const answer = await ask("/v1/quarantine", { parameters: { limit: "100", ...(after && { after }) } });
      drawRefused(answer, Boolean(after));
    } catch (error) {
      fill(refused, h("h2", null, t("quarantine")), notice(trouble(error)));
    }
  }

  const when = (text) => {
    const date = new Date(text);
    return Number.isNaN(date.valueOf()) ? text : date.toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
  };

  function row(file) {
    return h("tr", null,
      h("th", { scope: "row" }, file.name),
      h("td", null, file.reason, h("div.by", null, h("code", null, file.code))),
      h("td", null, number(file.attempts)), h("td", null, when(file.last_seen)),
      h("td", null, h("button", {
        type: "button", "aria-label": t("quarantine.retry.one", { name: file.name }), onclick: () => act("retry", [file.id]),
      }, t("quarantine.retry"))));
  }

  function drawRefused(answer, more) {
    const rest = answer.next && h("button", { type: "button", onclick: (event) => (event.target.remove(), loadRefused(answer.next)) }, t("more"));
    if (more) {
      refused.querySelector("tbody").append(...answer.files.map(row));
      if (rest) refused.append(rest);
      return;
    }
    fill(refused,
      h("div.panel-head", null, h("h2", null, t("quarantine")),
        answer.total > 0 && [
          h("button", { type: "button", onclick: () => act("retry") }, t("quarantine.retry.all")),
          h("button", { type: "button", onclick: () => confirm(t("quarantine.clear.sure")) && act("clear") }, t("quarantine.clear")),
        ]),
      answer.total === 0 ? h("p.hint", null, t("quarantine.empty")) : h("div.table", { tabindex: 0, role: "region", "aria-label": t("quarantine") },
        h("table", null,
          h("thead", null, h("tr", null, ["file", "reason", "attempts", "last", "act"].map((key) =>
            h("th", { scope: "col" }, h(key === "act" ? "span.sr-only" : "span", null, t(`quarantine.${key}`)))))),
          h("tbody", null, answer.files.map(row)))), rest);
  }

  async function act(what, ids) {
    try {
      const answer = what === "retry" ? await sendJSON("/v1/quarantine/retry", ids ? { ids } : {})
        : await ask("/v1/quarantine", { method: "DELETE" });
      announce(t(`quarantine.${what}.done`, { n: answer.files }));
      loadRefused();
    } catch (error) {
      refused.prepend(h("p.problem", { role: "alert" }, trouble(error)));
    }
  }

  return {
    element, status,
    arrived(ids) {
      came = [...ids, ...came.filter((id) => !ids.includes(id))].slice(0, RECENT);
      recentPart.hidden = !came.length;
      fill(recent, came.map((id) => h("li", null, stateLink("a", { "aria-label": id }, (state) => ({ ...state, work: id }),
        h("img", { src: workThumbnail(id, 128), alt: "" })))));
    },
    async update() {
      if (started) return;
      started = true;
      loadRefused();
      try {
        status(await ask("/v1/status"));
      } catch (error) {
        started = false;
        fill(now, notice(trouble(error)));
      }
    },
  };
}
