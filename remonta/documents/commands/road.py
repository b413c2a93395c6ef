"""Printing what goes along on the road: the document customers enclose, and the papers of batches."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remonta.documents.commands.issuing import NoSuchForm, issue_document
from remonta.documents.models import Document
from remonta.documents.pieces import company_at, unit_of
from remonta.documents.queries import logo_of
from remonta.documents.shapes import (
    CustomsLine,
    FreightLine,
    PackingListData,
    Party,
    ProFormaData,
    ReturnNoteData,
    SendInData,
    TransferActData,
    Unit,
    WaybillData,
)
from remonta.documents.written import day, moment, money, phone, price, quantity
from remonta.kernel.actor import Actor
from remonta.kernel.money import Money, exponent
from remonta.kernel.refusals import Refused
from remonta.logistics.queries import (
    Batch,
    CustomsShape,
    LineShape,
    Parcel,
    batches_for,
    customs_lines,
    lines_of,
    orders_of,
    parcels_for,
)
from remonta.orders.queries import WorkOrder, work_orders_for
from remonta.spine.commands import command

BATCH_FORMS = {
    form.code: form for form in (WaybillData, PackingListData, TransferActData, ReturnNoteData, ProFormaData)
}
FOR_RECEIVER = ("return_note", "pro_forma")


class NotAccepted(Refused):
    text = gettext_lazy("This parcel was not accepted yet. Check the request first.")


class NotDeclared(Refused):
    text = gettext_lazy("Write the values of what is in the batch under “Customs” first.")


@command
def print_send_in(actor: Actor, parcel_uid: UUID) -> Document:
    """The document of an expected parcel, in the customer's language. Raises NotAccepted, NotPermitted."""
    shown = ("centre__legal_entity", "request__customer", "request__product__brand")
    parcel = parcels_for(actor).select_related(*shown).get(uid=parcel_uid)
    if parcel.way != "in" or parcel.due_at is None:
        raise NotAccepted
    order = next(iter(orders_of(actor, parcel)), None)
    with translation.override(parcel.language):
        form = _send_in(actor, parcel, order)
        about: dict[str, Any] = {
            "subject": "logistics.parcel",
            "subject_id": parcel.pk,
            "thread_id": order.pk if order else None,
            "centre_id": parcel.centre_id,
        }
        look: dict[str, Any] = {"code": form.code, "paper": form.paper, "language": form.language}
        issued: Document = issue_document(actor, **look, **about, data=form.as_json())
    return issued


def _send_in(actor: Actor, parcel: Parcel, order: WorkOrder | None) -> SendInData:
    language, centre, request = parcel.language, parcel.centre, parcel.request
    target = party_of_centre(centre)
    sender = (
        (_("Address"), parcel.address),
        (_("Phone"), phone(parcel.sender_phone)),
        (_("E-mail"), parcel.sender_email),
    )
    return SendInData(
        paper="a4",
        language=language,
        company=company_at(centre),
        logo=logo_of(actor, centre.legal_entity_id),
        number=parcel.number,
        issued=moment(parcel.created_at, language, centre.timezone),
        qr=parcel.number,
        bar=parcel.number,
        qr_caption=_("We scan this when your parcel comes"),
        customer=Party(name=parcel.sender_name, facts=sender),
        unit=unit_of(order) if order else Unit(name=request.device if request else ""),
        target=target,
        fault=order.fault if order else request.fault if request else "",
        enclose=(
            _("this document"),
            _("the device, well padded, without its packaging from the shop"),
            _("only those accessories that are needed to see the fault"),
            _("the proof of purchase, if it is under warranty"),
        ),
        agreed=(
            (_("Your request"), request.number if request else ""),
            (_("Your repair"), order.number if order else ""),
            (_("Please send by"), day(parcel.due_at, language, centre.timezone)),
        ),
        terms=_("Send it insured, and keep the courier’s receipt. You follow the repair by the link in our letter."),
    )


@command
def print_batch(actor: Actor, batch_uid: UUID, *, code: str, language: str = "") -> Document:
    """A paper of a batch: those that say what is in it in its sender's language, return note and pro forma in its
    receiver's, unless another `language` is asked for.

    Whoever may print at either end may print them. Raises NoSuchForm, NotDeclared, NotPermitted, DoesNotExist.
    """
    shown = ("centre__legal_entity", "to_centre")
    batch = batches_for(actor).select_related(*shown).get(uid=batch_uid)
    if code not in BATCH_FORMS:
        raise NoSuchForm
    hand = actor
    if actor.may_at("documents.print", batch.to_centre_id):
        hand = actor.trusted_with("documents.print")
    read_there = batch.to_centre if code in FOR_RECEIVER else None
    chosen = language or (read_there or batch.centre).language
    with translation.override(chosen):
        form = _batch_form(actor, batch, code, chosen)
        about: dict[str, Any] = {"subject": "logistics.batch", "subject_id": batch.pk, "thread_id": None}
        look: dict[str, Any] = {"code": code, "paper": form.paper, "language": chosen}
        issued: Document = issue_document(hand, **look, **about, centre_id=batch.centre_id, data=form.as_json())
    return issued


def _batch_form(actor: Actor, batch: Batch, code: str, language: str) -> WaybillData:
    centre = batch.centre
    kind: type[WaybillData] = BATCH_FORMS[code]
    return kind(
        paper="a4",
        language=language,
        company=company_at(centre),
        logo=logo_of(actor, centre.legal_entity_id),
        number=batch.number,
        issued=moment(batch.sent_at or batch.sealed_at or batch.created_at, language, centre.timezone),
        qr=batch.number,
        bar=batch.number,
        qr_caption=_("Scan to receive this batch"),
        subtitle=str(batch.get_purpose_display()),
        sender=party_of_centre(centre),
        receiver=receiver_of_batch(batch),
        agreed=(
            (_("Carrier"), batch.courier),
            (_("Tracking number"), batch.tracking),
            (_("Seal"), batch.seal),
            (_("Expected"), day(batch.due_at, language, centre.timezone)),
        ),
        notes=batch.note,
        **CONTENTS.get(code, _things)(actor, batch, language),
    )


def _things(actor: Actor, batch: Batch, language: str) -> dict[str, Any]:
    lines = tuple(_freight(one, language) for one in reversed(lines_of(actor, batch)))
    return {"lines": lines, "totals": ((_("Things"), str(len(lines)), True),)}


def _act(actor: Actor, batch: Batch, language: str) -> dict[str, Any]:
    return _things(actor, batch, language) | {"differences": differences_of_batch(batch)}


def _done(actor: Actor, batch: Batch, language: str) -> dict[str, Any]:
    """With what was done under the orders that the actor may see."""
    rows = tuple(reversed(lines_of(actor, batch)))
    keys = [one.order_uid or one.here_uid for one in rows]
    known = work_orders_for(actor).filter(uid__in=[key for key in keys if key])
    done = {order.uid: order.solution or order.confirmed_fault for order in known}
    said = [done.get(key, "") if key else "" for key in keys]
    lines = tuple(
        replace(_freight(one, language), task=was or one.note or one.task) for one, was in zip(rows, said, strict=True)
    )
    return {"lines": lines, "totals": ((_("Things"), str(len(lines)), True),)}


def _customs(actor: Actor, batch: Batch, language: str) -> dict[str, Any]:
    """Raises NotDeclared as long as a value is missing."""
    rows, currency = customs_lines(actor, batch), batch.customs_currency
    if not currency or not rows or any(row.value is None for row in rows):
        raise NotDeclared
    total = money(Money(sum(row.value or 0 for row in rows), currency), language)
    weighed = sum(row.weight or 0 for row in rows)
    totals = ((_("Weight"), _kilograms(weighed, language), False), (_("Total"), total, True))
    lines = tuple(_customs_line(row, currency, language) for row in rows)
    terms = _("Values for customs purposes only; the goods are not sold. Reason: %(why)s.")
    return {"lines": lines, "totals": totals, "terms": terms % {"why": batch.get_purpose_display()}}


def _customs_line(row: CustomsShape, currency: str, language: str) -> CustomsLine:
    value = Money(row.value or 0, currency)
    one = Decimal(value.minor) * 1000 / row.quantity / 10 ** exponent(currency)
    return CustomsLine(
        name=row.name,
        serial=row.serial,
        hs_code=row.hs_code,
        origin=row.origin,
        weight=_kilograms(row.weight, language),
        quantity=quantity(row.quantity, language),
        value=price(one.quantize(Decimal("0.000001")), currency, language),
        amount=money(value, language),
    )


def _kilograms(grams: int | None, language: str) -> str:
    return f"{quantity(grams, language)} kg" if grams else ""


def differences_of_batch(batch: Batch) -> tuple[tuple[str, str], ...]:
    """What was not as written, for the act."""
    found = batch.differences.order_by("pk")
    return tuple((one.get_kind_display(), " – ".join(filter(None, (one.thing, one.note)))) for one in found)


def _freight(line: LineShape, language: str) -> FreightLine:
    name = f"{line.name} ({line.accessories})" if line.accessories else line.name
    task = "\n".join(filter(None, (line.task, line.note)))
    amount = quantity(line.quantity, language)
    return FreightLine(name=name, serial=line.serial, order=line.order, task=task, quantity=amount)


def party_of_centre(centre: Any) -> Party:
    """A centre as sender or receiver. No statement."""
    where = "\n".join(filter(None, (centre.address, centre.city)))
    return Party(name=centre.name, facts=((_("Address"), where), (_("Phone"), phone(centre.phone))))


def receiver_of_batch(batch: Batch) -> Party:
    """To whom a batch goes. No statement when read with its centre."""
    if batch.to_centre:
        return party_of_centre(batch.to_centre)
    return Party(name=batch.to_name, facts=((_("Address"), batch.to_address),))


CONTENTS: dict[str, Callable[[Actor, Batch, str], dict[str, Any]]] = {
    "transfer_act": _act,
    "return_note": _done,
    "pro_forma": _customs,
}
