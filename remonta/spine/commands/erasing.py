"""Erasing what people wrote and showed: for commands of rooms above, which know whose it was and check the right."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q

from remonta.kernel.actor import Actor
from remonta.spine.commands.files import kept_row
from remonta.spine.commands.outbox import MessageUnderWay
from remonta.spine.files import keep
from remonta.spine.models import Attachment, Message, MessageState, StoredFile
from remonta.spine.storage import keeper

NOT_LEFT = (MessageState.WAITING, MessageState.UNCLEAR, MessageState.DEAD, MessageState.SENDING)
GONE = b"erased"


def erase_messages(*, customer_ids: Collection[int], thread_ids: Collection[int], wait: bool) -> int:
    """Recipient, words and enclosures of messages to those customers or about those orders; how many there were.

    What has not left is called off. With `wait`, a message that is just being sent refuses: MessageUnderWay.
    """
    theirs = Message.objects.filter(Q(customer_id__in=customer_ids) | Q(thread_id__in=thread_ids))
    if wait and theirs.filter(state=MessageState.SENDING).exists():
        raise MessageUnderWay
    theirs.filter(state__in=NOT_LEFT).update(state=MessageState.CANCELLED)
    blank = {"recipient": "", "title": "", "body": "", "html": "", "attachments": [], "error": ""}
    return theirs.update(**blank)


def erase_files(actor: Actor, subjects: Collection[tuple[str, Collection[int]]], thread_ids: Collection[int]) -> int:
    """Files and photos of those subjects and orders: their names at once, the bytes nobody else uses after the commit.

    The rows stay, out of sight and without content, for other rows name them. Answers how many there were.
    """
    theirs = Q(thread_id__in=thread_ids)
    for subject, ids in subjects:
        theirs |= Q(subject=subject, subject_id__in=ids)
    rows = Attachment.objects.filter(theirs)
    held = {pk for pair in rows.values_list("file_id", "thumbnail_id") for pk in pair if pk}
    if not held:
        return 0
    nothing = kept_row(actor, keep(GONE, "erased.txt").whole)
    gone = rows.update(file=nothing, thumbnail=None, name="", withdrawn_at=actor.now())
    unused = StoredFile.objects.filter(pk__in=held - {nothing.pk}, attachments=None)
    unused = unused.exclude(pk__in=Attachment.objects.exclude(thumbnail=None).values("thumbnail_id"))
    digests = list(unused.values_list("sha256", flat=True))
    StoredFile.objects.filter(sha256__in=digests).delete()
    transaction.on_commit(lambda: _remove(digests))
    return gone


def _remove(digests: Collection[str]) -> None:
    """Unless somebody has kept the very same content meanwhile."""
    again = set(StoredFile.objects.filter(sha256__in=digests).values_list("sha256", flat=True))
    for digest in digests:
        if digest not in again:
            keeper().remove(digest)
