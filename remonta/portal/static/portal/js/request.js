/** The public form: its small proof of work, done while the person writes, and its height in a frame. */

import { firstWord } from "remonta/portal/sha256";

const SLICE = 12;
const SOONEST = performance.now() + 2300; // the server takes nothing from pages younger than two seconds
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-proof]"));
let working = false;
let wanted = false;

/** @param {HTMLFormElement} of */
const place = (of) => /** @type {HTMLInputElement} */ (of.querySelector("[data-proof-solution]"));

/** @param {HTMLFormElement} of */
function work(of) {
  if (working || place(of).value) return;
  working = true;
  const { proof = "", bits = "" } = of.dataset;
  const zeros = 32 - Number(bits);
  let number = 0;
  const slice = () => {
    const until = performance.now() + SLICE;
    while (performance.now() < until) {
      for (let many = 0; many < 256; many += 1, number += 1) {
        if (firstWord(`${proof}:${number}`) >>> zeros === 0) return solved(of, number);
      }
    }
    return setTimeout(slice);
  };
  slice();
}

/**
 * @param {HTMLFormElement} of
 * @param {number} number
 */
function solved(of, number) {
  place(of).value = String(number);
  if (wanted) soon(of);
}

/** @param {HTMLFormElement} of */
function soon(of) {
  setTimeout(() => send(of), Math.max(SOONEST - performance.now(), 0));
}

/** @param {HTMLFormElement} of */
function send(of) {
  if (of.reportValidity()) of.submit();
  else waiting(of, false);
}

/**
 * @param {HTMLFormElement} of
 * @param {boolean} now
 */
function waiting(of, now) {
  wanted = now;
  const word = /** @type {HTMLElement} */ (of.querySelector("[data-proof-wait]"));
  word.hidden = !now;
  of.querySelector("[data-proof-send]")?.toggleAttribute("aria-disabled", now);
}

if (form) {
  form.addEventListener("input", () => work(form), { once: true });
  setTimeout(() => work(form), 1500);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (wanted || !form.reportValidity()) return;
    waiting(form, true);
    if (place(form).value) soon(form);
    else work(form);
  });
}

if (window.parent !== window) {
  const tell = () => window.parent.postMessage({ remonta: "height", height: document.documentElement.scrollHeight }, "*");
  new ResizeObserver(tell).observe(document.body);
  tell();
}
