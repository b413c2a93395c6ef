"""Files as people see them: only those of subjects that their room shows them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO
from uuid import UUID

from django.db.models import Q, QuerySet

from remonta.kernel.actor import Actor
from remonta.spine.files import PLAIN, visible_ids
from remonta.spine.models import Attachment
from remonta.spine.storage import keeper


@dataclass(frozen=True)
class Opened:
    """A file to be sent: as what, under which name, and whether a page may show it in place (pictures only)."""

    stream: IO[bytes]
    media_type: str
    name: str
    inline_ok: bool
    size: int
    sha256: str


def attachments_for(actor: Actor, of: Iterable[tuple[str, int]]) -> QuerySet[Attachment]:
    """The files of those subjects that the actor may see, oldest first; customers see those meant for them.

    One statement for each kind of subject, by its room, and one for the files.
    """
    asked: dict[str, set[int]] = defaultdict(set)
    for subject, subject_id in of:
        asked[subject].add(subject_id)
    seen = Q(pk__in=[])
    for subject, ids in asked.items():
        seen |= Q(subject=subject, subject_id__in=list(visible_ids(actor, subject, ids)))
    rows = Attachment.objects.filter(seen, withdrawn_at=None).select_related("file", "thumbnail").order_by("id")
    return rows if actor.rights else rows.filter(for_customer=True)


def open_attachment(actor: Actor, attachment_uid: UUID, *, thumbnail: bool = False) -> Opened:
    """The content of a file the actor may see. Raises Attachment.DoesNotExist. Two statements and those of its room."""
    subject = Attachment.objects.filter(uid=attachment_uid).values_list("subject", "subject_id")
    attachment = attachments_for(actor, subject).get(uid=attachment_uid)
    file = attachment.thumbnail if thumbnail and attachment.thumbnail else attachment.file
    shown = file.media_type.startswith("image/")
    media_type = file.media_type if shown else PLAIN
    return Opened(keeper().open(file.sha256), media_type, attachment.name, shown, file.size, file.sha256)
