"""What GS1 barcodes say: GTINs with their check digit, and element strings (GS1 General Specifications, 3 and 7.9)."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from remonta.kernel.texts import clean

GROUP_SEPARATOR = "\x1d"
GTIN = re.compile(r"\d{8}|\d{12,14}")
BRACKETED = re.compile(r"\((\d{2,4})\)([^(]*)")
# Application identifiers of fixed length: how many characters follow. All others run to the separator or the end.
FIXED = {"00": 18, "01": 14, "02": 14, "11": 6, "12": 6, "13": 6, "15": 6, "16": 6, "17": 6, "20": 2}
VARIABLE = {"10": 20, "21": 20, "22": 20, "30": 8, "37": 8, "240": 30, "241": 30, "250": 30, "400": 30}


@dataclass(frozen=True)
class Element:
    """One application identifier with its value: 01 is a GTIN, 10 a batch, 21 a serial number."""

    identifier: str
    value: str


@dataclass(frozen=True)
class Trade:
    """What a scan says about a trade item; `gtin` has 14 digits, `expires_on` is its last day."""

    gtin: str = ""
    serial: str = ""
    batch: str = ""
    quantity: int = 1
    expires_on: date | None = None


def check_digit(digits: str) -> int:
    """The digit that makes the weighted sum (3, 1, 3 … from the right) a multiple of ten (7.9.1)."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return -total % 10


def gtin_of(text: str) -> str:
    """The 14 digits of a GTIN-8, -12, -13 or -14 whose check digit is right; else nothing."""
    text = text.strip()
    if not GTIN.fullmatch(text) or check_digit(text[:-1]) != int(text[-1]):
        return ""
    return text.zfill(14)


def elements(text: str) -> tuple[Element, ...]:
    """The element strings of a scan, bracketed as printed under a barcode or raw; nothing when it is not one."""
    if BRACKETED.match(text):
        parts = [Element(*found) for found in BRACKETED.findall(text)]
        whole = "".join(f"({part.identifier}){part.value}" for part in parts)
        return tuple(parts) if whole == text else ()
    try:
        return tuple(_raw(text.lstrip(GROUP_SEPARATOR)))
    except ValueError:
        return ()


def trade_item(text: str) -> Trade | None:
    """What a scan says: a plain GTIN, or element strings with a right (01) or a (21); else None."""
    if gtin := gtin_of(text):
        return Trade(gtin)
    said = {part.identifier: part.value for part in elements(text)}
    gtin = gtin_of(said.get("01", ""))
    if ("01" in said and not gtin) or not (gtin or said.get("21")):
        return None
    count = said.get("30", "")
    many = int(count) if count.isdigit() and int(count) else 1
    return Trade(gtin, said.get("21", ""), said.get("10", ""), many, day_of(said.get("17", "")))


def code_of(text: str) -> str:
    """What a scanner typed, cleaned like any text, but with its group separators."""
    return GROUP_SEPARATOR.join(clean(part) for part in text.split(GROUP_SEPARATOR)).strip(GROUP_SEPARATOR)


def day_of(text: str) -> date | None:
    """YYMMDD as a day of this century; day 00 is the last of the month (3.4.2). None for what is none."""
    if len(text) != 6 or not text.isdigit():
        return None
    year, month, day = 2000 + int(text[:2]), int(text[2:4]), int(text[4:])
    try:
        return date(year, month, day or monthrange(year, month)[1])
    except ValueError:
        return None


def _raw(text: str) -> Iterator[Element]:
    while text:
        identifier = next((text[:size] for size in (2, 3) if text[:size] in FIXED or text[:size] in VARIABLE), "")
        if not identifier:
            raise ValueError(text)
        rest = text[len(identifier) :]
        if identifier in FIXED:
            value, text = rest[: FIXED[identifier]], rest[FIXED[identifier] :].lstrip(GROUP_SEPARATOR)
            if len(value) < FIXED[identifier] or not value.isdigit():
                raise ValueError(value)
        else:
            value, _, text = rest.partition(GROUP_SEPARATOR)
            if not 0 < len(value) <= VARIABLE[identifier]:
                raise ValueError(value)
        yield Element(identifier, value)
