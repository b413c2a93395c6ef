"""Adding lines to the timeline."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction

from remonta.kernel.actor import Actor
from remonta.spine.commands.jobs import enqueue
from remonta.spine.facts import Fact, reactions_to
from remonta.spine.gathered import remember, remembered
from remonta.spine.models import Event


def record(actor: Actor, subject: Any, fact: Fact) -> Event:
    """Adds the next line to the subject's timeline and lets the rooms above react: all of it or nothing.

    The subject's row must be locked by the caller. One statement to read, the first time in a command; one to write.
    """
    told = Event.objects.filter(subject=subject._meta.label_lower, subject_id=subject.pk).order_by("-seq")
    last = remembered(_line_of(subject), lambda: told.values_list("seq", "to_state").first() or (0, ""))
    return _write(actor, subject, fact, *last)


def record_first(actor: Actor, subject: Any, fact: Fact) -> Event:
    """The first line of a subject made in this very transaction: nothing to read. One statement."""
    return _write(actor, subject, fact, 0, "")


def record_many(actor: Actor, lines: Sequence[tuple[Any, Fact]], *, first: bool = False) -> None:
    """The next line of many locked subjects of one kind, each named once, by facts that no room reacts to.

    With `first`, of subjects made in this very transaction. One statement to read, one for some dozens of lines.
    """
    assert transaction.get_connection().in_atomic_block, "record_many() belongs inside a command's transaction"
    assert not any(reactions_to(kind) for kind in {type(fact) for _subject, fact in lines}), "somebody reacts to this"
    last = {} if first else _last_lines([subject for subject, _fact in lines])
    events = [_event(actor, one, fact, *last.get(one.pk, (0, ""))) for one, fact in lines]
    Event.objects.bulk_create(events)
    for (one, _fact), event in zip(lines, events, strict=True):
        remember(_line_of(one), (event.seq, event.to_state))


def _last_lines(subjects: Sequence[Any]) -> dict[int, tuple[int, str]]:
    labels: Iterable[str] = {subject._meta.label_lower for subject in subjects}
    told = Event.objects.filter(subject__in=labels, subject_id__in=[subject.pk for subject in subjects])
    return {pk: (seq, state) for pk, seq, state in told.order_by("seq").values_list("subject_id", "seq", "to_state")}


def _write(actor: Actor, subject: Any, fact: Fact, last_seq: int, last_state: str) -> Event:
    assert transaction.get_connection().in_atomic_block, "record() belongs inside a command's transaction"
    event = _event(actor, subject, fact, last_seq, last_state)
    event.save(force_insert=True)
    remember(_line_of(subject), (event.seq, event.to_state))
    for reaction in reactions_to(type(fact)):
        if reaction.later:
            enqueue(actor, "react", {"event": event.pk, "reaction": reaction.path})
        else:
            reaction.answer(actor, fact)
    return event


def _line_of(subject: Any) -> tuple[str, str, int]:
    """By what a command remembers the newest line of a subject."""
    return "timeline", subject._meta.label_lower, subject.pk


def _event(actor: Actor, subject: Any, fact: Fact, last_seq: int, last_state: str) -> Event:
    return Event(
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
