"""Which reports there are, and for whom."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Missing
from remonta.reports.queries import now, repairs, work
from remonta.reports.queries.shapes import Report, Wanted

Make = Callable[[Actor, Wanted], Report]
ALL_TIME, MONTH, TODAY = 0, 30, -1


@dataclass(frozen=True)
class Listed:
    """A report as it is offered. `days`: how far back it looks unless asked, 0 for all time, -1 for what stands now."""

    name: str
    label: object
    make: Make
    days: int = MONTH
    own: bool = False


REPORTS = {
    listed.name: listed
    for listed in (
        Listed("stages", _("Open orders by stage and age"), now.stages, TODAY),
        Listed("late", _("Late orders"), now.late, TODAY),
        Listed("idle", _("Nobody has touched these"), now.idle, TODAY),
        Listed("engineers", _("Work done by engineers"), work.engineers, own=True),
        Listed("stage-times", _("Time in each stage"), work.stage_times),
        Listed("ratings", _("What customers think"), work.scores),
        Listed("outcomes", _("Repairs by outcome"), repairs.outcomes, ALL_TIME),
        Listed("categories", _("Repairs by kind of device"), repairs.by_category, ALL_TIME),
        Listed("brands", _("Repairs by brand"), repairs.by_brand, ALL_TIME),
        Listed("years", _("Repairs by year"), repairs.by_year, ALL_TIME),
    )
}


def reports_for(actor: Actor) -> tuple[Listed, ...]:
    """The reports the actor may read; who sees only own figures reads those about people. No statement."""
    every = actor.may_somewhere("reports.see")
    own = actor.may_somewhere("reports.own")
    return tuple(listed for listed in REPORTS.values() if every or (own and listed.own))


def report(actor: Actor, name: str, wanted: Wanted) -> Report:
    """One report with its own fixed number of statements. Raises Missing."""
    found = {listed.name: listed for listed in reports_for(actor)}.get(name)
    if found is None:
        raise Missing
    return found.make(actor, wanted)
