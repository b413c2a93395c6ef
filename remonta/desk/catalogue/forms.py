"""What the pages of the catalogue send."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from remonta.catalogue.queries import brands, categories
from remonta.desk.warehouse.forms import QuantityField
from remonta.web.listing import ListFilter
from remonta.web.requests import Request
from remonta.web.texts_field import TextsField, TextsListField, TextsWidget

SEARCH = {"type": "search"}
MEASURES = [("pc", _("pc")), ("m", _("m")), ("g", _("g")), ("ml", _("ml")), ("l", _("l")), ("h", _("h"))]
CODE_KINDS = [("symptom", _("symptom")), ("defect", _("defect")), ("repair", _("repair"))]
MOMENTS = [
    ("intake", _("at intake")),
    ("bench", _("on the bench")),
    ("final", _("final check")),
    ("handover", _("at hand-over")),
]
TRACKING = [
    ("quantity", _("by quantity")),
    ("batch", _("by batch")),
    ("serial", _("by serial number")),
]
ARCHIVED = [("", _("offered")), ("archived", _("archived")), ("all", _("all"))]


def kinds(request: Request, empty: object) -> list[tuple[str, object]]:
    """Kinds of devices to choose from. One statement."""
    return [("", empty), *((str(one.id), one.name) for one in categories(request.actor.language))]


class OfCategory(forms.Form):
    """A form that asks for the kind of device; `request` says in which language."""

    category_id = forms.ChoiceField(label=_("Kind of device"), required=False)
    no_category: object = _("all devices")

    def __init__(self, *args: Any, request: Request, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["category_id"].choices = kinds(request, self.no_category)  # type: ignore[attr-defined]

    def clean_category_id(self) -> int | None:
        chosen = self.cleaned_data["category_id"]
        return int(chosen) if chosen else None


class EntryFilter(ListFilter):
    """Words, kind of device, and whether archived ones are shown."""

    q = forms.CharField(label=_("Find"), widget=forms.TextInput(attrs=SEARCH))
    category = forms.ChoiceField(label=_("Kind of device"))
    which = forms.ChoiceField(label=_("Which"), choices=ARCHIVED)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["category"].choices = kinds(self.request, _("all"))  # type: ignore[attr-defined]


class PartFilter(ListFilter):
    q = forms.CharField(label=_("Number, name or GTIN"), widget=forms.TextInput(attrs=SEARCH))
    which = forms.ChoiceField(label=_("Which"), choices=ARCHIVED)


class CodeFilter(ListFilter):
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("all")), *CODE_KINDS])
    category = forms.ChoiceField(label=_("Kind of device"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["category"].choices = kinds(self.request, _("all"))  # type: ignore[attr-defined]


class ProductForm(OfCategory):
    brand = forms.CharField(
        label=_("Brand"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"list": "brands", "autocomplete": "off"}),
    )
    name = forms.CharField(label=_("Model"), max_length=200)
    code = forms.CharField(label=_("Maker’s code"), max_length=80, required=False)
    field_order = ("brand", "name", "code", "category_id")
    no_category = _("choose")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["category_id"].required = True

    def brand_names(self) -> list[str]:
        """Brands there are, offered while one is typed. One statement."""
        return [brand.name for brand in brands()]


class FaultForm(forms.Form):
    symptoms = TextsField(label=_("What the customer sees"))
    remedy = TextsField(label=_("What helps"), required=False, widget=TextsWidget(lines=2))
    service = forms.ChoiceField(label=_("The work for it"), required=False)

    def __init__(self, *args: Any, works: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["service"].choices = [("", _("none")), *works]  # type: ignore[attr-defined]


class PartForm(forms.Form):
    number = forms.CharField(label=_("Part number"), max_length=80)
    name = forms.CharField(label=_("Name"), max_length=200)
    measure = forms.ChoiceField(label=_("Counted in"), choices=MEASURES)
    gtin = forms.RegexField(
        label=_("GTIN on the package"),
        regex=r"^\d{8}$|^\d{12,14}$",
        required=False,
        widget=forms.TextInput(attrs={"data-scan-field": "", "inputmode": "numeric"}),
        error_messages={"invalid": _("A GTIN has 8, 12, 13 or 14 digits.")},
    )
    tracking = forms.ChoiceField(
        label=_("Kept in stock"),
        choices=TRACKING,
        help_text=_("Can be changed only while nothing of it is in stock."),
    )
    exchange = forms.BooleanField(label=_("The old part goes back to the maker"), required=False)


class ServiceForm(OfCategory):
    code = forms.CharField(label=_("Code"), max_length=40)
    names = TextsField(label=_("Name"))
    minutes = forms.IntegerField(label=_("Usual duration in minutes"), min_value=0, max_value=100_000, initial=60)
    keywords = forms.CharField(
        label=_("What people say when they need it"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Words in any language, separated by commas: the work is suggested when one is said."),
    )
    field_order = ("code", "names", "category_id", "minutes", "keywords")


class PriceForm(forms.Form):
    amount = forms.DecimalField(min_value=Decimal(0), max_digits=18, decimal_places=6)
    cost = forms.DecimalField(min_value=Decimal(0), max_digits=18, decimal_places=6, required=False)


class PriceFilter(ListFilter):
    q = forms.CharField(label=_("Find"), widget=forms.TextInput(attrs=SEARCH))
    entity = forms.ChoiceField(label=_("Price list of"))
    kind = forms.ChoiceField(label=_("What"), choices=[("service", _("works")), ("part", _("parts"))])


class CategoryForm(forms.Form):
    names = TextsField(label=_("Name"))
    asks_passcode = forms.BooleanField(label=_("Ask for the passcode at intake"), required=False)
    serial_is_imei = forms.BooleanField(label=_("The serial number is an IMEI"), required=False)
    accessories = TextsListField(label=_("Accessories offered at intake"), required=False)
    looks = TextsListField(label=_("Looks offered at intake"), required=False)


class NewCategoryForm(CategoryForm):
    code = forms.SlugField(label=_("Code"), max_length=40, help_text=_("Short, in Latin letters, such as laptop."))
    field_order = ("code", "names")


class LineForm(forms.Form):
    names = TextsField(label=_("What is checked"))
    required = forms.BooleanField(label=_("Must be ticked"), required=False)
    position = forms.IntegerField(label=_("Place in the list"), min_value=0, max_value=1000, initial=1)


class NewLineForm(OfCategory):
    moment = forms.ChoiceField(label=_("When"), choices=MOMENTS)
    names = TextsField(label=_("What is checked"))
    required = forms.BooleanField(label=_("Must be ticked"), required=False)
    field_order = ("moment", "category_id", "names", "required")


class CodeForm(OfCategory):
    names = TextsField(label=_("Meaning"))
    field_order: tuple[str, ...] = ("names", "category_id")


class NewCodeForm(CodeForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=CODE_KINDS)
    code = forms.CharField(label=_("Code"), max_length=20)
    field_order: tuple[str, ...] = ("kind", "code", "names", "category_id")


class ListLineForm(forms.Form):
    """A line of a parts list."""

    quantity = QuantityField(label=_("Quantity"), initial="1", widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    reference = forms.CharField(
        label=_("Position"), max_length=300, required=False, help_text=_("Its place in the drawing, such as R12.")
    )
    optional = forms.BooleanField(label=_("Optional"), required=False)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class PublishForm(forms.Form):
    valid_from = forms.DateField(
        label=_("In force from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class ReplacementForm(forms.Form):
    """How the other part stands to this one."""

    supersedes = forms.BooleanField(
        label=_("It supersedes this number"), required=False, help_text=_("Searches for the old number lead to it.")
    )
    both_ways = forms.BooleanField(label=_("Both ways: this one can be used in its place too"), required=False)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
