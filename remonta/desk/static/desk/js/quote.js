/** Writing a quote: sums while one types, rows taken away. What counts is what the server adds up when it is saved. */

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-quote-edit]"));

/** @param {string} text a number with comma or point */
const number = (text) => Number(text.replace(/[\s\u00a0]/g, "").replace(",", ".")) || 0;

/**
 * @param {Element} row
 * @param {string} name
 */
const value = (row, name) => /** @type {HTMLInputElement | null} */ (row.querySelector(`[name$="-${name}"]`))?.value ?? "";

/** @param {HTMLFormElement} of */
function addUp(of) {
  const money = new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency: of.dataset.currency, currencyDisplay: "narrowSymbol" });
  const sums = { necessary: 0, whole: 0, profit: 0 };
  let costs = false;
  for (const row of of.querySelectorAll("[data-quote-row]")) {
    const quantity = number(value(row, "quantity"));
    const total = Math.max(number(value(row, "price")) * quantity - number(value(row, "discount")), 0);
    const { cost } = /** @type {HTMLElement} */ (row).dataset;
    if (value(row, "variant") === "necessary") sums.necessary += total;
    sums.whole += total;
    sums.profit += total - (cost ? Number(cost) * quantity : 0);
    costs ||= Boolean(cost);
    const place = row.querySelector("[data-quote-row-sum]");
    if (place) place.textContent = money.format(total);
  }
  for (const [name, sum] of Object.entries(sums)) {
    const place = of.querySelector(`[data-quote-${name}]`);
    if (place) place.textContent = money.format(sum);
  }
  /** @type {HTMLElement} */ (of.querySelector("[data-quote-profit-row]")).hidden = !costs;
}

if (form) {
  form.addEventListener("input", () => addUp(form));
  form.addEventListener("change", () => addUp(form));
  form.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest("[data-quote-row-drop]");
    if (!button) return;
    const row = button.closest("[data-quote-row]");
    const next = /** @type {HTMLElement | null} */ ((row?.nextElementSibling ?? row?.previousElementSibling)?.querySelector("input:not([type=hidden])") ?? document.getElementById("quote-search"));
    row?.remove();
    addUp(form);
    next?.focus();
  });
  document.body.addEventListener("htmx:afterSettle", () => addUp(form));
  addUp(form);
}
