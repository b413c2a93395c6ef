"""What stands under the bell of the person who asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext

from remonta.kernel.actor import Actor
from remonta.notices.models import Notice
from remonta.notices.words import NOTICES, SIGNS


@dataclass(frozen=True)
class NoticeLine:
    """One notice in the reader’s words; `subject_uid` names what it is about."""

    id: int
    uid: UUID
    code: str
    text: str
    sign: str
    subject: str
    subject_uid: UUID | None
    made_at: datetime
    unread: bool


def notices_for(actor: Actor) -> QuerySet[Notice]:
    """The actor's own notices."""
    return Notice.objects.filter(account_id=actor.account_id) if actor.account_id else Notice.objects.none()


def notice_count(actor: Actor) -> int:
    """How many of the actor's notices are unread. One statement."""
    return notices_for(actor).filter(read_at=None).count()


def notice_lines(notices: Iterable[Notice]) -> tuple[NoticeLine, ...]:
    """Notices in the reader's words. No statement of its own."""
    return tuple(_line(notice) for notice in notices)


def _line(notice: Notice) -> NoticeLine:
    sentence = NOTICES.get(notice.code, notice.code)
    return NoticeLine(
        id=notice.pk,
        uid=notice.uid,
        code=notice.code,
        text=gettext(sentence) % notice.values,
        sign=SIGNS.get(notice.code, "bell"),
        subject=notice.subject,
        subject_uid=notice.subject_uid,
        made_at=notice.made_at,
        unread=notice.read_at is None,
    )
