"""The network: centres, regions, legal entities."""

from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from remonta.identity.models import Centre, LegalEntity, Region, WorkingCalendar
from remonta.identity.queries.actors import in_reach
from remonta.identity.queries.settings import nearest
from remonta.kernel.actor import EVERYWHERE, Actor
from remonta.spine.queries import remember, remembered

CARD = ("pk", "uid", "code", "name", "kind", "timezone", "language", "legal_entity__currency", "country")


@dataclass(frozen=True)
class Workplace:
    """A centre as the frame knows it; `scan_prefix` is the key its scanners send first, where the frame asked."""

    id: int
    uid: UUID
    code: str
    name: str
    kind: str
    timezone: str
    language: str
    currency: str
    country: str
    scan_prefix: str | None = None

    @property
    def centre_id(self) -> int:
        return self.id


def centres_for(actor: Actor) -> QuerySet[Centre]:
    """The centres the actor works in."""
    return Centre.objects.filter(in_reach(actor, "desk.enter", "pk"))


def workplaces_for(actor: Actor) -> tuple[Workplace, ...]:
    """The centres the actor works in, by name, without archived ones. One statement."""
    return tuple(Workplace(*row) for row in _workplaces().filter(in_reach(actor, "desk.enter", "pk")))


@cache
def _workplaces() -> QuerySet[Centre, tuple[Any, ...]]:
    """Put together once: every page asks for it, and putting it together takes longer than the answer."""
    return every_centre().order_by("name", "pk").values_list(*CARD, nearest("desk.scan_prefix"))


def workplace(named: UUID | int) -> Workplace:
    """A centre that is not archived, by key or outside id. Raises DoesNotExist. One statement, once in a command."""
    column = "uid" if isinstance(named, UUID) else "pk"
    found = remembered(("centre", named), lambda: Workplace(*every_centre().values_list(*CARD).get(**{column: named})))
    remember(("centre", found.id), found)
    return found


def every_centre() -> QuerySet[Centre]:
    """The centres of the network as the public may know them: name, address, phone, hours."""
    return Centre.objects.filter(archived_at=None)


def managed_centres(actor: Actor) -> QuerySet[Centre]:
    """The centres whose address, hours and groups the actor may change, archived ones too."""
    return Centre.objects.filter(in_reach(actor, "identity.manage_network", "pk"))


def regions_for(actor: Actor) -> QuerySet[Region]:
    """The regions of the centres the actor manages; all of them for who manages the network."""
    return Region.objects.filter(_of_centres(actor, "region_id"))


def entities_for(actor: Actor) -> QuerySet[LegalEntity]:
    """The legal entities of the centres the actor manages; all of them for who manages the network."""
    return LegalEntity.objects.filter(_of_centres(actor, "legal_entity_id"))


def calendars_for(actor: Actor) -> QuerySet[WorkingCalendar]:
    """The calendars of the centres the actor manages; all of them for who manages the network."""
    return WorkingCalendar.objects.filter(_of_centres(actor, "calendar_id"))


def languages() -> tuple[tuple[str, str], ...]:
    """Codes and own names of the languages there are."""
    return tuple(settings.LANGUAGES)


def _of_centres(actor: Actor, column: str) -> Q:
    whole = EVERYWHERE in actor.places_of("identity.manage_network")
    return Q() if whole else Q(pk__in=managed_centres(actor).exclude(**{column: None}).values(column))
