"""The call centre: calls, requests, the call-back list."""

# fmt: off
ROWS: dict[tuple[str, str], str | tuple[str, ...]] = {
    ("desk:calls",            "GET"):  "calls.see",
    ("desk:calls",            "POST"): "orders.register",
    ("desk:calls-ringing",    "GET"):  "calls.see",
    ("desk:calls-find",       "GET"):  "calls.see",
    ("desk:calls-beside",     "GET"):  "calls.see",
    ("desk:calls-state",      "GET"):  ("orders.state", "orders.see"),
    ("desk:call-returned",    "POST"): "calls.see",
    ("desk:requests",         "GET"):  "orders.register",
    ("desk:request",          "GET"):  "orders.register",
    ("desk:request-move",     "POST"): "orders.register",
    ("desk:request-promise",  "POST"): "orders.register",
    ("desk:request-note",     "POST"): "orders.write",
}
# fmt: on
