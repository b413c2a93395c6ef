/** A scanner that types is heard on every page, inside fields too, on any keyboard layout. */

import { clean, signOf } from "remonta/keys";
import { uuid7 } from "remonta/operation";
import { csrf, say, toast, words } from "remonta/toast";

const PAUSE = 110;
const FAST = 50;
const SHORTEST = 4;
const REMEMBER = 30000;

/** @typedef {{ok: boolean, say?: string, go?: string, sound?: string, swap?: {target: string, url: string}, undo?: string}} Answer */
/** @typedef {{field: HTMLInputElement | HTMLTextAreaElement, value: string, from: number | null, to: number | null}} Before */

let typed = "";
let placed = "";
let first = 0;
let last = 0;
let marked = false;
/** @type {Before | null} */
let before = null;
let idle = 0;
/** @type {Promise<void>} */
let queue = Promise.resolve();

const prefix = () => document.body.dataset.scanPrefix ?? "";

function forget() {
  typed = placed = "";
  marked = false;
  before = null;
}

/** @returns {Before | null} what stands in the field that has the focus */
function fieldNow() {
  const field = document.activeElement;
  if (field instanceof HTMLTextAreaElement) return { field, value: field.value, from: field.selectionStart, to: field.selectionEnd };
  if (!(field instanceof HTMLInputElement) || /^(checkbox|radio|button|submit|file|range|color)$/.test(field.type)) return null;
  return { field, value: field.value, from: field.selectionStart, to: field.selectionEnd };
}

/** @param {Before} was */
function putBack({ field, value, from, to }) {
  if (field.value === value) return;
  field.value = value;
  if (from !== null) field.setSelectionRange(from, to);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Whether what was typed since the last pause can only be a machine's. */
function isScan() {
  const long = Math.max(typed.length, placed.length);
  return marked || (long >= SHORTEST && (last - first) / Math.max(long - 1, 1) <= FAST);
}

/** @param {KeyboardEvent} event */
function heard(event) {
  if (!event.isTrusted && !event.code) return;
  if (["Shift", "CapsLock", "Control", "Alt", "AltGraph"].includes(event.key)) return;
  const now = event.timeStamp;
  if (event.repeat) return forget();
  if (now - last > PAUSE) forget();
  if ((event.key === "Enter" || event.key === "Tab") && placed && isScan()) {
    event.preventDefault();
    event.stopImmediatePropagation();
    last = now;
    return taken();
  }
  const group = event.ctrlKey && event.code === "BracketRight" && placed;
  if ((event.ctrlKey || event.metaKey || event.altKey) && !group) return forget();
  const sign = group ? "\u001d" : signOf(event);
  if (!sign) return event.key === prefix() ? begin(event) : forget();
  if (!placed) {
    before = fieldNow();
    first = now;
    if (prefix() && (event.key === prefix() || sign === prefix())) return begin(event);
  }
  last = now;
  placed += sign;
  typed += event.key.length === 1 ? event.key : sign;
  if (group || marked) event.preventDefault();
  clearTimeout(idle);
  idle = setTimeout(() => { if (marked || (placed.length >= 8 && isScan() && (last - first) / placed.length < 20)) taken(); }, 150);
}

/**
 * The sign set for this scanner came: all that follows is a scan.
 * @param {KeyboardEvent} event
 */
function begin(event) {
  event.preventDefault();
  before = fieldNow();
  marked = true;
  first = last = event.timeStamp;
}

function taken() {
  clearTimeout(idle);
  const ascii = /^[\u0020-\u007e\u001d]*$/.test(typed);
  const [raw, other] = ascii ? [typed, placed] : [placed, ""];
  const was = before;
  forget();
  const now = fieldNow();
  if (was) putBack(was);
  else if (now?.field.id === "palette") {
    putBack({ ...now, value: "" });
    now.field.blur();
  }
  scanned(raw, { field: was?.field, other: other === raw ? "" : other });
}

/**
 * A code came, by scanner or camera.
 * @param {string} raw
 * @param {{field?: HTMLElement | null, other?: string}} [where]
 */
export function scanned(raw, { field = null, other = "" } = {}) {
  const { code, aim } = clean(raw);
  if (!code) return;
  if (field?.hasAttribute("data-scan-field")) return fill(/** @type {HTMLInputElement} */ (field), code);
  const event = new CustomEvent("scan", { detail: { code, aim }, cancelable: true, bubbles: true });
  if (!document.dispatchEvent(event)) return;
  inTurn(() => send(code, aim, clean(other).code));
}

/**
 * What a scan sets off, once all that was scanned before it has been answered: a scanner is faster than a network.
 * @param {() => Promise<unknown>} task
 */
export function inTurn(task) {
  queue = queue.then(task).then(() => {}, () => answered({ ok: false, say: words("offline") }));
}

/**
 * Sends a form that htmx looks after.
 * @param {HTMLFormElement} form
 * @returns {Promise<void>} over when it is answered, or lacks something
 */
export function submitted(form) {
  if (!form.reportValidity()) return Promise.resolve();
  return new Promise((done) => {
    form.addEventListener("htmx:afterRequest", () => done(), { once: true });
    form.requestSubmit();
  });
}

/**
 * @param {HTMLInputElement} field
 * @param {string} code
 */
export function fill(field, code) {
  const before = field.hasAttribute("data-scan-lines") ? field.value.trim() : "";
  field.value = before ? `${before}\n${code}` : code;
  for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
  sound(true);
  say(code);
}

/** The scan before this one, if it was understood and is not long ago. */
function previous() {
  const kept = JSON.parse(sessionStorage.getItem("scan") ?? "null");
  return kept && Date.now() - kept.at < REMEMBER ? kept.code : "";
}

/**
 * @param {string} code
 * @param {string} aim
 * @param {string} other the same keys on another layout
 */
async function send(code, aim, other) {
  const url = document.body.dataset.scanUrl;
  if (!url) return;
  const context = /** @type {HTMLElement | null} */ (document.querySelector("[data-scan-context]"))?.dataset.scanContext ?? "";
  const answer = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrf(), Accept: "application/json" },
    body: JSON.stringify({ code, aim, also: other, context, previous: previous(), operation: uuid7() }),
  });
  const said = (answer.headers.get("Content-Type") ?? "").includes("json") ? await answer.json() : {};
  const result = { ok: answer.ok, ...said, say: said.say ?? said.detail ?? (answer.ok ? "" : words("broken")) };
  if (result.ok) sessionStorage.setItem("scan", JSON.stringify({ code, at: Date.now() }));
  else sessionStorage.removeItem("scan");
  answered(result);
}

/** @param {Answer} answer */
export function answered(answer) {
  sound(answer.ok, answer.sound);
  flash(answer.ok);
  if (answer.go) {
    if (answer.say) sessionStorage.setItem("said", JSON.stringify(answer));
    location.assign(answer.go);
    return;
  }
  if (answer.say) toast({ text: answer.say, tone: answer.ok ? "good" : "bad", undo: answer.undo });
  const target = answer.swap && document.querySelector(answer.swap.target);
  if (answer.swap && target) window.htmx.ajax("get", answer.swap.url, { target: answer.swap.target, swap: "outerHTML" });
}

/** @param {boolean} ok */
function flash(ok) {
  const light = document.createElement("div");
  light.className = `scan-flash tone-${ok ? "good" : "bad"}`;
  document.body.append(light);
  setTimeout(() => light.remove(), 800);
}

/** @type {AudioContext | undefined} */
let audio;

/**
 * Two rising tones for yes, one low for no; "none" keeps still.
 * @param {boolean} ok
 * @param {string} [kind]
 */
export function sound(ok, kind = "") {
  if (kind === "none" || !window.AudioContext) return;
  const stage = (audio ??= new AudioContext());
  const tones = ok ? [880, 1320] : [196, 147];
  tones.forEach((height, place) => {
    const [voice, loud] = [stage.createOscillator(), stage.createGain()];
    const at = stage.currentTime + place * 0.11;
    voice.type = ok ? "sine" : "square";
    voice.frequency.value = height;
    loud.gain.setValueAtTime(ok ? 0.15 : 0.1, at);
    loud.gain.exponentialRampToValueAtTime(0.001, at + (ok ? 0.12 : 0.28));
    voice.connect(loud).connect(stage.destination);
    voice.start(at);
    voice.stop(at + 0.3);
  });
}

/** Hears keys from now on, and those that came while the page was being loaded. */
export function start() {
  document.addEventListener("keydown", heard, true);
  const early = /** @type {{earlyKeys?: () => KeyboardEvent[]}} */ (/** @type {unknown} */ (window)).earlyKeys?.() ?? [];
  for (const event of early) heard(event);
  const said = sessionStorage.getItem("said");
  sessionStorage.removeItem("said");
  if (said) {
    const { say: text, ok, undo } = JSON.parse(said);
    toast({ text, tone: ok ? "good" : "bad", undo });
  }
}
