"""What the pages of couriers send. People type kilograms and centimetres; commands take grams and millimetres."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from remonta.identity.queries import centres_for, staff_at
from remonta.kernel.actor import Actor
from remonta.logistics.commands.couriers import Parcel, Party, Wanted
from remonta.logistics.queries.couriers import (
    NEEDS,
    CourierAccount,
    DriverCode,
    ShipmentState,
    accounts_for,
    to_be_driven,
)
from remonta.web.listing import ListFilter

PARTY = ("name", "company", "phone", "email", "street", "building", "postcode", "city", "country")
SECRET_LABELS = {
    "token": _("Access token"),
    "organization": _("Number of the organization"),
    "client_id": _("Account (client id)"),
    "client_secret": _("Secure password (client secret)"),
    "tariff": _("Tariff code"),
}


class ShipmentFilter(ListFilter):
    q = forms.CharField(label=_("Number, tracking number or receiver"), max_length=80, widget=forms.SearchInput)
    state = forms.ChoiceField(label=_("State"), choices=[("", _("any")), *ShipmentState.choices])
    late = forms.BooleanField(label=_("Overdue"))


class KilogramsField(forms.DecimalField):
    """Kilograms as a person types them, with a comma or a point."""

    def __init__(self, **more: Any) -> None:
        bounds: dict[str, Any] = {"min_value": Decimal("0.001"), "max_value": 1000, "decimal_places": 3}
        super().__init__(widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}), **bounds, **more)

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.strip().replace(",", ".") if isinstance(value, str) else value)


class PartyForm(forms.Form):
    """A party's address in single fields, as couriers want it."""

    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    company = forms.CharField(label=_("Company"), max_length=120, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    street = forms.CharField(label=_("Street"), max_length=120, required=False)
    building = forms.CharField(label=_("Building and flat"), max_length=40, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=20, required=False)
    city = forms.CharField(label=_("City"), max_length=120, required=False)
    country = forms.RegexField(r"^([A-Za-z]{2})?$", label=_("Country (two letters)"), max_length=2, required=False)

    def party(self) -> Party:
        """The party as typed."""
        said = {field: self.cleaned_data.get(field) or "" for field in PARTY}
        return Party(**{**said, "country": said["country"].upper()})


class ShipmentForm(PartyForm):
    """What is to be carried: by whom, to whom, how heavy and how big each piece is."""

    courier = forms.ModelChoiceField(CourierAccount.objects.none(), label=_("Courier"), to_field_name="uid")
    point = forms.CharField(
        label=_("Pick-up point"),
        max_length=40,
        required=False,
        help_text=_("Its code, such as KRA010; else to the door."),
    )
    pieces = forms.IntegerField(label=_("Pieces"), min_value=1, max_value=99, initial=1)
    weight = KilogramsField(label=_("Weight of each piece, kg"))
    length = forms.IntegerField(label=_("Length, cm"), min_value=0, max_value=500, required=False)
    width = forms.IntegerField(label=_("Width, cm"), min_value=0, max_value=500, required=False)
    height = forms.IntegerField(label=_("Height, cm"), min_value=0, max_value=500, required=False)
    contents = forms.CharField(label=_("Contents"), max_length=120, required=False)
    service = forms.CharField(
        label=_("Service or tariff"), max_length=40, required=False, help_text=_("Only if another than the account’s.")
    )
    order = forms.UUIDField(required=False, widget=forms.HiddenInput)
    batch = forms.UUIDField(required=False, widget=forms.HiddenInput)
    parcel = forms.UUIDField(required=False, widget=forms.HiddenInput)
    field_order = ("courier", *PARTY, "point", "pieces", "weight", "length", "width", "height", "contents", "service")

    def __init__(self, *args: Any, actor: Actor, centre_id: int | None, **values: Any) -> None:
        super().__init__(*args, **values)
        accounts = accounts_for(actor).order_by("name")
        courier = self.fields["courier"]
        assert isinstance(courier, forms.ModelChoiceField)
        courier.queryset = accounts.filter(centre_id=centre_id) if centre_id else accounts

    def wanted(self, subject: str = "", subject_id: int | None = None) -> Wanted:
        """As the command takes it."""
        said = self.cleaned_data
        sides = {side: (said.get(side) or 0) * 10 for side in ("length", "width", "height")}
        piece = Parcel(weight=int(said["weight"] * 1000), **sides)
        return Wanted(
            receiver=self.party(),
            parcels=(piece,) * said["pieces"],
            point=said["point"],
            contents=said["contents"],
            service=said["service"],
            work_order_uid=said["order"],
            subject=subject,
            subject_id=subject_id,
        )


class SettleForm(forms.Form):
    booked = forms.ChoiceField(
        label=_("What the courier says"),
        choices=[("yes", _("It is booked")), ("no", _("It is not booked"))],
        widget=forms.RadioSelect,
    )
    outside_number = forms.CharField(label=_("Number at the courier"), max_length=60, required=False)
    tracking_number = forms.CharField(label=_("Tracking number"), max_length=60, required=False)


class CourierForm(forms.Form):
    """An account. Secrets are typed anew or left empty; they are never shown."""

    name = forms.CharField(label=_("Name of the account"), max_length=120)
    url = forms.CharField(
        label=_("Address"), max_length=200, required=False, help_text=_("Empty: the one the courier has published.")
    )
    service = forms.CharField(label=_("Service or tariff"), max_length=40, required=False)

    def __init__(self, *args: Any, driver: str, known: tuple[str, ...] = (), **values: Any) -> None:
        super().__init__(*args, **values)
        needs = NEEDS[DriverCode(driver)]
        for secret in needs.secrets:
            self.fields[f"secret_{secret}"] = forms.CharField(
                label=SECRET_LABELS.get(secret, secret),
                max_length=300,
                required=secret in needs.required and secret not in known,
                help_text=_("Kept; type another one to change it.") if secret in known else "",
                widget=forms.PasswordInput({"autocomplete": "off"}),
            )
        for field in PARTY:
            made = PartyForm.base_fields[field]
            self.fields[f"sender_{field}"] = made.__class__(**_like(made))

    def said(self) -> dict[str, Any]:
        """As the commands take it."""
        data = self.cleaned_data
        sender = {field: data.get(f"sender_{field}") or "" for field in PARTY}
        secrets = {name.removeprefix("secret_"): data[name] for name in data if name.startswith("secret_")}
        party = Party(**{**sender, "country": sender["country"].upper()})
        return {name: data[name] for name in ("name", "url", "service")} | {"sender": party, "secrets": secrets}


def _like(field: Any) -> dict[str, Any]:
    label = _("Sender: %(field)s") % {"field": field.label}
    same = {"label": label, "required": False, "max_length": field.max_length}
    return same | ({"regex": r"^([A-Za-z]{2})?$"} if isinstance(field, forms.RegexField) else {})


class RoundForm(forms.Form):
    """Who drives on which day, with which shipments."""

    driver_uid = forms.ChoiceField(label=_("Driver"))
    day = forms.DateField(label=_("Day"), widget=forms.DateInput({"type": "date"}))
    shipments = forms.MultipleChoiceField(label=_("Shipments"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, actor: Actor, centre_id: int, **values: Any) -> None:
        super().__init__(*args, **values)
        people = staff_at(centres_for(actor).get(pk=centre_id)).order_by("sort_name")
        choices(self, "driver_uid", [(str(person.uid), person.name) for person in people])
        choices(self, "shipments", waiting(actor, centre_id))


class Chosen(forms.MultipleChoiceField):
    """Any shipments: what was offered may be on the round by now, which the command answers or refuses in words."""

    def valid_value(self, value: Any) -> bool:
        try:
            return bool(UUID(str(value)))
        except ValueError:
            return False


class StopsForm(forms.Form):
    shipments = Chosen(label=_("Shipments"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, actor: Actor, centre_id: int, **values: Any) -> None:
        super().__init__(*args, **values)
        choices(self, "shipments", waiting(actor, centre_id))


class StopForm(forms.Form):
    """What a driver marks. The signature comes from the drawn box."""

    signed_by = forms.CharField(max_length=120, required=False)
    failed = forms.CharField(max_length=200, required=False)


def choices(form: forms.Form, name: str, offered: list[tuple[str, str]]) -> None:
    """Sets what a choice offers."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = offered


def waiting(actor: Actor, centre_id: int) -> list[tuple[str, str]]:
    """Shipments of the centre that are on no round yet."""
    rows = to_be_driven(actor, centre_id)[:200]
    return [(str(row.uid), f"{row.number} · {_to(row.receiver)}") for row in rows]


def _to(receiver: dict[str, str]) -> str:
    party = Party.of(receiver)
    return ", ".join(filter(None, (party.name or party.company, party.address)))
