"""What one asks of a report."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from remonta.reports.queries import Listed, Wanted
from remonta.web.listing import ListFilter
from remonta.web.requests import Request

DAY = {"type": "date"}
ORIGINS = [("", _("all")), ("own", _("our own")), ("imported", _("from files"))]
USUAL_SILENCE = 7


class ReportFilter(ListFilter):
    """Centre and days; what a report does not look at is left out."""

    centre = forms.ChoiceField(label=_("Centre"))
    since = forms.DateField(label=pgettext_lazy("day", "From"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    until = forms.DateField(label=pgettext_lazy("day", "To"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    days = forms.IntegerField(label=_("Days of silence"), min_value=1, max_value=3650)
    origin = forms.ChoiceField(label=_("Which repairs"), choices=ORIGINS)

    def __init__(self, request: Request, listed: Listed | None = None) -> None:
        data = request.GET.copy()
        if listed and listed.days > 0 and "since" not in data:
            data["since"] = str(timezone.localdate() - timedelta(days=listed.days))
        if listed and listed.name == "idle":
            data.setdefault("days", str(USUAL_SILENCE))
        super().__init__(data, request)
        centres = [("", _("all")), *((str(one.uid), one.name) for one in request.centres)]
        self.fields["centre"].choices = centres  # type: ignore[attr-defined]
        for name in self.left_out(listed):
            del self.fields[name]

    def left_out(self, listed: Listed | None) -> list[str]:
        dated = listed is not None and listed.days >= 0
        names = [] if dated else ["since", "until"]
        names += [] if listed and listed.name == "idle" else ["days"]
        names += [] if listed and listed.days == 0 else ["origin"]
        return [*names, *(["centre"] if len(self.request.centres) < 2 else [])]

    def asked(self, limit: int | None = None) -> Wanted:
        """The filters as the report takes them."""
        found: dict[str, Any] = self.wanted()
        chosen = found.pop("centre", None)
        centre_id = next((one.id for one in self.request.centres if str(one.uid) == chosen), None)
        return Wanted(centre_id=centre_id, limit=limit, **found)
