"""What the pages of an import send."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from remonta.exchange.queries import kinds_open_to
from remonta.exchange.words import DATE_CHOICES, DELIMITERS, ENCODINGS, FIELDS_OF, KINDS, OUTCOMES, REASONS
from remonta.web.listing import ListFilter
from remonta.web.requests import Request

BECAME = [("", _("all")), ("created", _("created")), ("updated", _("updated")), ("skipped", _("skipped"))]
FATES = [("", _("all")), ("withdrawn", _("withdrawn")), ("restored", _("as before")), ("kept", _("kept"))]
OPTIONS = ("supplier", "currency", "new_parts")
SEPARATORS = {",": _("comma"), ";": _("semicolon"), "\t": _("tab"), "|": "|"}


class UploadForm(forms.Form):
    kind = forms.ChoiceField(label=_("What the file holds"), choices=[*KINDS.items()], required=False)
    centre = forms.ChoiceField(label=_("Centre"))
    file = forms.FileField(
        label=_("File"), help_text=_("CSV, TSV or a spreadsheet (XLSX), also packed with gzip; 25 MB at most.")
    )
    mapping = forms.FileField(
        label=_("Mapping"), required=False, help_text=_("A mapping kept from an earlier import; else it is guessed.")
    )

    def __init__(self, *args: Any, request: Request, **more: Any) -> None:
        super().__init__(*args, **more)
        may = [one for one in request.centres if kinds_open_to(request.actor, one.id)]
        open_to = kinds_open_to(request.actor)
        self.fields["kind"].choices = [pair for pair in KINDS.items() if pair[0] in open_to]  # type: ignore[attr-defined]
        self.fields["centre"].choices = [(str(one.uid), one.name) for one in may]  # type: ignore[attr-defined]

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or str(self.fields["kind"].choices[0][0])  # type: ignore[attr-defined]

    def clean_file(self) -> tuple[bytes, str]:
        given: Any = self.cleaned_data["file"]
        return given.read(), given.name or "file"

    def clean_mapping(self) -> bytes | None:
        given = self.cleaned_data["mapping"]
        return given.read() if given else None


class MappingForm(forms.Form):
    """A column for each field of the kind, an outcome for each word of the file, and how the file is written."""

    def __init__(
        self,
        *args: Any,
        head: Sequence[str],
        words: Iterable[str],
        kind: str = "repairs",
        suppliers: Sequence[tuple[str, str]] = (),
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        columns = [("", _("none")), *((name, name) for name in head)]
        self.known = FIELDS_OF[kind]
        for name, label in self.known.items():
            self.fields[f"column-{name}"] = forms.ChoiceField(label=label, choices=columns, required=False)  # type: ignore[arg-type]
        self.fields["dates"] = forms.ChoiceField(label=_("Dates are written as"), choices=DATE_CHOICES)
        self.words = list(words)
        choices = [("", _("leave such rows out")), *OUTCOMES.items()]
        for place, word in enumerate(self.words):
            label = word or _("(empty)")
            self.fields[f"word-{place}"] = forms.ChoiceField(label=label, choices=choices, required=False)
        self.fields["encoding"] = forms.ChoiceField(label=_("Encoding"), choices=[(one, one) for one in ENCODINGS])
        self.fields["delimiter"] = forms.ChoiceField(
            label=_("Separator"), choices=[(one, SEPARATORS[one]) for one in DELIMITERS]
        )
        self.fields["sheet"] = forms.CharField(label=_("Sheet"), required=False, max_length=120)
        self.fields["above"] = forms.IntegerField(label=_("Rows above the headings"), required=False, min_value=0)
        if kind == "prices":
            self.fields |= of_price_list(suppliers)

    def groups(self) -> list[tuple[object, list[Any]]]:
        """The fields under their headings."""
        names = list(self.fields)
        of = {
            _("Columns"): [name for name in names if name.startswith("column-")] + ["dates"],
            _("Outcomes"): [name for name in names if name.startswith("word-")],
            _("The list"): [name for name in names if name.startswith("option-")],
            _("The file"): ["encoding", "delimiter", "sheet", "above"],
        }
        return [(label, [self[name] for name in some]) for label, some in of.items() if some]

    def mapping(self) -> dict[str, Any]:
        """The mapping as JSON."""
        sent = self.cleaned_data
        return {
            "columns": {name: sent[f"column-{name}"] for name in self.known if sent[f"column-{name}"]},
            "outcomes": {word: sent[f"word-{place}"] for place, word in enumerate(self.words) if sent[f"word-{place}"]},
            "options": {name: sent[f"option-{name}"] for name in OPTIONS if sent.get(f"option-{name}")},
            "above": sent.get("above") or 0,
            **{name: sent[name] for name in ("dates", "encoding", "delimiter", "sheet")},
        }


def filled_in(mapping: dict[str, Any], words: Sequence[str]) -> dict[str, Any]:
    """A mapping as the form shows it."""
    columns = {f"column-{name}": column for name, column in mapping["columns"].items()}
    outcomes = {f"word-{place}": mapping["outcomes"].get(word, "") for place, word in enumerate(words)}
    options = {f"option-{name}": value for name, value in mapping.get("options", {}).items()}
    file = {name: mapping[name] for name in ("dates", "encoding", "delimiter", "sheet", "above")}
    return {**columns, **outcomes, **options, **file}


def of_price_list(suppliers: Sequence[tuple[str, str]]) -> dict[str, forms.Field]:
    """What holds for a whole price list."""
    unknown = [("", _("leave such rows out")), ("yes", _("add them to the catalogue"))]
    return {
        "option-supplier": forms.ChoiceField(label=_("Supplier"), choices=[("", _("choose")), *suppliers]),
        "option-currency": forms.CharField(label=_("Currency"), required=False, max_length=3),
        "option-new_parts": forms.ChoiceField(label=_("Parts not known here"), choices=unknown, required=False),
    }


class RowFilter(ListFilter):
    outcome = forms.ChoiceField(label=_("What became of it"), choices=BECAME)
    reason = forms.ChoiceField(label=_("Reason"), choices=[("", _("all")), *REASONS.items()])
    fate = forms.ChoiceField(label=_("Undone"), choices=FATES)
    q = forms.CharField(label=_("Number"), widget=forms.TextInput(attrs={"type": "search"}))
