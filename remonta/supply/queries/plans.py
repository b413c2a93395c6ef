"""The spare-part plan as pages show it, with its reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from remonta.catalogue.queries import products_for
from remonta.kernel.actor import Actor
from remonta.supply.models import PlanLine
from remonta.supply.queries.planning import amount, newest_done, tenths

MOST_MODELS = 3


@dataclass(frozen=True)
class Planned:
    """What the units in the field will need of a part in a centre (thousandths), and why, in sentences. `became` is the
    number of the transfer, or says that it is on the list to be ordered."""

    uid: UUID
    part_id: int
    part_uid: UUID
    part_number: str
    part_name: str
    units: int
    used: int
    need: int
    safety: int
    free: int
    on_order: int
    wanted: int
    quantity: int
    months: int
    asked_for: bool
    transfer: str
    reasons: tuple[str, ...]


def plan_for(actor: Actor) -> QuerySet[PlanLine]:
    """The lines of the newest plan of each centre whose orders the actor may see."""
    return PlanLine.objects.filter(calculation__in=newest_done(actor, "plan"))


def planned(actor: Actor, rows: Sequence[PlanLine]) -> tuple[Planned, ...]:
    """Those lines, read with part, calculation and transfer, as pages show them. One statement for the models."""
    ids = {one["product"] for row in rows for one in row.by_model[:MOST_MODELS]}
    names = {one.pk: str(one) for one in products_for(actor).filter(pk__in=ids)} if ids else {}
    return tuple(_planned(row, names) for row in rows)


def reasons(row: PlanLine, names: dict[int, str]) -> tuple[str, ...]:
    """Why so much is planned. No statement."""
    months = row.calculation.months
    said = []
    for one in row.by_model[:MOST_MODELS]:
        values = {
            "model": names.get(one["product"], ""),
            "units": one["units"],
            "used": amount(round(one["used"] * 1000)),
            "need": amount(round(one["need"] * 1000)),
            "months": months,
        }
        said.append(
            _("%(model)s: %(units)s in the field, %(used)s used so far; by age %(need)s here in %(months)s months.")
            % values
        )
    if len(row.by_model) > MOST_MODELS:
        said.append(_("Further models: %(count)s.") % {"count": len(row.by_model) - MOST_MODELS})
    here = {"free": amount(row.free), "coming": amount(row.on_order + row.asked), "safety": amount(row.safety)}
    said.append(_("Safety stock %(safety)s; free here %(free)s, coming %(coming)s.") % here)
    return tuple(said)


def _planned(row: PlanLine, names: dict[int, str]) -> Planned:
    same = ("uid", "part_id", "units", "used", "free", "on_order", "wanted", "quantity")
    return Planned(
        **{name: getattr(row, name) for name in same},
        need=tenths(row.need),
        safety=tenths(row.safety),
        part_uid=row.part.uid,
        part_number=row.part.number,
        part_name=row.part.name,
        months=row.calculation.months,
        asked_for=row.request_id is not None,
        transfer=row.transfer.number if row.transfer else "",
        reasons=reasons(row, names),
    )
