"""What a new network needs before its first order, and what it will want soon: told by what is there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings

from remonta.billing.queries import desks_for
from remonta.catalogue.queries import services_for
from remonta.identity.queries import calendars_for, entities_for, managed_centres, people_for, settings_said
from remonta.kernel.actor import Actor
from remonta.stock.queries import places_for
from remonta.web.requests import Request

PREFERENCE, OFF = "first_steps", "off"
STANDING = ("desk", "shelf", "bench", "bin")


@dataclass(frozen=True)
class Step:
    """One step by its name; `needed` before the first order, `done` when the data says so."""

    name: str
    done: bool
    needed: bool = True


def steps_for(actor: Actor) -> tuple[Step, ...]:
    """Every step in its order. One statement for each that stands in the database: eight."""
    return tuple(_steps(actor))


def offered(request: Request) -> bool:
    """Whether the page stands in the menu: for who manages the whole network, until they take it off. No statement."""
    kept = getattr(request.user, "preferences", {})
    return request.actor.may_at("identity.manage_network", None) and kept.get(PREFERENCE) != OFF


def unfinished(actor: Actor) -> bool:
    """Whether something is missing before the first order; stops at the first. At most six statements."""
    return any(step.needed and not step.done for step in _steps(actor))


def _steps(actor: Actor) -> Iterator[Step]:
    needed: tuple[tuple[str, Callable[[], bool]], ...] = (
        ("entity", entities_for(actor).exists),
        ("calendar", calendars_for(actor).exists),
        ("centre", managed_centres(actor).exists),
        ("place", places_for(actor).filter(kind__in=STANDING, archived_at=None).exists),
        ("catalogue", services_for(actor).filter(archived_at=None).exists),
        ("person", people_for(actor).exclude(pk=actor.account_id or 0).exists),
    )
    for name, done in needed:
        yield Step(name, done())
    yield Step("cash", desks_for(actor).exists(), needed=False)
    yield Step("label", "documents.label_size" in settings_said(None, None), needed=False)
    yield Step("mail", bool(settings.REMONTA_SMTP), needed=False)
    yield Step("sms", bool(settings.REMONTA_SMS), needed=False)
