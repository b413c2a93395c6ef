"""What reaches the paper of what people type."""

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

from remonta.documents.printable import coverage, printable, printable_data


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Zażółć gęślą jaźń", "Zażółć gęślą jaźń"),
        ("Ремонт 320 ₽, подъезд", "Ремонт 320 ₽, подъезд"),
        ("维修单 北门", "维修单 北门"),
        ("cafe\u0301", "café"),
        ("broken 😀👨‍👩‍👧 screen", "broken  screen"),
        ("מסך", "□□□"),
        ("a\u202egnp.exe\x00\x07b", "agnp.exeb"),
        ("one\r\ntwo\rthree\tfour", "one\ntwo\nthree four"),
        ("1\u202f234,50\u00a0zł", "1\u202f234,50\u00a0zł"),
        ("", ""),
    ],
)
def test_what_no_font_can_write_does_not_become_an_empty_box(typed, printed):
    assert printable(typed).replace("\u202f", "\u202f") == printed


def test_a_word_without_end_may_break():
    broken = printable("x" * 2000)
    assert max(len(part) for part in broken.split("\u200b")) <= 8
    assert broken.replace("\u200b", "") == "x" * 2000


def test_serial_numbers_stay_whole():
    assert printable("WBA3A5C51CF256551 356938035643809") == "WBA3A5C51CF256551 356938035643809"


def test_every_text_of_the_data_is_cleaned_and_keys_stay():
    assert printable_data({"a": ["x\x07", {"b": "😀"}], "n": 3}) == {"a": ["x", {"b": ""}], "n": 3}


def test_the_fonts_are_read_as_fonttools_reads_them():
    fonts = sorted(settings.REMONTA_FONTS.glob("*.ttf"))
    assert fonts
    for font in fonts:
        assert set(coverage(font.read_bytes())) == set(TTFont(font).getBestCmap())
