"""People and their roles, for who manages them."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from ninja import Query, Router
from pydantic import Field

from remonta.api.asking import operation_of
from remonta.api.customers import sent
from remonta.api.fields import Asked, Code, Email, Language, Line
from remonta.api.paging import Page, Paging, page_of
from remonta.api.shapes.people import PersonOut, PersonRow
from remonta.api.spoken import op
from remonta.identity import commands
from remonta.identity.queries import governs, people_for, posts_of
from remonta.identity.roles import Role
from remonta.kernel.texts import normal
from remonta.web.requests import Request

router = Router()


class PeopleFilter(Paging):
    """Which people: active ones unless disabled ones are asked for."""

    q: Line = ""
    disabled: bool = False


class RoleAsked(Asked):
    """A role in a centre; without one, in the whole network."""

    role: Role
    centre_uid: UUID | None = None

    def told(self) -> dict[str, Any]:
        """As commands take it."""
        return {"role": self.role.value, "centre_uid": self.centre_uid}


class NewPerson(RoleAsked):
    """Somebody new with a first role; they cannot sign in before being invited."""

    email: Email = Field(min_length=3)
    name: Line = Field(min_length=1, max_length=200)
    phone: Code = Field("", max_length=20)
    language: Language = "en"


class PersonChanges(Asked):
    """What may be corrected; what is left out stays."""

    email: Email | None = Field(None, min_length=3)
    name: Line | None = Field(None, min_length=1, max_length=200)
    phone: Code | None = Field(None, max_length=20)
    language: Language | None = None


def person_of(request: Request, uid: UUID) -> dict[str, Any]:
    """Somebody with their roles. Three statements. Raises DoesNotExist."""
    row = people_for(request.actor).get(uid=uid)
    same = {name: getattr(row, name) for name in PersonRow.model_fields}
    return same | {"roles": posts_of(request.actor, row.pk), "governed": governs(request.actor, row.pk)}


@router.get("/people", **op("people", Page[PersonRow]))
def listed(request: Request, asked: Query[PeopleFilter]) -> Any:
    """The people the key may manage, in pages."""
    rows = people_for(request.actor).filter(is_active=not asked.disabled)
    if asked.q:
        rows = rows.filter(Q(sort_name__contains=normal(asked.q)) | Q(email__contains=asked.q.lower()))
    return page_of(rows, asked)


@router.post("/people", **op("people", PersonOut, status=201))
def add(request: Request, asked: NewPerson) -> Any:
    """Somebody new."""
    said = asked.model_dump(exclude={"role", "centre_uid"}) | asked.told()
    return person_of(request, commands.create_account(request.actor, **said).uid)


@router.get("/people/{uuid:person}", **op("person", PersonOut))
def one(request: Request, person: UUID) -> Any:
    """Somebody with their roles."""
    return person_of(request, person)


@router.patch("/people/{uuid:person}", **op("person", PersonOut))
def change(request: Request, person: UUID, asked: PersonChanges) -> Any:
    """Corrects what is sent."""
    commands.change_person(request.actor, person, **sent(asked))
    return person_of(request, person)


@router.post("/people/{uuid:person}/roles", **op("person-roles", PersonOut))
def give(request: Request, person: UUID, asked: RoleAsked) -> Any:
    """One more role. Nobody gives rights they do not hold."""
    commands.give_role(request.actor, person, **asked.told())
    return person_of(request, person)


@router.post("/people/{uuid:person}/roles/take", **op("person-take", None, status=204))
def take(request: Request, person: UUID, asked: RoleAsked) -> None:
    """Takes a role away."""
    commands.take_role(request.actor, person, **asked.told())


@router.post("/people/{uuid:person}/invite", **op("person-invite", PersonOut, once=True))
def invite(request: Request, person: UUID) -> Any:
    """Writes them a letter with a link by which they choose a password."""
    commands.invite_person(request.actor, person, operation=operation_of(request))
    return person_of(request, person)


@router.post("/people/{uuid:person}/disable", **op("person-disable", PersonOut))
def disable(request: Request, person: UUID) -> Any:
    """Ends their sessions and keeps them out."""
    commands.disable_person(request.actor, person)
    return person_of(request, person)


@router.post("/people/{uuid:person}/enable", **op("person-enable", PersonOut))
def enable(request: Request, person: UUID) -> Any:
    """Lets them sign in again."""
    commands.enable_person(request.actor, person)
    return person_of(request, person)
