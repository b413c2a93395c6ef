/** The one field: search, scan and command. `/` or Ctrl-K. */

import { csrf } from "remonta/toast";

const WAIT = 120;
/** @type {AbortController | null} */
let asking = null;
/** @type {Promise<void>} */
let arriving = Promise.resolve();
let timer = 0;

/** @returns {{form: HTMLFormElement, field: HTMLInputElement, box: HTMLElement} | null} */
function parts() {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-palette]"));
  const field = /** @type {HTMLInputElement | null} */ (document.getElementById("palette"));
  const box = document.getElementById("palette-results");
  return form && field && box ? { form, field, box } : null;
}

/** @returns {HTMLElement[]} */
const options = () => /** @type {HTMLElement[]} */ ([...document.querySelectorAll("#palette-results a[role=option]")]);

/** @param {HTMLElement | undefined} option */
function choose(option) {
  const field = parts()?.field;
  for (const other of options()) other.setAttribute("aria-selected", String(other === option));
  if (option) field?.setAttribute("aria-activedescendant", option.id);
  else field?.removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

/** @param {boolean} shown */
function show(shown) {
  const all = parts();
  if (!all) return;
  all.box.hidden = !shown;
  all.field.setAttribute("aria-expanded", String(shown));
  if (!shown) choose(undefined);
}

async function fetchResults() {
  const all = parts();
  if (!all) return;
  asking?.abort();
  asking = new AbortController();
  const url = `${all.form.action}?${new URLSearchParams({ q: all.field.value })}`;
  try {
    const answer = await fetch(url, { signal: asking.signal, headers: { "HX-Request": "true" } });
    if (!answer.ok) return;
    all.box.innerHTML = await answer.text();
    if (document.activeElement === all.field) show(true);
    if (all.field.value) choose(options()[0]);
  } catch (problem) {
    if (/** @type {Error} */ (problem).name !== "AbortError") show(false);
  }
}

function later() {
  clearTimeout(timer);
  arriving = new Promise((resolve) => {
    timer = setTimeout(() => fetchResults().then(resolve), WAIT);
  });
}

/** @param {HTMLElement} option */
function go(option) {
  const url = option.getAttribute("href") ?? "";
  if (!option.hasAttribute("data-post")) return location.assign(url);
  const form = document.createElement("form");
  form.method = "post";
  form.action = url;
  const token = document.createElement("input");
  Object.assign(token, { type: "hidden", name: "csrfmiddlewaretoken", value: csrf() });
  form.append(token);
  document.body.append(form);
  return form.requestSubmit();
}

/** @param {KeyboardEvent} event */
async function inField(event) {
  const all = parts();
  if (!all || event.isComposing) return;
  const list = options();
  const now = list.findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    choose(list[(now + (event.key === "ArrowDown" ? 1 : list.length - 1) + (now < 0 && event.key === "ArrowUp" ? 1 : 0)) % list.length]);
  } else if (event.key === "Enter") {
    event.preventDefault();
    await arriving;
    const chosen = options().find((option) => option.getAttribute("aria-selected") === "true") ?? (all.field.value ? options()[0] : undefined);
    if (chosen) go(chosen);
  } else if (event.key === "Escape") {
    all.field.value = "";
    show(false);
    all.field.blur();
  }
}

/** @param {KeyboardEvent} event */
function anywhere(event) {
  const all = parts();
  if (!all || event.altKey || event.defaultPrevented) return;
  const target = /** @type {Element} */ (event.target);
  const writing = target.matches?.("input, textarea, select, [contenteditable=true]");
  const command = (event.ctrlKey || event.metaKey) && event.code === "KeyK";
  const slash = !writing && !event.ctrlKey && !event.metaKey && !event.shiftKey && (event.key === "/" || event.code === "Slash");
  if (!command && !slash) return;
  event.preventDefault();
  all.field.focus();
  all.field.select();
}

export function start() {
  const all = parts();
  if (!all) return;
  document.addEventListener("keydown", anywhere);
  all.field.addEventListener("keydown", inField);
  all.field.addEventListener("input", later);
  all.field.addEventListener("focus", () => { arriving = fetchResults(); });
  all.form.addEventListener("submit", (event) => event.preventDefault());
  all.box.addEventListener("click", (event) => {
    const option = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-post]"));
    if (option) { event.preventDefault(); go(option); }
  });
  all.form.addEventListener("focusout", (event) => {
    if (!all.form.contains(/** @type {Node | null} */ (event.relatedTarget))) show(false);
  });
  all.box.addEventListener("mousedown", (event) => event.preventDefault());
}
