"""Writes on the network: legal entities, regions, centres, groups and calendars."""

from datetime import date
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import available_timezones

from django.db import IntegrityError, models, transaction

from remonta.identity.commands.refusals import CodeTaken, HoursUnclear, MemberElsewhere, NameTaken, UnknownZone
from remonta.identity.facts import MemberAdded, MemberRemoved, PlaceChanged, PlaceCreated
from remonta.identity.models import (
    Account,
    CalendarDay,
    Centre,
    Group,
    GroupMember,
    LegalEntity,
    Region,
    WorkingCalendar,
)
from remonta.identity.queries import calendars_for, entities_for, groups_for, managed_centres, staff_at
from remonta.identity.queries.calendars import as_hours
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import NotPermitted, Refused
from remonta.spine.commands import command, record, record_first

MANAGE = "identity.manage_network"
M = TypeVar("M", bound=models.Model)


@command
def create_legal_entity(actor: Actor, *, name: str, country: str, currency: str, **terms: Any) -> LegalEntity:
    """Who signs invoices. Only for who manages the whole network."""
    _permit_network(actor)
    return _created(actor, LegalEntity(name=name, country=country.upper(), currency=currency.upper(), **terms))


@command
def change_legal_entity(actor: Actor, uid: UUID, **changes: Any) -> LegalEntity:
    """Currency and country stay: postings stand in them."""
    _permit_network(actor)
    kept = {name: value for name, value in changes.items() if name not in {"currency", "country"}}
    return _changed(actor, entities_for(actor).select_for_update().get(uid=uid), kept)


@command
def create_region(actor: Actor, *, name: str) -> Region:
    """A part of the network. Raises NameTaken."""
    _permit_network(actor)
    return _created(actor, Region(name=name), clash=NameTaken)


@command
def change_region(actor: Actor, uid: UUID, *, name: str) -> Region:
    """Raises NameTaken."""
    _permit_network(actor)
    return _changed(actor, Region.objects.select_for_update().get(uid=uid), {"name": name}, clash=NameTaken)


@command
def create_centre(
    actor: Actor, *, code: str, name: str, legal_entity_uid: UUID, region_uid: UUID | None = None, **columns: Any
) -> Centre:
    """A place that repairs, with its code for order numbers. Raises CodeTaken, UnknownZone."""
    _permit_network(actor)
    _check_zone(columns)
    entity = LegalEntity.objects.get(uid=legal_entity_uid)
    region = Region.objects.get(uid=region_uid) if region_uid else None
    columns.setdefault("country", entity.country)
    centre = Centre(code=code.upper(), name=name, legal_entity=entity, region=region, **columns)
    return _created(actor, centre, clash=CodeTaken)


@command
def change_centre(actor: Actor, uid: UUID, **changes: Any) -> Centre:
    """Changes name, address, zone, calendar of a centre one manages; its code stays, for numbers begin with it."""
    centre = managed_centres(actor).select_for_update(of=("self",)).get(uid=uid)
    _check_zone(changes)
    network = {"legal_entity", "region", "kind", "archived_at"} & changes.keys()
    if any(getattr(centre, name) != changes[name] for name in network):
        _permit_network(actor)
    return _changed(actor, centre, {name: value for name, value in changes.items() if name != "code"})


@command
def create_group(actor: Actor, *, centre_uid: UUID, name: str, lead_uid: UUID | None = None) -> Group:
    """A team of a centre. Raises NameTaken, MemberElsewhere."""
    centre = managed_centres(actor).get(uid=centre_uid)
    lead = _of_staff(centre, lead_uid) if lead_uid else None
    group = _created(actor, Group(centre=centre, name=name, lead=lead), clash=NameTaken)
    if lead:
        GroupMember.objects.create(group=group, account=lead)
        record(actor, group, MemberAdded(member_id=lead.pk))
    return group


@command
def change_group(actor: Actor, uid: UUID, *, name: str, lead_uid: UUID | None = None) -> Group:
    """Another name or lead. Raises NameTaken, MemberElsewhere."""
    group = _group(actor, uid)
    lead = _of_staff(group.centre, lead_uid) if lead_uid else None
    return _changed(actor, group, {"name": name, "lead": lead}, clash=NameTaken)


@command
def add_member(actor: Actor, uid: UUID, *, account_uid: UUID) -> Group:
    """Somebody of the centre joins the group. Raises MemberElsewhere."""
    group = _group(actor, uid)
    account = _of_staff(group.centre, account_uid)
    _member, new = GroupMember.objects.get_or_create(group=group, account=account)
    if new:
        record(actor, group, MemberAdded(member_id=account.pk))
    return group


@command
def remove_member(actor: Actor, uid: UUID, *, account_uid: UUID) -> Group:
    """Somebody leaves the group."""
    group = _group(actor, uid)
    account = Account.objects.get(uid=account_uid)
    if GroupMember.objects.filter(group=group, account=account).delete()[0]:
        record(actor, group, MemberRemoved(member_id=account.pk))
    return group


@command
def create_calendar(
    actor: Actor, *, name: str, week: dict[str, list[list[str]]], country: str = "", subdivision: str = ""
) -> WorkingCalendar:
    """Hours of the week as {"0": [["09:00", "18:00"]]}, Monday 0. Raises HoursUnclear."""
    _permit_network(actor)
    _check_week(week)
    return _created(actor, WorkingCalendar(name=name, week=week, country=country.upper(), subdivision=subdivision))


@command
def change_calendar(actor: Actor, calendar_id: int, **changes: Any) -> WorkingCalendar:
    """A calendar that serves other centres too is for who manages those as well. Raises HoursUnclear."""
    calendar = _calendar(actor, calendar_id)
    _check_week(changes.get("week", {}))
    return _changed(actor, calendar, changes)


@command
def set_calendar_day(actor: Actor, calendar_id: int, *, day: date, hours: list[list[str]] | None) -> WorkingCalendar:
    """Hours of one date; an empty list is a day off, None takes the exception away. Raises HoursUnclear."""
    calendar = _calendar(actor, calendar_id)
    if hours is None:
        CalendarDay.objects.filter(calendar=calendar, day=day).delete()
    else:
        _check_week({"0": hours})
        CalendarDay.objects.update_or_create(calendar=calendar, day=day, defaults={"hours": hours})
    record(actor, calendar, PlaceChanged(columns=("days",)))
    return calendar


def _permit_network(actor: Actor) -> None:
    if not actor.may_at(MANAGE, None):
        raise NotPermitted


def _group(actor: Actor, uid: UUID) -> Group:
    group = groups_for(actor).select_for_update(of=("self",)).select_related("centre").get(uid=uid)
    if not actor.may(MANAGE, group):
        raise NotPermitted
    return group


def _calendar(actor: Actor, calendar_id: int) -> WorkingCalendar:
    calendar = calendars_for(actor).select_for_update().get(pk=calendar_id)
    used = Centre.objects.filter(calendar=calendar).values_list("pk", flat=True)
    if not all(actor.may_at(MANAGE, centre_id) for centre_id in used):
        raise NotPermitted
    return calendar


def _of_staff(centre: Centre, uid: UUID) -> Account:
    account = staff_at(centre).filter(uid=uid).first()
    if account is None:
        raise MemberElsewhere
    return account


def _check_zone(columns: dict[str, Any]) -> None:
    zone = columns.get("timezone", "UTC")
    if zone not in available_timezones():
        raise UnknownZone(zone=zone)


def _check_week(week: dict[str, list[list[str]]]) -> None:
    for hours in week.values():
        try:
            flat = [at for span in as_hours(hours) for at in span]
        except (ValueError, TypeError) as error:
            raise HoursUnclear from error
        if flat != sorted(set(flat)):
            raise HoursUnclear


def _created(actor: Actor, row: M, clash: type[Refused] = NameTaken) -> M:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise clash from error
    record_first(actor, row, PlaceCreated())
    return row


def _changed(actor: Actor, row: M, changes: dict[str, Any], clash: type[Refused] = NameTaken) -> M:
    changed = tuple(sorted(name for name, value in changes.items() if getattr(row, name) != value))
    for name in changed:
        setattr(row, name, changes[name])
    if not changed:
        return row
    try:
        with transaction.atomic():
            row.save(update_fields=list(changed))
    except IntegrityError as error:
        raise clash from error
    record(actor, row, PlaceChanged(columns=changed))
    return row
