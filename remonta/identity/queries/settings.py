"""Settings, layered: what the centre says, else its region, else the network, else the default."""

from collections.abc import Iterable
from functools import cache

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from remonta.identity.models import Centre, Region, Setting
from remonta.identity.queries.actors import in_reach
from remonta.identity.settings_registry import SETTINGS, Value
from remonta.kernel.actor import Actor
from remonta.spine.queries import remembered


def setting(key: str, centre: Centre | int | None = None) -> Value:
    """The value that counts in that centre, or in the network. One statement, once in a command.

    Raises KeyError for unknown keys.
    """
    centre_id = centre.pk if isinstance(centre, Centre) else centre
    return remembered(("settings", centre_id), lambda: settings_at(centre_id))[key]


def settings_at(centre: Centre | int | None, *keys: str) -> dict[str, Value]:
    """Those settings (all without keys) as they count in the centre. One statement."""
    wanted = {key: SETTINGS[key].default for key in keys or SETTINGS}
    centre_id = centre.pk if isinstance(centre, Centre) else centre
    layers = Q(region=None, centre=None)
    if centre_id is not None:
        layers |= Q(centre_id=centre_id) | Q(region__in=Centre.objects.filter(pk=centre_id).values("region_id"))
    said = Setting.objects.filter(layers, **{"key__in": keys} if keys else {})
    rows = said.values_list("key", "value", "region_id", "centre_id")
    nearest_last = sorted(rows, key=lambda row: (row[3] is not None, row[2] is not None))
    return wanted | {key: value for key, value, _region, _centre in nearest_last if key in wanted}


def setting_in_each(key: str, centre_ids: Iterable[int] | None = None) -> dict[int, Value]:
    """The value that counts in each of those centres, or in each there is, by the centre's key. One statement."""
    said = _in_each(key)
    rows = said.all() if centre_ids is None else said.filter(pk__in=list(centre_ids))
    return {centre_id: SETTINGS[key].default if value is None else value for centre_id, value in rows}


@cache
def _in_each(key: str) -> QuerySet[Centre, tuple[int, Value]]:
    """Put together once: lists ask for it with every page."""
    return Centre.objects.values_list("pk", nearest(key))


def nearest(key: str) -> Subquery:
    """What counts in each centre of an outer query, null where nobody has said anything. No statement."""
    near = Q(centre_id=OuterRef("pk")) | Q(centre=None) & (Q(region=None) | Q(region_id=OuterRef("region_id")))
    layers = F("centre_id").asc(nulls_last=True), F("region_id").asc(nulls_last=True)
    return Subquery(Setting.objects.filter(near, key=key).order_by(*layers).values("value")[:1])


def settings_centres(actor: Actor) -> QuerySet[Centre]:
    """The open centres whose settings the actor may change."""
    return Centre.objects.filter(in_reach(actor, "identity.manage_settings", "pk"), archived_at=None)


def settings_regions(actor: Actor) -> QuerySet[Region]:
    """The regions, for who may change settings of the whole network."""
    return Region.objects.all() if actor.may_at("identity.manage_settings", None) else Region.objects.none()


def settings_said(centre_id: int | None, region_id: int | None) -> dict[str, Value]:
    """What that very layer says, without what it inherits. One statement."""
    layer = Q(centre_id=centre_id) if centre_id else Q(centre=None)
    layer &= Q(region_id=region_id) if region_id else Q(region=None)
    return dict(Setting.objects.filter(layer).values_list("key", "value"))
