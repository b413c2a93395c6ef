/** Lists: selecting rows for a common action. */

/** @param {HTMLFormElement} form */
function count(form) {
  const boxes = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("[data-bulk-one]")]);
  const chosen = boxes.filter((box) => box.checked);
  for (const box of boxes) box.closest("tr")?.classList.toggle("is-chosen", box.checked);
  const all = /** @type {HTMLInputElement | null} */ (form.querySelector("[data-bulk-all]"));
  if (all) Object.assign(all, { checked: chosen.length > 0 && chosen.length === boxes.length, indeterminate: chosen.length > 0 && chosen.length < boxes.length });
  const bar = /** @type {HTMLElement | null} */ (form.querySelector("[data-bulk-bar]"));
  const figure = form.querySelector("[data-bulk-count]");
  if (bar) bar.hidden = !chosen.length;
  if (figure) figure.textContent = String(chosen.length);
}

/**
 * @param {HTMLFormElement} form
 * @param {boolean} checked
 */
function setAll(form, checked) {
  for (const box of form.querySelectorAll("[data-bulk-one]")) /** @type {HTMLInputElement} */ (box).checked = checked;
  count(form);
}

/** @type {HTMLInputElement | null} */
let latest = null;

/** @param {MouseEvent} event */
function picked(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  const form = /** @type {HTMLFormElement | null} */ (target.closest?.("[data-bulk]"));
  if (!form) return;
  if (target.matches("[data-bulk-none]")) return setAll(form, false);
  if (target.matches("[data-bulk-all]")) return setAll(form, /** @type {HTMLInputElement} */ (target).checked);
  if (!target.matches("[data-bulk-one]")) return;
  const box = /** @type {HTMLInputElement} */ (target);
  if (event.shiftKey && latest?.isConnected) {
    const boxes = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("[data-bulk-one]")]);
    const [from, to] = [boxes.indexOf(latest), boxes.indexOf(box)].sort((one, two) => one - two);
    for (const between of boxes.slice(from, to + 1)) between.checked = box.checked;
  }
  latest = box;
  count(form);
}

/** Empty filters stay out of the address. @param {FormDataEvent} event */
function trim(event) {
  if (!(/** @type {Element} */ (event.target)).matches("[data-filters]")) return;
  for (const [name, value] of [...event.formData.entries()]) if (value === "") event.formData.delete(name);
}

export function start() {
  document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  document.addEventListener("click", picked);
  document.addEventListener("formdata", trim);
  document.body.addEventListener("htmx:configRequest", (event) => {
    const { elt, parameters } = /** @type {CustomEvent} */ (event).detail;
    if (!elt.matches?.("[data-filters]")) return;
    for (const name of Object.keys(parameters)) if (parameters[name] === "") delete parameters[name];
  });
}
