"""What the pages of returns to suppliers send."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from remonta.desk.buying.forms import CurrencyField, DecimalWord
from remonta.desk.warehouse.forms import QuantityField
from remonta.desk.warehouse.part_field import PartField
from remonta.kernel.money import Money
from remonta.kernel.texts import clean
from remonta.spine.queries import recognise
from remonta.stock.queries import places_for
from remonta.supply.queries import RETURN_REASONS, Supplier
from remonta.supply.workflow import ReturnState
from remonta.web.listing import ListFilter
from remonta.web.requests import Request


class BeginReturnForm(forms.Form):
    """To whom goods go back."""

    supplier = forms.ChoiceField(label=_("Supplier"))
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, suppliers: Iterable[Supplier], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["supplier"].choices = [(str(one.uid), one.name) for one in suppliers]  # type: ignore[attr-defined]


class StoreField(forms.CharField):
    """A place of a centre by its code or its scanned label; nothing typed is None."""

    def __init__(self, *, request: Request, centre_id: int, **more: Any) -> None:
        self.request, self.centre_id = request, centre_id
        look = forms.TextInput(attrs={"autocomplete": "off", "data-scan-field": "", "list": "places"})
        super().__init__(max_length=40, widget=look, **more)

    def clean(self, value: Any) -> Any:
        text = clean(super().clean(value))
        if not text:
            return None
        found = recognise(self.request.actor, text, ("place",))
        here = places_for(self.request.actor).filter(centre_id=self.centre_id, archived_at=None)
        known = here.filter(pk=found.id) if found and found.kind == "place" else here.filter(code__iexact=text)
        if (place := known.first()) is None:
            raise forms.ValidationError(_now("There is no such place here."))
        return place


class ReturnLineForm(forms.Form):
    """One more part that goes back."""

    quantity = QuantityField(label=_("How many"), max_length=12)
    reason = forms.ChoiceField(label=_("Reason"), choices=RETURN_REASONS)
    note = forms.CharField(label=_("What is wrong with it"), max_length=200, required=False)
    named = forms.CharField(
        label=_("Serial numbers or batch"),
        max_length=300,
        required=False,
        help_text=_("Of parts kept so; several numbers with commas."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-scan-field": ""}),
    )

    def __init__(self, *args: Any, request: Request, centre_id: int, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["part"] = PartField(request=request, label=_("Part"), help_text=_("Number, barcode or name."))
        where = {"label": _("Taken from"), "required": False, "help_text": _("Empty: where it lies.")}
        self.fields["place"] = StoreField(request=request, centre_id=centre_id, **where)
        self.order_fields(["part", "quantity", "reason", "place"])


class SendBackForm(forms.Form):
    courier = forms.CharField(label=_("Carrier"), max_length=80, required=False)
    tracking = forms.CharField(
        label=_("Tracking number"), max_length=80, required=False, widget=forms.TextInput(attrs={"data-scan-field": ""})
    )


class AnswerForm(forms.Form):
    """What the supplier says of what went back."""

    accepted = forms.TypedChoiceField(
        label=_("The supplier"),
        choices=[("1", _("takes it back")), ("0", _("refuses it"))],
        coerce=lambda text: text == "1",
        widget=forms.RadioSelect,
    )
    reference = forms.CharField(label=_("Supplier’s number of the case"), max_length=80, required=False)
    answer = forms.CharField(label=_("What it says"), max_length=200, required=False)


class CreditForm(forms.Form):
    amount = DecimalWord(label=_("Amount"), places=3)
    currency = CurrencyField(label=_("Currency"))
    reference = forms.CharField(label=_("Credit note"), max_length=80, required=False)

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or {}
        if sent.get("amount") is not None and "currency" in sent:
            sent["amount"] = Money.of(sent["amount"], sent["currency"]).minor
        return sent


class ArrivedForm(forms.Form):
    """Where what came is put."""

    def __init__(self, *args: Any, request: Request, centre_id: int, note: bool = True, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["place"] = StoreField(request=request, centre_id=centre_id, label=_("Into bin"))
        if note:
            self.fields["note_number"] = forms.CharField(label=_("Delivery note"), max_length=80, required=False)


class ReturnFilter(ListFilter):
    q = forms.CharField(label=_("Number"), max_length=20, widget=forms.SearchInput)
    supplier = forms.CharField(label=_("Supplier"), max_length=80, widget=forms.SearchInput)
    state = forms.ChoiceField(label=_("State"), choices=[("", _("any state")), *ReturnState.choices])
