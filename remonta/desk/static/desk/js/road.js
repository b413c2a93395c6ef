/** Stations of the road: a scan goes into the field that waits for it, or ticks what was scanned. */

import { answered } from "remonta/scan";

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-scan-form]"));
const boxes = [...document.querySelectorAll("input[type=checkbox][data-code]")].map(
  (each) => /** @type {HTMLInputElement} */ (each),
);

/** @param {string} text */
const plain = (text) => text.trim().toUpperCase();

/** @param {string} code */
function tick(code) {
  const box = boxes.find((each) => [each.dataset.code, each.dataset.serial].some((known) => known && plain(known) === plain(code)));
  if (!box) return false;
  box.checked = true;
  answered({ ok: true, say: box.closest("label")?.textContent?.trim() ?? code });
  return true;
}

document.addEventListener("scan", (event) => {
  const { code } = /** @type {CustomEvent} */ (event).detail;
  const field = /** @type {HTMLInputElement | null | undefined} */ (form?.querySelector("[data-code-field]"));
  if (form && field) {
    event.preventDefault();
    field.value = code;
    form.requestSubmit();
  } else if (tick(code)) {
    event.preventDefault();
  }
});
