"""The spare-part plan: from the units in the field to what each warehouse will need, and on to purchasing or others."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from statistics import NormalDist
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from remonta.equipment.queries import field_by_month
from remonta.identity.queries import every_centre, setting
from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted
from remonta.orders.queries import orders_by_model
from remonta.spine.commands import once
from remonta.stock.commands import propose_transfer
from remonta.stock.queries import givers_of
from remonta.supply.commands.planning import PIECE, UNIT, Window, ask, keep_piece, window_of
from remonta.supply.commands.purchases import ask_purchasing
from remonta.supply.commands.refusals import NobodyHasIt, NothingChosen, OnListAlready
from remonta.supply.models import Calculation, CalculationKind, PlanLine, Requisition
from remonta.supply.queries.planning import calculations_for
from remonta.supply.queries.plans import plan_for
from remonta.supply.queries.stands import stands_in
from remonta.supply.replenishing import Stand
from remonta.supply.wearing import Cohort, age_at, ages_between, month_of, needs
from remonta.supply.workflow import RUNNING, RequisitionState

LEAST = 0.25  # pieces: what is less likely than that is nobody’s plan


@dataclass(frozen=True)
class Field:
    """What the whole plan of a centre follows from: pieces each (model, part) will need here, pieces used of it in the
    network so far, units of each model in the field; and the parts concerned, in the order of their keys."""

    need: dict[tuple[int, int], float]
    used: dict[tuple[int, int], float]
    units: dict[int, int]
    parts: tuple[int, ...]


@once(calculations_for)
def ask_plan(actor: Actor, centre_uid: UUID, *, months: int, operation: UUID) -> Calculation:
    """Has it worked out which parts a centre will need in the next months, at most 24; one under way goes on."""
    return ask(actor, centre_uid, CalculationKind.PLAN, min(max(months, 1), 24))


@once(plan_for)
def take_plan(actor: Actor, *, chosen: Sequence[UUID], elsewhere: bool = False, operation: UUID) -> PlanLine:
    """What is missing of the chosen lines is asked of purchasing, or, `elsewhere`, of the other own centres that have
    most of it free. A line is taken once. Returns the first one taken.

    Raises NothingChosen, OnListAlready, NobodyHasIt, NotPermitted.
    """
    rows = plan_for(actor).filter(uid__in=chosen).select_related("part", "calculation__centre")
    lines = [*rows.select_for_update(of=("self",)).order_by("pk")]
    if not lines:
        raise NothingChosen
    right = "stock.ask_transfers" if elsewhere else "supply.request"
    if not all(actor.may(right, line.calculation.centre) for line in lines):
        raise NotPermitted
    left = [line for line in lines if line.quantity and not line.request_id and not line.transfer_id]
    if not left:
        raise OnListAlready
    taken = _ask_others(actor, left) if elsewhere else _ask_purchasing(actor, left)
    if not taken:
        raise NobodyHasIt
    return taken[0]


def plan_piece(actor: Actor, calculation_id: int, field: Field, *, parts: int = PIECE) -> Calculation:
    """Plans the next parts of a running calculation, as advise_piece does; it is done when none is left."""
    found = Calculation.objects.select_related("centre").get(pk=calculation_id)
    if found.state != RUNNING:
        return found
    ids = [part_id for part_id in field.parts if part_id > found.last_part][:parts]
    if not ids:
        return keep_piece(actor, found, PlanLine, (), ())
    surprise = NormalDist().inv_cdf(int(setting("supply.service_percent", found.centre_id)) / 100)
    stands, models = stands_in(found.centre_id, ids), _models(field)
    lines = [_line(found, part_id, models[part_id], stands[part_id], surprise) for part_id in ids]
    return keep_piece(actor, found, PlanLine, ids, [line for line in lines if line.need], len(field.parts))


def field_of(actor: Actor, calculation_id: int) -> Field:
    """Reads what the plan of a calculation's centre follows from. Three statements over the whole network."""
    found = Calculation.objects.select_related("centre").get(pk=calculation_id)
    window = window_of(found, int(setting("supply.history_months", found.centre_id)))
    first, now = (month_of(at.year, at.month) for at in (window.months[0], window.until))
    cohorts = [Cohort(product, month_of(at.year, at.month), many) for product, at, many in field_by_month()]
    used = _used(window, ZoneInfo(found.centre.timezone))
    whole = needs(ages_between(cohorts, first, now), used, ages_between(cohorts, now, now + found.months))
    share = _shares(orders_by_model(window.months[0]), found.centre_id)
    need = {key: pieces * share[key[0]] for key, pieces in whole.items() if share.get(key[0])}
    ever: dict[tuple[int, int], float] = defaultdict(float)
    for (product, part, _age), pieces in used.items():
        ever[product, part] += pieces
    units: dict[int, int] = defaultdict(int)
    for one in cohorts:
        units[one.product_id] += one.units
    return Field(need, dict(ever), dict(units), tuple(sorted({part for _product, part in need})))


def _models(field: Field) -> dict[int, list[dict[str, Any]]]:
    """By part which models need it, the neediest first."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for (product, part), pieces in sorted(field.need.items(), key=lambda one: -one[1]):
        said = {"product": product, "units": field.units.get(product, 0)}
        found[part].append({**said, "used": round(field.used[product, part], 1), "need": round(pieces, 2)})
    return found


def _line(found: Calculation, part_id: int, by_model: list[dict[str, Any]], stand: Stand, surprise: float) -> PlanLine:
    need = sum(one["need"] for one in by_model)
    safety = surprise * sqrt(need)
    missing = ceil(round(need + safety, 2)) * UNIT - stand.position
    return PlanLine(
        uid=uuid7(found.asked_at),
        calculation=found,
        part_id=part_id,
        by_model=by_model,
        units=sum(one["units"] for one in by_model),
        used=round(sum(one["used"] for one in by_model) * UNIT),
        need=round(need * UNIT),
        safety=round(safety * UNIT),
        free=stand.free,
        on_order=stand.on_order,
        asked=stand.asked,
        wanted=stand.wanted,
        quantity=max(missing, 0) if need >= LEAST else 0,
    )


def _used(window: Window, zone: ZoneInfo) -> dict[tuple[int, int, int], float]:
    """Pieces issued to repairs in the network, by model, part and the unit's age in years. One statement."""
    used: dict[tuple[int, int, int], float] = defaultdict(float)
    issued = Requisition.objects.filter(state=RequisitionState.ISSUED, work_order__unit__isnull=False)
    rows = issued.filter(created_at__gte=window.months[0], created_at__lt=window.until)
    unit = ("work_order__unit__product_id", "work_order__unit__sold_on", "work_order__unit__created_at")
    for part, quantity, at, product, sold, came in rows.values_list(
        "part_id", "quantity", "created_at", *unit
    ).iterator():
        began, day = sold or came.date(), at.astimezone(zone)
        age = age_at(month_of(began.year, began.month), month_of(day.year, day.month))
        used[product, part, age] += quantity / UNIT
    return used


def _shares(repaired: dict[tuple[int, int], int], centre_id: int) -> dict[int, float]:
    """Which share of each model's repairs the centre has had."""
    whole: dict[int, int] = defaultdict(int)
    for (product, _centre), many in repaired.items():
        whole[product] += many
    return {product: many / whole[product] for (product, centre), many in repaired.items() if centre == centre_id}


def _ask_purchasing(actor: Actor, lines: Sequence[PlanLine]) -> list[PlanLine]:
    for line in lines:
        reason = _("spare-part plan for %(months)s months") % {"months": line.calculation.months}
        line.request = ask_purchasing(actor, line.calculation.centre, line.part, line.quantity, reason=reason)
        line.save(update_fields=["request"])
    return [*lines]


def _ask_others(actor: Actor, lines: Sequence[PlanLine]) -> list[PlanLine]:
    """One transfer for each giver; at most what it has free."""
    taken, ids = [], {centre.uid: centre.pk for centre in every_centre()}
    for line in lines:
        centre_id = line.calculation.centre_id
        givers = givers_of(actor, [line.part_id], centre_id).get(line.part_id, ())
        if not givers:
            continue
        asked = [(line.part_id, min(line.quantity, givers[0].free))]
        line.transfer = propose_transfer(actor, centre_id, ids[givers[0].centre_uid], asked)
        line.save(update_fields=["transfer"])
        taken.append(line)
    return taken
