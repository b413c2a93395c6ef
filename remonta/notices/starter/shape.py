"""What a starter text consists of."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Starter:
    """One occasion in one language: the short message, and the letter with its title."""

    sms: str
    title: str
    body: str
