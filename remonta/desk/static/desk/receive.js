/** Receiving goods: each scan is one piece more; a scanned bin is where the next pieces go. */

import { answered } from "remonta/scan";

const form = /** @type {HTMLFormElement} */ (document.getElementById("delivery"));
const bin = /** @type {HTMLInputElement} */ (document.getElementById("bin"));
const add = /** @type {HTMLInputElement} */ (document.getElementById("add"));

/** @param {string} code */
function came(code) {
  const known = [...document.querySelectorAll("#bins option")].map((each) => /** @type {HTMLOptionElement} */ (each));
  const place = known.find((each) => each.dataset.label === code || each.value === code);
  if (place) {
    bin.value = place.value;
    answered({ ok: true, say: place.value });
    return;
  }
  const url = `${form.dataset.lineUrl}?${new URLSearchParams({ code, bin: bin.value })}`;
  window.htmx.ajax("get", url, { target: "#next-line", swap: "outerHTML" }).then(settle);
}

/** Two lines of one part in one bin become one. */
function settle() {
  const lines = [...form.querySelectorAll("tr[data-part]")];
  const last = lines.pop();
  answered({ ok: !form.querySelector("#next-line [role=alert]"), say: "" });
  const twin = last && lines.find((each) => key(each) === key(last));
  if (!last || !twin) return;
  const quantity = field(twin, "quantity");
  const sum = Number(quantity.value.replace(",", ".")) + Number(field(last, "quantity").value.replace(",", "."));
  quantity.value = String(Math.round(sum * 1000) / 1000);
  last.remove();
}

/** @param {Element} line @param {string} name */
const field = (line, name) => /** @type {HTMLInputElement} */ (line.querySelector(`[name=${name}]`));

/** @param {Element} line */
const key = (line) => `${field(line, "part").value} ${field(line, "place").value} ${field(line, "cost").value}`;

function typed() {
  if (add.value.trim()) came(add.value.trim());
  add.value = "";
  add.focus();
}

document.addEventListener("scan", (event) => {
  event.preventDefault();
  came(/** @type {CustomEvent} */ (event).detail.code);
});
document.getElementById("add-button")?.addEventListener("click", typed);
add.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  typed();
});
form.addEventListener("click", (event) => {
  const button = /** @type {Element} */ (event.target).closest("[data-drop-line]");
  button?.closest("tr")?.remove();
});
