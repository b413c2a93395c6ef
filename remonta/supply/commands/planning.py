"""Working out what to order: asked for by a person, done in pieces, stopped when somebody says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from remonta.catalogue.queries import parts_for
from remonta.identity.queries import centres_for, settings_at
from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted
from remonta.spine.commands import command, enqueue, once, record, record_first
from remonta.stock.queries import first_move_at, used_by_month
from remonta.supply import facts
from remonta.supply.commands.purchases import ask_purchasing
from remonta.supply.commands.refusals import NothingChosen, OnListAlready
from remonta.supply.forecasting import forecast
from remonta.supply.models import AdviceLine, Calculation, CalculationKind, PurchaseRequest
from remonta.supply.queries.planning import advice_for, amount, calculations_for
from remonta.supply.queries.purchases import purchase_requests_for
from remonta.supply.queries.stands import Bought, bought_where, stands_in
from remonta.supply.replenishing import Stand, Terms, level
from remonta.supply.warranty import months_later
from remonta.supply.workflow import CALCULATION, RUNNING

WORK = "supply.work_out"
PIECE = 250
UNIT = 1000
KEYS = (
    "supply.service_percent",
    "supply.history_months",
    "supply.lead_days",
    "supply.review_days",
    "supply.cover_days",
)


@dataclass(frozen=True)
class Window:
    """The whole months from which demand is read, the oldest first, as their first moments in the centre's zone."""

    months: tuple[datetime, ...]
    until: datetime


@once(calculations_for)
def ask_advice(actor: Actor, centre_uid: UUID, *, operation: UUID) -> Calculation:
    """Has it worked out what a centre should order; one runs at a time, and one under way goes on."""
    return ask(actor, centre_uid, CalculationKind.ADVICE)


@once(calculations_for)
def stop_calculation(actor: Actor, uid: UUID, *, operation: UUID) -> Calculation:
    """It ends after its present piece; what was worked out before stays. Raises CalculationClash."""
    found = calculations_for(actor).select_for_update(of=("self",)).get(uid=uid)
    CALCULATION.apply("stop", found, actor)
    _end(actor, found)
    record(actor, found, facts.CalculationStopped(**of_calculation(found)))
    return found


@once(purchase_requests_for)
def take_advice(actor: Actor, *, chosen: Sequence[UUID], operation: UUID) -> PurchaseRequest:
    """The chosen lines stand among what is to be ordered, as far as repairs have not put them there already. A line is
    taken once. Returns the first request. Raises NothingChosen, OnListAlready."""
    rows = advice_for(actor).filter(uid__in=chosen).select_related("part", "calculation__centre")
    lines = [*rows.select_for_update(of=("self",)).order_by("pk")]
    if not lines:
        raise NothingChosen
    made = []
    for line in lines:
        centre = line.calculation.centre
        if not actor.may("supply.request", centre):
            raise NotPermitted
        if line.request_id is None and line.stock:
            reason = _("advised: %(mean)s a month") % {"mean": amount(line.mean)}
            line.request = ask_purchasing(actor, centre, line.part, line.stock, reason=reason)
            line.save(update_fields=["request"])
            made.append(line.request)
    if not made:
        raise OnListAlready
    return made[0]


def advise_piece(actor: Actor, calculation_id: int, *, parts: int = PIECE) -> Calculation:
    """Works out the next parts of a running calculation; it is done when none is left.

    Reads and reckons outside any transaction, so that nobody waits for it; then keeps the piece in a short one. About a
    dozen statements for each piece. What a part neither needs nor waits for leaves no line.
    """
    found = Calculation.objects.select_related("centre").get(pk=calculation_id)
    if found.state != RUNNING:
        return found
    ids = next_parts(actor, found, parts)
    if not ids:
        return keep_piece(actor, found, AdviceLine, (), ())
    said = {key.removeprefix("supply."): int(value) for key, value in settings_at(found.centre_id, *KEYS).items()}
    window = window_of(found, said["history_months"])
    used = used_by_month(found.centre_id, ids, window.months[0], window.until, found.centre.timezone)
    stands, sources = stands_in(found.centre_id, ids), bought_where(ids)
    lines = []
    for part_id in ids:
        by_month, source = used.get(part_id, {}), sources.get(part_id)
        history = [max(by_month.get(month.date(), 0), 0) for month in window.months]
        line = _line(found, part_id, history, stands[part_id], _terms(source, said))
        line.offer_id = source.offer_id if source else None
        lines.append(line)
    wanted = [one for one in lines if one.demands or one.quantity or one.wanted]
    return keep_piece(actor, found, AdviceLine, ids, wanted)


@command
def keep_piece(
    actor: Actor, read: Calculation, kind: Any, ids: Sequence[int], lines: Sequence[Any], all_parts: int | None = None
) -> Calculation:
    """Writes what was worked out for the parts of a piece, unless somebody has stopped it or was faster; without parts
    it is done, and earlier runs of the kind go."""
    rows = Calculation.objects.select_related("centre").select_for_update(of=("self",))
    found = rows.get(pk=read.pk)
    if found.state != RUNNING or found.last_part != read.last_part:
        return found
    if not ids:
        CALCULATION.apply("finish", found, actor)
        _end(actor, found)
        Calculation.objects.filter(kind=found.kind, centre=found.centre, pk__lt=found.pk).delete()
        record(actor, found, facts.CalculationDone(**of_calculation(found)))
        return found
    kind.objects.bulk_create(lines, batch_size=100)
    found.last_part, found.done = ids[-1], found.done + len(ids)
    found.all_parts = found.all_parts if all_parts is None else all_parts
    found.save(update_fields=["last_part", "done", "all_parts"])
    return found


def ask(actor: Actor, centre_uid: UUID, kind: str, months: int = 0) -> Calculation:
    """Begins a calculation of that kind, for the commands of each; one that is under way goes on."""
    centre = centres_for(actor).get(uid=centre_uid)
    if not actor.may("supply.plan", centre):
        raise NotPermitted
    said = {
        "uid": uuid7(actor.now()),
        "months": months,
        "all_parts": parts_for(actor).filter(archived_at=None).count(),
        "account_id": actor.account_id,
        "asked_at": actor.now(),
    }
    made, new = Calculation.objects.get_or_create(kind=kind, centre=centre, state=RUNNING, defaults=said)
    if not new:
        return made
    made.job_uid = enqueue(actor, WORK, {"calculation": made.pk, "kind": kind}).uid
    made.save(update_fields=["job_uid"])
    record_first(actor, made, facts.CalculationAsked(**of_calculation(made)))
    return made


def next_parts(actor: Actor, found: Calculation, many: int) -> list[int]:
    """The next parts that are in use. One statement."""
    rows = parts_for(actor).filter(archived_at=None, pk__gt=found.last_part)
    return [*rows.order_by("pk").values_list("pk", flat=True)[:many]]


def window_of(found: Calculation, months: int) -> Window:
    """The last whole months before it was asked for, as far back as the centre's book goes, but a year at least."""
    zone = ZoneInfo(found.centre.timezone)
    until = found.asked_at.astimezone(zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    began = first_move_at(found.centre_id) or found.asked_at
    known = (until.year - began.year) * 12 + until.month - began.month
    whole = max(min(months, known), min(months, 12))
    days = [months_later(until.date(), back - whole) for back in range(whole)]
    return Window(tuple(datetime(day.year, day.month, 1, tzinfo=zone) for day in days), until)


def of_calculation(found: Calculation) -> dict[str, Any]:
    """What every fact about a calculation names."""
    return {"calculation_id": found.pk, "centre_id": found.centre_id, "kind": found.kind}


def _terms(source: Bought | None, said: Mapping[str, int]) -> Terms:
    lots = (source.minimum, source.multiple) if source else ()
    lead = source.lead_days if source and source.lead_days else said["lead_days"]
    return Terms(lead, said["review_days"], said["cover_days"], said["service_percent"] / 100, *lots)


def _line(found: Calculation, part_id: int, history: list[int], stand: Stand, terms: Terms) -> AdviceLine:
    expected = forecast([one / UNIT for one in history])
    advised = level(expected, stand, terms)
    return AdviceLine(
        uid=uuid7(found.asked_at),
        calculation=found,
        part_id=part_id,
        method=expected.method,
        mean=round(expected.mean * UNIT),
        error=round(expected.error * UNIT),
        demands=expected.demands,
        history=history if expected.demands else [0] * len(history),
        service=round(terms.service * 100),
        lead_days=terms.lead_days,
        **vars(stand),
        **vars(advised),
    )


def _end(actor: Actor, found: Calculation) -> None:
    found.ended_at = actor.now()
    found.save(update_fields=["state", "ended_at"])
