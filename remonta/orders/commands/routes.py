"""Routes and statuses: the templates every network starts with, and a region's or centre's own copies."""

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from remonta.identity.queries import every_centre, regions_for
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import NotPermitted, Refused
from remonta.orders.models import Route, Status
from remonta.orders.queries.scope import routes_for, statuses_for
from remonta.orders.starter import ROUTES
from remonta.orders.workflow import Stage
from remonta.spine.commands import command


class StageUnknown(Refused):
    text = _("Choose the stage this status belongs to.")
    field = "stage"


class NameMissing(Refused):
    text = _("Give it a name in at least one language.")
    field = "names"


@command
def load_starter_routes(actor: Actor) -> int:
    """The routes every network starts with, as templates; what is there stays as it is. Returns how many came."""
    if not actor.may_at("orders.routes", None):
        raise NotPermitted
    known = set(Route.objects.filter(region=None, centre=None).values_list("code", flat=True))
    return len(Route.objects.bulk_create(Route(**route) for route in ROUTES if route["code"] not in known))


@command
def copy_route(actor: Actor, uid: UUID, *, region_uid: UUID | None = None, centre_uid: UUID | None = None) -> Route:
    """A region's or a centre's own copy of a route, to be changed freely; a second copy is the first one."""
    route = routes_for(actor).get(uid=uid)
    region = regions_for(actor).get(uid=region_uid) if region_uid else None
    centre = every_centre().get(uid=centre_uid) if centre_uid else None
    if not actor.may_at("orders.routes", centre.pk if centre else None):
        raise NotPermitted
    same = {"names": route.names, "stages": route.stages, "needs_unit": route.needs_unit, "copied_from": route}
    copy, _new = Route.objects.get_or_create(code=route.code, region=region, centre=centre, defaults=same)
    return copy


@command
def change_route(actor: Actor, uid: UUID, *, names: Mapping[str, str], stages: list[str]) -> Route:
    """Which stages a kind of order passes. Raises NameMissing, StageUnknown."""
    route = routes_for(actor).select_for_update(of=("self",)).get(uid=uid)
    if not actor.may_at("orders.routes", route.centre_id):
        raise NotPermitted
    if not set(stages) <= set(Stage.values) or Stage.CLOSED not in stages:
        raise StageUnknown
    route.names, route.stages = _named(names), [stage for stage in Stage.values if stage in stages]
    route.save(update_fields=["names", "stages"])
    return route


@command
def write_status(
    actor: Actor,
    *,
    uid: UUID | None = None,
    centre_uid: UUID | None = None,
    stage: str,
    names: Mapping[str, str],
    for_customer: Mapping[str, str] = {},
    colour: str = "blue",
    norm_minutes: int | None = None,
) -> Status:
    """Add or change a status of a centre or of the network. Raises StageUnknown, NameMissing."""
    centre = every_centre().get(uid=centre_uid) if centre_uid else None
    if not actor.may_at("orders.routes", centre.pk if centre else None):
        raise NotPermitted
    if stage not in Stage.values:
        raise StageUnknown
    status = statuses_for(actor).get(uid=uid) if uid else Status(centre=centre)
    status.stage, status.names, status.for_customer = stage, _named(names), dict(for_customer)
    status.colour, status.norm_minutes = colour, norm_minutes
    status.save()
    return status


def _named(names: Mapping[str, str]) -> dict[str, str]:
    kept = {language: name.strip() for language, name in names.items() if name.strip()}
    if not kept:
        raise NameMissing
    return kept
