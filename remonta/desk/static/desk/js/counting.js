/** Counting by scan: what is scanned goes into the form at once; the field waits for the next. */

import { answered, inTurn, submitted } from "remonta/scan";

const form = /** @type {HTMLFormElement} */ (document.querySelector("form[data-scan-form]"));
const field = /** @type {HTMLInputElement} */ (form.querySelector("[data-code-field]"));
const quantity = /** @type {HTMLInputElement} */ (form.querySelector("[name=quantity]"));

document.addEventListener("scan", (event) => {
  event.preventDefault();
  const { code } = /** @type {CustomEvent} */ (event).detail;
  inTurn(() => {
    field.value = code;
    return submitted(form);
  });
});

form.addEventListener("htmx:afterRequest", (event) => {
  if (event.target !== form) return;
  const ok = Boolean(/** @type {CustomEvent} */ (event).detail.successful);
  answered({ ok, say: ok ? field.value : "" });
  field.value = "";
  quantity.value = "1";
  field.focus();
});
