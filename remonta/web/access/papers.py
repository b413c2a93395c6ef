"""Papers: printing, opening, templates, the mark."""

# fmt: off
ROWS: dict[tuple[str, str], str | tuple[str, ...]] = {
    ("desk:order-papers",      "GET"):  "documents.see",
    ("desk:order-print",       "POST"): "documents.print",
    ("desk:quote-print",       "POST"): "documents.print",
    ("desk:payment-print",     "POST"): "documents.print",
    ("desk:invoice-print",     "POST"): "documents.print",
    ("desk:goods-print",       "POST"): "documents.print",
    ("desk:place-labels",      "POST"): "documents.print",
    ("desk:paper",             "GET"):  "documents.see",
    ("desk:form-templates",    "GET"):  "documents.templates",
    ("desk:form-template",     "GET"):  "documents.templates",
    ("desk:form-template",     "POST"): "documents.templates",
    ("desk:form-preview",      "POST"): "documents.templates",
}
# fmt: on
