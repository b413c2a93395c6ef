/** Charts drawn from the table that stands behind them: `<figure data-chart="bar"><table>…`. A column whose head has `data-undrawn` stays in the table. */

import { classic } from "remonta/classic";
import { words } from "remonta/toast";

/** @typedef {typeof import("chart.js").Chart} Charts */

const SHADES = ["--brand", "--copper-bright", "--wait", "--info", "--warn", "--stage-parts", "--quiet"];

/** @param {string} name */
const shade = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** @param {Element} cell */
const figure = (cell) => Number(cell.getAttribute("data-value") ?? (cell.textContent ?? "").replace(/[^\d.,−-]/g, "").replace("−", "-").replace(",", "."));

/**
 * Columns become series, rows become points.
 * @param {HTMLTableElement} table
 * @param {boolean} round
 */
function read(table, round) {
  const heads = [...table.querySelectorAll("thead th")].map((head, column) => ({ head, column })).slice(1).filter(({ head }) => !head.hasAttribute("data-undrawn"));
  const rows = [...table.querySelectorAll("tbody tr")];
  const colours = SHADES.map(shade);
  const datasets = heads.map(({ head, column }, place) => ({
    label: head.textContent?.trim() ?? "",
    data: rows.map((row) => figure(row.children[column])),
    backgroundColor: round ? rows.map((_row, at) => colours[at % colours.length]) : colours[place % colours.length],
    borderColor: round ? shade("--surface") : colours[place % colours.length],
    borderWidth: 2,
    borderRadius: round ? 0 : 4,
    pointRadius: 2.5,
    tension: 0.25,
  }));
  return { labels: rows.map((row) => row.children[0].textContent?.trim() ?? ""), datasets };
}

/** @param {HTMLElement} box */
async function draw(box) {
  const table = box.querySelector("table");
  if (!table || box.dataset.ready) return;
  box.dataset.ready = "yes";
  box.classList.add("chart-box");
  await classic("chart.js");
  const Chart = /** @type {{Chart: Charts}} */ (/** @type {unknown} */ (window)).Chart;
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  const stacked = box.dataset.chart === "stack";
  const kind = /** @type {"bar" | "line" | "doughnut"} */ (stacked ? "bar" : box.dataset.chart);
  const area = Object.assign(document.createElement("div"), { className: "chart-area" });
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", box.dataset.chartLabel ?? box.querySelector("figcaption, caption")?.textContent?.trim() ?? "");
  area.append(canvas);
  const behind = document.createElement("details");
  behind.append(Object.assign(document.createElement("summary"), { textContent: words("chart-table") }));
  const scroll = table.closest(".table-scroll") ?? table;
  scroll.before(area, behind);
  behind.append(scroll);
  const round = kind === "doughnut";
  const lines = { color: shade("--line") };
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const data = read(table, round);
  const chart = new Chart(canvas, {
    type: kind,
    data,
    options: {
      maintainAspectRatio: false,
      animation: still ? false : { duration: 250 },
      color: shade("--ink-soft"),
      plugins: { legend: { display: round || data.datasets.length > 1, position: "bottom" } },
      scales: round ? {} : { x: { stacked, grid: { display: false }, ticks: { color: shade("--ink-soft") } }, y: { stacked, beginAtZero: true, grid: lines, ticks: { color: shade("--ink-soft"), precision: 0 } } },
    },
  });
  void chart;
}

export function start() {
  for (const box of document.querySelectorAll("[data-chart]")) draw(/** @type {HTMLElement} */ (box));
}
