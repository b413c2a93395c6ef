"""Buying: suppliers and their prices, exchange rates, what is to be bought, orders at suppliers."""

# fmt: off
ROWS: dict[tuple[str, str], str | tuple[str, ...]] = {
    ("desk:suppliers",          "GET"):   "supply.see_suppliers",
    ("desk:supplier-new",       "GET"):   "supply.keep_suppliers",
    ("desk:supplier-new",       "POST"):  "supply.keep_suppliers",
    ("desk:supplier",           "GET"):   "supply.see_suppliers",
    ("desk:supplier",           "POST"):  "supply.keep_suppliers",
    ("desk:supplier-archive",   "POST"):  "supply.keep_suppliers",
    ("desk:supplier-part-new",  "GET"):   "supply.keep_suppliers",
    ("desk:supplier-part-new",  "POST"):  "supply.keep_suppliers",
    ("desk:supplier-part",      "GET"):   "supply.keep_suppliers",
    ("desk:supplier-part",      "POST"):  "supply.keep_suppliers",
    ("desk:rates",              "GET"):   "supply.see_suppliers",
    ("desk:rate-new",           "GET"):   "supply.keep_suppliers",
    ("desk:rate-new",           "POST"):  "supply.keep_suppliers",
    ("desk:rates-file",         "GET"):   "supply.keep_suppliers",
    ("desk:rates-file",         "POST"):  "supply.keep_suppliers",
    ("api:suppliers",           "GET"):   "supply.see_suppliers",
    ("api:suppliers",           "POST"):  "supply.keep_suppliers",
    ("api:supplier",            "GET"):   "supply.see_suppliers",
    ("api:supplier",            "PATCH"): "supply.keep_suppliers",
    ("api:supplier-archive",    "POST"):  "supply.keep_suppliers",
    ("api:supplier-parts",      "GET"):   "supply.see_suppliers",
    ("api:supplier-parts",      "POST"):  "supply.keep_suppliers",
    ("api:supplier-part",       "PATCH"): "supply.keep_suppliers",
    ("api:exchange-rates",      "GET"):   "supply.see_suppliers",
    ("api:exchange-rate",       "PUT"):   "supply.keep_suppliers",
    ("api:exchange-rates-table", "POST"): "supply.keep_suppliers",
}
# fmt: on
