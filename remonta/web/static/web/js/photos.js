/** Photographs by webcam, file, paste and drag; each is sent at once, with progress. */

import { makeDialog } from "remonta/dialog";
import { uuid7 } from "remonta/operation";
import { csrf, icon, say, toast } from "remonta/toast";

const LARGEST = 2400;

/**
 * Makes big pictures small enough to send from a phone; small ones go as they are.
 * @param {Blob} file
 * @returns {Promise<Blob>}
 */
async function shrink(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (!picture) return file;
  const scale = LARGEST / Math.max(picture.width, picture.height);
  if (scale >= 1 && file.size < 1500000) return file;
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: picture.width * Math.min(scale, 1), height: picture.height * Math.min(scale, 1) });
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => { canvas.toBlob((small) => resolve(small ?? file), "image/jpeg", 0.88); });
}

/**
 * @param {HTMLElement} drop
 * @param {Blob} file
 */
async function add(drop, file) {
  if (!file.type.startsWith("image/")) return;
  const item = document.createElement("li");
  item.className = "is-sending";
  const image = Object.assign(document.createElement("img"), { src: URL.createObjectURL(file), alt: "", width: 96, height: 72 });
  item.append(image);
  drop.querySelector("[data-photos-strip]")?.append(item);
  send(drop, item, await shrink(file), uuid7());
}

/**
 * @param {HTMLElement} drop
 * @param {HTMLLIElement} item
 * @param {Blob} file
 * @param {string} operation the same for every attempt
 */
function send(drop, item, file, operation) {
  item.querySelector(".photo-retry")?.remove();
  item.classList.add("is-sending");
  item.classList.remove("is-failed");
  const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
  bar.setAttribute("aria-label", drop.dataset.textDone ?? "");
  item.append(bar);
  const body = new FormData();
  body.set(drop.dataset.photosName ?? "photo", file, "photo.jpg");
  body.set("operation", operation);
  body.set("csrfmiddlewaretoken", drop.dataset.csrf || csrf());
  const request = new XMLHttpRequest();
  request.open("POST", drop.dataset.photos ?? "");
  request.setRequestHeader("X-Requested-With", "fetch");
  request.upload.addEventListener("progress", (event) => { bar.value = event.loaded / event.total; });
  request.addEventListener("loadend", () => {
    bar.remove();
    item.classList.remove("is-sending");
    if (request.status >= 200 && request.status < 300) return done(drop, item, request);
    return failed(drop, item, request, () => send(drop, item, file, operation));
  });
  request.send(body);
}

/**
 * @param {HTMLElement} drop
 * @param {HTMLLIElement} item
 * @param {XMLHttpRequest} request
 */
function done(drop, item, request) {
  say(drop.dataset.textDone ?? "");
  drop.dispatchEvent(new CustomEvent("photo", { bubbles: true }));
  const type = request.getResponseHeader("Content-Type") ?? "";
  const image = /** @type {HTMLImageElement} */ (item.querySelector("img"));
  if (type.includes("json")) {
    const { url, thumb, label } = JSON.parse(request.responseText);
    const link = document.createElement("a");
    link.href = url ?? "#";
    Object.assign(image, { src: thumb ?? url ?? image.src, alt: label ?? "" });
    item.replaceChildren(link);
    link.append(image);
  } else if (request.responseText.trim()) {
    const shape = document.createElement("template");
    shape.innerHTML = request.responseText;
    item.replaceWith(shape.content);
  }
}

/**
 * @param {HTMLElement} drop
 * @param {HTMLLIElement} item
 * @param {XMLHttpRequest} request
 * @param {() => void} again
 */
function failed(drop, item, request, again) {
  item.classList.add("is-failed");
  const button = Object.assign(document.createElement("button"), { type: "button", className: "photo-retry", textContent: drop.dataset.textRetry });
  button.addEventListener("click", again);
  item.append(button);
  const plain = (request.getResponseHeader("Content-Type") ?? "").startsWith("text/plain");
  toast({ text: (plain && request.responseText) || drop.dataset.textFailed || "", tone: "bad" });
}

/** @param {HTMLElement} drop */
async function shoot(drop) {
  if (!navigator.mediaDevices) return picture(drop);
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1920 } } });
  } catch {
    return picture(drop);
  }
  const { dialog, body } = makeDialog(drop.dataset.textAsk ?? "", "dialog-wide");
  const view = Object.assign(document.createElement("div"), { className: "camera-view camera-plain" });
  const video = Object.assign(document.createElement("video"), { playsInline: true, muted: true, srcObject: stream });
  const shots = Object.assign(document.createElement("ul"), { className: "photo-strip" });
  const line = Object.assign(document.createElement("div"), { className: "form-end" });
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-primary" });
  button.append(icon("camera"), drop.dataset.textAsk ?? "");
  button.addEventListener("click", () => snap(video, drop, shots));
  view.append(video);
  line.append(button);
  body.append(view, line, shots);
  dialog.addEventListener("close", () => stream.getTracks().forEach((track) => track.stop()));
  dialog.showModal();
  await video.play();
  return button.focus();
}

/**
 * @param {HTMLVideoElement} video
 * @param {HTMLElement} drop
 * @param {HTMLElement} shots
 */
function snap(video, drop, shots) {
  const canvas = Object.assign(document.createElement("canvas"), { width: video.videoWidth, height: video.videoHeight });
  canvas.getContext("2d")?.drawImage(video, 0, 0);
  canvas.toBlob((blob) => {
    if (!blob) return;
    add(drop, blob);
    const item = document.createElement("li");
    item.append(Object.assign(document.createElement("img"), { src: URL.createObjectURL(blob), alt: "" }));
    shots.append(item);
  }, "image/jpeg", 0.88);
}

/** @param {HTMLElement} drop */
function picture(drop) {
  const input = /** @type {HTMLInputElement | null} */ (drop.querySelector("[data-photos-file]"));
  input?.setAttribute("capture", "environment");
  input?.click();
  input?.removeAttribute("capture");
}

/** @param {HTMLElement} drop */
function prepare(drop) {
  if (drop.dataset.ready) return;
  drop.dataset.ready = "yes";
  const input = /** @type {HTMLInputElement | null} */ (drop.querySelector("[data-photos-file]"));
  input?.addEventListener("change", () => {
    for (const file of input.files ?? []) add(drop, file);
    input.value = "";
  });
  drop.querySelector("[data-photos-camera]")?.addEventListener("click", () => shoot(drop));
  drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("is-over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("is-over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("is-over");
    for (const file of event.dataTransfer?.files ?? []) add(drop, file);
  });
}

/** @param {ClipboardEvent} event */
function pasted(event) {
  const drop = /** @type {HTMLElement | null} */ (document.querySelector("[data-photos]"));
  const files = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith("image/"));
  if (!drop || !files.length) return;
  event.preventDefault();
  for (const file of files) add(drop, file);
}

let listening = false;

export function start() {
  for (const drop of document.querySelectorAll("[data-photos]")) prepare(/** @type {HTMLElement} */ (drop));
  if (!listening) document.addEventListener("paste", pasted);
  listening = true;
}
