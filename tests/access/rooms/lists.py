"""Exports: every list as a file, for which the same canaries are looked for as for the page."""

from remonta.web.export import KINDS
from tests.access.subjects import QUERIES

LISTS = (
    "customers",
    "units",
    "orders",
    "requests",
    "payments",
    "invoices",
    "stock",
    "places",
    "receipts",
    "people",
    "centres",
    "groups",
    "outbox",
    "jobs",
)
for name in LISTS:
    QUERIES.setdefault(f"desk:{name}", [])
    QUERIES[f"desk:{name}"] += [lambda *_, kind=kind: {"export": kind} for kind in KINDS]
