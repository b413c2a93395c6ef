"""Numbers that devices carry: IMEI (3GPP TS 23.003) and MEID (3GPP2 X.S0008)."""

import re

IMEI = re.compile(r"\d{15}")
MEID = re.compile(r"[A-F][0-9A-F]{13}")


def luhn_holds(digits: str) -> bool:
    """Whether the last digit is the Luhn check digit (ISO/IEC 7812-1, annex B) of the others."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_imei(serial: str) -> bool:
    """15 digits of which the last is the check digit."""
    return bool(IMEI.fullmatch(serial)) and luhn_holds(serial)


def looks_mistyped(serial: str) -> bool:
    """15 digits whose check digit is wrong: most likely an IMEI with a typing mistake. MEIDs have no such doubt."""
    return bool(IMEI.fullmatch(serial)) and not luhn_holds(serial)


def is_meid(serial: str) -> bool:
    """14 hexadecimal digits starting with A to F."""
    return bool(MEID.fullmatch(serial))
