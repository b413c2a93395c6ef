/** Puts the request form into another site: <script src="…/request/embed.js" data-centre="KRK" data-language="pl" data-look="button" async></script> */

(() => {
  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  if (!script) return;
  const { centre = "", language = "", look = "frame", text = "" } = script.dataset;
  const query = new URLSearchParams({ frame: "1" });
  if (language) query.set("language", language);
  const address = new URL(`./${centre ? `${encodeURIComponent(centre)}/` : ""}?${query}`, script.src);

  const frame = document.createElement("iframe");
  Object.assign(frame, { src: address.href, title: text || "Remonta", loading: "lazy" });
  Object.assign(frame.style, { width: "100%", minHeight: "32rem", border: "0", colorScheme: "normal" });
  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.origin !== address.origin) return;
    const height = Number(event.data?.remonta === "height" && event.data.height);
    if (height > 0 && look !== "button") frame.style.height = `${Math.min(height, 6000)}px`;
  });

  /** @param {Element[]} shown where the script stands; at the end of the page when it stands in its head */
  const show = (...shown) => {
    if (!script.closest("head")) script.after(...shown);
    else if (document.body) document.body.append(...shown);
    else addEventListener("DOMContentLoaded", () => document.body.append(...shown));
  };
  if (look !== "button") {
    show(frame);
    return;
  }
  const dialog = document.createElement("dialog");
  Object.assign(dialog.style, { width: "min(46rem, 96vw)", height: "90vh", padding: "0", border: "0", borderRadius: "14px" });
  frame.style.height = "100%";
  const button = document.createElement("button");
  Object.assign(button, { type: "button", textContent: text || "Remonta", className: "remonta-button" });
  button.addEventListener("click", () => { if (!frame.isConnected) dialog.append(frame); dialog.showModal(); });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  show(button, dialog);
})();
