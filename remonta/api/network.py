"""Centres, groups, legal entities, regions and calendars, for who manages the network."""

from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Query, Router
from pydantic import Field, StringConstraints

from remonta.api.account import team_of
from remonta.api.customers import sent
from remonta.api.fields import Asked, Code, Day, Email, Key, Language, Line, Paragraph, Word
from remonta.api.paging import Page, Paging, each, page_of
from remonta.api.shapes.people import CalendarOut, CentreOut, Entity, GroupOut, Region
from remonta.api.spoken import op
from remonta.identity import commands
from remonta.identity.queries import calendars_for, entities_for, groups_for, managed_centres, regions_for
from remonta.kernel.refusals import NotPermitted
from remonta.web.requests import Request

router = Router()
Hours = list[Annotated[list[Annotated[str, StringConstraints(pattern=r"^\d\d:\d\d$")]], Field(max_length=2)]]
Rate = Annotated[str, StringConstraints(pattern=r"^0(\.\d{1,6})?$")]
Named = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^[^\x00]+$")]


class CentreChanges(Asked):
    """What may be changed; what is left out stays. Legal entity, region and kind ask for the whole network."""

    name: Line | None = Field(None, min_length=1, max_length=200)
    kind: Literal["own", "partner", "shop"] | None = None
    legal_entity_uid: UUID | None = None
    region_uid: UUID | None = None
    calendar_id: Key | None = None
    timezone: Code | None = None
    language: Language | None = None
    address: Line | None = None
    city: Word | None = None
    phone: Code | None = Field(None, max_length=20)
    email: Email | None = None
    latitude: float | None = Field(None, ge=-90, le=90)
    longitude: float | None = Field(None, ge=-180, le=180)


class NewCentre(Asked):
    """A place that repairs; its code opens its order numbers."""

    code: str = Field(pattern=r"^[A-Za-z0-9]{1,6}$")
    name: Line = Field(min_length=1, max_length=200)
    kind: Literal["own", "partner", "shop"] = "own"
    legal_entity_uid: UUID
    region_uid: UUID | None = None
    timezone: Code = "UTC"
    language: Language = "en"
    address: Line = ""
    city: Word = ""
    phone: Code = Field("", max_length=20)
    email: Email = ""


class GroupAsked(Asked):
    """A team, and who leads it."""

    name: Named
    lead_uid: UUID | None = None


class NewGroup(GroupAsked):
    """A team of a centre."""

    centre_uid: UUID


class MemberAsked(Asked):
    """Somebody of the centre."""

    account_uid: UUID


class EntityAsked(Asked):
    """Who signs invoices; rates are fractions by code, such as {"standard": "0.23"}."""

    name: Line = Field(min_length=1, max_length=200)
    tax_id: Code = ""
    address: Paragraph = ""
    bank_account: Word = Field("", max_length=60)
    tax_rates: dict[Code, Rate] = Field(default_factory=dict, max_length=30)
    rounding: Literal["ROUND_HALF_UP", "ROUND_HALF_EVEN", "ROUND_DOWN"] = "ROUND_HALF_UP"
    rounds_lines: bool = True
    cash_step: int = Field(1, ge=1, le=1000)


class NewEntity(EntityAsked):
    """Country and currency stay for good."""

    country: str = Field(pattern=r"^[A-Za-z]{2}$")
    currency: str = Field(pattern=r"^[A-Za-z]{3}$")


class RegionAsked(Asked):
    """A part of the network."""

    name: Named


class CalendarAsked(Asked):
    """Hours of the week: {"0": [["09:00", "17:00"]]}, Monday is 0."""

    name: Named
    country: str = Field("", pattern=r"^([A-Za-z]{2})?$")
    subdivision: Code = Field("", max_length=10)
    week: dict[Literal["0", "1", "2", "3", "4", "5", "6"], Hours]

    def told(self) -> dict[str, Any]:
        """As commands take it."""
        return self.model_dump() | {"country": self.country.upper()}


class DayAsked(Asked):
    """Hours of one date: an empty list is a day off, null takes the exception away."""

    day: Day
    hours: Hours | None


def centre_of(row: Any) -> dict[str, Any]:
    """A centre as an answer. No statement when read with entity and region."""
    links = {"legal_entity_uid": row.legal_entity.uid, "region_uid": row.region.uid if row.region else None}
    return {name: getattr(row, name) for name in CentreOut.model_fields if name not in links} | links


def centre_read(request: Request, uid: UUID) -> dict[str, Any]:
    """One centre that is managed. Raises DoesNotExist. One statement."""
    return centre_of(managed_centres(request.actor).select_related("legal_entity", "region").get(uid=uid))


def group_read(request: Request, uid: UUID) -> dict[str, Any]:
    """One group that is managed. Raises DoesNotExist, NotPermitted."""
    rows = groups_for(request.actor).select_related("centre", "lead").prefetch_related("members__account")
    row = rows.get(uid=uid)
    if not request.actor.may("identity.manage_network", row):
        raise NotPermitted
    return team_of(row)


def calendar_of(row: Any) -> dict[str, Any]:
    """A calendar as an answer. No statement when read with its days."""
    same = ("id", "name", "country", "subdivision", "week")
    return {name: getattr(row, name) for name in same} | {"days": list(row.days.all())}


def calendar_read(request: Request, key: int) -> dict[str, Any]:
    """One calendar. Raises DoesNotExist."""
    return calendar_of(calendars_for(request.actor).prefetch_related("days").get(pk=key))


@router.get("/centres", **op("centres", Page[CentreOut]))
def centres(request: Request, asked: Query[Paging]) -> Any:
    """The centres the key manages, in pages."""
    rows = managed_centres(request.actor).select_related("legal_entity", "region")
    return page_of(rows, asked, each(centre_of))


@router.post("/centres", **op("centres", CentreOut, status=201))
def add_centre(request: Request, asked: NewCentre) -> Any:
    """A new centre."""
    return centre_read(request, commands.create_centre(request.actor, **asked.model_dump()).uid)


@router.get("/centres/{uuid:centre}", **op("centre", CentreOut))
def centre(request: Request, centre: UUID) -> Any:
    """A centre."""
    return centre_read(request, centre)


@router.patch("/centres/{uuid:centre}", **op("centre", CentreOut))
def change_centre(request: Request, centre: UUID, asked: CentreChanges) -> Any:
    """Changes what is sent."""
    actor, said = request.actor, sent(asked)
    if uid := said.pop("legal_entity_uid", None):
        said["legal_entity"] = entities_for(actor).get(uid=uid)
    if uid := said.pop("region_uid", None):
        said["region"] = regions_for(actor).get(uid=uid)
    if key := said.pop("calendar_id", None):
        said["calendar"] = calendars_for(actor).get(pk=key)
    commands.change_centre(actor, centre, **said)
    return centre_read(request, centre)


@router.get("/groups", **op("groups", Page[GroupOut]))
def groups(request: Request, asked: Query[Paging]) -> Any:
    """The groups of the key’s centres, in pages."""
    rows = groups_for(request.actor).select_related("centre", "lead").prefetch_related("members__account")
    return page_of(rows, asked, each(team_of))


@router.post("/groups", **op("groups", GroupOut, status=201))
def add_group(request: Request, asked: NewGroup) -> Any:
    """A new group."""
    return group_read(request, commands.create_group(request.actor, **asked.model_dump()).uid)


@router.get("/groups/{uuid:group}", **op("group", GroupOut))
def group(request: Request, group: UUID) -> Any:
    """A group with its members."""
    return group_read(request, group)


@router.put("/groups/{uuid:group}", **op("group", GroupOut))
def change_group(request: Request, group: UUID, asked: GroupAsked) -> Any:
    """Another name or lead."""
    commands.change_group(request.actor, group, **asked.model_dump())
    return group_read(request, group)


@router.post("/groups/{uuid:group}/join", **op("group-join", GroupOut))
def join(request: Request, group: UUID, asked: MemberAsked) -> Any:
    """Somebody joins."""
    commands.add_member(request.actor, group, account_uid=asked.account_uid)
    return group_read(request, group)


@router.post("/groups/{uuid:group}/leave", **op("group-leave", GroupOut))
def leave(request: Request, group: UUID, asked: MemberAsked) -> Any:
    """Somebody leaves."""
    commands.remove_member(request.actor, group, account_uid=asked.account_uid)
    return group_read(request, group)


@router.get("/entities", **op("entities", list[Entity]))
def entities(request: Request) -> Any:
    """Legal entities."""
    return list(entities_for(request.actor).order_by("name")[:500])


@router.post("/entities", **op("entities", Entity, status=201))
def add_entity(request: Request, asked: NewEntity) -> Any:
    """A new legal entity."""
    return commands.create_legal_entity(request.actor, **asked.model_dump())


@router.get("/entities/{uuid:entity}", **op("entity", Entity))
def entity(request: Request, entity: UUID) -> Any:
    """A legal entity."""
    return entities_for(request.actor).get(uid=entity)


@router.put("/entities/{uuid:entity}", **op("entity", Entity))
def change_entity(request: Request, entity: UUID, asked: EntityAsked) -> Any:
    """Changes a legal entity; its country and currency stay."""
    entities_for(request.actor).only("pk").get(uid=entity)
    return commands.change_legal_entity(request.actor, entity, **asked.model_dump())


@router.get("/regions", **op("regions", list[Region]))
def regions(request: Request) -> Any:
    """Regions."""
    return list(regions_for(request.actor).order_by("name")[:500])


@router.post("/regions", **op("regions", Region, status=201))
def add_region(request: Request, asked: RegionAsked) -> Any:
    """A new region."""
    return commands.create_region(request.actor, name=asked.name)


@router.put("/regions/{uuid:region}", **op("region", Region))
def change_region(request: Request, region: UUID, asked: RegionAsked) -> Any:
    """Another name."""
    regions_for(request.actor).only("pk").get(uid=region)
    return commands.change_region(request.actor, region, name=asked.name)


@router.get("/calendars", **op("calendars", list[CalendarOut]))
def calendars(request: Request) -> Any:
    """Calendars of working time."""
    return [calendar_of(row) for row in calendars_for(request.actor).prefetch_related("days").order_by("name")[:500]]


@router.post("/calendars", **op("calendars", CalendarOut, status=201))
def add_calendar(request: Request, asked: CalendarAsked) -> Any:
    """A new calendar."""
    return calendar_read(request, commands.create_calendar(request.actor, **asked.told()).pk)


@router.get("/calendars/{int:calendar}", **op("calendar", CalendarOut))
def calendar(request: Request, calendar: Key) -> Any:
    """A calendar with its dates."""
    return calendar_read(request, calendar)


@router.put("/calendars/{int:calendar}", **op("calendar", CalendarOut))
def change_calendar(request: Request, calendar: Key, asked: CalendarAsked) -> Any:
    """Other hours."""
    commands.change_calendar(request.actor, calendar, **asked.told())
    return calendar_read(request, calendar)


@router.post("/calendars/{int:calendar}/days", **op("calendar-days", CalendarOut))
def day(request: Request, calendar: Key, asked: DayAsked) -> Any:
    """One date with hours of its own, or none of its own any more."""
    commands.set_calendar_day(request.actor, calendar, day=asked.day, hours=asked.hours)
    return calendar_read(request, calendar)
