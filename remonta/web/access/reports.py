"""Figures, and bringing data in from files."""

# fmt: off
ROWS: dict[tuple[str, str], str | tuple[str, ...]] = {
    ("desk:reports",             "GET"):  ("reports.see", "reports.own"),
    ("desk:report",              "GET"):  ("reports.see", "reports.own"),
    ("desk:imports",             "GET"):  ("exchange.import", "exchange.import_prices"),
    ("desk:import-new",          "GET"):  ("exchange.import", "exchange.import_prices"),
    ("desk:import-new",          "POST"): ("exchange.import", "exchange.import_prices"),
    ("desk:import",              "GET"):  ("exchange.import", "exchange.import_prices"),
    ("desk:import-state",        "GET"):  ("exchange.import", "exchange.import_prices"),
    ("desk:import-mapping",      "GET"):  ("exchange.import", "exchange.import_prices"),
    ("desk:import-mapping",      "POST"): ("exchange.import", "exchange.import_prices"),
    ("desk:import-mapping-file", "GET"):  ("exchange.import", "exchange.import_prices"),
    ("desk:import-move",         "POST"): ("exchange.import", "exchange.import_prices"),
    ("desk:import-rows",         "GET"):  ("exchange.import", "exchange.import_prices"),
}
# fmt: on
