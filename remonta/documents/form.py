"""What every print form is made of: its head, the people and things on it, and its data as the template gets it."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import ClassVar

from django.utils import translation

from remonta.documents.words import Words

Pair = tuple[str, str]
Sum = tuple[str, str, bool]  # name, amount, whether it is the one that counts


@dataclass(frozen=True, kw_only=True)
class Company:
    """Who stands at the head of the paper: name, then address and tax number as lines."""

    name: str
    lines: tuple[str, ...] = ()
    phone: str = ""
    site: str = ""


@dataclass(frozen=True, kw_only=True)
class Party:
    """A customer or a supplier."""

    name: str
    facts: tuple[Pair, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A device with what identifies it."""

    name: str
    facts: tuple[Pair, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Line:
    """A work or a part; amounts are written out."""

    name: str
    quantity: str = ""
    price: str = ""
    amount: str = ""


@dataclass(frozen=True, kw_only=True)
class Form:
    """What every form has. `language` is a code of settings.LANGUAGES, `logo` the SHA-256 of a stored picture."""

    code: ClassVar[str]
    papers: ClassVar[tuple[str, ...]] = ("a4",)
    has_head: ClassVar[bool] = True
    words: ClassVar[Callable[[], Words]]

    paper: str
    language: str
    company: Company
    number: str
    issued: str
    qr: str = ""
    bar: str = ""
    qr_caption: str = ""
    subtitle: str = ""
    footer: str = ""
    logo: str = ""

    def as_json(self) -> dict[str, object]:
        """Plain data for the template, with the form's own words in its language."""
        with translation.override(self.language):
            words = type(self).words()
        codes = {name: {"qr": text} for name, text in (("qr", self.qr),) if text}
        codes |= {name: {"bar": text} for name, text in (("bar", self.bar),) if text}
        whole = {
            **asdict(self),
            "qr": None,
            "bar": None,
            **codes,
            "form": self.code,
            "lang": self.language,
            "title": words["title"],
            "words": words,
        }
        return plain(whole)


def plain(data: dict[str, object]) -> dict[str, object]:
    """The data as the database gives it back: lists for tuples, texts for what is translated late."""
    kept: dict[str, object] = json.loads(json.dumps(data, default=str))
    return kept
