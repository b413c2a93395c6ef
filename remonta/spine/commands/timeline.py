"""Adding lines to the timeline."""

from dataclasses import asdict
from typing import Any

from django.db import transaction

from remonta.kernel.actor import Actor
from remonta.spine.commands.jobs import enqueue
from remonta.spine.facts import Fact, reactions_to
from remonta.spine.models import Event


def record(actor: Actor, subject: Any, fact: Fact) -> Event:
    """Adds the next line to the subject's timeline and lets the rooms above react: all of it or nothing.

    The subject's row must be locked by the caller. One statement to read, one to write.
    """
    label = subject._meta.label_lower
    told = Event.objects.filter(subject=label, subject_id=subject.pk).order_by("-seq")
    return _write(actor, subject, fact, *(told.values_list("seq", "to_state").first() or (0, "")))


def record_first(actor: Actor, subject: Any, fact: Fact) -> Event:
    """The first line of a subject made in this very transaction: nothing to read. One statement."""
    return _write(actor, subject, fact, 0, "")


def _write(actor: Actor, subject: Any, fact: Fact, last_seq: int, last_state: str) -> Event:
    assert transaction.get_connection().in_atomic_block, "record() belongs inside a command's transaction"
    event = Event.objects.create(
        subject=subject._meta.label_lower,
        subject_id=subject.pk,
        seq=last_seq + 1,
        name=fact.name,
        version=fact.version,
        data=asdict(fact),
        from_state=last_state,
        to_state=getattr(subject, "state", ""),
        thread_id=fact.thread_id,
        centre_id=getattr(subject, "centre_id", None),
        account_id=actor.account_id,
        actor=actor.label,
        occurred_at=actor.now(),
    )
    for reaction in reactions_to(type(fact)):
        if reaction.later:
            enqueue(actor, "react", {"event": event.pk, "reaction": reaction.path})
        else:
            reaction.answer(actor, fact)
    return event
