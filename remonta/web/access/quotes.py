"""Quotes at the desk."""

# fmt: off
ROWS: dict[tuple[str, str], str | tuple[str, ...]] = {
    ("desk:order-quote",         "GET"):  "quotes.see",
    ("desk:order-quote-edit",    "GET"):  "quotes.write",
    ("desk:order-quote-edit",    "POST"): "quotes.write",
    ("desk:order-quote-find",    "GET"):  "quotes.write",
    ("desk:order-quote-line",    "GET"):  "quotes.write",
    ("desk:quote-send",          "POST"): "quotes.send",
    ("desk:quote-preauthorised", "POST"): "quotes.answer",
    ("desk:quote-answer",        "POST"): "quotes.answer",
}
# fmt: on
