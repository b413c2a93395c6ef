"""A hold is kept once, and each reader gets its amounts and days in their own habit."""

import pytest
from django.utils import translation

from remonta.kernel.money import Money
from remonta.kernel.refusals import Refused
from remonta.orders.models import Hold


class Short(Refused):
    text = "%(amount)s is missing"


@pytest.mark.parametrize(
    ("language", "said"), [("en", "zł\u00a0111.11"), ("pl", "111,11\u00a0zł"), ("ru", "111,11\u00a0zł")]
)
def test_amounts_in_holds_and_refusals_are_written_in_the_readers_language(language, said):
    with translation.override(language):
        assert str(Hold(reason="%(amount)s!", values={"amount": "111.11 PLN"})) == f"{said}!"
        assert str(Short(amount=Money(11111, "PLN"))) == f"{said} is missing"


def test_days_are_written_in_the_readers_language_and_unreadable_values_as_they_are():
    with translation.override("pl"):
        assert str(Hold(reason="%(day)s", values={"day": "2026-12-04"})) == "04.12.2026"
    assert str(Hold(reason="%(day)s", values={"day": "soon"})) == "soon"
    assert str(Hold(reason="%(amount)s", values={"amount": "1"})) == "1"
