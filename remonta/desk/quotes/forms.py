"""What the pages of quotes send. People type pieces and major units; commands take thousandths and minor ones."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from remonta.desk.billing.forms import AmountField, OperationForm
from remonta.kernel.money import QUANTITY_SCALE
from remonta.quotes.commands import LineAsked
from remonta.quotes.queries import QuoteShape

VARIANTS = [("necessary", _("necessary")), ("recommended", _("recommended"))]
MEANS = [("counter", _("at the counter")), ("phone", _("by phone"))]
MOST_PRICE = Decimal(10**9)


class NumberField(forms.DecimalField):
    """A number as a person types it, with a comma or a point."""

    def __init__(self, **more: Any) -> None:
        super().__init__(localize=True, **more)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def to_python(self, value: Any) -> Any:
        text = value.strip().replace(" ", "").replace("\u00a0", "") if isinstance(value, str) else value
        return super().to_python(text.replace(",", ".") if isinstance(text, str) and "." not in text else text)


class LineForm(forms.Form):
    """One line of a quote: a work or part of the catalogue, or words with a price of their own."""

    service_uid = forms.UUIDField(required=False, widget=forms.HiddenInput)
    part_uid = forms.UUIDField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(label=_("Work or part"), max_length=300)
    variant = forms.ChoiceField(label=_("Variant"), choices=VARIANTS)
    quantity = NumberField(
        label=_("Quantity"), min_value=Decimal("0.001"), max_value=10**6, decimal_places=3, initial=1
    )
    price = NumberField(label=_("Price"), min_value=0, max_value=MOST_PRICE, decimal_places=6, required=False)
    discount = AmountField(label=_("Discount"), required=False, min_value=0)

    def __init__(self, currency: str, *args: Any, may_price: bool = True, cost: str = "", **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["discount"].currency = currency  # type: ignore[attr-defined]
        self.cost = cost
        self.catalogued = bool(self["service_uid"].value() or self["part_uid"].value())
        if self.catalogued and not may_price:
            self.fields["price"].widget.attrs["readonly"] = True

    def asked(self) -> LineAsked:
        """As the command takes it."""
        said = self.cleaned_data
        return LineAsked(
            service_uid=said["service_uid"],
            part_uid=said["part_uid"],
            text=said["text"],
            variant=said["variant"],
            quantity=int(said["quantity"] * QUANTITY_SCALE),
            price=said["price"],
            discount=said["discount"] or 0,
        )


class QuoteForm(OperationForm):
    """What stands beside the lines."""

    note = forms.CharField(
        label=_("Note for the customer"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    ready_at = forms.DateTimeField(
        label=_("Ready by"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    valid_until = forms.DateField(
        label=_("Prices hold until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class AnswerForm(OperationForm):
    """The customer's answer as somebody heard it."""

    shown_hash = forms.CharField(max_length=64, widget=forms.HiddenInput)
    lines = forms.MultipleChoiceField(label=_("Approved lines"), required=False, widget=forms.CheckboxSelectMultiple)
    name = forms.CharField(label=_("Who decided"), max_length=200)
    means = forms.ChoiceField(label=_("How"), choices=MEANS, widget=forms.RadioSelect, initial="counter")
    reason = forms.CharField(label=_("Reason of a decline"), max_length=2000, required=False)

    def __init__(self, quote: QuoteShape, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["lines"].choices = [(str(line.uid), line.text) for line in quote.lines]  # type: ignore[attr-defined]
