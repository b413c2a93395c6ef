"""Photos and files of an order."""

from typing import IO
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from remonta.identity.queries import setting
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Refused
from remonta.orders import facts
from remonta.orders.commands.holds import lift_hold, place_hold
from remonta.orders.commands.locks import lock_work_order
from remonta.orders.models import WorkOrder
from remonta.orders.queries.scope import work_orders_for
from remonta.spine.commands import KeptFile, attach, command, keep, record
from remonta.spine.queries import Attachment, attachments_for

LABEL = "orders.workorder"
KINDS = ("unit", "damage", "document", "other")
MOST = 200
SHOWING_IT = ("unit", "damage")
NO_PHOTO, NO_PHOTO_WORDS = "orders.photo", gettext_noop("no photo of the unit yet")
NO_PHOTO_BLOCKS = ("start_diagnosis", "start_repair", "ask_approval")


class TooManyPhotos(Refused):
    text = _("This order has %(most)s files already. Take one away before adding another.")
    field = "photo"


def add_photo(actor: Actor, uid: UUID, *, file: IO[bytes], name: str, kind: str = "unit") -> Attachment:
    """Keep a photo or a file; the customer sees it at once. The same content twice is one.

    Raises FileTooLarge, FileEmpty, PictureBroken, PictureTooLarge, TooManyPhotos.
    """
    work_orders_for(actor).only("pk").get(uid=uid)
    kept = keep(file.read(), name)  # judged and stored before any transaction begins
    return _attach(actor, uid, kept=kept, kind=kind if kind in KINDS else "other")


def want_photo(actor: Actor, order: WorkOrder) -> None:
    """Where a photo is taken at every intake, keeps a locked order without one from the bench until it comes."""
    if not setting("intake.needs_photos", order.centre_id):
        return
    taken = attachments_for(actor, [(LABEL, order.pk)]).filter(kind__in=SHOWING_IT)
    if not any(shows_unit(one) for one in taken):
        place_hold(actor, order, code=NO_PHOTO, reason=NO_PHOTO_WORDS, blocks=NO_PHOTO_BLOCKS)


def shows_unit(file: Attachment) -> bool:
    """Whether the file is a picture of the unit, not a paper. No statement when read with its file."""
    return file.kind in SHOWING_IT and file.file.media_type.startswith("image/")


@command
def _attach(actor: Actor, uid: UUID, *, kept: KeptFile, kind: str) -> Attachment:
    order = lock_work_order(actor, uid, permission="orders.write")
    known = list(attachments_for(actor, [(LABEL, order.pk)]))
    for one in known:
        if one.file.sha256 == kept.whole.sha256:
            return one
    if len(known) >= MOST:
        raise TooManyPhotos(most=MOST)
    photo = attach(actor, kept, subject=LABEL, subject_id=order.pk, kind=kind, thread_id=order.pk, for_customer=True)
    record(actor, order, facts.PhotoAdded(work_order_id=order.pk, attachment_id=photo.pk, kind=kind))
    if shows_unit(photo):
        lift_hold(actor, order, code=NO_PHOTO)
    return photo
