"""Reading requests and work orders."""

from remonta.orders.queries.scope import (
    drafts_for,
    notes_for,
    repairs_told_to,
    requests_for,
    routes_for,
    statuses_for,
    tasks_for,
    work_orders_for,
)

__all__ = [
    "drafts_for",
    "notes_for",
    "repairs_told_to",
    "requests_for",
    "routes_for",
    "statuses_for",
    "tasks_for",
    "work_orders_for",
]
