/** A signature by finger, pen or mouse; or a typed name for who cannot draw. */

/** @param {HTMLElement} box */
function prepare(box) {
  if (box.dataset.ready) return;
  box.dataset.ready = "yes";
  const canvas = /** @type {HTMLCanvasElement} */ (box.querySelector("canvas"));
  const image = /** @type {HTMLInputElement} */ (box.querySelector("[data-signature-image]"));
  const pen = canvas.getContext("2d");
  if (!pen) return;
  let drawing = false;
  const place = (/** @type {PointerEvent} */ event) => {
    const frame = canvas.getBoundingClientRect();
    return /** @type {[number, number]} */ ([((event.clientX - frame.left) * canvas.width) / frame.width, ((event.clientY - frame.top) * canvas.height) / frame.height]);
  };
  canvas.addEventListener("pointerdown", (event) => {
    drawing = true;
    canvas.setPointerCapture(event.pointerId);
    Object.assign(pen, { lineWidth: 2.5, lineCap: "round", lineJoin: "round", strokeStyle: "#13252b" });
    pen.beginPath();
    pen.moveTo(...place(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    for (const step of event.getCoalescedEvents?.() ?? [event]) pen.lineTo(...place(step));
    pen.stroke();
  });
  const end = () => {
    if (!drawing) return;
    drawing = false;
    image.value = canvas.toDataURL("image/png");
    complain(box, false);
  };
  canvas.addEventListener("pointerup", end);
  canvas.addEventListener("pointercancel", end);
  box.querySelector("[data-signature-clear]")?.addEventListener("click", () => {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    image.value = "";
  });
  box.closest("form")?.addEventListener("submit", (event) => check(box, event), true);
}

/**
 * @param {HTMLElement} box
 * @param {Event} event
 */
function check(box, event) {
  const image = /** @type {HTMLInputElement} */ (box.querySelector("[data-signature-image]"));
  const typed = /** @type {HTMLInputElement} */ (box.querySelector("[data-signature-typed]"));
  const given = Boolean(image.value || typed.value.trim());
  if (given || !box.hasAttribute("data-required")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  complain(box, true);
  typed.focus();
}

/**
 * @param {HTMLElement} box
 * @param {boolean} wrong
 */
function complain(box, wrong) {
  const error = /** @type {HTMLElement} */ (box.querySelector("[data-signature-error]"));
  error.hidden = !wrong;
  error.textContent = wrong ? (box.dataset.textNeeded ?? "") : "";
}

export function start() {
  for (const box of document.querySelectorAll("[data-signature]")) prepare(/** @type {HTMLElement} */ (box));
}
