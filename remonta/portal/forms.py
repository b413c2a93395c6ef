"""What customers send from their page."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from remonta.quotes.queries import QuoteShape

NECESSARY, WHOLE, LINES = "necessary", "whole", "lines"
SCORES = [(5, _("very good")), (4, _("good")), (3, _("fair")), (2, _("poor")), (1, _("bad"))]


class OperationForm(forms.Form):
    """Every form whose effect happens once carries the id the page made for it."""

    operation = forms.UUIDField(widget=forms.HiddenInput)
    ids = "id_%s"

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **{"auto_id": self.ids, **values})


class AnswerForm(OperationForm):
    """Saying yes to a variant of the quote, or to single lines of it."""

    ids = "answer_%s"
    shown_hash = forms.CharField(max_length=64, widget=forms.HiddenInput)
    choice = forms.ChoiceField(choices=[(NECESSARY, ""), (WHOLE, ""), (LINES, "")], initial=NECESSARY)
    lines = forms.TypedMultipleChoiceField(label=_("Lines"), coerce=UUID, required=False)
    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))

    def __init__(self, quote: QuoteShape, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.quote = quote
        self.fields["lines"].choices = [(str(line.uid), line.text) for line in quote.lines]  # type: ignore[attr-defined]

    def chosen(self) -> list[UUID]:
        """The lines that are accepted."""
        choice = self.cleaned_data["choice"]
        if choice == LINES:
            return list(self.cleaned_data["lines"])
        return [line.uid for line in self.quote.lines if choice == WHOLE or line.variant == NECESSARY]


class DeclineForm(OperationForm):
    """Saying no to the quote."""

    ids = "decline_%s"
    shown_hash = forms.CharField(max_length=64, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    reason = forms.CharField(
        label=_("Why, if you like to say"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class MessageForm(OperationForm):
    """Writing to the centre."""

    ids = "message_%s"
    text = forms.CharField(label=_("Your message"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3}))


class RatingForm(OperationForm):
    """One to five stars, and words."""

    ids = "rating_%s"
    score = forms.TypedChoiceField(label=_("Your rating"), coerce=int, choices=SCORES, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What was good, what was not"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
