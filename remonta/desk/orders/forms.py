"""What the order page sends."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from remonta.orders.words import NOTE_KINDS

LONG = forms.Textarea(attrs={"rows": 3})


class OperationForm(forms.Form):
    """Every form whose effect happens once carries the id the page made for it."""

    operation = forms.UUIDField(widget=forms.HiddenInput)


class MoveForm(OperationForm):
    move = forms.SlugField()
    reason = forms.CharField(max_length=300, required=False)
    version = forms.IntegerField(required=False)


class NoteForm(OperationForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=[(k, v) for k, v in NOTE_KINDS.items() if k != "from_customer"])
    text = forms.CharField(label=_("Write"), max_length=20_000, widget=LONG)


class FaultForm(OperationForm):
    fault = forms.CharField(label=_("Fault as confirmed"), max_length=20_000, widget=LONG)


class DateForm(OperationForm):
    due_at = forms.DateTimeField(
        label=_("Ready by"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["due_at"].initial = timezone.localtime()


class StatusForm(OperationForm):
    status_uid = forms.UUIDField(required=False)


class PriorityForm(forms.Form):
    priority = forms.IntegerField(min_value=1, max_value=5)
