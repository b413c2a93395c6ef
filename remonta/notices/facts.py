"""What notices tells: only that there is something new under the bell."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop

from remonta.spine.facts import Fact


@dataclass(frozen=True, kw_only=True)
class NoticesGiven(Fact):
    """Colleagues have something new under the bell; how many of them."""

    name = "notices.given"
    says = gettext_noop("Colleagues told: %(people)s")
    code: str
    people: int


@dataclass(frozen=True, kw_only=True)
class TextChanged(Fact):
    """What customers are written at an occasion has new words; `code` names the occasion."""

    name = "notices.text_changed"
    says = gettext_noop("Text for customers changed")
    code: str
    channel: str
    language: str
    restored: bool = False
