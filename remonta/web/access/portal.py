"""The customers' pages: the secret link itself opens them, or they are for everybody."""

# fmt: off
ROWS: dict[tuple[str, str], str | tuple[str, ...]] = {
    ("portal:order",           "GET"):  "public",
    ("portal:order-page",      "GET"):  "public",
    ("portal:quote-approve",   "POST"): "public",
    ("portal:quote-decline",   "POST"): "public",
    ("portal:message",         "POST"): "public",
    ("portal:rating",          "POST"): "public",
    ("portal:file",            "GET"):  "public",
    ("portal:paper",           "GET"):  "public",
    ("portal:camera",          "GET"):  "public",
    ("portal:camera",          "POST"): "public",
    ("portal:request",         "GET"):  "public",
    ("portal:request",         "POST"): "public",
    ("portal:request-centres", "GET"):  "public",
    ("portal:request-embed",   "GET"):  "public",
    ("portal:request-sent",    "GET"):  "public",
    ("portal:request-centre",  "GET"):  "public",
    ("portal:request-centre",  "POST"): "public",
}
# fmt: on
