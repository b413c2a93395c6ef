"""Form fields for texts that customers read in several languages."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from remonta.kernel.texts import clean

SPARE_ROWS = 3
Texts = dict[str, str]


class TextsWidget(forms.Widget):
    """One input for each language, each named by its language."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, lines: int = 1) -> None:
        self.lines = lines
        super().__init__(attrs)

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        given = value if isinstance(value, Mapping) else {}
        inputs = [(code, words, given.get(code, "")) for code, words in settings.LANGUAGES]
        context = {"name": name, "inputs": inputs, "lines": self.lines, "attrs": attrs or {}}
        return render_to_string("web/parts/texts.html", context)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Texts:
        return {code: data.get(f"{name}_{code}", "") for code, _words in settings.LANGUAGES}

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_{settings.LANGUAGES[0][0]}"


class TextsField(forms.Field):
    """A text in the languages there are, at least one of them when required; empty ones are left out."""

    widget = TextsWidget

    def clean(self, value: Any) -> Texts:
        kept = {code: clean(text) for code, text in (value or {}).items() if clean(text)}
        if self.required and not kept:
            raise ValidationError(_("Write it in at least one language."), code="required")
        return kept

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((initial or {}) != self.clean(data))


class TextsListWidget(forms.Widget):
    """A table of texts: a row for each, a column for each language, and a few empty rows to go on in."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        given: Sequence[Mapping[str, str]] = [*(value or []), *({} for _ in range(SPARE_ROWS))]
        rows = [[(code, words, row.get(code, "")) for code, words in settings.LANGUAGES] for row in given]
        context = {"name": name, "rows": rows, "languages": settings.LANGUAGES, "attrs": attrs or {}}
        return render_to_string("web/parts/texts_list.html", context)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Texts]:
        codes = [code for code, _words in settings.LANGUAGES]
        columns = [data.getlist(f"{name}_{code}") for code in codes]
        return [dict(zip(codes, texts, strict=True)) for texts in zip(*columns, strict=False)]

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_{settings.LANGUAGES[0][0]}_1"


class TextsListField(forms.Field):
    """A list of texts in the languages there are; rows left empty are left out."""

    widget = TextsListWidget

    def clean(self, value: Any) -> list[Texts]:
        rows = [{code: clean(text) for code, text in row.items() if clean(text)} for row in value or []]
        return [row for row in rows if row]
