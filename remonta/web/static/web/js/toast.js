/** Short sentences in the corner, said aloud too. */

import { uuid7 } from "remonta/operation";

const ICONS = { info: "info-circle", good: "circle-check", warn: "alert-triangle", bad: "alert-circle", wait: "hourglass" };

/** @typedef {{text: string, tone?: keyof typeof ICONS, undo?: string, undoLabel?: string, url?: string, stay?: boolean}} Toast */

/** @returns {string} */
const sprite = () => document.body.dataset.sprite ?? "/static/web/icons.svg";

/**
 * @param {string} name
 * @returns {SVGSVGElement}
 */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS("http://www.w3.org/2000/svg", "use"));
  svg.firstElementChild?.setAttribute("href", `${sprite()}#${name}`);
  return svg;
}

/**
 * Reads a sentence aloud without showing it.
 * @param {string} text
 * @param {boolean} [urgent]
 */
export function say(text, urgent = false) {
  const voice = document.getElementById(urgent ? "cry" : "say");
  if (!voice) return;
  voice.textContent = "";
  requestAnimationFrame(() => { voice.textContent = text; });
}

/**
 * @param {Toast | string} toast
 * @returns {HTMLElement | null}
 */
export function toast(toast) {
  const { text, tone = "info", undo, undoLabel, url, stay } = typeof toast === "string" ? /** @type {Toast} */ ({ text: toast }) : toast;
  const region = document.getElementById("toasts");
  if (!region) return null;
  const line = document.createElement("div");
  line.className = `toast-line tone-${tone}`;
  const words = document.createElement("div");
  words.className = "toast-text";
  words.textContent = text;
  line.append(icon(ICONS[tone] ?? "info-circle"), words);
  if (undo) line.append(undoForm(undo, undoLabel ?? region.dataset.undo ?? "Undo"));
  if (url) line.append(link(url, region.dataset.open ?? "Open"));
  line.append(closing(line, region.dataset.close ?? "Close"));
  region.append(line);
  while (region.children.length > 4) region.firstElementChild?.remove();
  say(text, tone === "bad");
  if (!stay) leaveLater(line, undo || tone === "bad" ? 10000 : 5000);
  return line;
}

/**
 * @param {HTMLElement} line
 * @param {number} after milliseconds; waits while the pointer or the focus is on it
 */
function leaveLater(line, after) {
  setTimeout(() => {
    if (line.matches(":hover, :focus-within")) leaveLater(line, 2000);
    else line.remove();
  }, after);
}

/**
 * @param {string} action
 * @param {string} label
 */
function undoForm(action, label) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = action;
  const next = location.pathname + location.search;
  for (const [name, value] of [["csrfmiddlewaretoken", csrf()], ["operation", uuid7()], ["next", next]]) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    form.append(field);
  }
  const button = document.createElement("button");
  button.className = "btn btn-sm";
  button.textContent = label;
  form.append(button);
  return form;
}

/**
 * @param {string} url
 * @param {string} label
 */
function link(url, label) {
  const anchor = document.createElement("a");
  anchor.className = "btn btn-sm";
  anchor.href = url;
  anchor.textContent = label;
  return anchor;
}

/**
 * @param {HTMLElement} line
 * @param {string} label
 */
function closing(line, label) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn-icon";
  button.setAttribute("aria-label", label);
  button.append(icon("x"));
  button.addEventListener("click", () => line.remove());
  return button;
}

/** The token that POSTs of ours carry. @returns {string} */
export function csrf() {
  const headers = document.body.getAttribute("hx-headers");
  const field = /** @type {HTMLInputElement | null} */ (document.querySelector("input[name=csrfmiddlewaretoken]"));
  return (headers && JSON.parse(headers)["X-CSRFToken"]) || field?.value || "";
}

/** Shows what the server said by `HX-Trigger: {"toast": …}`, what a page brought with it, and refusals. */
export function start() {
  document.addEventListener("toast", (event) => {
    const detail = /** @type {CustomEvent} */ (event).detail;
    toast(detail?.value ?? detail);
  });
  document.body.addEventListener("htmx:responseError", (event) => {
    const { xhr } = /** @type {CustomEvent} */ (event).detail;
    toast({ text: sentence(xhr) || words("broken"), tone: "bad" });
  });
  document.body.addEventListener("htmx:sendError", () => toast({ text: words("offline"), tone: "bad" }));
  for (const place of document.querySelectorAll("[data-toast]")) {
    const { toast: text = "", toastTone } = /** @type {HTMLElement} */ (place).dataset;
    toast({ text, tone: /** @type {Toast["tone"]} */ (toastTone) });
  }
}

/**
 * The sentence of a refusal: plain text, JSON with `say`, or the page of an error.
 * @param {XMLHttpRequest} xhr
 */
function sentence(xhr) {
  const type = xhr.getResponseHeader("Content-Type") ?? "";
  if (type.includes("json")) return JSON.parse(xhr.responseText).say ?? "";
  if (!type.includes("html")) return xhr.responseText.slice(0, 300);
  const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
  return (page.querySelector(".error-text, [role=alert]") ?? page.body).textContent?.trim().slice(0, 300) ?? "";
}

/**
 * A sentence of the page's own language.
 * @param {string} name
 * @returns {string}
 */
export function words(name) {
  return document.getElementById("toasts")?.getAttribute(`data-${name}`) ?? "";
}
