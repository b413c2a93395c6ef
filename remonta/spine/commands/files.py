"""Attaching files to things."""

from typing import IO, Any
from uuid import UUID

from django.db import transaction

from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.spine.commands.effects import command
from remonta.spine.files import Kept, KeptFile, keep
from remonta.spine.models import Attachment, StoredFile
from remonta.spine.queries import attachments_for


def store(
    actor: Actor,
    content: bytes | IO[bytes],
    *,
    kind: str,
    name: str,
    subject: str,
    subject_id: int,
    thread_id: int | None = None,
    for_customer: bool = False,
) -> Attachment:
    """Keeps the content and attaches it to a subject (`orders.workorder`) that the caller may change.

    Raises FileTooLarge, FileEmpty, PictureBroken or PictureTooLarge. Four statements, seven with a thumbnail.
    """
    kept = keep(content, name)
    with transaction.atomic():
        return attach(
            actor,
            kept,
            kind=kind,
            subject=subject,
            subject_id=subject_id,
            thread_id=thread_id,
            for_customer=for_customer,
        )


def attach(actor: Actor, kept: KeptFile, *, subject: str, subject_id: int, **about: Any) -> Attachment:
    """Attaches what `keep` has kept, in the caller's transaction. `about`: kind, thread_id, for_customer."""
    assert transaction.get_connection().in_atomic_block, "attach() belongs inside a command's transaction"
    now = actor.now()
    return Attachment.objects.create(
        uid=uuid7(now),
        file=kept_row(actor, kept.whole),
        thumbnail=kept_row(actor, kept.thumbnail) if kept.thumbnail else None,
        subject=subject,
        subject_id=subject_id,
        name=kept.name,
        actor=actor.label,
        created_at=now,
        **about,
    )


@command
def withdraw_attachment(actor: Actor, attachment_uid: UUID) -> Attachment:
    """Takes a file out of sight. The calling room asks for its own permission to change the subject first."""
    subject = Attachment.objects.filter(uid=attachment_uid).values_list("subject", "subject_id")
    attachment = attachments_for(actor, subject).select_for_update(of=("self",)).get(uid=attachment_uid)
    attachment.withdrawn_at = actor.now()
    attachment.save(update_fields=["withdrawn_at"])
    return attachment


def kept_row(actor: Actor, kept: Kept) -> StoredFile:
    """The row of bytes that are in the store by now. One statement to read, two the first time."""
    known = StoredFile.objects.filter(sha256=kept.sha256).first()
    if known is None:
        columns = {**vars(kept), "created_at": actor.now()}
        StoredFile.objects.bulk_create([StoredFile(**columns)], ignore_conflicts=True)
        known = StoredFile.objects.get(sha256=kept.sha256)
    return known
