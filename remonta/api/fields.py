"""The kinds of values the API speaks in: bounded texts, money and quantities as patterned text, times with a zone."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from re import compile as pattern
from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from remonta.api.problems import unfit
from remonta.kernel.money import Money as Sum
from remonta.kernel.money import exponent

NO_NUL = r"^[^\x00]*$"
AMOUNT, QUANTITY, PRICE = r"^-?\d{1,15}(\.\d{1,3})?$", r"^\d{1,7}(\.\d{1,3})?$", r"^\d{1,10}(\.\d{1,6})?$"
FIRST, LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)

Code = Annotated[str, StringConstraints(max_length=40, pattern=NO_NUL)]
Word = Annotated[str, StringConstraints(max_length=120, pattern=NO_NUL)]
Line = Annotated[str, StringConstraints(max_length=300, pattern=NO_NUL)]
Paragraph = Annotated[str, StringConstraints(max_length=5_000, pattern=NO_NUL)]
Long = Annotated[str, StringConstraints(max_length=20_000, pattern=NO_NUL)]
Email = Annotated[str, StringConstraints(max_length=254, pattern=r"^([^@\s\x00]+@[^@\s\x00]+\.[^@\s\x00]+)?$")]
Country = Annotated[str, StringConstraints(pattern=r"^([A-Za-z]{2})?$")]
Key = Annotated[int, Field(ge=1, le=2**63 - 1)]
Minutes = Annotated[int, Field(ge=0, le=100_000)]
Language = Literal["en", "ru", "pl", "zh-hans"]
Texts = dict[Language, Line]
Label = Annotated[str, BeforeValidator(str)]


class Asked(BaseModel):
    """A body: what it does not know is refused, so nothing can be set that was not meant to be."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    def given(self) -> dict[str, Any]:
        """Only what was sent."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class ArchiveAsked(Asked):
    """No longer offered, or offered again."""

    restore: bool = False


class Shape(BaseModel):
    """An answer: exactly these fields of a frozen shape or a row."""

    model_config = ConfigDict(from_attributes=True)


def _within(moment: datetime) -> datetime:
    if not FIRST <= moment <= LAST:
        raise ValueError("between 1970 and 2200")
    return moment.astimezone(UTC)


def _day(day: date) -> date:
    if not FIRST.date() <= day <= LAST.date():
        raise ValueError("between 1970 and 2200")
    return day


Moment = Annotated[AwareDatetime, AfterValidator(_within)]
Day = Annotated[date, AfterValidator(_day)]


def _read(form: str, digits: int) -> Any:
    known = pattern(form)

    def read(value: object) -> Decimal:
        if not isinstance(value, str) or not known.match(value) or "\n" in value:
            raise ValueError(f"decimal digits as text, at most {digits} behind the point")
        return Decimal(value)

    return read


def _thousandths(value: Decimal) -> int:
    return int(value * 1000)


def plain(value: Decimal | int) -> str:
    """Decimal digits without an exponent and without zeros nobody needs."""
    text = f"{Decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


Quantity = Annotated[
    int,
    BeforeValidator(_thousandths),
    BeforeValidator(_read(QUANTITY, 3)),
    WithJsonSchema({"type": "string", "pattern": QUANTITY, "examples": ["1", "2.5"]}),
]
Quantities = Annotated[
    int,
    PlainSerializer(lambda value: plain(Decimal(value) / 1000), return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^-?\d+(\.\d{1,3})?$", "examples": ["2.5"]}),
]
Price = Annotated[
    Decimal,
    BeforeValidator(_read(PRICE, 6)),
    WithJsonSchema({"type": "string", "pattern": PRICE, "examples": ["120.50"]}),
]
Prices = Annotated[
    Decimal,
    PlainSerializer(plain, return_type=str),
    WithJsonSchema({"type": "string", "pattern": PRICE, "examples": ["120.5"]}),
]


class Money(Shape):
    """An amount in major units, with exactly the digits its currency has."""

    model_config = ConfigDict(from_attributes=True, extra="forbid")

    amount: Annotated[str, StringConstraints(pattern=AMOUNT)] = Field(examples=["320.00"])
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] = Field(examples=["PLN"])

    @model_validator(mode="before")
    @classmethod
    def _of_sum(cls, value: Any) -> Any:
        return {"amount": str(value).split(" ")[0], "currency": value.currency} if isinstance(value, Sum) else value


def minor(money: Money, currency: str, field: str) -> int:
    """Minor units for a command. Raises Problem 422 for another currency, or for digits that it does not have."""
    if money.currency != currency:
        raise unfit(field, _("Prices here are in %(currency)s.") % {"currency": currency})
    amount = Decimal(money.amount)
    if amount != round(amount, exponent(currency)):
        raise unfit(field, _("Too many digits behind the point."))
    return Sum.of(amount, currency).minor


def minor_or_none(money: Money | None, currency: str, field: str) -> int | None:
    """As `minor`, where an amount may be left out."""
    return None if money is None else minor(money, currency, field)


def money(minor_units: int | None, currency: str) -> Sum | None:
    """The sum for an answer, where there is one."""
    return None if minor_units is None else Sum(minor_units, currency)


def texts(given: Mapping[Any, str] | None) -> dict[str, str]:
    """Texts by language, as commands take them."""
    return {str(language): text for language, text in (given or {}).items()}
