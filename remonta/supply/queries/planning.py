"""What was worked out to order, with its reasons, and how far the work is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from remonta.identity.queries import in_reach
from remonta.kernel.actor import Actor
from remonta.supply.forecasting import AVERAGE, NONE, SBA, SMOOTHED, TSB
from remonta.supply.models import AdviceLine, Calculation
from remonta.supply.workflow import CalculationState

PIECE = 1000


@dataclass(frozen=True)
class Advised:
    """A part with what is advised (thousandths) and why, in sentences."""

    uid: UUID
    part_id: int
    part_uid: UUID
    part_number: str
    part_name: str
    mean: int
    safety: int
    point: int
    free: int
    on_order: int
    wanted: int
    quantity: int
    stock: int
    supplier: str
    lead_days: int
    history: tuple[int, ...]
    asked_for: bool
    reasons: tuple[str, ...]


def calculations_for(actor: Actor) -> QuerySet[Calculation]:
    """The calculations of the centres in which the actor may see what is on order."""
    return Calculation.objects.filter(in_reach(actor, "supply.see_orders"))


def newest_calculation(actor: Actor, centre_id: int, kind: str) -> tuple[Calculation | None, Calculation | None]:
    """The one that is being worked out, or was stopped last, and the newest one that is done. One statement."""
    rows = [*calculations_for(actor).filter(centre=centre_id, kind=kind).order_by("-pk")[:5]]
    done = next((one for one in rows if one.state == CalculationState.DONE), None)
    return (rows[0] if rows and rows[0].state != CalculationState.DONE else None), done


def advice_for(actor: Actor) -> QuerySet[AdviceLine]:
    """The lines of the newest advice of each centre whose orders the actor may see."""
    return AdviceLine.objects.filter(calculation__in=newest_done(actor, "advice"))


def newest_done(actor: Actor, kind: str) -> list[int]:
    """The newest calculation that is done of each centre in the actor's reach. One statement."""
    rows = calculations_for(actor).filter(kind=kind, state=CalculationState.DONE)
    return [pk for _centre, pk in rows.values_list("centre_id").annotate(newest=Max("pk")).order_by()]


def advised(rows: Iterable[AdviceLine]) -> tuple[Advised, ...]:
    """Those lines, read with part, offer and its supplier, as pages show them. No statement."""
    return tuple(_advised(row) for row in rows)


def advised_at(actor: Actor) -> datetime | None:
    """When the newest advice in the actor's reach was worked out. One statement."""
    rows = calculations_for(actor).filter(kind="advice", state=CalculationState.DONE)
    found: dict[str, Any] = rows.aggregate(at=Max("ended_at"))
    at: datetime | None = found["at"]
    return at


def reasons(row: AdviceLine) -> tuple[str, ...]:
    """Why so much is advised, in plain sentences. No statement."""
    said = []
    if row.wanted:
        said.append(_("Open repairs wait for %(quantity)s.") % {"quantity": amount(row.wanted)})
    said.append(_method(row))
    days = ngettext("It takes %(days)s day to come", "It takes %(days)s days to come", row.lead_days)
    keeps = _("with %(percent)s %% service %(safety)s are kept as safety stock")
    values = {"days": row.lead_days, "percent": row.service, "safety": amount(row.safety)}
    said.append(f"{days % values}; {keeps % values}." if row.safety else f"{days % values}.")
    here = {"free": amount(row.free), "coming": amount(row.on_order + row.asked), "point": amount(row.point)}
    said.append(_("Free here %(free)s, coming %(coming)s; time to order at %(point)s.") % here)
    return tuple(said)


def tenths(quantity: int) -> int:
    """Thousandths to a tenth: a forecast knows no better."""
    return round(quantity, -2)


def amount(quantity: int) -> str:
    """Thousandths as a sentence says them, to one decimal."""
    return f"{round(quantity / PIECE, 1):g}"


def _method(row: AdviceLine) -> str:
    values = {"mean": amount(row.mean), "demands": row.demands, "months": len(row.history)}
    words = {
        NONE: _("Nobody has asked for it in %(months)s months."),
        AVERAGE: _("Asked for in %(demands)s of %(months)s months, on average %(mean)s a month."),
        SMOOTHED: _("Asked for nearly every month, lately about %(mean)s a month."),
        SBA: _("Asked for now and then, in %(demands)s of %(months)s months; that comes to %(mean)s a month."),
        TSB: _("Hardly asked for any more, now about %(mean)s a month."),
    }
    return words[row.method] % values


def _advised(row: AdviceLine) -> Advised:
    same = ("uid", "part_id", "safety", "point", "free", "on_order", "wanted", "quantity", "stock", "lead_days")
    return Advised(
        **{name: getattr(row, name) for name in same},
        mean=tenths(row.mean),
        part_uid=row.part.uid,
        part_number=row.part.number,
        part_name=row.part.name,
        supplier=row.offer.supplier.name if row.offer else "",
        history=tuple(row.history),
        asked_for=row.request_id is not None,
        reasons=reasons(row),
    )
