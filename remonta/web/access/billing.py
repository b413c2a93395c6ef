"""Payments, invoices, cash desks."""

# fmt: off
ROWS: dict[tuple[str, str], str | tuple[str, ...]] = {
    ("desk:order-money",       "GET"):  "billing.see",
    ("desk:order-pay",         "POST"): "billing.take",
    ("desk:order-invoice",     "POST"): "billing.invoice",
    ("desk:payments",          "GET"):  "billing.see",
    ("desk:payment",           "GET"):  "billing.see",
    ("desk:payment-state",     "GET"):  "billing.see",
    ("desk:payment-refund",    "POST"): "billing.refund",
    ("desk:payment-settle",    "POST"): "billing.settle",
    ("desk:payment-cancel",    "POST"): "billing.take",
    ("desk:invoices",          "GET"):  "billing.see",
    ("desk:invoice",           "GET"):  "billing.see",
    ("desk:invoice-correct",   "POST"): "billing.correct",
    ("desk:cash",              "GET"):  "billing.see",
    ("desk:cash-desk-new",     "POST"): "billing.desks",
    ("desk:cash-desk",         "POST"): "billing.desks",
    ("desk:cash-desk-archive", "POST"): "billing.desks",
    ("desk:cash-open",         "POST"): "billing.shift",
    ("desk:cash-lines",        "GET"):  "billing.see",
    ("desk:cash-close",        "POST"): "billing.shift",
    ("desk:cash-move",         "POST"): "billing.shift",
}
# fmt: on
