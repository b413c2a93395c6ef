"""What the pages of tasks ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from remonta.identity.queries import colleagues_for
from remonta.kernel.actor import Actor
from remonta.orders.workflow import TaskState
from remonta.web.listing import ListFilter

WHEN = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
TEXT = forms.Textarea(attrs={"rows": 3})


class TaskFilter(ListFilter):
    """Which tasks: the open ones unless said otherwise."""

    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("open")), ("all", _("any state")), *TaskState.choices[1:]]
    )
    mine = forms.BooleanField(label=_("only mine"))
    q = forms.CharField(label=_("Words"), max_length=80, widget=forms.SearchInput)


class TaskForm(forms.Form):
    """Something to do, for a colleague or oneself."""

    title = forms.CharField(label=_("What is to be done"), max_length=200)
    text = forms.CharField(label=_("Note"), max_length=5000, required=False, widget=TEXT)
    owner_uid = forms.ChoiceField(label=_("For whom"), required=False)
    due_at = forms.DateTimeField(label=_("Until"), required=False, widget=WHEN)
    work_order_uid = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, actor: Actor, **values: Any) -> None:
        super().__init__(*args, **values)
        people = [(str(one.uid), one.name) for one in colleagues_for(actor).order_by("sort_name", "pk")]
        self.fields["owner_uid"].choices = [("", _now("myself")), *people]  # type: ignore[attr-defined]
