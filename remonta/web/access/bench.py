"""The workshop: board, one's own work, diagnosis, final check, hand-over."""

# fmt: off
ROWS: dict[tuple[str, str], str | tuple[str, ...]] = {
    ("desk:board",           "GET"):  "dispatch.see",
    ("desk:my-work",         "GET"):  "dispatch.answer",
    ("desk:order-bench",     "GET"):  "dispatch.see",
    ("desk:order-load",      "GET"):  "dispatch.load",
    ("desk:order-give",      "POST"): "dispatch.give",
    ("desk:order-finding",   "POST"): "dispatch.work",
    ("desk:order-timer",     "POST"): "dispatch.work",
    ("desk:finding-drop",    "POST"): "dispatch.work",
    ("desk:dispatch-answer", "POST"): ("dispatch.answer", "dispatch.give"),
    ("desk:order-check",     "GET"):  "quality.see",
    ("desk:order-check",     "POST"): "quality.check",
    ("desk:hand-over",       "GET"):  "orders.hand_over",
    ("desk:hand-over",       "POST"): "orders.hand_over",
}
# fmt: on
