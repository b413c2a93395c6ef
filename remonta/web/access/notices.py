"""The bell, the customer's link, messages with the customer, and the texts they are written."""

# fmt: off
ROWS: dict[tuple[str, str], str | tuple[str, ...]] = {
    ("desk:notices",            "GET"):  "signed_in",
    ("desk:notice-count",       "GET"):  "signed_in",
    ("desk:notices-read",       "POST"): "signed_in",
    ("desk:notice-open",        "POST"): "signed_in",
    ("desk:customer-texts",     "GET"):  "notices.texts",
    ("desk:customer-text",      "GET"):  "notices.texts",
    ("desk:customer-text",      "POST"): "notices.texts",
    ("desk:order-link",         "GET"):  "orders.write",
    ("desk:order-link-make",    "POST"): "orders.write",
    ("desk:order-link-send",    "POST"): "orders.write",
    ("desk:order-link-revoke",  "POST"): "orders.write",
    ("desk:order-camera",       "POST"): "orders.write",
    ("desk:request-photos",     "GET"):  "orders.register",
    ("desk:order-messages",     "GET"):  "orders.write",
    ("desk:order-message",      "POST"): "orders.write",
}
# fmt: on
