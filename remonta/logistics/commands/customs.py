"""What customs want to know of a batch: values, codes, origins and weights of what is in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Missing, Refused
from remonta.kernel.texts import clean
from remonta.logistics import facts
from remonta.logistics.commands.batches import named
from remonta.logistics.commands.locks import lock_batch
from remonta.logistics.commands.parcels import check_may
from remonta.logistics.models import Batch
from remonta.logistics.workflow import DROPPED, RECEIVED, BatchClash
from remonta.spine.commands import command, record

HS_CODE = re.compile(r"[0-9.]{4,12}", re.ASCII)
CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)


class CurrencyUnclear(Refused):
    text = _("Give the currency of the values as three letters, such as EUR.")
    field = "currency"


class HsCodeUnclear(Refused):
    text = _("An HS code has four to ten digits, such as 8517.13.")
    field = "hs_code"


class OriginUnclear(Refused):
    text = _("Give the country of origin as two letters, such as CN.")
    field = "origin"


@dataclass(frozen=True, kw_only=True)
class Declared:
    """What is said of one line: `value` of the whole line in minor units, `weight` of the whole line in grams."""

    line_uid: UUID
    value: int | None = None
    hs_code: str = ""
    origin: str = ""
    weight: int | None = None


@command
def declare_batch(actor: Actor, uid: UUID, *, currency: str, lines: Sequence[Declared]) -> Batch:
    """Keeps what the pro forma for customs says of a batch that has not come to its end.

    For who handles it where it stands. Raises CurrencyUnclear, HsCodeUnclear, OriginUnclear, BatchClash, Missing.
    """
    batch = lock_batch(actor, uid)
    check_may(actor, "logistics.handle", batch.holder_id)
    if batch.state in (RECEIVED, DROPPED):
        raise BatchClash(state=batch.get_state_display())
    if not CURRENCY.fullmatch(wanted := clean(currency).upper()):
        raise CurrencyUnclear
    rows = {row.uid: row for row in batch.lines.select_for_update().order_by("pk")}
    for said in lines:
        if (row := rows.get(said.line_uid)) is None:
            raise Missing
        row.value, row.weight = said.value, said.weight
        row.hs_code, row.origin = _code(said.hs_code), _origin(said.origin)
        row.save(update_fields=["value", "weight", "hs_code", "origin"])
    batch.customs_currency = wanted
    batch.save(update_fields=["customs_currency"])
    record(actor, batch, facts.BatchDeclared(**named(batch)))
    return batch


def _code(text: str) -> str:
    code = clean(text).replace(" ", "")
    if code and not HS_CODE.fullmatch(code):
        raise HsCodeUnclear
    return code


def _origin(text: str) -> str:
    country = clean(text).upper()
    if country and not COUNTRY.fullmatch(country):
        raise OriginUnclear
    return country
