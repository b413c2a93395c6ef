"""The key’s own person, their centres and colleagues."""

from typing import Any, Literal
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from remonta.api.customers import sent
from remonta.api.fields import Asked, Code, Language, Line
from remonta.api.paging import Page, Paging, page_of
from remonta.api.shapes.people import Centre, Colleague, GroupOut, Me
from remonta.api.spoken import op
from remonta.identity.commands import change_own_account
from remonta.identity.queries import colleagues_for, engineers_of, every_centre, groups_for, tokens_for, workplaces_for
from remonta.kernel.actor import EVERYWHERE
from remonta.kernel.texts import normal
from remonta.web.requests import Request

router = Router()
OWN = ("uid", "name", "email", "phone", "language", "theme", "timezone")


class OwnChanges(Asked):
    """What may be changed; what is left out stays."""

    name: Line | None = Field(None, min_length=1, max_length=200)
    phone: Code | None = Field(None, max_length=20)
    language: Language | None = None
    theme: Literal["auto", "light", "dark"] | None = None


class ColleagueFilter(Paging):
    """Which colleagues."""

    q: Line = ""
    repairs_in: UUID | None = Field(None, description="Who repairs in that centre.")


@router.get("/me", **op("me", Me))
def me(request: Request) -> Any:
    """Who the key stands for, and what it may do."""
    own = tokens_for(request.actor).select_related("account").order_by("-pk")[:1].get().account
    centres = workplaces_for(request.actor)
    return {name: getattr(own, name) for name in OWN} | {"centres": centres, "rights": rights_of(request)}


def rights_of(request: Request) -> dict[str, list[UUID] | None]:
    """Rights by name: null for everywhere, else the centres. One statement."""
    held: dict[str, list[int]] = {}
    for place, name in sorted(request.actor.rights):
        held.setdefault(name, []).append(place)
    uids = dict(every_centre().values_list("pk", "uid"))
    return {
        name: None if EVERYWHERE in places else [uids[place] for place in places if place in uids]
        for name, places in held.items()
    }


@router.patch("/me", **op("me", Me))
def change(request: Request, asked: OwnChanges) -> Any:
    """Changes one’s own name, phone, language or appearance."""
    change_own_account(request.actor, **sent(asked))
    return me(request)


@router.get("/workplaces", **op("workplaces", list[Centre]))
def workplaces(request: Request) -> Any:
    """The centres the key’s person works in."""
    return workplaces_for(request.actor)


@router.get("/colleagues", **op("colleagues", Page[Colleague]))
def colleagues(request: Request, asked: Query[ColleagueFilter]) -> Any:
    """Active people of the same centres, for giving work to, in pages."""
    rows = colleagues_for(request.actor)
    rows = rows.filter(sort_name__contains=normal(asked.q)) if asked.q else rows
    if asked.repairs_in:
        centre_id = every_centre().values_list("pk", flat=True).get(uid=asked.repairs_in)
        rows = rows.filter(pk__in=engineers_of(centre_id).values("pk"))
    return page_of(rows, asked)


@router.get("/teams", **op("teams", list[GroupOut]))
def teams(request: Request) -> Any:
    """The groups of the key’s centres."""
    rows = groups_for(request.actor).select_related("centre", "lead").prefetch_related("members__account")
    return [team_of(row) for row in rows.order_by("name")[:500]]


def team_of(row: Any) -> dict[str, Any]:
    """A group as an answer. No statement when read with its members."""
    return {
        "uid": row.uid,
        "name": row.name,
        "centre_uid": row.centre.uid,
        "lead_uid": row.lead.uid if row.lead else None,
        "members": [member.account for member in row.members.all()],
    }
