"""Writing to the outside: messages are put into the outbox; people decide about those that did not get through."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import Refused
from remonta.spine.commands.effects import command, once
from remonta.spine.commands.timeline import record
from remonta.spine.facts import MessageCancelled, MessageResent, MessageSettled
from remonta.spine.models import Message, MessageState
from remonta.spine.queries import messages_for

OVER = (MessageState.SENT, MessageState.CANCELLED, MessageState.DEAD)


class MessageUnderWay(Refused):
    text = _("This message is on its way. Wait until it has been sent or has failed.")


class MessageClear(Refused):
    text = _("It is known what became of this message; there is nothing to decide.")


class MessageGone(Refused):
    text = _("This message has left already and cannot be called off.")


def send(
    actor: Actor,
    *,
    channel: str,
    recipient: str,
    body: str,
    purpose: str,
    title: str = "",
    html: str = "",
    attachments: Sequence[Mapping[str, Any]] = (),
    subject: Any = None,
    thread_id: int | None = None,
    centre_id: int | None = None,
    customer_id: int | None = None,
    not_before: datetime | None = None,
) -> Message:
    """Puts a message into the outbox, in the caller's transaction; a worker sends it after the commit. One statement.

    `channel` is email, sms or webhook; `subject` the row it is about. An attachment is `{"sha256", "name",
    "media_type"}` of a stored file, or `{"paper": name, "args": {…}}` of one that is drawn when it is sent.
    """
    assert transaction.get_connection().in_atomic_block, "send() belongs inside a command's transaction"
    now = actor.now()
    return Message.objects.create(
        uid=uuid7(now),
        channel=channel,
        recipient=recipient,
        title=title[:255],
        body=body,
        html=html,
        attachments=[dict(attachment) for attachment in attachments],
        purpose=purpose,
        subject=subject._meta.label_lower if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        thread_id=thread_id,
        centre_id=centre_id,
        customer_id=customer_id,
        next_at=max(now, not_before or now),
        created_at=now,
    )


@once(messages_for)
def resend_message(actor: Actor, message_uid: UUID, *, operation: UUID) -> Message:
    """A message that failed waits anew under its id; one that was sent or called off goes out again as a new one.

    Raises MessageUnderWay.
    """
    message = _locked(actor, message_uid)
    if message.state not in OVER:
        raise MessageUnderWay
    if message.state == MessageState.DEAD:
        _wait_anew(actor, message)
    else:
        message.pk, message.uid, message.created_at, message.sent_at = None, uuid7(actor.now()), actor.now(), None
        message.gateway_reference = ""
        _wait_anew(actor, message)
    record(actor, message, MessageResent(work_order_id=message.thread_id))
    return message


@once(messages_for)
def settle_message(actor: Actor, message_uid: UUID, *, arrived: bool, operation: UUID) -> Message:
    """A person has found out whether an unclear message arrived; if not, it is sent again. Raises MessageClear."""
    message = _locked(actor, message_uid)
    if message.state != MessageState.UNCLEAR:
        raise MessageClear
    if arrived:
        message.state, message.sent_at = MessageState.SENT, actor.now()
        message.save(update_fields=["state", "sent_at"])
    else:
        _wait_anew(actor, message)
    record(actor, message, MessageSettled(work_order_id=message.thread_id, arrived=arrived))
    return message


@command
def cancel_message(actor: Actor, message_uid: UUID) -> Message:
    """Calls off a message that has not left. Raises MessageGone."""
    message = _locked(actor, message_uid)
    if message.state not in (MessageState.WAITING, MessageState.UNCLEAR, MessageState.DEAD):
        raise MessageGone
    message.state = MessageState.CANCELLED
    message.save(update_fields=["state"])
    record(actor, message, MessageCancelled(work_order_id=message.thread_id))
    return message


def _locked(actor: Actor, message_uid: UUID) -> Message:
    return messages_for(actor).select_for_update(of=("self",)).get(uid=message_uid)


def _wait_anew(actor: Actor, message: Message) -> None:
    message.state, message.attempt, message.next_at, message.error = MessageState.WAITING, 0, actor.now(), ""
    message.leased_until, message.worker = None, ""
    message.save()
