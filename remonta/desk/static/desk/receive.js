/** Receiving goods: each scan is one piece more; a scanned bin is where the next pieces go. */

import { answered, inTurn } from "remonta/scan";

const form = /** @type {HTMLFormElement} */ (document.getElementById("delivery"));
const bin = /** @type {HTMLInputElement} */ (document.getElementById("bin"));
const add = /** @type {HTMLInputElement} */ (document.getElementById("add"));

/** @param {string} code @param {string} [typed] not empty: by hand, and may be words */
async function came(code, typed = "") {
  const known = [...document.querySelectorAll("#bins option")].map((each) => /** @type {HTMLOptionElement} */ (each));
  const place = known.find((each) => each.dataset.label === code || each.value === code);
  if (place) {
    bin.value = place.value;
    answered({ ok: true, say: place.value });
    return;
  }
  const url = `${form.dataset.lineUrl}?${new URLSearchParams({ code, bin: bin.value, after: lastTold(), typed })}`;
  return window.htmx.ajax("get", url, { target: "#next-line", swap: "outerHTML" }).then(settle);
}

const rows = () => /** @type {HTMLElement[]} */ ([...form.querySelectorAll("tr[data-part]")]);

/** The part of the last line, if its serial numbers or batches may be scanned after it. */
function lastTold() {
  const last = rows().pop();
  return last && last.dataset.tracking !== "quantity" ? (last.dataset.part ?? "") : "";
}

/** @param {HTMLElement} twin @param {HTMLElement} last serial numbers stand one a line, each once */
function joinSerials(twin, last) {
  const serials = new Set([twin, last].flatMap((each) => field(each, "serials").value.split("\n").map((one) => one.trim())));
  serials.delete("");
  field(last, "serials").value = [...serials].join("\n");
  field(last, "quantity").value = String(serials.size || 1);
  twin.remove();
}

/** Two lines of one part in one bin, and of one batch, become one. */
function settle() {
  const lines = rows();
  const last = lines.pop();
  answered({ ok: !form.querySelector("#next-line [role=alert]"), say: "" });
  const twin = last && lines.find((each) => key(each) === key(last) || (isOpen(each) && isOf(each, last)));
  if (!last || !twin) return;
  if (twin.dataset.tracking === "serial") return joinSerials(twin, last);
  if (isOpen(twin) && !isOpen(last)) return twin.remove();
  const quantity = field(twin, "quantity");
  const sum = Number(quantity.value.replace(",", ".")) + Number(field(last, "quantity").value.replace(",", "."));
  quantity.value = String(Math.round(sum * 1000) / 1000);
  last.remove();
}

/** @param {HTMLElement} line goods by batch whose batch nobody has said yet */
const isOpen = (line) => line.dataset.tracking === "batch" && !field(line, "batch").value;

/** @param {Element} line @param {Element} other */
const isOf = (line, other) => ["part", "place"].every((name) => field(line, name).value === field(other, name).value);

/** @param {Element} line @param {string} name */
const field = (line, name) => /** @type {HTMLInputElement} */ (line.querySelector(`[name=${name}]`));

/** @param {Element} line */
const key = (line) => ["part", "place", "cost", "batch", "expires_on"].map((name) => field(line, name).value).join(" ");

function typed() {
  const words = add.value.trim();
  if (words) inTurn(() => came(words, "1"));
  add.value = "";
  add.focus();
}

document.addEventListener("scan", (event) => {
  event.preventDefault();
  const { code } = /** @type {CustomEvent} */ (event).detail;
  inTurn(() => came(code));
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
