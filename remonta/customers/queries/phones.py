"""Phone numbers as they are kept (E.164), from whatever a person types."""

import re

from django.utils.translation import gettext_lazy as _

from remonta.kernel.refusals import Refused

NOT_DIGITS = re.compile(r"\D+")


class PhoneUnclear(Refused):
    text = _(
        "“%(text)s” is not a number that can be called. Write it with the country’s code, such as +48 601 234 567."
    )
    field = "phone"


def as_e164(text: str, country: str = "") -> str | None:
    """The number in E.164, read as one of `country` (ISO 3166) unless it opens with +; None when it cannot be one."""
    import phonenumbers  # noqa: PLC0415 - 50 ms and 15 MB that most pages never need

    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def read_phone(text: str, country: str = "") -> str:
    """The number in E.164. Raises PhoneUnclear with what was typed."""
    if found := as_e164(text, country):
        return found
    raise PhoneUnclear(text=text.strip())


def digits_of(text: str) -> str:
    """Only the digits of what was typed."""
    return NOT_DIGITS.sub("", text)
