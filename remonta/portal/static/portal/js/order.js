/** The customer's page: follows the repair, and adds up the lines that are ticked. */

import { start as live } from "remonta/live";

/** @param {HTMLFormElement} form */
function addUp(form) {
  const place = form.querySelector("[data-quote-sum]");
  if (!place) return;
  const ticked = /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll(".quote-tick:checked"));
  const minor = [...ticked].reduce((sum, tick) => sum + Number(tick.dataset.minor), 0);
  const money = new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency: form.dataset.currency, currencyDisplay: "narrowSymbol" });
  const digits = money.resolvedOptions().maximumFractionDigits ?? 2;
  place.textContent = money.format(minor / 10 ** digits);
}

/** @param {Event} event */
function changed(event) {
  const form = /** @type {Element} */ (event.target).closest?.("form[data-quote]");
  if (form) addUp(/** @type {HTMLFormElement} */ (form));
}

function all() {
  for (const form of document.querySelectorAll("form[data-quote]")) addUp(/** @type {HTMLFormElement} */ (form));
}

document.addEventListener("change", changed);
document.body.addEventListener("htmx:afterSettle", all);
all();
live();
