"""Locking a request or a work order for a change, and telling who came too late."""

from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from remonta.kernel.actor import Actor
from remonta.kernel.refusals import NotPermitted, Stale
from remonta.orders.models import Request, WorkOrder
from remonta.orders.queries.scope import requests_for, work_orders_for

Locked = TypeVar("Locked", Request, WorkOrder)


class ChangedMeanwhile(Stale):
    text = _("Somebody else has changed this meanwhile. Look at the newest version, then change it again.")


def lock_work_order(actor: Actor, named: UUID | int, *, permission: str = "", version: int | None = None) -> WorkOrder:
    """The work order, locked. Raises DoesNotExist, NotPermitted, ChangedMeanwhile. One statement."""
    found = work_orders_for(actor).select_for_update(of=("self",)).select_related("route")
    order = found.get(uid=named) if isinstance(named, UUID) else found.get(pk=named)
    return _checked(actor, order, permission, version)


def lock_request(actor: Actor, named: UUID | int, *, permission: str = "", version: int | None = None) -> Request:
    """The request, locked. Raises DoesNotExist, NotPermitted, ChangedMeanwhile. One statement."""
    found = requests_for(actor).select_for_update(of=("self",)).select_related("centre__legal_entity")
    request = found.get(uid=named) if isinstance(named, UUID) else found.get(pk=named)
    return _checked(actor, request, permission, version)


def save_changed(thing: Locked, fields: Iterable[str]) -> None:
    """Writes the columns and raises the version that readers compare."""
    thing.version += 1
    thing.save(update_fields=[*fields, "version"])


def _checked(actor: Actor, thing: Locked, permission: str, version: int | None) -> Locked:
    if permission and not actor.may(permission, thing):
        raise NotPermitted
    if version is not None and version != thing.version:
        raise ChangedMeanwhile
    return thing
