"""What the call centre writes down while somebody talks."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from remonta.counter.commands import Repair, Talk, Which, Who
from remonta.desk.orders.forms import LONG, OperationForm
from remonta.kernel.money import Money
from remonta.orders.words import REFUSALS

OUTCOMES = (
    ("register", _("Repair: expect the unit")),
    ("lead", _("Only asked")),
    ("send_in", _("Will send it in")),
    ("wait", _("Call back later")),
    ("answered", _("Answered, nothing more")),
    ("refused", _("Refused")),
)
WHEN = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class TalkForm(OperationForm):
    """One screen: who, which unit, what is wrong, what was promised, how it ended."""

    call_uid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    request_uid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    customer_uid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    unit_uid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    product_uid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    language = forms.ChoiceField(label=_("Customer’s language"), choices=settings.LANGUAGES, required=False)
    serial = forms.CharField(label=_("Serial number"), max_length=80, required=False)
    device = forms.CharField(label=_("Device in words"), max_length=200, required=False)
    fault = forms.CharField(label=_("What is wrong"), max_length=20_000, widget=LONG)
    city = forms.CharField(label=_("City of the customer"), max_length=120, required=False)
    centre_uid = forms.ChoiceField(label=_("Centre"))
    price = forms.DecimalField(label=_("Price promised"), min_value=0, max_digits=12, decimal_places=3, required=False)
    ready_at = forms.DateTimeField(label=_("Ready by, as promised"), required=False, widget=WHEN)
    promise = forms.CharField(label=_("Promised in words"), max_length=2_000, required=False)
    answer = forms.CharField(label=_("Answer given"), max_length=20_000, required=False, widget=LONG)
    outcome = forms.ChoiceField(label=_("How it ended"), choices=OUTCOMES, widget=forms.RadioSelect)
    reason = forms.ChoiceField(label=_("Why refused"), choices=[("", ""), *REFUSALS.items()], required=False)
    address = forms.CharField(
        label=_("Address to which it goes back"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only if it is sent in."),
    )

    def __init__(self, *args: Any, centres: Any = (), currency: str = "EUR", **values: Any) -> None:
        super().__init__(*args, **values)
        self.currency = currency
        self.fields["centre_uid"].choices = list(centres)  # type: ignore[attr-defined]

    def who(self) -> Who:
        said = self.cleaned_data
        phones = tuple(filter(None, [said["phone"]]))
        return Who(
            uid=said["customer_uid"], name=said["name"], phones=phones, email=said["email"], language=said["language"]
        )

    def which(self) -> Which:
        said = self.cleaned_data
        return Which(uid=said["unit_uid"], product_uid=said["product_uid"], serial=said["serial"])

    def repair(self) -> Repair:
        said = self.cleaned_data
        more = {"request_uid": said["request_uid"], "due_at": said["ready_at"], "price": self.minor("price")}
        return Repair(fault=said["fault"], channel="call", promise=said["promise"], **more)

    def talk(self) -> Talk:
        said = self.cleaned_data
        same = {
            name: said[name]
            for name in ("fault", "outcome", "device", "product_uid", "answer", "promise", "reason", "address")
        }
        more = {"price": self.minor("price"), "ready_at": said["ready_at"], "wants_call": said["outcome"] == "wait"}
        return Talk(**same, **more)

    def minor(self, name: str) -> int | None:
        amount = self.cleaned_data[name]
        return None if amount is None else Money.of(amount, self.currency).minor


class PromiseForm(OperationForm):
    price = forms.DecimalField(label=_("Price promised"), min_value=0, max_digits=12, decimal_places=3, required=False)
    ready_at = forms.DateTimeField(label=_("Ready by, as promised"), required=False, widget=WHEN)
    note = forms.CharField(label=_("Promised in words"), max_length=2_000, required=False)


class RequestMoveForm(OperationForm):
    move = forms.ChoiceField(choices=[(name, name) for name in ("accept", "keep", "refuse", "close", "called")])
    reason = forms.ChoiceField(label=_("Why refused"), choices=[("", ""), *REFUSALS.items()], required=False)
    text = forms.CharField(max_length=20_000, required=False)
