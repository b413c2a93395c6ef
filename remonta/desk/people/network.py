"""Centres, groups, regions, legal entities and calendars."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remonta.desk.people import network_forms as forms
from remonta.desk.people.frame import form_page, with_tabs
from remonta.identity import commands
from remonta.identity.queries import (
    calendars_for,
    entities_for,
    groups_for,
    managed_centres,
    public_holidays,
    regions_for,
)
from remonta.kernel.refusals import NotPermitted
from remonta.web.answers import answer_form, back, go
from remonta.web.listing import Column, Listing, PageOf
from remonta.web.requests import Request


def narrow_centres(rows: QuerySet[Any], wanted: Mapping[str, Any], request: Request) -> QuerySet[Any]:
    if text := wanted.get("q"):
        rows = rows.filter(Q(name__icontains=text) | Q(code__iexact=text) | Q(city__icontains=text))
    if kind := wanted.get("kind"):
        rows = rows.filter(kind=kind)
    return rows.filter(archived_at__isnull=wanted.get("state") != "archived")


CENTRES = Listing(
    name="centres",
    title=gettext_lazy("Centres"),
    columns=(
        Column("name", gettext_lazy("Name"), sort="name"),
        Column("code", gettext_lazy("Code"), sort="code"),
        Column("kind", gettext_lazy("Kind"), value=lambda row: row.get_kind_display()),
        Column("city", gettext_lazy("City"), sort="city"),
        Column("region", gettext_lazy("Region"), value="region.name"),
        Column("entity", gettext_lazy("Legal entity"), value="legal_entity.name"),
        Column("phone", gettext_lazy("Phone"), kind="phone", shown=False),
    ),
    source=lambda request: managed_centres(request.actor).select_related("region", "legal_entity"),
    sort="name",
    page="desk/people/centres.html",
    filters=forms.CentresFilter,
    narrow=narrow_centres,
    url=PageOf("desk:centre"),
    context=with_tabs,
)
GROUPS = Listing(
    name="groups",
    title=gettext_lazy("Groups"),
    columns=(
        Column("name", gettext_lazy("Name"), sort="name"),
        Column("centre", gettext_lazy("Centre"), value="centre.name"),
        Column("lead", gettext_lazy("Lead"), value="lead.name"),
    ),
    source=lambda request: groups_for(request.actor).select_related("centre", "lead"),
    sort="name",
    page="desk/people/groups.html",
    filters=forms.GroupsFilter,
    narrow=lambda rows, wanted, _request: rows.filter(name__icontains=wanted.get("q", "")),
    url=PageOf("desk:group"),
    context=with_tabs,
)


def permit_network(request: Request) -> None:
    """Pages for making what belongs to the whole network are for who manages all of it."""
    if not request.actor.may_at("identity.manage_network", None):
        raise NotPermitted


def centres(request: Request) -> HttpResponse:
    return CENTRES.answer(request)


def new_centre(request: Request) -> HttpResponse:
    permit_network(request)
    return form_page(
        request,
        partial(forms.NewCentreForm, request=request),
        partial(commands.create_centre, request.actor),
        title=gettext_lazy("New centre"),
        then=back(request, reverse("desk:centres")),
    )


def centre(request: Request, centre: UUID) -> HttpResponse:
    """Address, hours and zone; its place in the network for who manages the whole of it."""
    kept = managed_centres(request.actor).get(uid=centre)
    make = partial(forms.CentreForm, request=request)
    initial = {name: getattr(kept, name, None) for name in make().fields}
    run = partial(commands.change_centre, request.actor, centre)
    return form_page(request, make, run, title=kept.name, then=request.path, initial=initial)


def groups(request: Request) -> HttpResponse:
    return GROUPS.answer(request)


def new_group(request: Request) -> HttpResponse:
    return form_page(
        request,
        partial(forms.NewGroupForm, request=request),
        partial(commands.create_group, request.actor),
        title=gettext_lazy("New group"),
        then=lambda group: reverse("desk:group", args=[group.uid]),
    )


def group(request: Request, group: UUID) -> HttpResponse:
    """Name, lead and members."""
    kept = groups_for(request.actor).select_related("centre", "lead").get(uid=group)
    if not request.actor.may("identity.manage_network", kept):
        raise NotPermitted
    return form_page(
        request,
        partial(forms.GroupForm, centre=kept.centre),
        partial(commands.change_group, request.actor, group),
        title=kept.name,
        then=request.path,
        initial={"name": kept.name, "lead_uid": kept.lead.uid if kept.lead else None},
        page="desk/people/group.html",
        group=kept,
        members=[member.account for member in kept.members.select_related("account").order_by("account__sort_name")],
        member_form=forms.MemberForm(centre=kept.centre),
    )


def member(request: Request, group: UUID, add: bool) -> HttpResponse:
    """Somebody joins or leaves."""
    run = partial(commands.add_member if add else commands.remove_member, request.actor, group)
    then = reverse("desk:group", args=[group])
    form = forms.AccountForm(request.POST)
    return answer_form(request, form, run, page="web/errors/400.html", then=then, say=_("Saved."))


def network(request: Request) -> HttpResponse:
    """Legal entities, regions and calendars on one page. Three statements."""
    context = {
        "entities": entities_for(request.actor).order_by("name")[:200],
        "regions": regions_for(request.actor).order_by("name")[:200],
        "calendars": calendars_for(request.actor).order_by("name")[:200],
        "whole": request.actor.may_at("identity.manage_network", None),
        **with_tabs(request),
    }
    return render(request, "desk/people/network.html", context)


def new_entity(request: Request) -> HttpResponse:
    permit_network(request)
    run = partial(commands.create_legal_entity, request.actor)
    then = back(request, reverse("desk:network"))
    return form_page(request, forms.NewEntityForm, run, title=_("New legal entity"), then=then)


def entity(request: Request, entity: UUID) -> HttpResponse:
    kept = entities_for(request.actor).get(uid=entity)
    run = partial(commands.change_legal_entity, request.actor, entity)
    initial = {name: getattr(kept, name) for name in forms.EntityForm.base_fields} | {
        "tax_rates": forms.rates_said(kept.tax_rates)
    }
    return form_page(request, forms.EntityForm, run, title=kept.name, then=reverse("desk:network"), initial=initial)


def new_region(request: Request) -> HttpResponse:
    permit_network(request)
    run = partial(commands.create_region, request.actor)
    return form_page(request, forms.RegionForm, run, title=_("New region"), then=reverse("desk:network"))


def region(request: Request, region: UUID) -> HttpResponse:
    kept = regions_for(request.actor).get(uid=region)
    run = partial(commands.change_region, request.actor, region)
    then, initial = reverse("desk:network"), {"name": kept.name}
    return form_page(request, forms.RegionForm, run, title=kept.name, then=then, initial=initial)


def new_calendar(request: Request) -> HttpResponse:
    permit_network(request)
    return form_page(
        request,
        forms.CalendarForm,
        partial(commands.create_calendar, request.actor),
        title=gettext_lazy("New calendar"),
        then=lambda made: back(request, reverse("desk:calendar", args=[made.pk])),
        initial=forms.week_said({str(day): [["09:00", "18:00"]] for day in range(5)}),
    )


def calendar(request: Request, calendar: int) -> HttpResponse:
    """The week, and single dates: holidays of the country and days of one's own."""
    kept = calendars_for(request.actor).get(pk=calendar)
    year = request.actor.now().year
    holidays = public_holidays(kept.country, kept.subdivision) if kept.country else {}
    own = kept.days.filter(day__year__gte=year).order_by("day")[:200]
    return form_page(
        request,
        forms.CalendarForm,
        partial(commands.change_calendar, request.actor, calendar),
        title=kept.name,
        then=request.path,
        initial={"name": kept.name, "country": kept.country, "subdivision": kept.subdivision}
        | forms.week_said(kept.week),
        page="desk/people/calendar.html",
        calendar=kept,
        days=[(day.day, forms.hours_said(day.hours)) for day in own],
        holidays=[(day, name) for day, name in forms.year_of(holidays, year)],
        day_form=forms.DayForm(),
    )


def calendar_day(request: Request, calendar: int) -> HttpResponse:
    """One date with hours of its own, or none of its own any more."""
    run = partial(commands.set_calendar_day, request.actor, calendar)
    then = reverse("desk:calendar", args=[calendar])
    form = forms.DayForm(request.POST)
    if not form.is_valid():
        return go(request, then, form.errors.as_text())
    return answer_form(request, form, run, page="web/errors/400.html", then=then, say=_("Saved."))
