/** Native dialogs, drop-downs and questions. */

import { words } from "remonta/toast";

/**
 * @param {HTMLElement} opener
 */
function open(opener) {
  const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById(opener.dataset.dialog ?? ""));
  if (!dialog) return;
  const url = opener.dataset.dialogUrl;
  const body = dialog.querySelector(".dialog-body");
  if (url && body) window.htmx.ajax("get", url, { target: body, swap: "innerHTML" });
  dialog.showModal();
}

/**
 * Builds a dialog of the common shape.
 * @param {string} title
 * @param {string} [classes]
 */
export function makeDialog(title, classes = "") {
  const dialog = document.createElement("dialog");
  dialog.className = `dialog ${classes}`;
  const head = document.createElement("div");
  head.className = "dialog-head";
  const heading = document.createElement("h2");
  heading.textContent = title;
  heading.id = `dialog-${Math.random().toString(36).slice(2)}`;
  dialog.setAttribute("aria-labelledby", heading.id);
  const close = document.createElement("button");
  Object.assign(close, { type: "button", className: "btn", textContent: words("close") || "Close" });
  close.addEventListener("click", () => dialog.close());
  head.append(heading, close);
  const body = document.createElement("div");
  body.className = "dialog-body";
  dialog.append(head, body);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  return { dialog, body };
}

/**
 * Asks; the promise says yes or no.
 * @param {string} question
 * @param {string} [yes]
 * @returns {Promise<boolean>}
 */
export function ask(question, yes = words("yes") || "Yes") {
  const { dialog, body } = makeDialog(question);
  const line = document.createElement("div");
  line.className = "form-end";
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "btn btn-primary", textContent: yes, autofocus: true });
  line.append(button);
  body.append(line);
  dialog.showModal();
  return new Promise((resolve) => {
    button.addEventListener("click", () => { resolve(true); dialog.close(); });
    dialog.addEventListener("close", () => resolve(false));
  });
}

/** @param {Event} event */
function clicked(event) {
  const target = /** @type {Element} */ (event.target);
  const opener = /** @type {HTMLElement | null} */ (target.closest("[data-dialog]"));
  if (opener) return open(opener);
  const closer = target.closest("[data-close]");
  if (closer) return /** @type {HTMLDialogElement | null} */ (closer.closest("dialog"))?.close();
  if (target instanceof HTMLDialogElement && target.matches(".dialog")) target.close();
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(target)) menu.removeAttribute("open");
  }
}

/** @param {KeyboardEvent} event */
function pressed(event) {
  const menu = /** @type {Element} */ (event.target).closest?.("details[data-menu][open]");
  if (!menu) return;
  if (event.key === "Escape") {
    menu.removeAttribute("open");
    /** @type {HTMLElement | null} */ (menu.querySelector("summary"))?.focus();
  }
  if (event.key === "ArrowDown" || event.key === "ArrowUp") walk(menu, event);
}

/**
 * @param {Element} menu
 * @param {KeyboardEvent} event
 */
function walk(menu, event) {
  const items = /** @type {HTMLElement[]} */ ([...menu.querySelectorAll("summary, .menu-item, .choice")]);
  const now = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  if (now < 0) return;
  event.preventDefault();
  items[(now + (event.key === "ArrowDown" ? 1 : items.length - 1)) % items.length]?.focus();
}

/** @param {SubmitEvent} event */
async function confirmed(event) {
  const button = /** @type {HTMLElement | null} */ (event.submitter);
  const form = /** @type {HTMLFormElement} */ (event.target);
  const question = button?.dataset.confirm ?? form.dataset.confirm;
  if (!question || form.dataset.confirmed) return delete form.dataset.confirmed;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!(await ask(question, button?.textContent?.trim()))) return;
  form.dataset.confirmed = "yes";
  form.requestSubmit(button);
}

/** A drop-down stays on the screen. @param {Event} event */
function fit(event) {
  const menu = /** @type {HTMLElement} */ (event.target);
  const panel = /** @type {HTMLElement | null} */ (menu.matches?.("details[data-menu][open]") ? menu.querySelector(".menu-panel") : null);
  if (!panel) return;
  panel.style.translate = "";
  const { left, right } = panel.getBoundingClientRect();
  const wide = document.documentElement.clientWidth - 8;
  if (right > wide) panel.style.translate = `${Math.round(wide - right)}px`;
  if (left < 8) panel.style.translate = `${Math.round(8 - left)}px`;
}

/** Opens dialogs by `data-dialog`, closes drop-downs, asks by `data-confirm`, makes rows with `data-href` clickable. */
export function start() {
  document.addEventListener("click", clicked);
  document.addEventListener("keydown", pressed);
  document.addEventListener("toggle", fit, true);
  document.addEventListener("submit", confirmed, true);
  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const row = /** @type {HTMLElement | null} */ (target.closest("tr[data-href]"));
    if (!row || target.closest("a, button, input, label, summary") || getSelection()?.toString()) return;
    if (event.ctrlKey || event.metaKey) window.open(row.dataset.href, "_blank", "noopener");
    else location.assign(row.dataset.href ?? "");
  });
}
