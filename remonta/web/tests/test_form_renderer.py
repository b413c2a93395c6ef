"""The controls drawn without templates are those of Django's templates."""

import re
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

from remonta.web.form_renderer import FormRenderer

CHOICES = [("", "any <b>"), ("Parts", [("a&b", "A & B"), (2, mark_safe("<i>two</i>"))]), ("x", '“quoted” "x"')]


class Controls(forms.Form):
    text = forms.CharField(widget=forms.TextInput(attrs={"autofocus": True, "disabled": False, "data-x": 'a"<b>'}))
    count = forms.IntegerField()
    email = forms.EmailField(required=False)
    hidden = forms.UUIDField(widget=forms.HiddenInput)
    day = forms.DateTimeField(widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    choice = forms.ChoiceField(choices=CHOICES)
    several = forms.MultipleChoiceField(choices=CHOICES)
    several_radio = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect)
    long = forms.CharField(widget=forms.Textarea)
    ticked = forms.BooleanField()


DATA = {"text": "<script>", "count": "3", "choice": "a&b", "several": ["2", "x"], "long": "</textarea>", "ticked": "on"}


@pytest.mark.parametrize("data", [None, DATA])
@pytest.mark.parametrize("name", list(Controls.base_fields))
def test_a_control_is_what_the_template_would_have_drawn(name: str, data: dict[str, Any] | None) -> None:
    drawn, usual = (
        str(Controls(data, initial={"day": "2026-01-02T03:04"}, renderer=kind())[name])
        for kind in (FormRenderer, DjangoTemplates)
    )
    assert between_tags(drawn) == between_tags(usual)


def between_tags(html: str) -> str:
    return re.sub(r">\s+|\s+<", lambda found: found[0].strip(), html)
