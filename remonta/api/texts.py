"""What customers are written: a centre's own words, or the network's."""

from typing import Any, Literal
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from remonta.api.fields import Asked, Language, Line, Paragraph
from remonta.api.shapes.papers import TextOut
from remonta.api.spoken import op
from remonta.identity.queries import every_centre
from remonta.kernel.refusals import Missing, NotPermitted
from remonta.notices.commands import restore_text, save_text
from remonta.notices.queries import CHANNELS, OCCASIONS, texts_for
from remonta.web.requests import Request

router = Router()
Channel = Literal["sms", "email"]


class TextAsked(Asked):
    """The words of one occasion, channel and language; inactive ones are not sent."""

    body: Paragraph
    title: Line = Field("", max_length=255)
    active: bool = True
    centre_uid: UUID | None = None


def text_of(row: Any) -> dict[str, Any]:
    """A text as an answer. No statement when read with its centre."""
    same = ("code", "channel", "language", "title", "body", "active")
    return {name: getattr(row, name) for name in same} | {"centre_uid": row.centre.uid if row.centre else None}


def centre_id(request: Request, uid: UUID | None) -> int | None:
    """The key of a centre whose texts may be changed; None for the network's. Raises NotPermitted. One statement."""
    found = every_centre().values_list("pk", flat=True).get(uid=uid) if uid else None
    if not request.actor.may_at("notices.texts", found):
        raise NotPermitted
    return found


def known(code: str, channel: str) -> None:
    """Raises Missing for an occasion or a channel that there is not."""
    if code not in OCCASIONS or channel not in CHANNELS:
        raise Missing


@router.get("/customer-texts", **op("customer-texts", list[TextOut]))
def listed(request: Request, centre: Query[UUID | None] = None) -> Any:
    """The texts that this very layer has changed; all others are as delivered."""
    rows = texts_for(request.actor).select_related("centre")
    found = centre_id(request, centre)
    rows = rows.filter(centre_id=found) if found else rows.filter(centre=None)
    return [text_of(row) for row in rows.order_by("code", "channel", "language")[:1000]]


@router.put("/customer-texts/{slug:code}/{slug:channel}/{slug:language}", **op("customer-text", TextOut))
def save(request: Request, code: str, channel: Channel, language: Language, asked: TextAsked) -> Any:
    """Words of one’s own, from the next message on."""
    known(code, channel)
    centre_id(request, asked.centre_uid)
    said: dict[str, Any] = {"code": code, "channel": channel, "language": language}
    return text_of(save_text(request.actor, **said, **asked.model_dump()))


@router.delete("/customer-texts/{slug:code}/{slug:channel}/{slug:language}", **op("customer-text", None, status=204))
def restore(
    request: Request, code: str, channel: Channel, language: Language, centre: Query[UUID | None] = None
) -> None:
    """What stands above this layer, or what was delivered, is in force again."""
    known(code, channel)
    centre_id(request, centre)
    restore_text(request.actor, code=code, channel=channel, language=language, centre_uid=centre)
