"""Registering what somebody asked for, what was promised, and how it ended."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from remonta.customers.commands import know_customer
from remonta.customers.queries import Customer
from remonta.identity.queries import every_centre
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import NotPermitted, Refused
from remonta.kernel.texts import clean
from remonta.orders import facts
from remonta.orders.commands.locks import lock_request, save_changed
from remonta.orders.models import Channel, Promise, Request, RequestKind
from remonta.orders.queries.scope import requests_for
from remonta.orders.search import index_request
from remonta.orders.words import REFUSALS
from remonta.orders.workflow import REQUEST
from remonta.spine.commands import once, record, record_first, take_number


class NothingAsked(Refused):
    text = _("Say in a few words what is asked for.")
    field = "fault"


class NobodyAsked(Refused):
    text = _("Give a name or a phone number, so that the person can be answered.")
    field = "contact_phone"


class ReasonMissing(Refused):
    text = _("Choose why the customer refused: that is how prices and times get better.")
    field = "reason"


class NothingPromised(Refused):
    text = _("A promise needs a price, a time, or words.")
    field = "note"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What somebody asks for. Keys are of customers, products and addresses the actor was shown."""

    channel: str = Channel.COUNTER
    kind: str = RequestKind.REPAIR
    customer_id: int | None = None
    end_customer_id: int | None = None
    payer_id: int | None = None
    return_address_id: int | None = None
    product_id: int | None = None
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    device: str = ""
    fault: str = ""
    answer: str = ""
    wants_call: bool = False
    call_by: datetime | None = None


@once(requests_for)
def register_request(actor: Actor, centre_uid: UUID, *, asked: Asked, operation: UUID) -> Request:
    """Keep what somebody asked for. Raises NothingAsked, NobodyAsked."""
    centre = every_centre().get(uid=centre_uid)
    if not actor.may_at("orders.register", centre.pk):
        raise NotPermitted
    return add_request(actor, centre.pk, asked)


def add_request(actor: Actor, centre_id: int, asked: Asked, *, customer: Customer | None = None) -> Request:
    """Writes the request, for commands above that have checked the right; `customer` is who they read already.

    Raises NothingAsked, NobodyAsked.
    """
    if not (asked.fault or asked.device or asked.product_id):
        raise NothingAsked
    if not (asked.customer_id or asked.contact_phone or asked.contact_name or asked.contact_email):
        raise NobodyAsked
    request = Request.objects.create(
        **vars(asked),
        number=f"R{take_number('request'):07d}",
        centre_id=centre_id,
        responsible_id=actor.account_id,
        created_at=actor.now(),
    )
    if customer:
        request.customer = customer
    if asked.customer_id:
        know_customer(actor, asked.customer_id, centre_id)
    index_request(actor, request)
    told: dict[str, Any] = {"kind": request.kind, "channel": request.channel, "customer_id": request.customer_id}
    record_first(actor, request, facts.RequestRegistered(request_id=request.pk, centre_id=centre_id, **told))
    return request


@once(requests_for)
def accept_request(actor: Actor, uid: UUID, *, operation: UUID) -> Request:
    """It becomes work. Raises RequestClash."""
    return take_request(actor, lock_request(actor, uid))


def take_request(actor: Actor, request: Request) -> Request:
    """Accepts a locked request, for commands above; an accepted one stays as it is. Raises RequestClash."""
    if request.state != "accepted":
        _move(actor, request, "accept", facts.RequestAccepted(**_named(request)))
    return request


@once(requests_for)
def keep_lead(actor: Actor, uid: UUID, *, operation: UUID) -> Request:
    """The customer only asked so far. Raises RequestClash."""
    request = lock_request(actor, uid)
    return _move(actor, request, "keep", facts.LeadKept(**_named(request)))


@once(requests_for)
def refuse_request(actor: Actor, uid: UUID, *, reason: str, note: str = "", operation: UUID) -> Request:
    """The customer does not want it; `reason` is a code of REFUSALS. Raises RequestClash, ReasonMissing."""
    request = lock_request(actor, uid)
    if reason not in REFUSALS:
        raise ReasonMissing
    request.refusal, request.refusal_note = reason, clean(note)
    told = facts.RequestRefused(**_named(request), reason=reason)
    return _move(actor, request, "refuse", told, "refusal", "refusal_note")


@once(requests_for)
def close_request(actor: Actor, uid: UUID, *, answer: str = "", operation: UUID) -> Request:
    """Answered, as a consultation is: nothing more will come of it. Raises RequestClash."""
    request = lock_request(actor, uid)
    request.answer = clean(answer) or request.answer
    return _move(actor, request, "close", facts.RequestClosed(**_named(request)), "answer")


@once(requests_for)
def promise_customer(
    actor: Actor,
    uid: UUID,
    *,
    price: int | None = None,
    ready_at: datetime | None = None,
    note: str = "",
    operation: UUID,
) -> Request:
    """Keep what the customer was told: a price in minor units, a time, words. Raises NothingPromised."""
    request = lock_request(actor, uid, permission="orders.register")
    add_promise(actor, request, price=price, ready_at=ready_at, note=note)
    return request


def add_promise(actor: Actor, request: Request, *, price: int | None, ready_at: datetime | None, note: str) -> None:
    """Writes the promise beside a locked request, for commands above. Raises NothingPromised."""
    if price is None and ready_at is None and not clean(note):
        raise NothingPromised
    currency = request.centre.legal_entity.currency if price is not None else ""
    said = {"price": price, "currency": currency, "ready_at": ready_at, "note": clean(note)}
    promise = Promise.objects.create(request=request, account_id=actor.account_id, made_at=actor.now(), **said)
    told: dict[str, Any] = {"price": price, "currency": currency, "ready_at": ready_at.isoformat() if ready_at else ""}
    record(actor, request, facts.CustomerPromised(**_named(request), promise_id=promise.pk, **told))


@once(requests_for)
def mark_called_back(actor: Actor, uid: UUID, *, operation: UUID) -> Request:
    """The customer has been called back; the request leaves the call-back list."""
    request = lock_request(actor, uid, permission="orders.register")
    request.wants_call = False
    save_changed(request, ("wants_call",))
    record(actor, request, facts.CalledBack(**_named(request)))
    return request


def finish_request(actor: Actor, request: Request, outcome: str, *, reason: str = "") -> None:
    """Ends the talk about a locked request, for commands above: `lead`, `answered` or `refused` for a reason.

    Raises RequestClash, ReasonMissing.
    """
    if outcome == "lead":
        _move(actor, request, "keep", facts.LeadKept(**_named(request)))
    elif outcome == "answered":
        _move(actor, request, "close", facts.RequestClosed(**_named(request)))
    elif reason not in REFUSALS:
        raise ReasonMissing
    else:
        request.refusal = reason
        _move(actor, request, "refuse", facts.RequestRefused(**_named(request), reason=reason), "refusal")


def _move(actor: Actor, request: Request, move: str, told: facts.RequestFact, *fields: str) -> Request:
    REQUEST.apply(move, request, actor)
    request.wants_call = False
    save_changed(request, ("state", "wants_call", *fields))
    index_request(actor, request)
    record(actor, request, told)
    return request


def _named(request: Request) -> dict[str, Any]:
    return {"request_id": request.pk, "centre_id": request.centre_id}
