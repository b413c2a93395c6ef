"""Somebody asks, by phone or at the counter, and no work comes of it yet: a lead, an answer, a refusal."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from remonta.catalogue.queries import products_for
from remonta.counter.commands.intake import Who, centre_of, customer_of
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Refused
from remonta.logistics.commands import Sender, add_parcel
from remonta.orders.commands import Asked, add_promise, add_request, finish_request
from remonta.orders.queries import Request, requests_for
from remonta.spine.commands import once

OUTCOMES = ("wait", "lead", "answered", "refused", "send_in")
OPEN = ("wait", "send_in")


class OutcomeUnknown(Refused):
    text = _("Say how the talk ended.")
    field = "outcome"


@dataclass(frozen=True, kw_only=True)
class Talk:
    """What was asked, answered and promised. `price` in minor units; `reason` a code when it was refused.
    With the outcome `send_in` the device comes by parcel and goes back to `address`."""

    fault: str
    outcome: str
    channel: str = "call"
    device: str = ""
    product_uid: UUID | None = None
    answer: str = ""
    price: int | None = None
    ready_at: datetime | None = None
    promise: str = ""
    reason: str = ""
    wants_call: bool = False
    address: str = ""


@once(requests_for)
def note_talk(actor: Actor, centre_uid: UUID, *, who: Who, talk: Talk, operation: UUID) -> Request:
    """Keeps who asked what, what was promised, and how it ended. Whoever gives no name stays without a customer.

    Raises OutcomeUnknown, NothingAsked, NobodyAsked, ReasonMissing, AddressMissing.
    """
    if talk.outcome not in OUTCOMES:
        raise OutcomeUnknown
    centre_id = centre_of(actor, centre_uid, "orders.register")
    customer = customer_of(actor, centre_id, who) if who.uid or who.name.strip() else None
    product = products_for(actor).get(uid=talk.product_uid) if talk.product_uid else None
    asked = Asked(
        channel=talk.channel,
        kind="consultation" if talk.outcome == "answered" else "repair",
        customer_id=customer.pk if customer else None,
        product_id=product.pk if product else None,
        contact_phone=who.phones[0] if who.phones and not customer else "",
        device=talk.device or (str(product) if product else ""),
        fault=talk.fault,
        answer=talk.answer,
        wants_call=talk.wants_call,
    )
    request = add_request(actor, centre_id, asked, customer=customer)
    if talk.price is not None or talk.ready_at or talk.promise.strip():
        add_promise(actor, request, price=talk.price, ready_at=talk.ready_at, note=talk.promise)
    if talk.outcome == "send_in":
        add_parcel(actor, request, Sender(address=talk.address, email=who.email, language=who.language))
    if talk.outcome not in OPEN:
        finish_request(actor, request, talk.outcome, reason=talk.reason)
    return request
