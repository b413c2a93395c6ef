"""What foreign money is worth: rates of the day, typed or read from a table."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Missing, Refused
from remonta.spine.commands import command, record
from remonta.supply import facts
from remonta.supply.commands.refusals import OwnCurrency, RateWrong, TooManyRates
from remonta.supply.commands.suppliers import known_currency, permit
from remonta.supply.models import ExchangeRate
from remonta.supply.queries.rates import RateEntity, rate_entities_for

FINEST, HIGHEST = Decimal("0.00000001"), Decimal(10) ** 9
MOST_ROWS, PIECE = 100_000, 500
DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y")
NUMBER = re.compile(r"[0-9][0-9  ' ]*([.,][0-9]+)?")


@dataclass(frozen=True)
class RatesRead:
    """What became of every row of a table: read = kept + those left out, each with its number and the reason."""

    read: int
    kept: int
    left_out: tuple[tuple[int, str], ...]


@command
def set_rate(actor: Actor, entity_uid: UUID, *, currency: str, day: date, rate: Decimal) -> ExchangeRate:
    """From that day one unit of a foreign currency is worth so much of the legal entity's own; a rate of that day is
    written over. Raises RateWrong, OwnCurrency, NoSuchCurrency."""
    permit(actor)
    entity = _entity(actor, entity_uid)
    values = _checked(entity, currency, day, rate)
    _keep(actor, entity, [values])
    row = ExchangeRate.objects.select_for_update().get(legal_entity_id=entity.id, currency=values[0], day=day)
    told: dict[str, Any] = {"legal_entity_id": entity.id, "currency": row.currency, "day": day.isoformat()}
    record(actor, row, facts.RateSet(**told, rate=f"{row.rate.normalize():f}"))
    return row


@command
def import_rates(actor: Actor, entity_uid: UUID, *, content: bytes) -> RatesRead:
    """Keeps the rates of a table `date,currency,rate`: CSV, also with semicolons or tabs; headings are no row.

    Every row is kept, or named with the reason why not. Raises TooManyRates.
    """
    permit(actor)
    entity = _entity(actor, entity_uid)
    found: dict[tuple[str, date], tuple[str, date, Decimal]] = {}
    read, left_out = 0, []
    for number, cells in _rows(content):
        if (read := read + 1) > MOST_ROWS:
            raise TooManyRates(limit=MOST_ROWS)
        try:
            values = _checked(entity, cells[1], _day(cells[0]), _number(cells[2]))
        except (Refused, IndexError) as why:
            left_out.append((number, str(why if isinstance(why, Refused) else RateWrong())))
        else:
            found[values[:2]] = values
    kept = [*found.values()]
    for start in range(0, len(kept), PIECE):
        _keep(actor, entity, kept[start : start + PIECE])
    if kept:
        row = ExchangeRate.objects.select_for_update().filter(legal_entity_id=entity.id).latest("pk")
        told = {"legal_entity_id": entity.id, "kept": len(kept), "left_out": len(left_out)}
        record(actor, row, facts.RatesImported(**told))
    return RatesRead(read, read - len(left_out), tuple(left_out))


def _entity(actor: Actor, uid: UUID) -> RateEntity:
    found = next((one for one in rate_entities_for(actor) if one.uid == uid), None)
    if found is None:
        raise Missing
    return found


def _checked(entity: RateEntity, currency: str, day: date, rate: Decimal) -> tuple[str, date, Decimal]:
    code = known_currency(currency)
    if code == entity.currency:
        raise OwnCurrency(code=code)
    if not rate.is_finite() or not 0 < rate < HIGHEST or rate.quantize(FINEST) <= 0:
        raise RateWrong
    return code, day, rate.quantize(FINEST)


def _keep(actor: Actor, entity: RateEntity, rates: list[tuple[str, date, Decimal]]) -> None:
    made = {"legal_entity_id": entity.id, "account_id": actor.account_id, "set_at": actor.now()}
    rows = [ExchangeRate(currency=code, day=day, rate=rate, **made) for code, day, rate in rates]
    fields = ["rate", "account", "set_at"]
    same = ["legal_entity", "currency", "day"]
    ExchangeRate.objects.bulk_create(rows, update_conflicts=True, update_fields=fields, unique_fields=same)


def _rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Rows with their place in the file; empty ones and the headings are none."""
    text = content.decode("utf-8-sig", errors="replace").replace("\x00", "")
    first = text.partition("\n")[0]
    delimiter = max(";\t,", key=first.count)
    for number, cells in enumerate(csv.reader(text.splitlines(), delimiter=delimiter), 1):
        whole = [cell.strip() for cell in cells]
        headings = number == 1 and not any(char.isdigit() for char in "".join(whole))
        if any(whole) and not headings:
            yield number, whole


def _day(text: str) -> date:
    for form in DAYS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise RateWrong


def _number(text: str) -> Decimal:
    if not NUMBER.fullmatch(text):
        raise RateWrong
    try:
        return Decimal(re.sub(r"[  ' ]", "", text).replace(",", "."))
    except InvalidOperation as error:
        raise RateWrong from error
