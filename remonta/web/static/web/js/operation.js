/** Ids of what forms do: a second click, or an answer that got lost, does it once. */

/** A UUIDv7 (RFC 9562). @returns {string} */
export function uuid7() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const now = Date.now();
  for (let place = 0; place < 6; place += 1) bytes[place] = Math.floor(now / 2 ** (40 - 8 * place)) % 256;
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

/**
 * @param {HTMLFormElement} form
 */
export function renew(form) {
  for (const field of form.elements) {
    if (field instanceof HTMLInputElement && field.name === "operation" && field.type === "hidden") field.value = uuid7();
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {boolean} busy
 */
function hold(form, busy) {
  form.toggleAttribute("data-busy", busy);
  for (const button of form.querySelectorAll("button:not([type=button]), input[type=submit]")) {
    button.classList.toggle("is-busy", busy);
    if (busy) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
}

/** One click is one submit; after an answer the form has a new id. A lost answer keeps the old one. */
export function start() {
  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (event.defaultPrevented || form.method === "get" || form.matches("[data-again]")) return;
    if (form.hasAttribute("data-busy")) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    setTimeout(() => {
      if (!form.isConnected || (event.defaultPrevented && !form.matches("[hx-post], [hx-put], [hx-patch], [hx-delete]"))) return;
      hold(form, true);
      setTimeout(() => hold(form, false), 8000);
    });
  }, true);
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const { elt, xhr } = /** @type {CustomEvent} */ (event).detail;
    const form = elt instanceof HTMLFormElement ? elt : elt.closest?.("form");
    if (!form) return;
    hold(form, false);
    if (xhr.status >= 200 && xhr.status < 400) renew(form);
  });
  addEventListener("pageshow", (event) => {
    for (const form of document.forms) {
      hold(form, false);
      if (event.persisted) renew(form);
    }
  });
}
