"""What the bench and the workshop manager send."""

from django import forms
from django.utils.translation import gettext_lazy as _

from remonta.desk.orders.forms import LONG, OperationForm


class GiveForm(OperationForm):
    """To whom, for how long, and until when."""

    to = forms.CharField(max_length=60)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=100_000, required=False)
    due_at = forms.DateTimeField(required=False)


class FindingForm(OperationForm):
    """A line of the diagnosis."""

    symptom_uid = forms.UUIDField(label=_("Symptom"), required=False)
    defect_uid = forms.UUIDField(label=_("Defect"), required=False)
    repair_uid = forms.UUIDField(label=_("Repair"), required=False)
    text = forms.CharField(label=_("In words"), max_length=20_000, required=False, widget=LONG)


class AnswerForm(OperationForm):
    move = forms.ChoiceField(choices=[(name, name) for name in ("take", "accept", "reject", "finish", "revoke")])
    reason = forms.CharField(max_length=300, required=False)
