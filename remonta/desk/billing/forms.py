"""What the money pages send. People type major units; commands take minor ones."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from remonta.billing.commands import Tender
from remonta.billing.queries import DeskShape, OrderMoney, PaymentRow
from remonta.billing.words import CASH_MOVES, CORRECTIONS, ENTRIES, PAID_BY, Method, Purpose
from remonta.kernel.money import Money, exponent

LARGEST = Decimal(10**12)
PURPOSES = [(purpose.value, purpose.label) for purpose in (Purpose.PAYMENT, Purpose.DEPOSIT)]


class AmountField(forms.DecimalField):
    """Major units of a currency as a person types them, with a comma or a point; cleaned to minor units."""

    def __init__(self, currency: str = "PLN", **more: Any) -> None:
        self.currency = currency
        least = more.pop("min_value", None)
        super().__init__(localize=True, max_value=LARGEST, min_value=least, decimal_places=exponent(currency), **more)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def to_python(self, value: Any) -> Any:
        text = value.strip().replace(" ", "").replace("\u00a0", "") if isinstance(value, str) else value
        return super().to_python(text.replace(",", ".") if isinstance(text, str) and "." not in text else text)

    def clean(self, value: Any) -> Any:
        major = super().clean(value)
        return None if major is None else Money.of(major, self.currency).minor


class OperationForm(forms.Form):
    """Every form whose effect happens once carries the id the page made for it."""

    operation = forms.UUIDField(widget=forms.HiddenInput)


class PayForm(OperationForm):
    """Taking money for an order. Without anything owed, it is a deposit.

    Which of them it is stands in the page that was shown: a click sent twice means the same, whatever is owed now.
    """

    purpose = forms.ChoiceField(choices=PURPOSES, required=False, widget=forms.HiddenInput)
    method = forms.ChoiceField(label=_("How"), widget=forms.RadioSelect)
    amount = AmountField(label=_("Amount"))
    desk = forms.ChoiceField(label=_("Cash desk"), required=False)
    tendered = AmountField(label=_("Cash given"), required=False)
    reference = forms.CharField(label=_("Reference"), max_length=120, required=False)

    def __init__(self, money: OrderMoney, desks: tuple[DeskShape, ...], *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        currency = money.total.currency
        for name in ("amount", "tendered"):
            self.fields[name].currency = currency  # type: ignore[attr-defined]
            self.fields[name].decimal_places = exponent(currency)  # type: ignore[attr-defined]
        with_credit = money.credit.minor > 0 or self.data.get("method") == Method.CREDIT
        ways = [way for way in PAID_BY if with_credit or way[0] != Method.CREDIT]
        self.fields["method"].choices = ways  # type: ignore[attr-defined]
        self.fields["purpose"].initial = (Purpose.PAYMENT if money.owed else Purpose.DEPOSIT).value
        self.fields["method"].initial = Method.CASH
        self.fields["desk"].choices = [(str(desk.uid), desk.name) for desk in desks]  # type: ignore[attr-defined]
        asked = money.owed or money.deposit
        self.fields["amount"].initial = asked.major if asked else None

    @property
    def is_deposit(self) -> bool:
        """Whether money is given ahead; a page that does not say so goes by what is owed."""
        return bool((self.cleaned_data["purpose"] or self.fields["purpose"].initial) == Purpose.DEPOSIT)

    def tender(self) -> Tender:
        """What is given, as the command takes it."""
        said = self.cleaned_data
        return Tender(
            method=said["method"],
            amount=said["amount"],
            desk_uid=UUID(said["desk"]) if said["desk"] else None,
            tendered=said["tendered"] if said["method"] == Method.CASH else None,
            reference=said["reference"],
        )


class RefundForm(OperationForm):
    """Giving back the way it came, or as credit."""

    amount = AmountField(label=_("Amount"))
    method = forms.ChoiceField(label=_("How"), widget=forms.RadioSelect)

    def __init__(self, payment: PaymentRow, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["amount"].currency = payment.amount.currency  # type: ignore[attr-defined]
        self.fields["amount"].initial = payment.left.major
        ways = [(payment.method, payment.method_label), (Method.CREDIT.value, _("keep as the customer’s credit"))]
        self.fields["method"].choices = ways if payment.method != Method.CREDIT else ways[1:]  # type: ignore[attr-defined]
        self.fields["method"].initial = payment.method


class SettleForm(OperationForm):
    """What the terminal's own list says of an unclear payment."""

    charged = forms.ChoiceField(
        label=_("What the terminal’s list says"),
        choices=[("yes", _("charged")), ("no", _("not charged"))],
        widget=forms.RadioSelect,
    )
    reference = forms.CharField(label=_("Number on the slip"), max_length=120, required=False)

    def said(self) -> dict[str, Any]:
        """As the command takes it."""
        return self.cleaned_data | {"charged": self.cleaned_data["charged"] == "yes"}


class OpenForm(OperationForm):
    """Opening a cash desk; without a count, with what was counted last."""

    counted = AmountField(label=_("In the drawer"), required=False, min_value=0)


class CloseForm(OperationForm):
    """The blind count at the end."""

    counted = AmountField(label=_("Counted in the drawer"), min_value=0)


class CashForm(OperationForm):
    """Cash in or out without a customer."""

    kind = forms.ChoiceField(label=_("What for"), choices=[(code, ENTRIES[code]) for code in CASH_MOVES])
    amount = AmountField(label=_("Amount"))


class DeskForm(forms.Form):
    """A cash desk and its card terminal."""

    name = forms.CharField(label=_("Name"), max_length=80)
    terminal = forms.CharField(
        label=_("Card terminal"),
        max_length=200,
        required=False,
        help_text=_("Its address, such as http://192.0.2.7:9100"),
    )


class CorrectForm(OperationForm):
    """Taking an invoice back."""

    reason = forms.ChoiceField(label=_("Why"), choices=list(CORRECTIONS.items()))
