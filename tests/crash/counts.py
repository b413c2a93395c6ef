"""Run inside an installation: everything that was saved, as plain rows. Answers in one line of JSON."""

import json
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remonta.settings")
django.setup()

from django.apps import apps  # noqa: E402

SAID = {
    "orders": ("orders.WorkOrder", ("uid", "pk", "number", "state", "unit__serial")),
    "requests": ("orders.Request", ("number",)),
    "notes": ("orders.Note", ("work_order__uid", "text")),
    "quotes": ("quotes.Quote", ("uid", "work_order__uid", "state")),
    "payments": ("billing.Payment", ("uid", "work_order__uid", "state", "method", "amount")),
    "invoices": ("billing.Invoice", ("place", "work_order__uid")),
    "moves": ("stock.Move", ("thread_id", "reason", "quantity", "target__kind")),
    "receipts": ("supply.GoodsReceipt", ("uid",)),
    "customers": ("customers.Customer", ("name",)),
    "operations": ("spine.Operation", ("uid", "made_at")),
    "messages": ("spine.Message", ("uid", "channel", "state", "attempt", "error", "purpose", "thread_id", "next_at")),
    "jobs": ("spine.Job", ("name", "state", "run_at", "attempt", "error")),
}


def main() -> None:
    said = {name: list(rows(model, columns)) for name, (model, columns) in SAID.items()}
    print(json.dumps(said, default=plain))


def rows(model, columns):
    return apps.get_model(model).objects.order_by("pk").values(*columns)


def plain(value):
    return value.timestamp() if hasattr(value, "timestamp") else str(value)


main()
