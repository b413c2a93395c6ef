"""Delivering the outbox: claim a message, send it outside any transaction, write down what became of it."""

import logging
import traceback
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from remonta.kernel.actor import system
from remonta.spine.commands.timeline import record
from remonta.spine.facts import MessageFailed
from remonta.spine.files import read_stored
from remonta.spine.gateways import Enclosure, Envelope, Gateway, NotSent, Receipt, Unclear, gateway_for
from remonta.spine.lease import LEASE, back_off, first_free, heart_beat, worker_name
from remonta.spine.models import Message, MessageState
from remonta.spine.papers import drawn

ATTEMPTS = 10
FIRST_WAIT, LONGEST_WAIT = 15.0, 4 * 3600.0
INTERRUPTED = "The worker vanished while it was sending this; it may have arrived or not."

log = logging.getLogger(__name__)


@dataclass
class Courier:
    """Sends one message at a time. `choose` names the gateway of a channel."""

    name: str = field(default_factory=worker_name)
    now: Callable[[], datetime] = timezone.now
    beats: bool = True
    choose: Callable[[str], Gateway] = gateway_for

    def send_once(self) -> bool:
        """Claims and sends one due message; False when there is none."""
        message = self.claim()
        if message is not None and message.state == MessageState.SENDING:
            self.deliver(message)
        return message is not None

    def claim(self) -> Message | None:
        """Leases the next due message and counts the attempt.

        One whose sender vanished is sent again only through a gateway that recognises repeats; else it is unclear.
        """
        now = self.now()
        waiting = Message.objects.filter(state=MessageState.WAITING, next_at__lte=now).order_by("next_at", "id")
        abandoned = Message.objects.filter(state=MessageState.SENDING, leased_until__lt=now).order_by("leased_until")
        for due in (abandoned, waiting):
            if not due.exists():
                continue
            with transaction.atomic():
                if message := first_free(due):
                    self._take(message)
                    return message  # type: ignore[no-any-return]
        return None

    def deliver(self, message: Message) -> None:
        """Sends a claimed message and writes down what became of it."""
        gateway = self.choose(message.channel)
        with heart_beat(lambda: _held(message)) if self.beats else nullcontext():
            try:
                envelope = self._envelope(message)
            except Exception as error:
                log.exception("message %s could not be written", message.pk)
                self._not_sent(message, NotSent(f"The message could not be written: {error!r}"))
                return
            outcome = _attempt(gateway, envelope)
        if isinstance(outcome, Receipt):
            self._write(message, state=MessageState.SENT, gateway_reference=outcome.reference, sent_at=self.now())
        elif isinstance(outcome, NotSent) or gateway.recognises_repeats:
            self._not_sent(message, outcome)
        else:
            self._give_to_a_person(message, MessageState.UNCLEAR, str(outcome))

    def _take(self, message: Message) -> None:
        gateway = self.choose(message.channel)
        if message.state == MessageState.SENDING and not (
            gateway.recognises_repeats and gateway.name == message.gateway
        ):
            self._give_to_a_person(message, MessageState.UNCLEAR, INTERRUPTED)
            message.state = MessageState.UNCLEAR
            return
        message.state, message.worker, message.attempt = MessageState.SENDING, self.name, message.attempt + 1
        message.leased_until, message.gateway = self.now() + LEASE, gateway.name
        message.save(update_fields=["state", "worker", "attempt", "leased_until", "gateway"])

    def _envelope(self, message: Message) -> Envelope:
        return Envelope(
            uid=str(message.uid),
            channel=message.channel,
            recipient=message.recipient,
            title=message.title,
            body=message.body,
            html=message.html,
            enclosures=tuple(_enclosure(attachment) for attachment in message.attachments),
            about=f"{message.subject}:{message.subject_id}" if message.subject else message.recipient,
            at=self.now(),
        )

    def _not_sent(self, message: Message, why: NotSent | Unclear) -> None:
        if getattr(why, "final", False) or message.attempt >= ATTEMPTS:
            self._give_to_a_person(message, MessageState.DEAD, str(why))
        else:
            wait = back_off(message.attempt, FIRST_WAIT, LONGEST_WAIT)
            self._write(message, state=MessageState.WAITING, next_at=self.now() + wait, error=str(why))

    def _give_to_a_person(self, message: Message, state: MessageState, why: str) -> None:
        with transaction.atomic():
            if self._write(message, state=state, error=why):
                fact = MessageFailed(
                    work_order_id=message.thread_id,
                    message_id=message.pk,
                    channel=message.channel,
                    unclear=state == MessageState.UNCLEAR,
                )
                record(system("outbox", self.now), message, fact)

    def _write(self, message: Message, **values: Any) -> int:
        with transaction.atomic():
            return _held(message).update(**{"error": "", "leased_until": None, **values})


def _attempt(gateway: Gateway, envelope: Envelope) -> Receipt | NotSent | Unclear:
    try:
        return gateway.send(envelope)
    except (NotSent, Unclear) as outcome:
        return outcome
    except Exception:
        log.exception("gateway %s broke", gateway.name)
        return Unclear(traceback.format_exc()[-2000:])


def _held(message: Message) -> QuerySet[Message]:
    rows = Message.objects.filter(pk=message.pk, state=MessageState.SENDING)
    return rows.filter(worker=message.worker, attempt=message.attempt)


def _enclosure(attachment: Mapping[str, Any]) -> Enclosure:
    if "paper" in attachment:
        return drawn(attachment["paper"], attachment.get("args", {}))
    content = read_stored(attachment["sha256"])
    return Enclosure(attachment["name"], attachment.get("media_type", "application/octet-stream"), content)
