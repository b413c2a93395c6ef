"""Protection of the public form without an outside service: each form costs its sender some work, and serves once.

The browser looks for a number that, hashed together with the form's own challenge, begins with so many zero bits
(hashcash). The form carries its id, age and difficulty in a signed token, so the server keeps nothing until it is sent.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.core import signing
from django.utils.translation import gettext_lazy as _

from remonta.kernel.ids import made_at, uuid7
from remonta.kernel.refusals import Refused

SIGNER = signing.Signer(salt="remonta.portal.request-form")
BITS, MOST_BITS = 17, 23
FREE = 3  # so many requests in the last ten minutes make the next form no dearer
OLDEST, YOUNGEST = timedelta(hours=3), timedelta(seconds=2)


class FormTooOld(Refused):
    text = _("This page was open for very long. Everything you wrote is still here: please send it once more.")


class FormUnproven(Refused):
    text = _("Your browser had not finished its check. Please wait two seconds, then send it once more.")


@dataclass(frozen=True)
class Challenge:
    """What a form is given: its token, the short text to be hashed, and how many zero bits the hash must begin with."""

    token: str
    text: str
    bits: int


def new_challenge(now: datetime, busy: int) -> Challenge:
    """A challenge for one form. `busy` is how many requests came lately: the more, the dearer."""
    bits = min(BITS + max(busy - FREE, 0), MOST_BITS)
    token = SIGNER.sign_object([str(uuid7(now)), bits])
    return Challenge(token, text_of(token), bits)


def proven(token: str, solution: str, now: datetime) -> UUID:
    """The id of a form that is ours, neither too old nor too fresh, and paid for. Raises FormTooOld, FormUnproven."""
    try:
        uid, bits = SIGNER.unsign_object(token)
        form_id = UUID(uid)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise FormUnproven from error
    age = now - made_at(form_id)
    if age > OLDEST:
        raise FormTooOld
    if age < YOUNGEST or not solves(text_of(token), solution, int(bits)):
        raise FormUnproven
    return form_id


def solves(text: str, solution: str, bits: int) -> bool:
    """Whether the hash of `text:solution` begins with so many zero bits."""
    if not solution.isascii() or not solution.isdecimal() or len(solution) > 15:
        return False
    digest = sha256(f"{text}:{solution}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> (64 - bits) == 0


def text_of(token: str) -> str:
    """A short text that stands for the token, so that a browser hashes one block at a time."""
    return sha256(token.encode()).hexdigest()[:32]
