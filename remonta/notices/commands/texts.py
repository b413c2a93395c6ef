"""Changing what customers are written, and going back to what was delivered."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from remonta.identity.queries import every_centre
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import NotPermitted, Refused
from remonta.kernel.texts import clean
from remonta.notices.facts import TextChanged
from remonta.notices.filling import places_in
from remonta.notices.models import CustomerText
from remonta.notices.queries.texts import of_layer, texts_for
from remonta.notices.starter import STARTER
from remonta.notices.words import CHANNELS, EMAIL, OCCASIONS, PLACES
from remonta.spine.commands import command, record

LONGEST = {"sms": 600, "email": 10_000}


class TextOfNothing(Refused):
    text = _("There is no such text. Open the list of texts anew.")


class TextEmpty(Refused):
    text = _("Write the text, or switch the message off.")
    field = "body"


class TextTooLong(Refused):
    text = _("This text is too long: at most %(most)s characters.")
    field = "body"


class PlaceUnknown(Refused):
    text = _("There is nothing to fill in for %(names)s. Use the names listed beside the text.")
    field = "body"


@command
def save_text(
    actor: Actor,
    *,
    code: str,
    channel: str,
    language: str,
    body: str,
    title: str = "",
    active: bool = True,
    centre_uid: UUID | None = None,
) -> CustomerText:
    """A centre's own words, or the network's, from the next message on. Inactive: nothing is sent by this channel.

    Raises PlaceUnknown, TextEmpty, TextTooLong, TextOfNothing.
    """
    centre_id = _centre(actor, centre_uid)
    _known(code, channel, language)
    if active and not clean(body):
        raise TextEmpty
    if len(body) > LONGEST[channel]:
        raise TextTooLong(most=LONGEST[channel])
    if strange := sorted((places_in(body) | places_in(title)) - PLACES.keys()):
        raise PlaceUnknown(names=", ".join(f"{{{name}}}" for name in strange))
    named: dict[str, Any] = {"code": code, "channel": channel, "language": language, "centre_id": centre_id}
    words: dict[str, Any] = {
        "title": clean(title)[:200] if channel == EMAIL else "",
        "body": clean(body),
        "active": active,
    }
    row, _new = CustomerText.objects.update_or_create(**named, defaults=words)
    record(actor, row, TextChanged(code=code, channel=channel, language=language))
    return row


@command
def restore_text(actor: Actor, *, code: str, channel: str, language: str, centre_uid: UUID | None = None) -> None:
    """Forgets that layer's own words: what stands above it, or what was delivered, is in force again."""
    centre_id = _centre(actor, centre_uid)
    found = of_layer(texts_for(actor), centre_id).filter(code=code, channel=channel, language=language)
    for row in found.select_for_update(of=("self",)):
        record(actor, row, TextChanged(code=code, channel=channel, language=language, restored=True))
        row.delete()


def _centre(actor: Actor, centre_uid: UUID | None) -> int | None:
    centre_id = every_centre().get(uid=centre_uid).pk if centre_uid else None
    if not actor.may_at("notices.texts", centre_id):
        raise NotPermitted
    return centre_id


def _known(code: str, channel: str, language: str) -> None:
    if code not in OCCASIONS or channel not in CHANNELS or language not in STARTER:
        raise TextOfNothing
