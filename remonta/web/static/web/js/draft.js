/** Forms that save themselves: `data-draft="<url>"`. */

const WAIT = 900;

/**
 * @param {HTMLFormElement} form
 * @param {string} state one of saving, saved, failed
 */
function show(form, state) {
  const place = /** @type {HTMLElement | null} */ (form.querySelector("[data-draft-state]"));
  if (!place) return;
  place.classList.add("draft-state");
  place.setAttribute("role", "status");
  const clock = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  const region = document.getElementById("toasts");
  place.textContent = (region?.getAttribute(`data-draft-${state}`) ?? state).replace("%(time)s", clock);
}

/** @param {HTMLFormElement} form */
function contents(form) {
  const data = new FormData(form);
  for (const [name, value] of [...data.entries()]) if (value instanceof File || name === "operation") data.delete(name);
  return data;
}

/** @param {HTMLFormElement} form */
async function save(form) {
  const body = contents(form);
  const shape = new URLSearchParams(/** @type {any} */ (body)).toString();
  if (shape === form.dataset.draftSaved || form.hasAttribute("data-busy")) return;
  show(form, "saving");
  try {
    const answer = await fetch(form.dataset.draft ?? "", { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok) throw new Error(String(answer.status));
    form.dataset.draftSaved = shape;
    const uid = answer.headers.get("X-Draft");
    if (uid) form.dispatchEvent(new CustomEvent("draft", { detail: uid, bubbles: true }));
    show(form, "saved");
  } catch {
    show(form, "failed");
    setTimeout(() => save(form), 5000);
  }
}

export function start() {
  /** @type {WeakMap<HTMLFormElement, number>} */
  const waiting = new WeakMap();
  const later = (/** @type {Event} */ event) => {
    const form = /** @type {Element} */ (event.target).closest?.("form");
    if (!form?.dataset.draft) return;
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(() => save(form), WAIT));
  };
  document.addEventListener("input", later);
  document.addEventListener("change", later);
  addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") for (const form of document.querySelectorAll("form[data-draft]")) {
      const one = /** @type {HTMLFormElement} */ (form);
      if (waiting.has(one) && !one.hasAttribute("data-busy")) navigator.sendBeacon(one.dataset.draft ?? "", contents(one));
    }
  });
}
