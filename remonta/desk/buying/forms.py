"""What the purchaser's pages send."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from remonta.desk.warehouse.forms import QuantityField
from remonta.desk.warehouse.part_field import PartField
from remonta.identity.queries import languages
from remonta.kernel.money import Money
from remonta.supply.queries import COST_KINDS, SHARED_BY, RateEntity
from remonta.supply.workflow import PurchaseState
from remonta.web.listing import ListFilter
from remonta.web.requests import Request

WHICH = [("", _("in use")), ("archived", _("archived")), ("all", _("all"))]
DAY = {"type": "date"}


class DecimalWord(forms.CharField):
    """A number as people type it, with a point or a comma; nothing typed is None. At most `places` decimals."""

    def __init__(self, *, places: int = 6, **more: Any) -> None:
        self.places = places
        super().__init__(max_length=20, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **more)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            found = Decimal(text.replace(",", ".").replace("\u00a0", "").replace(" ", ""))
        except ArithmeticError as error:
            raise forms.ValidationError(_now("Type a number such as 12.50.")) from error
        if not found.is_finite() or abs(found) >= 10**9 or found != round(found, self.places):
            raise forms.ValidationError(_now("Type a number such as 12.50."))
        return found


class CurrencyField(forms.CharField):
    """The three letters of a currency."""

    def __init__(self, **more: Any) -> None:
        look = forms.TextInput(attrs={"autocomplete": "off", "maxlength": "3"})
        super().__init__(max_length=3, min_length=3, widget=look, **more)

    def clean(self, value: Any) -> Any:
        return super().clean(value).upper()


class SupplierFilter(ListFilter):
    q = forms.CharField(label=_("Name"), max_length=80, widget=forms.SearchInput)
    which = forms.ChoiceField(label=_("Which"), choices=WHICH)


class SupplierForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    currency = CurrencyField(label=_("Currency"), help_text=_("Three letters, such as EUR or CNY."))
    lead_days = forms.IntegerField(label=_("Lead time in days"), min_value=0, max_value=1000, initial=0)
    warranty_months = forms.IntegerField(
        label=_("Warranty in months"),
        min_value=0,
        max_value=240,
        initial=0,
        required=False,
        help_text=_("For how long it answers for what it delivers."),
    )
    minimum = DecimalWord(
        label=_("Smallest order"), places=3, required=False, help_text=_("In the supplier’s currency.")
    )
    contact = forms.CharField(label=_("Contact person"), max_length=200, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False, help_text=_("Orders are sent to it."))
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    our_number = forms.CharField(label=_("Our customer number there"), max_length=40, required=False)
    tax_id = forms.CharField(label=_("Tax number"), max_length=40, required=False)
    language = forms.ChoiceField(label=_("Language of orders"), choices=languages)
    address = forms.CharField(label=_("Address"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    notes = forms.CharField(label=_("Notes"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or {}
        if "currency" in sent and "minimum" in sent:
            sent["minimum"] = Money.of(sent["minimum"] or Decimal(0), sent["currency"]).minor
        return sent


class TermsForm(forms.Form):
    """At which terms a supplier sells a part."""

    number = forms.CharField(label=_("Supplier’s number"), max_length=80, required=False)
    price = DecimalWord(label=_("Price for one"), required=False)
    currency = CurrencyField(label=_("Currency"))
    minimum = QuantityField(label=_("Smallest lot"), max_length=12, initial="1")
    multiple = QuantityField(label=_("In steps of"), max_length=12, initial="1")
    lead_days = forms.IntegerField(
        label=_("Lead time in days"),
        min_value=0,
        max_value=1000,
        required=False,
        help_text=_("Empty: the supplier’s own."),
    )
    warranty_months = forms.IntegerField(
        label=_("Warranty in months"),
        min_value=0,
        max_value=240,
        required=False,
        help_text=_("Empty: the supplier’s own."),
    )


class SupplierPartForm(TermsForm):
    field_order = ("part",)

    def __init__(self, *args: Any, request: Request, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["part"] = PartField(request=request, label=_("Part"), help_text=_("Number, barcode or name."))
        self.order_fields(["part"])


class SoldPartForm(TermsForm):
    archived = forms.BooleanField(label=_("No longer sold there"), required=False)


class RateForm(forms.Form):
    entity = forms.ChoiceField(label=_("Legal entity"))
    currency = CurrencyField(label=_("Foreign currency"))
    day = forms.DateField(label=pgettext_lazy("day", "From"), widget=forms.DateInput(attrs=DAY))
    rate = DecimalWord(label=_("One unit is worth"), places=8)

    def __init__(self, *args: Any, entities: tuple[RateEntity, ...], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["entity"].choices = entity_choices(entities)  # type: ignore[attr-defined]


class RatesFileForm(forms.Form):
    entity = forms.ChoiceField(label=_("Legal entity"))
    file = forms.FileField(label=_("Table"), help_text=_("CSV with three columns: date, currency, rate."))

    def __init__(self, *args: Any, entities: tuple[RateEntity, ...], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["entity"].choices = entity_choices(entities)  # type: ignore[attr-defined]


class RequestForm(forms.Form):
    """What somebody asks purchasing for."""

    field_order = ("part", "quantity", "wanted_by", "reason")
    quantity = QuantityField(label=_("How many"), max_length=12)
    wanted_by = forms.DateField(label=_("Wanted by"), required=False, widget=forms.DateInput(attrs=DAY))
    reason = forms.CharField(label=_("What for"), max_length=200, required=False)

    def __init__(self, *args: Any, request: Request, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["part"] = PartField(request=request, label=_("Part"), help_text=_("Number, barcode or name."))
        self.order_fields(["part"])


class AddLineForm(forms.Form):
    """One more part onto an order."""

    quantity = QuantityField(label=_("How many"), max_length=12)

    def __init__(self, *args: Any, request: Request, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["part"] = PartField(request=request, label=_("Part"))
        self.order_fields(["part"])


class LineForm(forms.Form):
    quantity = QuantityField(max_length=12, required=False)
    price = DecimalWord(required=False)


class SendForm(forms.Form):
    email = forms.EmailField(label=_("To"))
    message = forms.CharField(
        label=_("Message"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )


class PurchaseFilter(ListFilter):
    q = forms.CharField(label=_("Number"), max_length=20, widget=forms.SearchInput)
    supplier = forms.CharField(label=_("Supplier"), max_length=80, widget=forms.SearchInput)
    state = forms.ChoiceField(label=_("State"), choices=[("", _("any state")), *PurchaseState.choices])


class NoteForm(forms.Form):
    note_number = forms.CharField(label=_("Delivery note"), max_length=80, required=False)
    complete = forms.BooleanField(label=_("Nothing more is to come"), required=False)


class CostForm(forms.Form):
    """A cost of getting a delivery here."""

    kind = forms.ChoiceField(label=_("What for"), choices=COST_KINDS)
    amount = DecimalWord(label=_("Amount"), places=3, help_text=_("A negative amount puts an earlier one right."))
    currency = CurrencyField(label=_("Currency"))
    shared_by = forms.ChoiceField(label=_("Shared over the lines"), choices=SHARED_BY)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or {}
        if sent.get("amount") is not None and "currency" in sent:
            sent["amount"] = Money.of(sent["amount"], sent["currency"]).minor
        return sent


class RateFilter(ListFilter):
    currency = forms.CharField(label=_("Currency"), max_length=3, widget=forms.SearchInput)


def entity_choices(entities: tuple[RateEntity, ...]) -> list[tuple[str, str]]:
    return [(str(one.uid), f"{one.name} ({one.currency})") for one in entities]
