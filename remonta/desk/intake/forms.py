"""The intake form: its order is the work's order."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from remonta.counter.commands import Intake, Repair, Which, Who
from remonta.kernel.money import Money

SHORT = forms.Textarea(attrs={"rows": 2})


class IntakeForm(forms.Form):
    """Customer, unit, fault, what came along, what was said. Nothing that can be known is asked."""

    operation = forms.UUIDField(widget=forms.HiddenInput)
    draft_uid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    customer_uid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    unit_uid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    request_uid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Customer’s name"), max_length=200, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    language = forms.ChoiceField(label=_("Customer’s language"), choices=settings.LANGUAGES, required=False)
    company = forms.BooleanField(label=_("A company"), required=False)
    product_uid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    serial = forms.CharField(label=_("Serial number or IMEI"), max_length=80, required=False)
    accept_odd_serial = forms.BooleanField(label=_("The serial number is right as it stands"), required=False)
    fault = forms.CharField(label=_("What is wrong, in the customer’s words"), max_length=20_000, widget=SHORT)
    looks = forms.CharField(label=_("Looks"), max_length=5_000, required=False, widget=SHORT)
    accessories = forms.CharField(label=_("Came along"), max_length=1_000, required=False)
    passcode = forms.CharField(label=_("Passcode"), max_length=100, required=False)
    preauthorised = forms.DecimalField(
        label=_("May be spent without asking"), min_value=0, max_digits=12, decimal_places=3, required=False
    )
    due_at = forms.DateTimeField(
        label=_("Ready by"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    route = forms.ChoiceField(label=_("Kind of order"), required=False)
    place_uid = forms.ChoiceField(label=_("Put it on"), required=False)

    def __init__(
        self,
        *args: Any,
        routes: Iterable[tuple[str, str]] = (),
        places: Iterable[tuple[str, str]] = (),
        currency: str = "EUR",
        **values: Any,
    ) -> None:
        super().__init__(*args, **values)
        self.currency = currency
        self.fields["route"].choices = list(routes)  # type: ignore[attr-defined]
        self.fields["place_uid"].choices = list(places)  # type: ignore[attr-defined]

    def who(self) -> Who:
        said = self.cleaned_data
        phones = tuple(filter(None, [said["phone"]]))
        kind = "company" if said["company"] else "person"
        same = {"name": said["name"], "email": said["email"], "language": said["language"]}
        return Who(uid=said["customer_uid"], kind=kind, phones=phones, **same)

    def which(self) -> Which:
        said = self.cleaned_data
        odd = said["accept_odd_serial"]
        return Which(
            uid=said["unit_uid"], product_uid=said["product_uid"], serial=said["serial"], accept_odd_serial=odd
        )

    def repair(self) -> Repair:
        said = self.cleaned_data
        spend = Money.of(said["preauthorised"] or Decimal(0), self.currency).minor
        more = {"request_uid": said["request_uid"], "due_at": said["due_at"], "route": said["route"] or "counter"}
        return Repair(fault=said["fault"], preauthorised=spend, **more)

    def intake(self, checks: Mapping[str, str]) -> Intake:
        said = self.cleaned_data
        return Intake(
            place_uid=said["place_uid"] or None,
            looks=said["looks"],
            accessories=tuple(filter(None, (one.strip() for one in said["accessories"].split(",")))),
            passcode=said["passcode"],
            checks=checks,
            draft_uid=said["draft_uid"],
        )
