"""GS1 barcodes: check digits, element strings raw and bracketed, and what is not one."""

from datetime import date

import pytest

from remonta.kernel.gs1 import GROUP_SEPARATOR, Element, Trade, check_digit, elements, gtin_of, trade_item

PLAIN = "5901234123457"
PADDED = "05901234123457"


def test_the_check_digit_counts_from_the_right():
    assert (check_digit("590123412345"), check_digit("9638507"), check_digit("03600029145")) == (7, 4, 2)


@pytest.mark.parametrize(
    ("text", "gtin"),
    [
        (PLAIN, PADDED),
        (f" {PADDED} ", PADDED),
        ("96385074", "00000096385074"),
        ("036000291452", "00036000291452"),
        ("5901234123458", ""),
        ("590123412345", ""),
        ("59012341", ""),
        ("not a number", ""),
        ("", ""),
        ("³901234123457", ""),
    ],
)
def test_gtins_in_four_lengths_and_nothing_else(text, gtin):
    assert gtin_of(text) == gtin


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"01{PADDED}", Trade(PADDED)),
        (f"01{PADDED}10LOT-7{GROUP_SEPARATOR}21SN 12", Trade(PADDED, "SN 12", "LOT-7")),
        (f"01{PADDED}17261231{GROUP_SEPARATOR}21A1", Trade(PADDED, "A1", expires_on=date(2026, 12, 31))),
        (f"{GROUP_SEPARATOR}01{PADDED}3012", Trade(PADDED, quantity=12)),
        (f"(01){PADDED}(10)LOT-7(21)SN12", Trade(PADDED, "SN12", "LOT-7")),
        (f"(01){PADDED}(17)280200(10)B", Trade(PADDED, "", "B", expires_on=date(2028, 2, 29))),
        (f"01{PADDED}17261301", Trade(PADDED)),
        ("21ONLYASERIAL", Trade(serial="ONLYASERIAL")),
        (PLAIN, Trade(PADDED)),
    ],
)
def test_what_a_scan_says(text, said):
    assert trade_item(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "0105901234123458",  # the check digit is wrong
        "01059012341234",  # too short
        "10LOT-7",  # a batch of what?
        "KRK-000123",
        "L-17",
        "(01)5901234123457x(21",
        "",
        "21",
        f"21{'9' * 21}",
    ],
)
def test_what_is_no_trade_item(text):
    assert trade_item(text) is None


def test_elements_keep_their_order_and_need_a_separator_after_variable_ones():
    said = elements(f"10A{GROUP_SEPARATOR}11260101")
    assert said == (Element("10", "A"), Element("11", "260101"))
    assert elements("10A11260101") == (Element("10", "A11260101"),)
