"""Writing and sending quotes."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any, TypeVar
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from remonta.catalogue.queries import parts_for, price_of, services_for
from remonta.identity.queries import setting
from remonta.kernel.actor import Actor
from remonta.kernel.money import line_total
from remonta.kernel.refusals import Missing, NotPermitted, Refused
from remonta.kernel.texts import clean, said
from remonta.orders.commands import apply_move, lock_work_order
from remonta.orders.queries import WorkOrder
from remonta.orders.workflow import APPROVAL
from remonta.quotes import facts
from remonta.quotes.models import Quote, QuoteLine, Variant
from remonta.quotes.queries import quotes_for
from remonta.quotes.workflow import QUOTE, REPLACED
from remonta.spine.commands import once, record, record_first

Named = TypeVar("Named")


class NoLines(Refused):
    text = _("A quote needs at least one line.")
    field = "lines"


class PriceMissing(Refused):
    text = _("%(text)s has no price yet. Write one, or add it to the price list.")
    field = "lines"


class QuantityWrong(Refused):
    text = _("%(text)s: write how many, more than zero.")
    field = "lines"


class DiscountTooLarge(Refused):
    text = _("%(text)s: the discount is larger than the line.")
    field = "lines"


class BelowCost(Refused):
    text = _("%(text)s is offered for less than it costs us. Raise the price, or let the head of centre allow it.")
    field = "lines"


@dataclass(frozen=True, kw_only=True)
class LineAsked:
    """One line: a work or a part of the catalogue, or words with a price of their own.

    `quantity` in thousandths; `price` per unit in major units, None for the list price; `discount` in minor units.
    """

    service_uid: UUID | None = None
    part_uid: UUID | None = None
    text: str = ""
    variant: str = Variant.NECESSARY
    quantity: int = 1000
    price: Decimal | None = None
    discount: int = 0


@once(quotes_for)
def write_quote(
    actor: Actor,
    work_order_uid: UUID,
    *,
    lines: Sequence[LineAsked],
    note: str = "",
    ready_at: datetime | None = None,
    valid_until: date | None = None,
    operation: UUID,
) -> Quote:
    """Write an offer. A draft is written anew; once sent, a change is a new version and the old one stays readable.

    Raises NoLines, PriceMissing, QuantityWrong, DiscountTooLarge.
    """
    order = lock_work_order(actor, work_order_uid, permission="quotes.write")
    if not lines:
        raise NoLines
    standing = Quote.objects.select_for_update().filter(work_order=order).exclude(state=REPLACED).first()
    version = _make_room(actor, standing)
    quote = Quote.objects.create(
        work_order=order,
        centre_id=order.centre_id,
        customer_id=order.customer_id,
        version=version,
        currency=order.currency,
        note=clean(note),
        ready_at=ready_at,
        valid_until=valid_until,
        created_at=actor.now(),
    )
    QuoteLine.objects.bulk_create(_lines(actor, order, quote, lines))
    record_first(actor, quote, facts.QuoteWritten(work_order_id=order.pk, quote_id=quote.pk, number=version))
    return quote


@once(quotes_for)
def send_quote(actor: Actor, uid: UUID, *, operation: UUID) -> Quote:
    """Ask the customer: what is shown is frozen with its hash, and the order waits for an answer.

    Raises QuoteClash, BelowCost.
    """
    order_id = quotes_for(actor).get(uid=uid).work_order_id
    order = lock_work_order(actor, order_id)
    quote = quotes_for(actor).select_for_update(of=("self",)).get(uid=uid)
    QUOTE.apply("send", quote, actor)
    lines = list(quote.lines.all())
    refuse_loss(order, lines)
    days = int(setting("quotes.valid_days", order.centre_id))
    quote.valid_until = quote.valid_until or (actor.now() + timedelta(days=days)).date()
    quote.sent_at, quote.shown = actor.now(), _shown(quote, lines)
    quote.shown_hash = hash_of(quote.shown)
    quote.save(update_fields=["state", "sent_at", "shown", "shown_hash", "valid_until"])
    if order.state != APPROVAL:
        apply_move(actor, order, "ask_approval")
    necessary = sum(line.total for line in lines if line.variant == Variant.NECESSARY)
    sums: dict[str, Any] = {
        "necessary": necessary,
        "whole": sum(line.total for line in lines),
        "currency": quote.currency,
    }
    record(actor, quote, facts.QuoteSent(work_order_id=order.pk, quote_id=quote.pk, **sums))
    return quote


def refuse_loss(order: WorkOrder, lines: Sequence[QuoteLine]) -> None:
    """Parts are not offered below cost unless the centre allows it; the sentence names the line, never the cost.

    One statement, none without such a line. Raises BelowCost.
    """
    losing = [line for line in lines if line.below_cost]
    if losing and not setting("stock.negative_margin", order.centre_id):
        raise BelowCost(text=losing[0].text)


def hash_of(shown: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of the canonical JSON of what was shown."""
    return sha256(json.dumps(shown, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _make_room(actor: Actor, standing: Quote | None) -> int:
    """The number of the new version; the standing one is replaced."""
    if standing is None:
        return 1
    replaced = facts.QuoteReplaced(work_order_id=standing.work_order_id, quote_id=standing.pk)
    QUOTE.apply("replace", standing, actor)
    standing.save(update_fields=["state"])
    record(actor, standing, replaced)
    return standing.version + 1


def _lines(actor: Actor, order: WorkOrder, quote: Quote, asked: Sequence[LineAsked]) -> list[QuoteLine]:
    services = {
        one.uid: one
        for one in services_for(actor).filter(uid__in=[line.service_uid for line in asked if line.service_uid])
    }
    parts = {
        one.uid: one for one in parts_for(actor).filter(uid__in=[line.part_uid for line in asked if line.part_uid])
    }
    priced = price_of(
        order.centre.legal_entity_id,
        part_ids=[part.pk for part in parts.values()],
        service_ids=[service.pk for service in services.values()],
        day=actor.now().date(),
    )
    language = order.customer.language if order.customer else get_language() or "en"
    rows = []
    for position, line in enumerate(asked):
        service, part = _found(services, line.service_uid), _found(parts, line.part_uid)
        text = clean(line.text) or (said(service.names, language) if service else part.name if part else "")
        listed = priced.get(("service", service.pk) if service else ("part", part.pk if part else 0))
        price = _price(actor, order, line, text, listed.amount if listed else None)
        total = line_total(price, line.quantity, quote.currency) - line.discount
        if line.quantity <= 0:
            raise QuantityWrong(text=text)
        if total < 0 or line.discount < 0:
            raise DiscountTooLarge(text=text)
        row = QuoteLine(quote=quote, variant=Variant(line.variant), service=service, part=part, text=text[:300])
        row.quantity, row.price, row.discount, row.total, row.position = (
            line.quantity,
            price,
            line.discount,
            total,
            position,
        )
        row.cost, row.tax_code = (listed.cost, listed.tax_code) if listed else (None, "standard")
        row.minutes = service.minutes * line.quantity // 1000 if service else 0
        rows.append(row)
    return rows


def _found(known: Mapping[UUID, Named], uid: UUID | None) -> Named | None:
    """What a line names, if it names something. Raises Missing for what is not in the catalogue."""
    if uid is None:
        return None
    if uid not in known:
        raise Missing
    return known[uid]


def _price(actor: Actor, order: WorkOrder, line: LineAsked, text: str, listed: Decimal | None) -> Decimal:
    if line.price is None and listed is None:
        raise PriceMissing(text=text)
    if line.price is None or line.price == listed:
        return listed  # type: ignore[return-value]
    changed = listed is not None or line.discount
    if line.price < 0 or (changed and not actor.may("quotes.price", order)):
        raise NotPermitted
    return line.price


def _shown(quote: Quote, lines: Sequence[QuoteLine]) -> dict[str, Any]:
    """What the customer reads, frozen: texts, quantities, prices, totals, the day."""
    return {
        "quote": str(quote.uid),
        "version": quote.version,
        "currency": quote.currency,
        "note": quote.note,
        "ready_at": quote.ready_at.isoformat() if quote.ready_at else "",
        "valid_until": quote.valid_until.isoformat() if quote.valid_until else "",
        "lines": [
            {
                "uid": str(line.uid),
                "variant": line.variant,
                "text": line.text,
                "quantity": line.quantity,
                "price": str(line.price.normalize()),
                "discount": line.discount,
                "total": line.total,
            }
            for line in lines
        ],
    }
