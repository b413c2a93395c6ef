"""Figures, and bringing data in from files."""

# fmt: off
ROWS: dict[tuple[str, str], str | tuple[str, ...]] = {
    ("desk:reports",             "GET"):  ("reports.see", "reports.own"),
    ("desk:report",              "GET"):  ("reports.see", "reports.own"),
    ("desk:imports",             "GET"):  "exchange.import",
    ("desk:import-new",          "GET"):  "exchange.import",
    ("desk:import-new",          "POST"): "exchange.import",
    ("desk:import",              "GET"):  "exchange.import",
    ("desk:import-state",        "GET"):  "exchange.import",
    ("desk:import-mapping",      "GET"):  "exchange.import",
    ("desk:import-mapping",      "POST"): "exchange.import",
    ("desk:import-mapping-file", "GET"):  "exchange.import",
    ("desk:import-move",         "POST"): "exchange.import",
    ("desk:import-rows",         "GET"):  "exchange.import",
}
# fmt: on
