"""Printing what was issued to a repair: what is paid on a sales issue note, the rest on the other one."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remonta.billing.queries import sold_prices
from remonta.documents.commands.issuing import NoSuchForm
from remonta.documents.commands.orders import issue, order_to_print
from remonta.documents.counter_shapes import IssuedLine, IssueNoteData, SalesNoteData
from remonta.documents.models import Document
from remonta.documents.pieces import company_of, customer_of, language_of, unit_of, zone
from remonta.documents.written import moment, money, price, quantity
from remonta.kernel.actor import Actor
from remonta.kernel.money import Money, line_total
from remonta.kernel.refusals import Refused
from remonta.orders.queries import WorkOrder
from remonta.spine.commands import command
from remonta.supply.queries import RequisitionLine, parts_of_order
from remonta.supply.workflow import ISSUED, Terms

FORMS = {form.code: form for form in (SalesNoteData, IssueNoteData)}


class NothingIssued(Refused):
    text = gettext_lazy("Nothing was issued to this repair on such terms.")


@command
def print_issue_note(actor: Actor, work_order_uid: UUID, *, code: str) -> Document:
    """What the repair has got and the customer pays, with prices for who sees money (`sales_note`); or what is under
    warranty or free, without (`issue_note`). Raises NoSuchForm, NothingIssued, NotPermitted."""
    if code not in FORMS:
        raise NoSuchForm
    order = order_to_print(actor, work_order_uid)
    sold = code == SalesNoteData.code
    rows = [row for row in parts_of_order(actor, order.pk) if row.state == ISSUED and row.terms]
    rows = [row for row in rows if (row.terms == Terms.PAID) == sold]
    if not rows:
        raise NothingIssued
    prices = sold_prices(order.pk) if sold and actor.may("billing.see", order) else {}
    with translation.override(language_of(order)):
        return issue(actor, order, _note(actor, order, FORMS[code], rows, prices))


def _note(
    actor: Actor, order: WorkOrder, kind: type[SalesNoteData], rows: list[RequisitionLine], prices: dict[int, Decimal]
) -> SalesNoteData:
    language = language_of(order)
    lines = tuple(_line(order, row, prices.get(row.part_id)) for row in rows)
    total = sum(line_total(prices[row.part_id], row.quantity, order.currency) for row in rows if row.part_id in prices)
    whole: Any = ((_("Total"), money(Money(total, order.currency), language), True),) if prices else ()
    return kind(
        paper="a4",
        language=language,
        company=company_of(order),
        number=order.number,
        issued=moment(actor.now(), language, zone(order)),
        qr=order.number,
        bar=order.number,
        customer=customer_of(order),
        unit=unit_of(order),
        lines=lines,
        totals=whole,
    )


def _line(order: WorkOrder, row: RequisitionLine, each: Decimal | None) -> IssuedLine:
    language = language_of(order)
    return IssuedLine(
        number=row.number,
        name=row.name,
        quantity=quantity(row.quantity, language),
        terms="" if row.terms == Terms.PAID else row.terms_label,
        price=price(each, order.currency, language) if each is not None else "",
        amount=money(Money(line_total(each, row.quantity, order.currency), order.currency), language)
        if each is not None
        else "",
    )
