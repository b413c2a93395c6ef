"""What the fonts can write; everything else is replaced before it reaches the paper."""

import re
import struct
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from django.conf import settings

REPLACEMENT = "□"
LONG_WORD = re.compile(r"\S{25,}")
WORD_PART = re.compile(r".{1,8}", re.DOTALL)
SAFE_BREAK = "\u200b"
KEPT = frozenset({0x0A, 0x200B})
DROPPED = {"Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Me", "So", "Sk"}  # controls, marks and pictures without a glyph
UNICODE_TABLES = {(0, 3), (0, 4), (0, 6), (3, 1), (3, 10)}


def printable(text: str) -> str:
    """The text as it can be printed: composed, without controls and pictures, an unknown letter as □.

    Words longer than 24 characters get places where they may break, so that no cell overflows.
    """
    known = _known(str(settings.REMONTA_FONTS))
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    plain = composed.isascii() and composed.isprintable()
    seen = composed if plain else "".join(_glyph(char, known) for char in composed)
    return LONG_WORD.sub(lambda word: SAFE_BREAK.join(WORD_PART.findall(word[0])), seen)


def printable_data(value: object) -> object:
    """Frozen data with every text in it made printable; keys stay."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: printable_data(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [printable_data(part) for part in value]
    return value


def _glyph(char: str, known: frozenset[int]) -> str:
    if char.isascii() and char.isprintable():
        return char
    category = unicodedata.category(char)
    if category == "Cf" or (category == "Cc" and char != "\n"):
        return " " if char == "\t" else ""
    if ord(char) in known or ord(char) in KEPT:
        return char
    if category == "Zs":
        return " "
    plain = unicodedata.normalize("NFKC", char)
    if plain != char and all(ord(part) in known for part in plain):
        return plain
    return "" if category in DROPPED else REPLACEMENT


@lru_cache(maxsize=4)
def _known(fonts: str) -> frozenset[int]:
    return frozenset(code for font in sorted(Path(fonts).glob("*.ttf")) for code in coverage(font.read_bytes()))


def coverage(font: bytes) -> Iterator[int]:
    """The characters a TrueType font has glyphs for (OpenType 1.9, `cmap` formats 4 and 12)."""
    tables = {font[at : at + 4]: struct.unpack(">I", font[at + 8 : at + 12])[0] for at in _steps(12, font, 4, 16)}
    start = tables[b"cmap"]
    for at in _steps(start + 4, font, start + 2, 8):
        platform, encoding, offset = struct.unpack(">HHI", font[at : at + 8])
        if (platform, encoding) in UNICODE_TABLES:
            table = font[start + offset :]
            yield from {4: _segments, 12: _groups}.get(struct.unpack(">H", table[:2])[0], _nothing)(table)


def _steps(first: int, font: bytes, count_at: int, width: int) -> range:
    count = struct.unpack(">H", font[count_at : count_at + 2])[0]
    return range(first, first + count * width, width)


def _segments(table: bytes) -> Iterator[int]:
    count = struct.unpack(">H", table[6:8])[0] // 2
    ends, starts, deltas, offsets = (
        struct.unpack(f">{count}H", table[at : at + 2 * count]) for at in (14, *(16 + 2 * count * n for n in (1, 2, 3)))
    )
    for segment, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            at = 16 + 6 * count + 2 * segment + offset + 2 * (code - first)
            glyph = struct.unpack(">H", table[at : at + 2])[0] if offset else code
            if (glyph + delta * (glyph > 0 or not offset)) & 0xFFFF:
                yield code


def _groups(table: bytes) -> Iterator[int]:
    for group in range(struct.unpack(">I", table[12:16])[0]):
        first, last, _glyph_id = struct.unpack(">III", table[16 + 12 * group : 28 + 12 * group])
        yield from range(first, last + 1)


def _nothing(_table: bytes) -> Iterator[int]:
    return iter(())
