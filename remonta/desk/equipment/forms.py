"""What the pages of units send."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from remonta.catalogue.queries import categories, products_for
from remonta.equipment.workflow import UnitState
from remonta.kernel.texts import sort_key
from remonta.web.listing import ListFilter

LINKS = [
    ("part_of", _("is part of it")),
    ("replaced_by", _("was replaced by it")),
    ("loaned_for", _("is lent for it")),
]
REASONS = [
    ("scrapped", _("scrapped")),
    ("lost", _("lost")),
    ("sold", _("left our customers")),
    ("other", _("another reason")),
]
DATE = {"type": "date"}


class UnitFilter(ListFilter):
    q = forms.CharField(label=_("Serial number, tag or model"), widget=forms.TextInput(attrs={"type": "search"}))
    category = forms.ChoiceField(label=_("Kind"))
    state = forms.ChoiceField(label=_("State"), choices=[("", _("any")), *UnitState.choices])

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        kinds = [(str(one.id), one.name) for one in categories(self.request.actor.language)]
        self.fields["category"].choices = [("", _("all")), *kinds]  # type: ignore[attr-defined]


class SaleFilter(ListFilter):
    q = forms.CharField(label=_("Serial number or document"), widget=forms.TextInput(attrs={"type": "search"}))
    customer = forms.CharField(label=_("Customer"), widget=forms.TextInput(attrs={"type": "search"}))
    product = forms.CharField(label=_("Model"), widget=forms.TextInput(attrs={"type": "search"}))
    since = forms.DateField(label=pgettext_lazy("day", "From"), widget=forms.DateInput(attrs=DATE))
    until = forms.DateField(label=pgettext_lazy("day", "Until"), widget=forms.DateInput(attrs=DATE))
    made = forms.ChoiceField(
        label=_("Unit"), choices=[("", _("any")), ("yes", _("registered")), ("no", _("not registered yet"))]
    )


class UnitForm(forms.Form):
    """`request` is asked for the models there are."""

    product = forms.CharField(
        label=_("Model"),
        max_length=300,
        widget=forms.TextInput(attrs={"list": "models", "autocomplete": "off"}),
        help_text=_("Brand and model as in the catalogue."),
    )
    serial = forms.CharField(
        label=_("Serial number"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"data-scan-field": "", "autocomplete": "off"}),
        help_text=_("Without one it gets a tag of ours."),
    )
    accept_odd_serial = forms.BooleanField(label=_("The number is right as it is written"), required=False)
    second_serial = forms.CharField(label=_("Second serial number or IMEI"), max_length=80, required=False)
    sold_on = forms.DateField(label=_("Sold on"), required=False, widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"))
    warranty_until = forms.DateField(
        label=_("Warranty until"), required=False, widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d")
    )
    quantity = forms.IntegerField(label=_("Quantity"), min_value=1, max_value=100_000, initial=1)
    batch = forms.CharField(label=_("Batch"), max_length=60, required=False)
    note = forms.CharField(label=_("Note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, request: Any, **more: Any) -> None:
        self.request = request
        super().__init__(*args, **more)

    def clean(self) -> dict[str, Any]:
        """The model by its full name; what is written otherwise is not guessed."""
        values = super().clean() or {}
        name = values.pop("product", "")
        if name:
            found = products_for(self.request.actor).filter(sort_name=sort_key(name), archived_at=None).first()
            if found is None:
                self.add_error("product", _("There is no such model. Choose one of the list, or add it first."))
            else:
                values["product_id"] = found.pk
        return values
