"""Writing to the customer of an order: once an occasion and channel, in their language, not at night."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from remonta.billing.queries import owed
from remonta.documents.queries import moment, money, phone
from remonta.identity.queries import settings_at
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Refused
from remonta.notices.commands.addresses import fresh_address, language_of
from remonta.notices.filling import filled, places_in
from remonta.notices.models import CustomerMessage
from remonta.notices.queries.customers import Way, ways_to
from remonta.notices.queries.texts import TextShape, text_for
from remonta.notices.quiet import after_quiet_hours
from remonta.notices.words import EMAIL
from remonta.orders.queries import WorkOrder
from remonta.spine.commands import send

LETTER = '<div style="font-family:sans-serif;font-size:16px;line-height:1.5;color:#13252b;max-width:36em">{body}</div>'
BUTTON = '<a href="{address}" style="color:#0b5563">{address}</a>'


class NoWayToCustomer(Refused):
    text = _("The customer cannot be reached this way. Add a phone that takes SMS, or an e-mail address.")
    field = "channel"


def tell_customer(
    actor: Actor,
    order: WorkOrder,
    code: str,
    *,
    key: str,
    words: Mapping[str, str],
    channels: Collection[str] = (),
    not_before: datetime | None = None,
    papers: Sequence[Mapping[str, Any]] = (),
) -> int:
    """Writes to the customer by every channel they allow, or only by those named; how many messages that makes.
    `papers` go along with the letter, as `send` takes them.

    What was written at this occasion (`key`) is not written again. Nothing leaves in the centre's quiet hours.
    """
    told = set(CustomerMessage.objects.filter(key=key).values_list("channel", flat=True))
    ways = [way for way in ways_to(order) if way.channel not in told and (not channels or way.channel in channels)]
    texts = [(way, text_for(code, way.channel, language_of(order), order.centre_id)) for way in ways]
    texts = [(way, text) for way, text in texts if text.body.strip()]
    if any("link" in places_in(text.body) for _way, text in texts):
        words = {**words, "link": fresh_address(actor, order)}
    leaves = _leaves(order, max(actor.now(), not_before or actor.now()))
    for way, text in texts:
        _write(actor, order, code, key, way, text, words, leaves, papers)
    return len(texts)


def order_words(actor: Actor, order: WorkOrder) -> dict[str, str]:
    """What every text can say of an order, as the customer's language writes it. Three statements."""
    language, zone, centre = language_of(order), order.centre.timezone, order.centre
    sums = owed([order.pk])[order.pk]
    return {
        "number": order.number,
        "device": str(order.product) if order.product else order.request.device,
        "centre": centre.name,
        "address": ", ".join(filter(None, (centre.address, centre.city))),
        "phone": phone(centre.phone) if centre.phone else "",
        "ready": moment(order.due_at, language, zone) if order.due_at and order.due_at > actor.now() else "",
        "total": money(sums.total, language) if sums.total else "",
        "owed": money(sums.owed, language) if sums.owed else "",
    }


def _leaves(order: WorkOrder, wanted: datetime) -> datetime:
    hours = settings_at(order.centre_id, "notices.quiet_from", "notices.quiet_until")
    quiet = str(hours["notices.quiet_from"]), str(hours["notices.quiet_until"])
    return after_quiet_hours(wanted, ZoneInfo(order.centre.timezone), *quiet)


def _write(
    actor: Actor,
    order: WorkOrder,
    code: str,
    key: str,
    way: Way,
    text: TextShape,
    words: Mapping[str, str],
    leaves: datetime,
    papers: Sequence[Mapping[str, Any]],
) -> None:
    body = filled(text.body, words)
    letter = way.channel == EMAIL
    message = send(
        actor,
        channel=way.channel,
        recipient=way.recipient,
        title=" ".join(filled(text.title, words).split()) if letter else "",
        body=body if letter else " ".join(body.split()),
        html=_letter(body, words.get("link", "")) if letter else "",
        attachments=papers if letter else (),
        purpose=f"notices.{code}",
        subject=order,
        thread_id=order.pk,
        centre_id=order.centre_id,
        customer_id=order.customer_id,
        not_before=leaves,
    )
    row = {"work_order_id": order.pk, "code": code, "key": key, "channel": way.channel, "message": message}
    CustomerMessage.objects.create(**row, made_at=actor.now())


def _letter(body: str, address: str) -> str:
    """The letter for readers that show HTML: the same words, with the address to be clicked."""
    shown = escape(body).replace("\n", "<br>")
    if address:
        shown = shown.replace(escape(address), BUTTON.format(address=escape(address)))
    return LETTER.format(body=shown)
