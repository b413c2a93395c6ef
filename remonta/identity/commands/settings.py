"""Setting what is set."""

from typing import Any
from uuid import UUID

from remonta.identity.commands.refusals import ValueUnfit
from remonta.identity.facts import SettingChanged
from remonta.identity.models import Centre, Region, Setting
from remonta.identity.settings_registry import SETTINGS, Value
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import NotPermitted
from remonta.spine.commands import command, record


@command
def set_setting(
    actor: Actor, key: str, value: Value | None, *, centre_uid: UUID | None = None, region_uid: UUID | None = None
) -> None:
    """Sets one layer: a centre, a region, or the network. None lets it inherit again. Raises ValueUnfit.

    A centre's layer needs the right there; region and network need it everywhere.
    """
    known = SETTINGS[key]
    centre = Centre.objects.get(uid=centre_uid) if centre_uid else None
    region = Region.objects.get(uid=region_uid) if region_uid else None
    if not actor.may_at("identity.manage_settings", centre.pk if centre else None):
        raise NotPermitted
    if value is not None and not known.admits(value):
        raise ValueUnfit(label=known.label)
    layer: dict[str, Any] = {"key": key, "region": region, "centre": centre}
    kept = Setting.objects.select_for_update().filter(**layer).first()
    if value is None and kept is None:
        return
    fact = SettingChanged(
        key=key,
        region_id=region.pk if region else None,
        at_centre_id=centre.pk if centre else None,
        cleared=value is None,
    )
    if value is not None:
        kept, _new = Setting.objects.update_or_create(**layer, defaults={"value": value})
    assert kept is not None
    record(actor, kept, fact)
    if value is None:
        kept.delete()
