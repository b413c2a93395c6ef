"""Settings, layer by layer: the network, a region, a centre."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import StrictBool, StrictInt, StrictStr

from remonta.api.fields import Asked
from remonta.api.problems import unfit
from remonta.api.shapes.people import SettingShape
from remonta.api.spoken import op
from remonta.identity.commands import set_setting
from remonta.identity.queries import SETTINGS, settings_at, settings_centres, settings_regions, settings_said
from remonta.kernel.refusals import Missing, NotPermitted
from remonta.web.requests import Request

router = Router()


class SettingAsked(Asked):
    """The value in one layer; null lets it inherit again. Without centre and region it is the network’s."""

    value: StrictBool | StrictInt | StrictStr | None
    centre_uid: UUID | None = None
    region_uid: UUID | None = None


@router.get("/settings", **op("settings", list[SettingShape]))
def listed(request: Request, centre: Query[UUID | None] = None, region: Query[UUID | None] = None) -> Any:
    """What counts in that layer, and what that very layer says."""
    actor = request.actor
    if not (centre or region or actor.may_at("identity.manage_settings", None)):
        raise NotPermitted
    centre_id = settings_centres(actor).values_list("pk", flat=True).get(uid=centre) if centre else None
    region_id = settings_regions(actor).values_list("pk", flat=True).get(uid=region) if region else None
    said = settings_said(centre_id, region_id)
    counts = settings_at(centre_id) | (said if region_id else {})
    return [
        {
            "key": known.key,
            "label": str(known.label),
            "hint": str(known.hint),
            "value": counts[known.key],
            "own": known.key in said,
            "default": known.default,
        }
        for known in SETTINGS.values()
    ]


@router.put("/settings/{str:key}", **op("setting", None, status=204))
def change(request: Request, key: str, asked: SettingAsked) -> None:
    """Sets one value in one layer."""
    if key not in SETTINGS:
        raise Missing
    if isinstance(asked.value, str) and "\x00" in asked.value:
        raise unfit("value", _("This is not a text."))
    layer = {"centre_uid": asked.centre_uid, "region_uid": asked.region_uid}
    set_setting(request.actor, key, asked.value, **layer)
