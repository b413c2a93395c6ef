"""Texts as people search and sort them: one normal form for both databases, and texts kept in several languages."""

import re
import unicodedata
from collections.abc import Iterator, Mapping

LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "ё": "е", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"})
CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
NOT_IN_SERIALS = re.compile(r"[\s\-_./:]+")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029]")


def normal(text: str) -> str:
    """Lower case without accents, one space between words: `Łódź  Ё` becomes `lodz е`."""
    plain = unicodedata.normalize("NFKD", text).casefold().translate(LETTERS)
    folded = unicodedata.normalize("NFKD", plain).casefold()
    bare = "".join(char for char in folded if not unicodedata.combining(char))
    return " ".join(bare.translate(LETTERS).split())


def serial_normal(text: str) -> str:
    """A serial number as it is compared: upper case, without spaces, dashes, dots, slashes and colons."""
    return NOT_IN_SERIALS.sub("", unicodedata.normalize("NFKC", text)).upper()


def chinese_pairs(text: str) -> Iterator[str]:
    """Each pair of neighbouring Chinese characters, so that two-character names can be found by trigram indexes."""
    for run in CHINESE.findall(text):
        yield from (run[at : at + 2] for at in range(len(run) - 1))


def clean(text: str) -> str:
    """What a person typed, without control characters and outer blanks; NFC, so that equal looks are equal texts."""
    return unicodedata.normalize("NFC", CONTROL.sub("", text)).strip()


def said(texts: Mapping[str, str], language: str) -> str:
    """The text in that language, else English, else any there is."""
    short = language.split("-")[0]
    return texts.get(language) or texts.get(short) or texts.get("en") or next(iter(texts.values()), "")


def sort_key(text: str) -> str:
    """A key that sorts alike on every database: Latin first, then Cyrillic, then Chinese by code point."""
    return normal(text)[:120]
