"""The company's mark on its papers."""

from io import BytesIO
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from PIL import Image

from remonta.documents.queries import LEGAL_ENTITY, LOGO_KIND, marks_of
from remonta.identity.queries import entities_for
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import NotPermitted, Refused
from remonta.spine.commands import KeptFile, attach, command, keep, withdraw_attachment
from remonta.spine.queries import read_stored

LARGEST = (720, 240)  # dots: 300 an inch at the size at which forms show it


class LogoUnclear(Refused):
    text = _("This is not a picture that can be printed. Choose a PNG or JPEG file.")
    field = "file"


def set_logo(actor: Actor, legal_entity_uid: UUID, *, content: bytes) -> Any:
    """The mark that papers of the legal entity carry from now on; earlier papers keep theirs. Gives the attachment.

    Asks `documents.templates` in the whole network. Raises LogoUnclear, FileTooLarge, PictureBroken.
    """
    if not actor.may_at("documents.templates", None):
        raise NotPermitted
    entity = entities_for(actor).get(uid=legal_entity_uid)
    return _attached(actor, _small(content), entity.pk)


@command
def remove_logo(actor: Actor, legal_entity_uid: UUID) -> None:
    """Papers of the legal entity carry no mark from now on; earlier papers keep theirs. Asks as set_logo does."""
    if not actor.may_at("documents.templates", None):
        raise NotPermitted
    entity = entities_for(actor).get(uid=legal_entity_uid)
    for kept in marks_of(actor, entity.pk):
        withdraw_attachment(actor, kept.uid)


@command
def _attached(actor: Actor, kept: KeptFile, entity_id: int) -> Any:
    about = {"kind": LOGO_KIND, "for_customer": True}
    return attach(actor, kept, subject=LEGAL_ENTITY, subject_id=entity_id, **about)


def _small(content: bytes) -> KeptFile:
    """The picture as the store judges and redraws it, then no larger than paper needs."""
    whole = keep(content, "logo.png").whole
    if not whole.media_type.startswith("image/"):
        raise LogoUnclear
    with Image.open(BytesIO(read_stored(whole.sha256))) as picture:
        drawn = picture.convert("RGBA")
    drawn.thumbnail(LARGEST)
    kept = BytesIO()
    drawn.save(kept, "PNG", optimize=True)
    return keep(kept.getvalue(), "logo.png")
