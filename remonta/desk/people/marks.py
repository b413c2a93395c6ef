"""The company's mark: shown, replaced, removed."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from remonta.desk.people.frame import with_tabs
from remonta.documents.commands import remove_logo, set_logo
from remonta.documents.queries import marks_of
from remonta.identity.queries import entities_for
from remonta.web.answers import answer_form, go
from remonta.web.requests import Request

PAGE = "desk/people/mark.html"


class MarkForm(forms.Form):
    file = forms.FileField(
        label=_("Picture"),
        help_text=_("PNG or JPEG, best on a white or transparent ground. It is made as small as paper needs."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )


def mark(request: Request, entity: UUID) -> HttpResponse:
    """What papers of the legal entity carry, and another picture for those to come."""
    kept = entities_for(request.actor).get(uid=entity)
    context = {
        "title": kept.name,
        "entity": kept,
        "mark": marks_of(request.actor, kept.pk).last(),
        "may_change": request.actor.may_at("documents.templates", None),
        **with_tabs(request),
    }
    if request.method != "POST":
        return render(request, PAGE, {**context, "form": MarkForm()})

    def run(file: Any) -> Any:
        return set_logo(request.actor, entity, content=file.read())

    form, say = MarkForm(request.POST, request.FILES), _now("Papers carry this mark from now on.")
    return answer_form(request, form, run, page=PAGE, then=request.path, context=context, say=say)


def remove(request: Request, entity: UUID) -> HttpResponse:
    """Papers carry no mark from now on."""
    remove_logo(request.actor, entity)
    return go(request, reverse("desk:entity-mark", args=[entity]), _now("Papers carry no mark any more."))
