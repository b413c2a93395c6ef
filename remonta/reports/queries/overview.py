"""The first page of the figures: how things stand, and the charts one looks at every day."""

from dataclasses import dataclass, replace
from datetime import timedelta

from django.db.models import Avg, Count, Q
from django.utils.translation import gettext_lazy as _

from remonta.kernel.actor import Actor
from remonta.orders.workflow import READY
from remonta.reports.queries.registry import REPORTS, reports_for
from remonta.reports.queries.scope import ended, ratings, standing
from remonta.reports.queries.shapes import Report, Wanted

CHARTS = ("stages", "engineers", "outcomes", "stage-times")


@dataclass(frozen=True)
class Tile:
    """One figure; `report` names the table behind it."""

    label: object
    figure: float | int | None
    report: str = ""


@dataclass(frozen=True)
class Overview:
    """The tiles and the reports that are drawn below them."""

    tiles: tuple[Tile, ...]
    charts: tuple[Report, ...]


def overview(actor: Actor, wanted: Wanted) -> Overview:
    """How things stand now and in the last 30 days. Eight statements; two for who sees only own figures."""
    month = replace(wanted, since=(actor.now() - timedelta(days=30)).date())
    charts = tuple(
        listed.make(actor, wanted if listed.days <= 0 else month)
        for listed in reports_for(actor)
        if listed.name in CHARTS
    )
    return Overview(_tiles(actor, wanted, month) if actor.may_somewhere("reports.see") else (), charts)


def _tiles(actor: Actor, wanted: Wanted, month: Wanted) -> tuple[Tile, ...]:
    late = Q(due_at__lt=actor.now())
    now = standing(actor, wanted).aggregate(
        all=Count("pk"), late=Count("pk", filter=late), ready=Count("pk", filter=Q(state=READY))
    )
    done = ended(actor, month).filter(imported="").count()
    mean = ratings(actor, month).aggregate(mean=Avg("score"))["mean"]
    return (
        Tile(_("open orders"), now["all"], "stages"),
        Tile(REPORTS["late"].label, now["late"], "late"),
        Tile(_("ready to be handed over"), now["ready"], "stages"),
        Tile(_("handed over in 30 days"), done, "engineers"),
        Tile(_("mean rating in 30 days"), round(mean, 2) if mean is not None else None, "ratings"),
    )
