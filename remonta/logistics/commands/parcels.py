"""Requests that will be sent in: announced, checked, expected, called off."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from remonta.identity.queries import setting
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import NotPermitted, Refused
from remonta.kernel.texts import clean
from remonta.logistics import facts
from remonta.logistics.commands.locks import lock_parcel
from remonta.logistics.models import Parcel, Way
from remonta.logistics.queries.parcels import parcels_for
from remonta.logistics.search import index_parcel
from remonta.logistics.workflow import EXPECTED, PARCEL, UNCHECKED, WAITING
from remonta.orders.commands import finish_request, lock_request
from remonta.orders.queries import Request
from remonta.spine.commands import once, record, record_first, send, take_number


class AddressMissing(Refused):
    text = _("Write the address to which the device goes back.")
    field = "address"


class AlreadyAnnounced(Refused):
    text = _("A parcel is expected for this request already: %(number)s.")


class RequestOver(Refused):
    text = _("This request has ended; nothing can be sent in for it any more.")


class QuestionMissing(Refused):
    text = _("Write what the customer is to answer.")
    field = "question"


class ReasonMissing(Refused):
    text = _("Say why it is refused, in words for the customer.")
    field = "question"


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who sends, and where the device goes back to."""

    address: str
    name: str = ""
    phone: str = ""
    email: str = ""
    language: str = ""


@once(parcels_for)
def announce_parcel(actor: Actor, request_uid: UUID, *, sender: Sender, operation: UUID) -> Parcel:
    """The customer will send it in; staff says so in the customer's name.

    Raises AddressMissing, AlreadyAnnounced, RequestOver.
    """
    request = lock_request(actor, request_uid, permission="orders.register")
    return add_parcel(actor, request, sender)


def add_parcel(actor: Actor, request: Request, sender: Sender) -> Parcel:
    """Announces a parcel for a locked or new request, for commands above that have checked the right.

    Raises AddressMissing, AlreadyAnnounced, RequestOver.
    """
    if not clean(sender.address):
        raise AddressMissing
    if request.state in ("refused", "closed"):
        raise RequestOver
    if standing := Parcel.objects.filter(request=request, way=Way.IN, state__in=[*WAITING, EXPECTED]).first():
        raise AlreadyAnnounced(number=standing.number)
    customer = request.customer
    parcel = Parcel.objects.create(
        number=f"P{take_number('parcel'):07d}",
        centre_id=request.centre_id,
        way=Way.IN,
        state=UNCHECKED,
        request=request,
        sender_name=clean(sender.name) or (customer.name if customer else request.contact_name),
        sender_phone=sender.phone or request.contact_phone,
        sender_email=sender.email or (customer.email if customer else request.contact_email),
        address=clean(sender.address),
        language=sender.language or (customer.language if customer else request.centre.language),
        responsible_id=request.responsible_id,
        created_at=actor.now(),
    )
    index_parcel(parcel)
    record_first(actor, parcel, facts.ParcelAnnounced(**named(parcel)))
    return parcel


@once(parcels_for)
def ask_back(actor: Actor, uid: UUID, *, question: str, operation: UUID) -> Parcel:
    """Something is missing: the customer is asked by e-mail, else the request is put on the call-back list.

    Raises QuestionMissing, ParcelClash.
    """
    parcel = lock_parcel(actor, uid)
    if not clean(question):
        raise QuestionMissing
    PARCEL.apply("ask_back", parcel, actor)
    parcel.question = clean(question)
    parcel.save(update_fields=["state", "question"])
    _write(actor, parcel, "question", parcel.question)
    record(actor, parcel, facts.ParcelAskedBack(**named(parcel)))
    return parcel


@once(parcels_for)
def refuse_parcel(actor: Actor, uid: UUID, *, question: str, operation: UUID) -> Parcel:
    """It is not to be sent; `question` says why, and the customer reads it. The request ends. Raises ReasonMissing."""
    parcel = lock_parcel(actor, uid)
    if not clean(question):
        raise ReasonMissing
    PARCEL.apply("refuse", parcel, actor)
    parcel.question, parcel.ended_at = clean(question), actor.now()
    parcel.save(update_fields=["state", "question", "ended_at"])
    request = lock_request(actor, parcel.request_id or 0)
    if request.state in ("new", "lead"):
        finish_request(actor.trusted_with("orders.register"), request, "refused", reason="other")
    _write(actor, parcel, "refusal", parcel.question)
    record(actor, parcel, facts.ParcelRefused(**named(parcel)))
    return parcel


def expect_parcel(actor: Actor, parcel: Parcel, work_order_id: int, hint: str) -> None:
    """A locked parcel may come: its order stands, the time by which it is missed begins. Raises ParcelClash."""
    PARCEL.apply("accept", parcel, actor)
    days = int(setting("logistics.reminder_days", parcel.centre_id))
    parcel.due_at, parcel.hint = actor.now() + timedelta(days=days), clean(hint)
    parcel.responsible_id = parcel.responsible_id or actor.account_id
    parcel.save(update_fields=["state", "due_at", "hint", "responsible"])
    record(actor, parcel, facts.ParcelAccepted(**named(parcel), work_order_id=work_order_id))


@once(parcels_for)
def call_parcel_off(actor: Actor, uid: UUID, *, note: str = "", operation: UUID) -> Parcel:
    """The customer does not send it after all. Raises ParcelClash."""
    parcel = lock_parcel(actor, uid)
    PARCEL.apply("call_off", parcel, actor)
    parcel.ended_at, parcel.note = actor.now(), clean(note) or parcel.note
    parcel.save(update_fields=["state", "ended_at", "note"])
    record(actor, parcel, facts.ParcelCalledOff(**named(parcel)))
    return parcel


def remind_sender(actor: Actor, parcel: Parcel) -> None:
    """Nothing has come in time: said once, and the time begins anew. The caller has locked the parcel."""
    days = int(setting("logistics.reminder_days", parcel.centre_id))
    parcel.reminded_at, parcel.due_at = actor.now(), actor.now() + timedelta(days=days)
    parcel.save(update_fields=["reminded_at", "due_at"])
    request = parcel.request
    order_id = request.work_orders.order_by("pk").values_list("pk", flat=True).first() if request else None
    record(actor, parcel, facts.ParcelReminded(**named(parcel), work_order_id=order_id))


def named(parcel: Parcel) -> dict[str, Any]:
    """What every fact about a parcel says of it."""
    return {
        "parcel_id": parcel.pk,
        "centre_id": parcel.centre_id,
        "number": parcel.number,
        "request_id": parcel.request_id,
    }


def check_may(actor: Actor, permission: str, centre_id: int) -> None:
    """Raises NotPermitted unless the right is held in that centre."""
    if not actor.may_at(permission, centre_id):
        raise NotPermitted


def _write(actor: Actor, parcel: Parcel, purpose: str, text: str) -> None:
    """The customer is written in their language; who has no e-mail waits on the call-back list."""
    request = lock_request(actor, parcel.request_id or 0)
    if not parcel.sender_email:
        request.wants_call, request.call_by = True, actor.now()
        request.save(update_fields=["wants_call", "call_by"])
        return
    with translation.override(parcel.language):
        titles = {
            "question": gettext("Your request %(number)s: one more question"),
            "refusal": gettext("Your request %(number)s: please do not send it"),
        }
        hello, end = pgettext("letter", "Good day,"), pgettext("letter", "Yours sincerely")
        body = f"{hello}\n\n{text}\n\n{end}\n{parcel.centre.name}\n{parcel.centre.phone}".rstrip()
        title = titles[purpose] % {"number": request.number}
    send(
        actor,
        channel="email",
        recipient=parcel.sender_email,
        title=title,
        body=body,
        purpose=f"logistics.{purpose}",
        subject=parcel,
        centre_id=parcel.centre_id,
        customer_id=request.customer_id,
    )
