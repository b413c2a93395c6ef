"""Of every text that stands beside a customer it is decided whether it goes when the customer asks to be forgotten."""

from django.apps import apps
from django.db import models

ERASED = {
    "orders.Request": {"contact_name", "contact_phone", "contact_email", "device", "fault", "answer", "refusal_note"},
    "orders.Promise": {"note"},
    "orders.WorkOrder": {"fault", "looks", "confirmed_fault", "solution"},
    "orders.Accessory": {"name"},
    "orders.Note": {"text"},
    "orders.Task": {"title", "text"},
    "orders.CheckResult": {"note"},
    "equipment.Shipment": {"customer_name"},
    "equipment.Unit": {"note"},
    "customers.Phone": {"number", "reversed_digits", "label"},
    "customers.Address": {"label", "lines", "city", "postcode", "country"},
    "customers.Customer": {"name", "sort_name", "email", "tax_id", "note", "flags", "may_contact"},
    "quotes.Quote": {"note", "shown"},
    "dispatch.DispatchOrder": {"reason"},
    "dispatch.Finding": {"text"},
    "quality.FinalCheck": {"note"},
    "quality.Rating": {"text"},
    "calls.Call": {"number"},
    "counter.HandOver": {"taken_by"},
    "stock.Loan": {"found"},
    "logistics.Parcel": {"sender_name", "sender_phone", "sender_email", "address", "hint", "question", "note"},
    "logistics.Shipment": {"sender", "receiver", "contents", "refusal"},
    "logistics.BatchLine": {"task", "accessories", "note"},
    "logistics.Onward": {"task"},
    "logistics.Difference": {"thing", "note"},
}
"""What is erased of rows that hang on a customer, a request or a work order."""
KEPT = {
    "billing.Invoice": {"number", "currency", "contents", "contents_hash"},
    "billing.LedgerAccount": {"key", "currency", "code"},
    "billing.PartCharge": {"actor", "tax_code", "terms", "text"},
    "billing.Payment": {"currency", "terminal", "reference", "refusal"},
    "calls.Call": {"exchange", "external_id", "line"},
    "counter.HandOver": {"shown_hash"},
    "equipment.Shipment": {"number"},
    "equipment.Unit": {"serial", "serial_normal", "second_serial", "tag", "batch"},
    "logistics.BatchLine": {"evidence", "hs_code", "origin"},
    "logistics.Onward": {"to_name"},
    "logistics.Parcel": {"number", "courier", "tracking"},
    "logistics.Shipment": {
        "number",
        "service",
        "point",
        "parcels",
        "subject",
        "outside_number",
        "tracking_number",
        "currency",
    },
    "notices.CustomerMessage": {"code", "key", "channel"},
    "orders.Accessory": {"code"},
    "orders.Hold": {"code", "reason", "values", "blocks", "placed_by"},
    "orders.Promise": {"currency"},
    "orders.Request": {"number", "refusal"},
    "orders.WorkOrder": {"number", "currency", "outcome", "imported"},
    "quality.FinalCheck": {"results"},
    "supply.OldPart": {"serials", "batch", "cause"},
    "stock.Loan": {"number", "currency", "condition", "accessories", "missing"},
    "quotes.Quote": {"currency", "shown_hash"},
}
"""What stays of them: numbers, codes, amounts, hashes, and what the law wants kept."""


def test_of_every_text_beside_a_customer_it_is_decided_whether_it_goes():
    """A room that keeps a new text of customers or their orders has to say here what becomes of it, and erase it."""
    of = {"customers.Customer", "orders.Request", "orders.WorkOrder"}
    texts = (models.CharField, models.TextField, models.JSONField)
    beside = {}
    for model in apps.get_models():
        columns = model._meta.concrete_fields
        if model._meta.label in of or any(one.related_model and one.related_model._meta.label in of for one in columns):
            said = {one.name for one in columns if isinstance(one, texts) and not one.choices}
            beside |= {model._meta.label: said} if said else {}
    decided = {label: ERASED.get(label, set()) | KEPT.get(label, set()) for label in {*ERASED, *KEPT}}
    assert beside == {label: decided.get(label, set()) for label in beside}
