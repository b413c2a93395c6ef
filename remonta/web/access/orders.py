"""Orders and intake."""

# fmt: off
ROWS: dict[tuple[str, str], str | tuple[str, ...]] = {
    ("desk:orders",            "GET"):  "orders.see",
    ("desk:order",             "GET"):  "orders.see",
    ("desk:order-log",         "GET"):  "orders.see",
    ("desk:order-move",        "POST"): ("orders.work", "orders.stop", "orders.cancel"),
    ("desk:order-note",        "POST"): "orders.write",
    ("desk:order-fault",       "POST"): "orders.plan",
    ("desk:order-date",        "POST"): "orders.plan",
    ("desk:order-status",      "POST"): "orders.plan",
    ("desk:order-priority",    "POST"): "orders.plan",
    ("desk:order-watch",       "POST"): "orders.see",
    ("desk:order-unit",        "GET"):  "orders.see",
    ("desk:order-checklist",   "GET"):  "orders.see",
    ("desk:order-checklist",   "POST"): "orders.write",
    ("desk:order-photos",      "GET"):  "orders.see",
    ("desk:order-photos",      "POST"): "orders.write",
    ("desk:order-passcode",    "POST"): "orders.passcode",
    ("desk:intake",            "GET"):  "orders.take_in",
    ("desk:intake",            "POST"): "orders.take_in",
    ("desk:intake-customer",   "GET"):  "orders.take_in",
    ("desk:intake-unit",       "GET"):  "orders.take_in",
    ("desk:intake-beside",     "GET"):  "orders.take_in",
    ("desk:intake-draft",      "POST"): "orders.take_in",
    ("desk:intake-expected",   "GET"):  "orders.take_in",
    ("desk:intake-expected",   "POST"): "orders.take_in",
}
# fmt: on
