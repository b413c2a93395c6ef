/** What somebody else changed marks itself; a form being edited is never overwritten. */

import { say, toast, words } from "remonta/toast";

const KINDS = ["changed", "reload", "ended", "notice", "presence"];
const ORDER = "orders.workorder";
const REST = 20000;
const TOGETHER = 200;
/** @type {EventSource | null} */
let source = null;
let newest = "";
let hiding = 0;

/**
 * What changed (`subject` is a model, `thread` the order it belongs to), or what is to be said.
 * @typedef {{subject?: string, id?: number, thread?: number | null, name?: string, mine?: boolean, text?: string, url?: string, tone?: import("remonta/toast").Toast["tone"], count?: number, people?: string[]}} News
 */

/**
 * @param {string} attribute
 * @param {string} name
 * @returns {HTMLElement[]}
 */
const listeners = (attribute, name) => /** @type {HTMLElement[]} */ ([...document.querySelectorAll(`[${attribute}~="${CSS.escape(name)}"]`)]);

/** @param {Element} place */
const listens = (place) => (place.getAttribute("hx-trigger") ?? "").includes("live");

/** @param {Element} place */
const edited = (place) => Boolean(place.querySelector("form[data-dirty]") ?? place.closest("form[data-dirty]"));

/** @type {Map<string, boolean>} what has changed and whether it was all our own doing */
const waiting = new Map();

/** The names pages know a change by: the thing itself, its order, and the kinds of both. @param {News} news */
function names({ subject = "", id, thread }) {
  const things = [`${subject}:${id}`, ...(thread ? [`${ORDER}:${thread}`] : [])];
  return [...new Set([...things, ...things.map((thing) => thing.split(":")[0])])];
}

/**
 * Several changes of one thing in a moment are one.
 * @param {News} news
 */
function soon(news) {
  if (!waiting.size) setTimeout(() => {
    const all = [...waiting];
    waiting.clear();
    for (const [name, mine] of all) changed(name, mine);
  }, TOGETHER);
  for (const name of names(news)) waiting.set(name, Boolean(news.mine) && (waiting.get(name) ?? true));
}

/**
 * @param {string} name
 * @param {boolean} mine
 */
function changed(name, mine) {
  for (const place of listeners("data-live", name)) refresh(place, mine);
  for (const form of listeners("data-live-form", name)) if (!mine) offer(form, words("live-newer"), reload);
  for (const list of listeners("data-live-list", name)) fresher(list, mine);
}

/**
 * @param {HTMLElement} place
 * @param {boolean} mine
 */
function refresh(place, mine) {
  if (edited(place)) return mine ? undefined : offer(place, words("live-newer"), reload);
  if (listens(place)) return window.htmx.trigger(place, "live", { mine });
  const url = place.dataset.liveUrl;
  if (url && place.id) return fetched(place, url, mine);
  if (mine) return undefined;
  if (place.id === "main") return offer(place, words("live-newer"), reload);
  place.classList.remove("is-changed");
  requestAnimationFrame(() => place.classList.add("is-changed"));
  return undefined;
}

/**
 * @param {HTMLElement} list
 * @param {boolean} mine
 */
function fresher(list, mine) {
  if (listens(list)) return window.htmx.trigger(list, "live", { mine });
  const url = list.dataset.liveReload;
  if (mine || !url || !list.id) return undefined;
  return offer(list, words("live-rows"), () => fetched(list, url, true));
}

/**
 * @param {HTMLElement} place
 * @param {string} url
 * @param {boolean} mine
 */
function fetched(place, url, mine) {
  const [itself, event] = [`#${place.id}`, new CustomEvent("live", { detail: { mine } })];
  return window.htmx.ajax("get", url, { target: itself, select: itself, swap: "outerHTML", event });
}

/**
 * News that was asked for before somebody began to write, and comes after.
 * @param {Event} event
 */
function tooLate(event) {
  const { detail } = /** @type {CustomEvent} */ (event);
  const asked = detail.requestConfig.triggeringEvent;
  if (asked?.type !== "live" || !edited(detail.target)) return;
  detail.shouldSwap = false;
  if (!asked.detail.mine) offer(detail.target, words("live-newer"), reload);
}

/** @returns {void} */
const reload = () => location.reload();

/**
 * One line above what is out of date, with the way to the newest.
 * @param {HTMLElement} place
 * @param {string} text
 * @param {() => void} act
 */
function offer(place, text, act) {
  if (place.querySelector(":scope > .live-offer")) return;
  const line = document.createElement("div");
  line.className = "live-offer";
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "btn btn-sm", textContent: words("live-show") });
  button.addEventListener("click", () => { line.remove(); act(); });
  line.append(text, button);
  place.prepend(line);
  say(text);
}

/** @param {News} news */
function noticed(news) {
  const count = /** @type {HTMLElement | null} */ (document.querySelector("[data-notice-count]"));
  if (count && news.count !== undefined) {
    count.textContent = String(news.count);
    count.hidden = !news.count;
  }
  if (news.text) toast({ text: news.text, url: news.url, tone: news.tone });
}

/** @param {News} news */
function present(news) {
  const people = (news.people ?? []).join(", ");
  if (news.subject && document.querySelector("main")?.dataset.live === news.subject) beside(news.subject);
  for (const place of listeners("data-presence", news.subject ?? "")) {
    place.textContent = people ? `${words("live-here")} ${people}` : "";
    place.hidden = !people;
  }
}

/**
 * The place in the page's head that names who else is here.
 * @param {string} subject
 */
function beside(subject) {
  if (listeners("data-presence", subject).length) return;
  const place = Object.assign(document.createElement("p"), { className: "also-here", hidden: true });
  place.dataset.presence = subject;
  document.querySelector(".page-name")?.append(place);
}

/** Too much has happened to tell it piece by piece. */
function outdated() {
  const main = document.querySelector("main");
  if (main) offer(main, words("live-newer"), reload);
}

/** The session is over, here or on another device. */
function ended() {
  rest();
  toast({ text: words("live-ended"), tone: "warn", stay: true, url: location.href });
}

/** @param {MessageEvent} event */
function arrived(event) {
  if (event.lastEventId) newest = event.lastEventId;
  /** @type {News} */
  let news;
  try { news = JSON.parse(event.data); } catch { return; }
  if (event.type === "changed") soon(news);
  if (event.type === "reload") outdated();
  if (event.type === "ended") ended();
  if (event.type === "notice") noticed(news);
  if (event.type === "presence") present(news);
  document.dispatchEvent(new CustomEvent(`live:${event.type === "changed" ? news.name : event.type}`, { detail: news }));
}

function listen() {
  const { liveUrl, liveAfter = "" } = document.body.dataset;
  if (!liveUrl || source) return;
  const at = document.querySelector("main")?.dataset.live ?? "";
  const query = new URLSearchParams(Object.entries({ after: newest || liveAfter, at }).filter(([, value]) => value));
  source = new EventSource(`${liveUrl}?${query}`);
  for (const kind of KINDS) source.addEventListener(kind, arrived);
}

function rest() {
  source?.close();
  source = null;
}

export function start() {
  listen();
  document.addEventListener("input", (event) => {
    const form = /** @type {Element} */ (event.target).closest?.("form");
    if (form && !form.matches("[data-palette], [data-filters]")) form.setAttribute("data-dirty", "");
  });
  document.addEventListener("reset", (event) => /** @type {Element} */ (event.target).removeAttribute("data-dirty"));
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const { elt, successful } = /** @type {CustomEvent} */ (event).detail;
    if (successful) elt.closest?.("form")?.removeAttribute("data-dirty");
  });
  document.body.addEventListener("htmx:beforeSwap", tooLate);
  document.addEventListener("visibilitychange", () => {
    clearTimeout(hiding);
    if (document.visibilityState === "visible") listen();
    else hiding = setTimeout(rest, REST);
  });
  addEventListener("pagehide", rest);
  addEventListener("pageshow", listen);
}
