"""Printing a quote as the customer was shown it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remonta.documents.commands.links import with_link
from remonta.documents.commands.orders import order_to_print
from remonta.documents.models import Document
from remonta.documents.pieces import company_of, customer_of, language_of, unit_of, zone
from remonta.documents.shapes import Line, QuoteData, Variant
from remonta.documents.written import day, money, price, quantity
from remonta.kernel.actor import Actor
from remonta.kernel.money import Money
from remonta.kernel.refusals import Refused
from remonta.orders.queries import WorkOrder
from remonta.quotes.queries import Quote, quotes_for
from remonta.spine.commands import command

NECESSARY = "necessary"


class QuoteNotSent(Refused):
    text = gettext_lazy("This quote is a draft. Send it first; then it can be printed as the customer sees it.")


@command
def print_quote(actor: Actor, quote_uid: UUID) -> Document:
    """The quote as it was frozen when it was sent, in the customer's language. Raises QuoteNotSent, NotPermitted."""
    quote = quotes_for(actor).select_related("work_order").get(uid=quote_uid)
    if not quote.shown:
        raise QuoteNotSent
    order = order_to_print(actor, quote.work_order.uid)
    with translation.override(language_of(order)):
        form = _quote(order, quote, quote.shown)
        return with_link(actor, order, form, subject="quotes.quote", subject_id=quote.pk)


def _quote(order: WorkOrder, quote: Quote, shown: Mapping[str, Any]) -> QuoteData:
    language = language_of(order)
    ready, valid = shown["ready_at"], shown["valid_until"]
    return QuoteData(
        paper="a4",
        language=language,
        company=company_of(order),
        number=order.number,
        issued=day(quote.sent_at, language, zone(order)),
        bar=order.number,
        qr_caption=_("Scan to answer this quote"),
        subtitle=_("Version %(number)s") % {"number": shown["version"]},
        footer=f"SHA-256 {quote.shown_hash[:16]}…",
        customer=customer_of(order),
        unit=unit_of(order),
        finding="\n".join(filter(None, (order.confirmed_fault, shown["note"]))),
        variants=_variants(shown, language),
        agreed=(
            (_("Ready by"), day(datetime.fromisoformat(ready), language, zone(order)) if ready else ""),
            (_("Valid until"), day(date.fromisoformat(valid), language) if valid else ""),
        ),
    )


def _variants(shown: Mapping[str, Any], language: str) -> tuple[Variant, ...]:
    """The necessary work; and, where something is recommended on top, all of it together."""
    needed = [line for line in shown["lines"] if line["variant"] == NECESSARY]
    better = [line for line in shown["lines"] if line["variant"] != NECESSARY]
    first = _variant(_("Necessary"), needed, shown["currency"], language)
    if not better:
        return (first,)
    whole = _variant(_("Recommended"), [*needed, *better], shown["currency"], language)
    return (first, whole) if needed else (whole,)


def _variant(name: str, lines: Sequence[Mapping[str, Any]], currency: str, language: str) -> Variant:
    total = money(Money(sum(line["total"] for line in lines), currency), language)
    off = sum(line["discount"] for line in lines)
    less = ((_("Discount"), money(Money(-off, currency), language), False),) if off else ()
    return Variant(
        name=name,
        lines=tuple(_line(line, currency, language) for line in lines),
        totals=(*less, (_("Total"), total, True)),
    )


def _line(line: Mapping[str, Any], currency: str, language: str) -> Line:
    return Line(
        name=line["text"],
        quantity=quantity(line["quantity"], language),
        price=price(Decimal(line["price"]), currency, language),
        amount=money(Money(line["total"], currency), language),
    )
