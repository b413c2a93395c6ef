"""What the pages of centres, groups, entities and calendars send."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from remonta.desk.people.forms import zones
from remonta.identity.queries import CentreKind, calendars_for, entities_for, managed_centres, regions_for, staff_at
from remonta.web.listing import ListFilter
from remonta.web.requests import Request

DAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
ROUNDINGS = [("ROUND_HALF_UP", _("half up")), ("ROUND_HALF_EVEN", _("half to even")), ("ROUND_DOWN", _("down"))]


class CentresFilter(ListFilter):
    q = forms.CharField(label=_("Name, code or city"), widget=forms.TextInput(attrs={"type": "search"}))
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("all")), *CentreKind.choices])
    state = forms.ChoiceField(label=_("State"), choices=[("", _("open")), ("archived", _("archived"))])


class GroupsFilter(ListFilter):
    q = forms.CharField(label=_("Name"), widget=forms.TextInput(attrs={"type": "search"}))


class Choosing(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice among rows one may see, given as the row or as its uid."""

    def __init__(self, queryset: QuerySet[Any], *, as_uid: bool = False, **options: Any) -> None:
        self.as_uid = as_uid
        super().__init__(queryset.order_by("name"), to_field_name="uid" if as_uid else None, **options)

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        return chosen.uid if chosen is not None and self.as_uid else chosen


class CentreForm(forms.Form):
    """`request` decides about the choices, and whether the centre's place in the network is asked for."""

    name = forms.CharField(label=_("Name"), max_length=200)
    timezone = forms.ChoiceField(label=_("Time zone"), choices=zones, initial=settings.TIME_ZONE)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    city = forms.CharField(label=_("City"), max_length=120, required=False)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    latitude = forms.FloatField(label=_("Latitude"), min_value=-90, max_value=90, required=False)
    longitude = forms.FloatField(label=_("Longitude"), min_value=-180, max_value=180, required=False)

    def __init__(self, *args: Any, request: Request, **options: Any) -> None:
        super().__init__(*args, **options)
        self.add_choices(request)

    def add_choices(self, request: Request) -> None:
        calendars: QuerySet[Any] = calendars_for(request.actor)
        self.fields["calendar"] = Choosing(calendars, label=_("Working time"), required=False)
        if request.actor.may_at("identity.manage_network", None):
            regions: QuerySet[Any] = regions_for(request.actor)
            entities: QuerySet[Any] = entities_for(request.actor)
            self.fields["region"] = Choosing(regions, label=_("Region"), required=False)
            self.fields["legal_entity"] = Choosing(entities, label=_("Legal entity"))
            self.fields["kind"] = forms.ChoiceField(label=_("Kind"), choices=CentreKind.choices)


class NewCentreForm(CentreForm):
    code = forms.SlugField(label=_("Code"), max_length=6, help_text=_("Opens its order numbers, such as KRK-000123."))
    field_order = ["name", "code"]

    def add_choices(self, request: Request) -> None:
        super().add_choices(request)
        for name in ("legal_entity", "region"):
            self.fields.pop(name, None)
        entities, regions = entities_for(request.actor), regions_for(request.actor)
        self.fields["legal_entity_uid"] = Choosing(entities, as_uid=True, label=_("Legal entity"))
        self.fields["region_uid"] = Choosing(regions, as_uid=True, label=_("Region"), required=False)


class NewGroupForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)

    def __init__(self, *args: Any, request: Request, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["centre_uid"] = Choosing(managed_centres(request.actor), as_uid=True, label=_("Centre"))


class GroupForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)

    def __init__(self, *args: Any, centre: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["lead_uid"] = Choosing(staff_at(centre), as_uid=True, label=_("Lead"), required=False)


class MemberForm(forms.Form):
    def __init__(self, *args: Any, centre: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        staff: QuerySet[Any] = staff_at(centre)
        self.fields["account_uid"] = Choosing(staff, as_uid=True, label=_("Person"))


class AccountForm(forms.Form):
    account_uid = forms.UUIDField()


class RegionForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)


class EntityForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    tax_id = forms.CharField(label=_("Tax number"), max_length=40, required=False)
    address = forms.CharField(label=_("Address"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    bank_account = forms.CharField(label=_("Bank account"), max_length=60, required=False)
    tax_rates = forms.CharField(
        label=_("Tax rates"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line: a code and a fraction, such as “standard 0.23”."),
    )
    rounding = forms.ChoiceField(label=_("Rounding"), choices=ROUNDINGS)
    rounds_lines = forms.BooleanField(label=_("Each line is rounded"), required=False)
    cash_step = forms.IntegerField(label=_("Smallest coin, in hundredths"), min_value=1, max_value=1000, initial=1)

    def clean_tax_rates(self) -> dict[str, str]:
        rates = {}
        for line in self.cleaned_data["tax_rates"].splitlines():
            code, _blank, fraction = line.strip().partition(" ")
            if code:
                rates[code] = self.fraction(fraction)
        return rates

    def fraction(self, text: str) -> str:
        try:
            value = Decimal(text.strip())
        except InvalidOperation:
            value = Decimal(-1)
        if not 0 <= value < 1:
            raise forms.ValidationError(_("Write each rate as a fraction between 0 and 1, such as 0.23."))
        return str(value)


class NewEntityForm(EntityForm):
    country = forms.RegexField(r"^[A-Za-z]{2}$", label=_("Country"), help_text=_("Two letters, such as PL."))
    currency = forms.RegexField(r"^[A-Za-z]{3}$", label=_("Currency"), help_text=_("Three letters, such as PLN."))
    field_order = ["name", "country", "currency"]


class HoursField(forms.CharField):
    """`09:00-13:00, 14:00-18:00` as pairs; empty is no work."""

    def clean(self, value: Any) -> list[list[str]]:
        text = str(super().clean(value)).replace("–", "-")
        return [[end.strip() for end in span.split("-")] for span in text.split(",") if span.strip()]


class CalendarForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    country = forms.RegexField(
        r"^[A-Za-z]{2}$",
        label=_("Public holidays of the country"),
        required=False,
        help_text=_("Two letters, such as PL; empty for none."),
    )
    subdivision = forms.CharField(label=_("Part of the country"), max_length=10, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for number, label in enumerate(DAYS):
            self.fields[f"day_{number}"] = HoursField(label=label, max_length=80, required=False)
        self.fields["day_0"].help_text = _("Such as 09:00-13:00, 14:00-18:00; empty for a day off.")

    def clean(self) -> dict[str, Any]:
        kept = {name: value for name, value in self.cleaned_data.items() if not name.startswith("day_")}
        days = {str(number): self.cleaned_data.get(f"day_{number}") or [] for number in range(7)}
        return kept | {"week": {day: hours for day, hours in days.items() if hours}}


class DayForm(forms.Form):
    day = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}))
    hours = HoursField(label=_("Hours"), max_length=80, required=False, help_text=_("Empty for a day off."))
    drop = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        dropped = self.cleaned_data.get("drop")
        return {"day": self.cleaned_data.get("day"), "hours": None if dropped else self.cleaned_data.get("hours")}


def hours_said(hours: list[list[str]]) -> str:
    return ", ".join("-".join(span) for span in hours)


def week_said(week: Mapping[str, list[list[str]]]) -> dict[str, str]:
    return {f"day_{day}": hours_said(hours) for day, hours in week.items()}


def rates_said(rates: Mapping[str, str]) -> str:
    return "\n".join(f"{code} {fraction}" for code, fraction in rates.items())


def year_of(holidays: Any, year: int) -> Iterator[tuple[date, str]]:
    """The public holidays of one year, in order."""
    day = date(year, 1, 1)
    while day.year == year:
        if day in holidays:
            yield day, str(holidays[day])
        day += timedelta(days=1)
