"""Putting something under the bell of colleagues, and reading it."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.notices.facts import NoticesGiven
from remonta.notices.models import Notice
from remonta.notices.queries.bell import notices_for
from remonta.spine.commands import command, record_first


def give_notices(
    actor: Actor,
    account_ids: Iterable[int | None],
    code: str,
    *,
    key: str,
    about: tuple[str, int, UUID | None],
    centre_id: int | None,
    values: Mapping[str, object] = {},
) -> int:
    """Tells these people once for this occasion; who caused it needs no telling. How many were told.

    `about` is the subject's label, key and outside id. Three statements, two when everybody knows already.
    """
    people = sorted({one for one in account_ids if one} - {actor.account_id})
    known = set(Notice.objects.filter(account_id__in=people, key=key).values_list("account_id", flat=True))
    subject, subject_id, subject_uid = about
    named = {"subject": subject, "subject_id": subject_id, "subject_uid": subject_uid, "centre_id": centre_id}
    fresh = [
        Notice(uid=uuid7(actor.now()), account_id=one, code=code, key=key, values=values, made_at=actor.now(), **named)
        for one in people
        if one not in known
    ]
    if fresh:
        Notice.objects.bulk_create(fresh)
        record_first(actor, fresh[0], NoticesGiven(code=code, people=len(fresh)))
    return len(fresh)


@command
def mark_read(actor: Actor, uid: UUID | None = None) -> int:
    """Marks one notice of the actor's own as read, or all of them; how many were unread. One statement."""
    mine = notices_for(actor).filter(read_at=None)
    return (mine.filter(uid=uid) if uid else mine).update(read_at=actor.now())
