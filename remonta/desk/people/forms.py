"""What the people and network pages send."""

from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

THEMES = [("auto", _("as the device")), ("light", _("light")), ("dark", _("dark"))]


def zones() -> list[tuple[str, str]]:
    """The zones of the world by name, places only."""
    return [("", "—"), *((zone, zone.replace("_", " ")) for zone in sorted(available_timezones()) if "/" in zone)]


class OwnAccountForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    theme = forms.ChoiceField(label=_("Appearance"), choices=THEMES)
    timezone = forms.ChoiceField(
        label=_("Time zone"), choices=zones, required=False, help_text=_("Empty: as the centre’s.")
    )
