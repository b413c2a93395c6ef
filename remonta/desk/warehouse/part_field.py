"""The field into which a part is typed or scanned."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now

from remonta.catalogue.queries import find_part
from remonta.kernel.texts import clean, serial_normal
from remonta.web.requests import Request


class PartField(forms.CharField):
    """One of our parts by number, barcode or words of its name."""

    def __init__(self, *, request: Request, **more: Any) -> None:
        self.request = request
        look = forms.TextInput(attrs={"autocomplete": "off", "data-scan-field": ""})
        super().__init__(max_length=120, widget=look, **more)

    def clean(self, value: Any) -> Any:
        text = clean(super().clean(value))
        return _one_part(text, find_part(self.request.actor, text)) if text else None


def _one_part(text: str, found: tuple[Any, ...]) -> Any:
    exact = [part for part in found if serial_normal(part.number) == serial_normal(text) or part.gtin == text]
    if len(exact or found) == 1:
        return (exact or list(found))[0]
    if not found:
        raise forms.ValidationError(_now("There is no such part."))
    names = ", ".join(part.number for part in found[:5])
    raise forms.ValidationError(_now("Several parts are called so: %(names)s. Type the number.") % {"names": names})
