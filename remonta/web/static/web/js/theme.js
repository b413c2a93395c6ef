/** Light, dark, or as the machine is set; changed without loading the page anew. */

const dark = matchMedia("(prefers-color-scheme: dark)");

/** @param {string} choice */
function show(choice) {
  const root = document.documentElement;
  root.dataset.themeChoice = choice;
  root.dataset.bsTheme = choice === "dark" || (choice === "auto" && dark.matches) ? "dark" : "light";
}

/** @param {SubmitEvent} event */
async function choose(event) {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
  if (!form.matches("[data-theme-form]") || button?.name !== "theme") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  show(button.value);
  for (const other of form.querySelectorAll("[name=theme]")) other.setAttribute("aria-pressed", String(other === button));
  const body = new FormData(form);
  body.set("theme", button.value);
  await fetch(form.action, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
}

export function start() {
  dark.addEventListener("change", () => {
    if (document.documentElement.dataset.themeChoice === "auto") show("auto");
  });
  document.addEventListener("submit", choose, true);
}
