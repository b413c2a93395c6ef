/** Scanning with the camera: live where the browser allows it, else from a picture. */

import { classic } from "remonta/classic";
import { makeDialog } from "remonta/dialog";
import { fill, scanned } from "remonta/scan";
import { toast, words } from "remonta/toast";

const FORMATS = [
  "QRCode", "DataMatrix", "Aztec", "PDF417", "Code128", "Code39", "Code93", "Codabar", "ITF",
  "EAN13", "EAN8", "UPCA", "UPCE", "DataBar", "DataBarExpanded",
];
/** @type {Promise<(image: Blob | ImageData) => Promise<string>> | undefined} */
let reader;

/** What reads codes, loaded when it is first needed; GS1 codes as people write them: (01)…(10)…. */
export function decoder() {
  reader ??= classic("zxing-wasm/reader").then(() => {
    const zxing = /** @type {{ZXingWASM: typeof import("zxing-wasm/reader")}} */ (/** @type {unknown} */ (window)).ZXingWASM;
    const wasm = import.meta.resolve("zxing-wasm/reader.wasm");
    zxing.prepareZXingModule({ overrides: { locateFile: (/** @type {string} */ path) => (path.endsWith(".wasm") ? wasm : path) } });
    return async (image) => {
      const found = await zxing.readBarcodes(image, { formats: /** @type {any} */ (FORMATS), tryHarder: true, maxNumberOfSymbols: 1, textMode: "HRI" });
      return found.find((code) => code.isValid)?.text ?? "";
    };
  });
  return reader;
}

/** @param {HTMLElement} button */
export function open(button) {
  const into = button.dataset.cameraInto;
  const field = into ? /** @type {HTMLInputElement | null} */ (document.querySelector(into)) : null;
  const use = (/** @type {string} */ code) => (field ? fill(field, code) : scanned(code));
  if (navigator.mediaDevices) live(use);
  else picture(use);
}

/** @param {(code: string) => void} use */
async function live(use) {
  const { dialog, body } = makeDialog(words("scan-camera"));
  const view = document.createElement("div");
  view.className = "camera-view";
  const video = Object.assign(document.createElement("video"), { playsInline: true, muted: true });
  view.append(video);
  const hint = Object.assign(document.createElement("p"), { className: "field-hint", textContent: words("scan-aim") });
  const instead = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: words("scan-picture") });
  instead.addEventListener("click", () => { dialog.close(); picture(use); });
  const line = Object.assign(document.createElement("div"), { className: "form-end" });
  line.append(instead);
  body.append(view, hint, line);
  dialog.showModal();
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } });
  } catch {
    dialog.close();
    toast({ text: words("scan-denied"), tone: "warn" });
    return picture(use);
  }
  dialog.addEventListener("close", () => stream.getTracks().forEach((track) => track.stop()));
  video.srcObject = stream;
  await video.play();
  return watch(video, dialog, use);
}

/**
 * @param {HTMLVideoElement} video
 * @param {HTMLDialogElement} dialog
 * @param {(code: string) => void} use
 */
async function watch(video, dialog, use) {
  const read = await decoder();
  const canvas = document.createElement("canvas");
  const paper = canvas.getContext("2d", { willReadFrequently: true });
  while (dialog.open && paper) {
    Object.assign(canvas, { width: video.videoWidth || 640, height: video.videoHeight || 480 });
    paper.drawImage(video, 0, 0);
    const code = await read(paper.getImageData(0, 0, canvas.width, canvas.height));
    if (code && dialog.open) {
      dialog.close();
      return use(code);
    }
    await new Promise((resolve) => { setTimeout(resolve, 120); });
  }
  return undefined;
}

/** @param {(code: string) => void} use */
function picture(use) {
  const input = Object.assign(document.createElement("input"), { type: "file", accept: "image/*", className: "visually-hidden" });
  input.setAttribute("capture", "environment");
  input.setAttribute("aria-label", words("scan-picture"));
  input.setAttribute("data-camera-file", "");
  input.addEventListener("change", async () => {
    const file = input.files?.[0];
    input.remove();
    if (!file) return;
    const code = await (await decoder())(file);
    if (code) use(code);
    else toast({ text: words("scan-none"), tone: "warn" });
  });
  input.addEventListener("cancel", () => input.remove());
  document.body.append(input);
  input.click();
}
