"""How a customer can be reached, and what they were written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from remonta.kernel.actor import Actor
from remonta.notices.models import CustomerMessage
from remonta.notices.words import CHANNELS, EMAIL, OCCASIONS, SMS
from remonta.orders.queries import WorkOrder, work_orders_for


@dataclass(frozen=True)
class Way:
    """One channel with where it leads."""

    channel: str
    label: object
    recipient: str


@dataclass(frozen=True)
class Sent:
    """One message to a customer: at which occasion, by what, and how far it got; `not_before` while it waits."""

    code: str
    label: object
    key: str
    channel: str
    channel_label: object
    state: str
    made_at: datetime
    sent_at: datetime | None
    not_before: datetime | None


def ways_to(order: WorkOrder) -> tuple[Way, ...]:
    """The channels by which the order's customer is written to, as they allow it. At most two statements."""
    customer = order.customer
    if customer is None:
        found = {SMS: order.request.contact_phone, EMAIL: order.request.contact_email}
        return _ways(found, {})
    phones = sorted(customer.phones.all(), key=lambda phone: (phone.position, phone.pk))
    number = next((phone.number for phone in phones if phone.takes_sms), "")
    return _ways({SMS: number, EMAIL: customer.email}, customer.may_contact)


def sent_about(actor: Actor, work_order_id: int) -> tuple[Sent, ...]:
    """What the customer of an order the actor may see was written, newest first. Two statements."""
    if not work_orders_for(actor).filter(pk=work_order_id).exists():
        return ()
    rows = CustomerMessage.objects.filter(work_order_id=work_order_id).select_related("message").order_by("-pk")
    return tuple(_sent(row) for row in rows)


def sent_notes(sent: tuple[Sent, ...]) -> dict[int, list[Sent]]:
    """The messages that carry what colleagues wrote, by the note. No statement."""
    found: dict[int, list[Sent]] = {}
    for one in sent:
        if one.code == "message":
            found.setdefault(int(one.key.rpartition(":")[2]), []).append(one)
    return found


def _ways(found: Mapping[str, str], allowed: Mapping[str, bool]) -> tuple[Way, ...]:
    """What was never asked counts as allowed: these messages are about the customer's own repair."""
    return tuple(
        Way(channel, CHANNELS[channel], recipient)
        for channel, recipient in found.items()
        if recipient and allowed.get(channel, True)
    )


def _sent(row: CustomerMessage) -> Sent:
    message = row.message
    return Sent(
        code=row.code,
        label=OCCASIONS.get(row.code, row.code),
        key=row.key,
        channel=row.channel,
        channel_label=CHANNELS.get(row.channel, row.channel),
        state=message.state,
        made_at=row.made_at,
        sent_at=message.sent_at,
        not_before=message.next_at if message.state == "waiting" and message.next_at > row.made_at else None,
    )
