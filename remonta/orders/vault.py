"""Passcodes are kept encrypted, under a key of their own."""

from remonta.spine.commands import lock_up as kept_safe
from remonta.spine.commands import open_up as read_again

PURPOSE = "remonta passcodes"


def lock_up(secret: str) -> bytes:
    """The passcode as it is kept."""
    return kept_safe(secret, PURPOSE)


def open_up(kept: bytes) -> str:
    """The passcode again; empty when the installation's secret is no longer the one it was kept with."""
    return read_again(kept, PURPOSE)
