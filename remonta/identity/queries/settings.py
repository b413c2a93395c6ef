"""Settings, layered: what the centre says, else its region, else the network, else the default."""

from django.db.models import Q, QuerySet

from remonta.identity.models import Centre, Region, Setting
from remonta.identity.queries.actors import in_reach
from remonta.identity.settings_registry import SETTINGS, Value
from remonta.kernel.actor import Actor


def setting(key: str, centre: Centre | int | None = None) -> Value:
    """The value that counts in that centre, or in the network. One statement. Raises KeyError for unknown keys."""
    return settings_at(centre, key)[key]


def settings_at(centre: Centre | int | None, *keys: str) -> dict[str, Value]:
    """Those settings (all without keys) as they count in the centre. One statement."""
    wanted = {key: SETTINGS[key].default for key in keys or SETTINGS}
    centre_id = centre.pk if isinstance(centre, Centre) else centre
    layers = Q(region=None, centre=None)
    if centre_id is not None:
        layers |= Q(centre_id=centre_id) | Q(region__in=Centre.objects.filter(pk=centre_id).values("region_id"))
    rows = Setting.objects.filter(layers, key__in=wanted).values_list("key", "value", "region_id", "centre_id")
    for key, value, _region, _centre in sorted(rows, key=lambda row: (row[3] is not None, row[2] is not None)):
        wanted[key] = value
    return wanted


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
