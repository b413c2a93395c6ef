/** Relative times stay true while a page stands open. */

const STEPS = /** @type {[Intl.RelativeTimeFormatUnit, number][]} */ ([["day", 86400], ["hour", 3600], ["minute", 60]]);

/**
 * @param {Date} when
 * @param {Intl.RelativeTimeFormat} format
 * @param {number} now
 */
export function relative(when, format, now) {
  const seconds = Math.trunc((when.getTime() - now) / 1000);
  const step = STEPS.find(([, size]) => Math.abs(seconds) >= size);
  return step ? format.format(Math.trunc(seconds / step[1]), step[0]) : null;
}

function tick() {
  const format = new Intl.RelativeTimeFormat(document.documentElement.lang || "en", { numeric: "always" });
  for (const place of document.querySelectorAll("time[data-ago]")) {
    const text = relative(new Date(/** @type {HTMLTimeElement} */ (place).dateTime), format, Date.now());
    if (text && place.textContent !== text) place.textContent = text;
  }
}

export function start() {
  setInterval(tick, 30000);
}
