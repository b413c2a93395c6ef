"""Printing what stands around a work order: the receipt, the sheet for the bench, labels."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from remonta.billing.queries import paid_for
from remonta.catalogue.queries import checklist
from remonta.documents.commands.issuing import issue_document
from remonta.documents.commands.links import with_link
from remonta.documents.models import Document
from remonta.documents.pieces import SHOWN, amount, company_of, customer_of, language_of, unit_of, zone
from remonta.documents.queries import logo_of
from remonta.documents.shapes import Form, Label, LabelData, Line, Pair, ReceiptData, WorkOrderData
from remonta.documents.written import day, moment, quantity
from remonta.identity.queries import setting
from remonta.kernel.actor import Actor
from remonta.kernel.texts import said
from remonta.orders.queries import WorkOrder, work_orders_for
from remonta.quotes.queries import approved_lines
from remonta.spine.commands import command
from remonta.stock.queries import whereabouts

WORK_ORDER = "orders.workorder"


@command
def print_receipt(actor: Actor, work_order_uid: UUID, *, paper: str = "a4") -> Document:
    """The customer's receipt for the unit, in the customer's language, with a link to follow the repair.

    Printed again without a change it is the same document. Raises NoSuchForm, NotPermitted, WorkOrder.DoesNotExist.
    """
    order = order_to_print(actor, work_order_uid)
    with translation.override(language_of(order)):
        return with_link(actor, order, _receipt(actor, order, paper))


@command
def print_work_order(actor: Actor, work_order_uid: UUID, *, paper: str = "a4") -> Document:
    """The sheet that goes to the bench with the unit, in the centre's language."""
    order = order_to_print(actor, work_order_uid, "engineer")
    with translation.override(order.centre.language):
        return issue(actor, order, _work_order(order, paper))


@command
def print_labels(actor: Actor, work_order_uid: UUID, *, size: str = "58x40") -> Document:
    """One label for the unit and one for each accessory that is still with us."""
    order = order_to_print(actor, work_order_uid)
    with translation.override(order.centre.language):
        return issue(actor, order, _labels(order, size))


def order_to_print(actor: Actor, uid: UUID, *more: str) -> WorkOrder:
    """The order with what forms show of it, and what is named besides. One statement."""
    return work_orders_for(actor).select_related(*SHOWN, *more).get(uid=uid)


def issue(actor: Actor, order: WorkOrder, form: Form) -> Document:
    """The form about the order, issued at the order's centre."""
    about: dict[str, Any] = {
        "subject": WORK_ORDER,
        "subject_id": order.pk,
        "thread_id": order.pk,
        "centre_id": order.centre_id,
    }
    look: dict[str, Any] = {"code": form.code, "paper": form.paper, "language": form.language}
    marked = replace(form, logo=logo_of(actor, order.centre.legal_entity_id)) if form.has_head else form
    issued: Document = issue_document(actor, **look, **about, data=marked.as_json())
    return issued


def _receipt(actor: Actor, order: WorkOrder, paper: str) -> ReceiptData:
    language = language_of(order)
    return ReceiptData(
        paper=paper,
        language=language,
        company=company_of(order),
        number=order.number,
        issued=moment(order.created_at, language, zone(order)),
        bar=order.number,
        qr_caption=_("Scan to follow your repair"),
        customer=customer_of(order),
        unit=unit_of(order),
        fault=order.fault,
        looks=order.looks,
        accessories=tuple(order.accessories.order_by("pk").values_list("name", flat=True)),
        checks=_checks(order, language),
        agreed=_agreed(actor, order, language),
        terms=_terms(order),
    )


def _agreed(actor: Actor, order: WorkOrder, language: str) -> tuple[Pair, ...]:
    said_price = order.request.promises.exclude(price=None).order_by("-pk").first()
    paid = paid_for([order.pk]).get(order.pk, 0) if actor.may("billing.see", order) else 0
    return (
        (_("Estimate"), amount(said_price.price if said_price else None, order)),
        (_("Allowed without asking"), amount(order.preauthorised, order)),
        (_("Deposit paid"), amount(paid, order)),
        (_("Ready by"), day(order.due_at, language, zone(order))),
    )


def _checks(order: WorkOrder, language: str) -> tuple[Pair, ...]:
    rows = order.checks.filter(item__moment="intake").select_related("item").order_by("item__position", "pk")
    return tuple((said(row.item.names, language), _result(row.get_result_display(), row.note)) for row in rows)


def _result(result: str, note: str) -> str:
    return f"{result}: {note}" if note else result


def _terms(order: WorkOrder) -> str:
    usual = _(
        "Please keep this receipt: the unit is handed over against it. We use your data only for this repair and "
        "keep it as long as the law asks."
    )
    return str(setting("documents.receipt_terms", order.centre_id)) or usual


def _work_order(order: WorkOrder, paper: str) -> WorkOrderData:
    language = order.centre.language
    category = order.product.category_id if order.product else None
    return WorkOrderData(
        paper=paper,
        language=language,
        company=company_of(order),
        number=order.number,
        issued=moment(order.created_at, language, zone(order)),
        qr=order.number,
        bar=order.number,
        customer=customer_of(order),
        unit=unit_of(order),
        fault=order.confirmed_fault or order.fault,
        looks=order.looks,
        accessories=tuple(order.accessories.order_by("pk").values_list("name", flat=True)),
        checks=tuple(line.text for line in checklist(category, "final", language)),
        lines=tuple(
            Line(name=line.text, quantity=quantity(line.quantity, language)) for line in approved_lines(order.pk)
        ),
        terms_of_work=_terms_of_work(order, language),
    )


def _terms_of_work(order: WorkOrder, language: str) -> tuple[Pair, ...]:
    here = whereabouts([order.unit_id]).get(order.unit_id) if order.unit_id else None
    return (
        (_("Ready by"), day(order.due_at, language, zone(order))),
        (_("Place"), here.said if here else ""),
        (_("Engineer"), order.engineer.name if order.engineer else ""),
        (_("Warranty"), _("yes") if order.under_warranty else ""),
        (_("Allowed without asking"), amount(order.preauthorised, order)),
    )


def _labels(order: WorkOrder, size: str) -> LabelData:
    language = order.centre.language
    taken = day(order.created_at, language, zone(order))
    who = order.customer.name if order.customer else order.request.contact_name
    things = list(order.accessories.filter(returned_at=None).order_by("pk"))
    device = unit_of(order).name
    first = Label(code=order.number, name=device, qr=order.number, lines=(who, taken, order.fault))
    others = tuple(
        Label(code=thing.code, name=thing.name, qr=thing.code, index=f"{at}/{len(things)}", lines=(device, who, taken))
        for at, thing in enumerate(things, start=1)
    )
    return LabelData(
        paper=size,
        language=language,
        company=company_of(order),
        number=order.number,
        issued=taken,
        labels=(first, *others),
    )
