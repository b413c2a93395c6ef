"""Printing what goes along on the road: the document customers enclose, and the papers of batches."""

from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remonta.documents.commands.issuing import NoSuchForm, issue_document
from remonta.documents.models import Document
from remonta.documents.pieces import company_at, unit_of
from remonta.documents.queries import logo_of
from remonta.documents.shapes import FreightLine, PackingListData, Party, SendInData, TransferActData, Unit, WaybillData
from remonta.documents.written import day, moment, phone, quantity
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Refused
from remonta.logistics.queries import Batch, LineShape, Parcel, batches_for, lines_of, orders_of, parcels_for
from remonta.orders.queries import WorkOrder
from remonta.spine.commands import command

BATCH_FORMS = {form.code: form for form in (WaybillData, PackingListData, TransferActData)}


class NotAccepted(Refused):
    text = gettext_lazy("This parcel was not accepted yet. Check the request first.")


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
    target = _centre(centre)
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
def print_batch(actor: Actor, batch_uid: UUID, *, code: str) -> Document:
    """The waybill, packing list or transfer act of a batch, in its sender's language.

    Whoever may print at either end may print them. Raises NoSuchForm, NotPermitted, DoesNotExist.
    """
    shown = ("centre__legal_entity", "to_centre")
    batch = batches_for(actor).select_related(*shown).get(uid=batch_uid)
    if code not in BATCH_FORMS:
        raise NoSuchForm
    hand = actor
    if actor.may_at("documents.print", batch.to_centre_id):
        hand = actor.trusted_with("documents.print")
    language = batch.centre.language
    with translation.override(language):
        form = _batch_form(actor, batch, code)
        about: dict[str, Any] = {"subject": "logistics.batch", "subject_id": batch.pk, "thread_id": None}
        look: dict[str, Any] = {"code": code, "paper": form.paper, "language": language}
        issued: Document = issue_document(hand, **look, **about, centre_id=batch.centre_id, data=form.as_json())
    return issued


def _batch_form(actor: Actor, batch: Batch, code: str) -> WaybillData:
    language, centre = batch.centre.language, batch.centre
    lines = tuple(_freight(one, language) for one in reversed(lines_of(actor, batch)))
    found = differences_of_batch(batch) if code == "transfer_act" else ()
    more: dict[str, Any] = {"differences": found} if code == "transfer_act" else {}
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
        sender=_centre(centre),
        receiver=_receiver(batch),
        lines=lines,
        totals=((_("Things"), str(len(lines)), True),),
        agreed=(
            (_("Carrier"), batch.courier),
            (_("Tracking number"), batch.tracking),
            (_("Seal"), batch.seal),
            (_("Expected"), day(batch.due_at, language, centre.timezone)),
        ),
        notes=batch.note,
        **more,
    )


def differences_of_batch(batch: Batch) -> tuple[tuple[str, str], ...]:
    """What was not as written, for the act."""
    found = batch.differences.order_by("pk")
    return tuple((one.get_kind_display(), " – ".join(filter(None, (one.thing, one.note)))) for one in found)


def _freight(line: LineShape, language: str) -> FreightLine:
    name = f"{line.name} ({line.accessories})" if line.accessories else line.name
    task = "\n".join(filter(None, (line.task, line.note)))
    amount = quantity(line.quantity, language)
    return FreightLine(name=name, serial=line.serial, order=line.order, task=task, quantity=amount)


def _centre(centre: Any) -> Party:
    where = "\n".join(filter(None, (centre.address, centre.city)))
    return Party(name=centre.name, facts=((_("Address"), where), (_("Phone"), phone(centre.phone))))


def _receiver(batch: Batch) -> Party:
    if batch.to_centre:
        return _centre(batch.to_centre)
    return Party(name=batch.to_name, facts=((_("Address"), batch.to_address),))
