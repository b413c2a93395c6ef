"""The texts in force: a centre's own words, else the network's, else those delivered."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from remonta.identity.queries import in_reach, languages
from remonta.kernel.actor import EVERYWHERE, Actor
from remonta.notices.models import CustomerText
from remonta.notices.starter import STARTER
from remonta.notices.words import CHANNELS, EMAIL, OCCASIONS


@dataclass(frozen=True)
class TextShape:
    """What is written at an occasion; an empty body means that nothing is sent by this channel."""

    title: str
    body: str
    own: bool


@dataclass(frozen=True)
class Known:
    """One occasion as the list of texts shows it: how many of its texts have been changed here."""

    code: str
    label: object
    changed: int


def texts_for(actor: Actor) -> QuerySet[CustomerText]:
    """The changed texts of the centres whose texts the actor may change; the network's for whoever may everywhere."""
    network = Q(centre=None) if EVERYWHERE in actor.places_of("notices.texts") else Q(pk__in=[])
    return CustomerText.objects.filter(in_reach(actor, "notices.texts") | network)


def of_layer(texts: QuerySet[CustomerText], centre_id: int | None) -> QuerySet[CustomerText]:
    """The texts of a centre alone, or of the network alone. No statement."""
    return texts.filter(centre_id=centre_id) if centre_id else texts.filter(centre=None)


def text_for(code: str, channel: str, language: str, centre_id: int | None) -> TextShape:
    """The text in force in that centre. One statement."""
    layers = Q(centre_id=centre_id) | Q(centre=None)
    rows = CustomerText.objects.filter(layers, code=code, channel=channel, language=language)
    nearest = max(rows, key=lambda row: row.centre_id is not None, default=None)
    if nearest is None:
        return starter_of(code, channel, language)
    return TextShape(nearest.title, nearest.body if nearest.active else "", own=nearest.centre_id == centre_id)


def starter_of(code: str, channel: str, language: str) -> TextShape:
    """The text as delivered; in English where a language has none. No statement."""
    text = STARTER.get(language, STARTER["en"])[code]
    return TextShape(text.title, text.body, False) if channel == EMAIL else TextShape("", text.sms, False)


def known_texts(actor: Actor, centre_id: int | None) -> tuple[Known, ...]:
    """Every occasion, with how many of its texts that very layer has changed. One statement."""
    changed = list(of_layer(texts_for(actor), centre_id).values_list("code", flat=True))
    return tuple(Known(code, label, changed.count(code)) for code, label in OCCASIONS.items())


def every_text() -> int:
    """How many texts an occasion has: one for each channel and language. No statement."""
    return len(CHANNELS) * len(languages())
