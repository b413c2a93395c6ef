"""Money in integer minor units, unit prices to six decimals, quantities in thousandths."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from enum import StrEnum

EXPONENTS = {
    "JPY": 0,
    "KRW": 0,
    "VND": 0,
    "ISK": 0,
    "CLP": 0,
    "HUF": 2,
    "KWD": 3,
    "BHD": 3,
    "TND": 3,
    "OMR": 3,
    "JOD": 3,
}
PRICE_SCALE = Decimal(10) ** 6
QUANTITY_SCALE = 1000


class Rounding(StrEnum):
    HALF_UP = ROUND_HALF_UP
    HALF_EVEN = ROUND_HALF_EVEN
    DOWN = ROUND_DOWN


class CurrencyMismatch(ValueError):
    """Two currencies met in one sum: a mistake of the program, never of a person."""


def exponent(currency: str) -> int:
    """Digits after the point of a currency (ISO 4217), 0 to 3."""
    return EXPONENTS.get(currency, 2)


def rounded(value: Decimal, rounding: Rounding = Rounding.HALF_UP, step: int = 1) -> int:
    """To a whole number of minor units, or of `step` minor units (cash rounding)."""
    return int((value / step).quantize(Decimal(1), rounding=str(rounding))) * step


def line_total(price: Decimal, quantity: int, currency: str, rounding: Rounding = Rounding.HALF_UP) -> int:
    """Minor units of `quantity` thousandths at a unit price in major units of up to six decimals."""
    return rounded(price * quantity / QUANTITY_SCALE * 10 ** exponent(currency), rounding)


def tax_within(gross: int, rate: Decimal, rounding: Rounding = Rounding.HALF_UP) -> int:
    """The tax contained in a gross amount of minor units; `rate` is a fraction such as 0.23."""
    return rounded(Decimal(gross) * rate / (1 + rate), rounding)


@dataclass(frozen=True, order=False)
class Money:
    """An amount in minor units of one currency (ISO 4217 code)."""

    minor: int
    currency: str

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other).minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other).minor, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __str__(self) -> str:
        return f"{self.major:.{exponent(self.currency)}f} {self.currency}"

    @classmethod
    def read(cls, text: str) -> Money:
        """The amount that `str` wrote down, such as `30.00 PLN`. Raises ValueError."""
        digits, _gap, currency = text.partition(" ")
        if not currency:
            raise ValueError(text)
        try:
            return cls(int(Decimal(digits).scaleb(exponent(currency))), currency)
        except ArithmeticError as error:
            raise ValueError(text) from error

    @property
    def major(self) -> Decimal:
        return Decimal(self.minor).scaleb(-exponent(self.currency))

    @classmethod
    def of(cls, major: Decimal, currency: str) -> Money:
        """From major units as a person types them; more digits than the currency has are rounded half up."""
        return cls(rounded(major.scaleb(exponent(currency))), currency)

    def _same(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency}")
        return other
