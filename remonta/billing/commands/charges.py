"""Keeping what an order costs in step with the terms on which its parts were issued."""

from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from remonta.billing.commands.holds import keep_holds
from remonta.billing.commands.invoices import reissue, standing_invoice
from remonta.billing.facts import TotalCorrected
from remonta.billing.models import PartCharge
from remonta.billing.queries.charges import Due, booked, dues, order_totals
from remonta.catalogue.queries import price_of
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Refused
from remonta.orders.queries import WorkOrder
from remonta.spine.commands import record_first
from remonta.supply.workflow import ISSUED, Terms


class PartPriceMissing(Refused):
    text = _("%(part)s has no price yet. Add it to the price list, or issue it under warranty or free of charge.")
    field = "terms"


class InvoiceInTheWay(Refused):
    text = _("Invoice %(number)s stands. Somebody who may correct invoices changes who pays.")
    field = "terms"


def keep_charges(actor: Actor, order: WorkOrder, *, by_hand: bool = False) -> int:
    """Books for a locked order what the terms of its issued parts change, line by line against what is booked.

    A standing invoice is corrected and issued anew; when a person has changed the terms (`by_hand`), they need the
    right for that. Answers what has changed of the total, in minor units. Raises PartPriceMissing, InvoiceInTheWay.
    """
    known = booked(order.pk)
    wanted = dues(order.pk, order.currency, _prices(actor, order))
    lines = [(due, due.amount - known.get(due.requisition.pk, 0)) for due in wanted]
    changed = [(due, amount) for due, amount in lines if amount]
    if not changed:
        return 0
    invoice = standing_invoice(order.pk)
    if invoice and by_hand and not actor.may("billing.correct", order):
        raise InvoiceInTheWay(number=invoice.number)
    for due, amount in changed:
        _book(actor, order, due, amount)
    if invoice:
        reissue(actor, order, invoice, "terms_changed")
    keep_holds(actor, order)
    return sum(amount for _due, amount in changed)


def _book(actor: Actor, order: WorkOrder, due: Due, amount: int) -> None:
    row = PartCharge.objects.create(
        centre_id=order.centre_id,
        work_order_id=order.pk,
        requisition=due.requisition,
        terms=due.terms,
        text=_text(order, due)[:300],
        quantity=due.quantity,
        price=due.price,
        tax_code=due.tax_code,
        amount=amount,
        actor=actor.label,
        made_at=actor.now(),
    )
    total = order_totals([order.pk])[order.pk]
    said: dict[str, Any] = {"charge_id": row.pk, "work_order_id": order.pk, "currency": order.currency}
    record_first(actor, row, TotalCorrected(**said, part=due.requisition.part.number, amount=amount, total=total))


def _text(order: WorkOrder, due: Due) -> str:
    """What the bill says, in the customer's language."""
    part = due.requisition.part
    language = order.customer.language if order.customer else order.centre.language
    with translation.override(language):
        back = due.terms == Terms.PAID and due.amount < 0
        why = translation.gettext("came back unused") if back else str(Terms(due.terms).label)
    return f"{part.number} {part.name} – {why}"


def _prices(actor: Actor, order: WorkOrder) -> dict[int, Decimal]:
    """What one of each part costs that is sold beyond the quote, by requisition: as it was sold first, else by today's
    price list. Raises PartPriceMissing."""
    kept = PartCharge.objects.filter(work_order_id=order.pk, price__isnull=False).order_by("pk")
    prices: dict[int, Decimal] = {key: price for key, price in kept.values_list("requisition_id", "price") if price}
    rows = [due.requisition for due in dues(order.pk, order.currency, {})]
    new = [
        row
        for row in rows
        if not row.from_quote and row.terms == Terms.PAID and row.state == ISSUED and row.pk not in prices
    ]
    if not new:
        return prices
    listed = price_of(order.centre.legal_entity_id, part_ids=[row.part_id for row in new], day=actor.now().date())
    for row in new:
        if (found := listed.get(("part", row.part_id))) is None:
            raise PartPriceMissing(part=row.part.number)
        prices[row.pk] = found.amount
    return prices
