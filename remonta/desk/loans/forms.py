"""What the pages of loaners send. People type major units; commands take minor ones."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from remonta.billing.commands import AmountMissing, Tender
from remonta.billing.queries import DeskShape
from remonta.billing.words import PAID_BY, Method
from remonta.desk.billing.forms import AmountField, OperationForm
from remonta.desk.warehouse.forms import PlaceChoice
from remonta.kernel.money import exponent
from remonta.stock.commands import CameBack, LoanerSaid
from remonta.stock.queries import Loaner, LoanShape, Place
from remonta.stock.workflow import LoanerState
from remonta.web.listing import ListFilter
from remonta.web.templatetags.formats import money

SAME_WAY = ""


class LoanersFilter(ListFilter):
    q = forms.CharField(label=_("Name or serial number"), max_length=80, widget=forms.SearchInput)
    state = forms.ChoiceField(
        label=_("State"), choices=[("", pgettext_lazy("loaners", "in the pool")), *LoanerState.choices]
    )
    late = forms.BooleanField(label=_("Overdue"))


class LinesField(forms.CharField):
    """One thing a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> Any:
        return [line for line in super().clean(value).splitlines() if line.strip()]


class MoneyForm(OperationForm):
    """A form whose amounts are in one currency."""

    def __init__(self, *args: Any, currency: str, **values: Any) -> None:
        super().__init__(*args, **values)
        for field in self.fields.values():
            if isinstance(field, AmountField):
                field.currency, field.decimal_places = currency, exponent(currency)


class LoanerForm(MoneyForm):
    """What is said of a loaner; the place only for a unit that is not in our hands yet."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("By which everybody knows it, such as Loaner 3.")
    )
    condition = forms.CharField(label=_("Condition"), max_length=300, required=False)
    accessories = LinesField(label=_("Accessories"), required=False, help_text=_("One a line, such as charger."))
    value = AmountField(label=_("Value"), required=False, min_value=0)
    deposit = AmountField(label=_("Deposit asked for it"), required=False, min_value=0)
    place_uid = PlaceChoice(label=_("Put to"), required=False)

    def __init__(self, *args: Any, places: Iterable[Place] | None = None, **values: Any) -> None:
        super().__init__(*args, **values)
        place = self.fields["place_uid"]
        assert isinstance(place, PlaceChoice)
        if places is None:
            del self.fields["place_uid"]
        else:
            place.offer(places, ("", gettext("it is here already")))

    def said(self) -> LoanerSaid:
        """As the commands take it."""
        said: dict[str, Any] = {name: self.cleaned_data[name] for name in ("name", "condition", "accessories")}
        worth: dict[str, Any] = {name: self.cleaned_data[name] or 0 for name in ("value", "deposit")}
        return LoanerSaid(**said, **worth)


class DepositForm(MoneyForm):
    """Taking the deposit of a loaner."""

    amount = AmountField(label=_("Deposit"), required=False, min_value=0)
    method = forms.ChoiceField(label=_("How"), choices=PAID_BY, widget=forms.RadioSelect, initial=Method.CASH.value)
    desk = forms.ChoiceField(label=_("Cash desk"), required=False)
    tendered = AmountField(label=_("Cash given"), required=False)
    reference = forms.CharField(label=_("Reference"), max_length=120, required=False)

    def __init__(self, *args: Any, desks: Sequence[DeskShape], **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["desk"].choices = [(str(one.uid), one.name) for one in desks]  # type: ignore[attr-defined]

    def tender(self, usual: int = 0) -> Tender | None:
        """What is given, in minor units; `usual` where the amount was left empty, None for nothing."""
        said = self.cleaned_data
        amount = usual if said.get("amount") is None else said["amount"]
        if not amount:
            return None
        desk = UUID(said["desk"]) if said["desk"] else None
        tendered = said["tendered"] if said["method"] == Method.CASH else None
        return Tender(
            method=said["method"], amount=amount, desk_uid=desk, tendered=tendered, reference=said["reference"]
        )

    def asked(self) -> Tender:
        """What is given, where something has to be. Raises AmountMissing."""
        if (found := self.tender()) is None:
            raise AmountMissing
        return found


class LendForm(DepositForm):
    """Which loaner, until when, and against which deposit; without the right to take money, against none."""

    loaner = forms.ChoiceField(label=_("Loaner"))
    due_on = forms.DateField(label=_("To be back on"), widget=forms.DateInput(attrs={"type": "date"}))
    field_order = ("operation", "loaner", "due_on", "amount", "method", "desk", "tendered", "reference")

    def __init__(self, *args: Any, free: Iterable[Loaner], may_take: bool, **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["loaner"].choices = [(str(one.uid), _said(one)) for one in free]  # type: ignore[attr-defined]
        self.fields["amount"].help_text = gettext("Left empty: as asked for this loaner. 0: none.")
        if not may_take:
            for name in ("amount", "method", "desk", "tendered", "reference"):
                del self.fields[name]


class UntilForm(OperationForm):
    """Another day on which the loaner is to be back."""

    due_on = forms.DateField(label=_("To be back on"), widget=forms.DateInput(attrs={"type": "date"}))


class BackForm(MoneyForm):
    """How the loaner came back, and what of the deposit is kept."""

    place_uid = PlaceChoice(label=_("Put to"))
    condition = forms.CharField(label=_("Condition"), max_length=300, required=False)
    missing = forms.MultipleChoiceField(label=_("What is missing"), required=False, widget=forms.CheckboxSelectMultiple)
    damaged = forms.BooleanField(label=_("It is damaged"), required=False)
    keep = AmountField(label=_("Kept of the deposit"), required=False, min_value=0)
    way = forms.ChoiceField(label=_("The rest of the deposit goes back"), required=False, widget=forms.RadioSelect)
    desk = forms.ChoiceField(label=_("Cash desk"), required=False)

    def __init__(
        self,
        *args: Any,
        loan: LoanShape,
        places: Iterable[Place],
        desks: Sequence[DeskShape],
        held: bool,
        **values: Any,
    ) -> None:
        super().__init__(*args, currency=loan.deposit.currency, **values)
        place = self.fields["place_uid"]
        assert isinstance(place, PlaceChoice)
        place.offer(places)
        self.fields["missing"].choices = [(one, one) for one in loan.accessories]  # type: ignore[attr-defined]
        ways = [(SAME_WAY, gettext("the way it came")), (Method.CREDIT.value, gettext("keep as the customer’s credit"))]
        self.fields["way"].choices = ways  # type: ignore[attr-defined]
        self.fields["desk"].choices = [  # type: ignore[attr-defined]
            ("", gettext("the same as it was paid at")),
            *((str(one.uid), one.name) for one in desks),
        ]
        gone = () if loan.accessories else ("missing",)
        for name in (*gone, *(() if held else ("keep", "way", "desk"))):
            del self.fields[name]

    def said(self) -> dict[str, Any]:
        """As the command takes it."""
        said = self.cleaned_data
        back = CameBack(
            place_uid=said["place_uid"],
            condition=said["condition"],
            missing=said.get("missing", ()),
            damaged=said["damaged"],
        )
        desk = UUID(said["desk"]) if said.get("desk") else None
        return {"back": back, "keep": said.get("keep") or 0, "way": said.get("way", ""), "desk_uid": desk}


class LetGoForm(OperationForm):
    """Why the order may go on although its loaner is not back."""

    reason = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


def _said(loaner: Loaner) -> str:
    """A loaner in a choice: name, model, serial number, and the deposit asked."""
    deposit = f" · {money(loaner.deposit_asked)}" if loaner.deposit else ""
    return f"{loaner.name} · {loaner.unit.product} {loaner.unit}{deposit}"
