/** Parts that a page loads only when it has a use for them. */

/** @type {[string, () => Promise<{start: (root: ParentNode) => void}>][]} */
const PARTS = [
  ["[data-draft]", () => import("remonta/draft")],
  ["[data-photos]", () => import("remonta/photos")],
  ["[data-signature]", () => import("remonta/signature")],
  ["[data-chart]", () => import("remonta/charts")],
];
/** @type {Set<string>} */
const loaded = new Set();

/** @param {ParentNode} root */
async function load(root) {
  for (const [selector, part] of PARTS) {
    if (!document.querySelector(selector)) continue;
    const module = await part();
    if (selector === "[data-draft]" && loaded.has(selector)) continue;
    loaded.add(selector);
    module.start(root);
  }
}

/** @param {Event} event */
async function copy(event) {
  const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-copy]"));
  if (!button) return;
  const { toast, words } = await import("remonta/toast");
  await navigator.clipboard?.writeText(button.dataset.copy ?? "");
  toast({ text: words("copied"), tone: "good" });
}

/** @param {Event} event */
async function camera(event) {
  const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-camera-scan]"));
  if (button) (await import("remonta/camera")).open(button);
}

/** A long status bar shows the stage that is now. */
function showCurrent() {
  for (const step of document.querySelectorAll(".stages [aria-current]")) {
    const bar = /** @type {HTMLElement} */ (step.parentElement);
    bar.scrollLeft = /** @type {HTMLElement} */ (step).offsetLeft - bar.clientWidth / 2 + step.clientWidth / 2;
  }
}

/** `data-rest="ok"` answers every line of its checklist that nobody has answered yet. @param {Event} event */
function rest(event) {
  const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-rest]"));
  for (const line of button?.closest("fieldset")?.querySelectorAll("select") ?? []) {
    if (line.value !== "") continue;
    line.value = button?.dataset.rest ?? "";
    line.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

export function start() {
  load(document);
  showCurrent();
  document.addEventListener("click", copy);
  document.addEventListener("click", rest);
  document.addEventListener("click", camera);
  document.body.addEventListener("htmx:load", (event) => load(/** @type {Element} */ (event.target)));
  if (document.querySelector("[x-data]")) import("alpinejs").then(({ default: Alpine }) => {
    Object.assign(window, { Alpine });
    Alpine.start();
  });
}
