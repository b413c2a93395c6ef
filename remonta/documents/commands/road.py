"""Printing what goes along on the road: the document customers enclose when they send something in."""

from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remonta.documents.commands.issuing import issue_document
from remonta.documents.models import Document
from remonta.documents.pieces import company_at, unit_of
from remonta.documents.queries import logo_of
from remonta.documents.shapes import Party, SendInData, Unit
from remonta.documents.written import day, moment, phone
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Refused
from remonta.logistics.queries import Parcel, orders_of, parcels_for
from remonta.orders.queries import WorkOrder
from remonta.spine.commands import command


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
    where = "\n".join(filter(None, (centre.address, centre.city)))
    target = Party(name=centre.name, facts=((_("Address"), where), (_("Phone"), phone(centre.phone))))
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
