"""How papers look: the template of each form, with a preview before it counts."""

import base64
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remonta.documents.commands import restore_builtin, save_template
from remonta.documents.queries import built_in_source, form_kinds, preview_pictures, templates_for
from remonta.identity.queries import centres_for
from remonta.kernel.refusals import Missing, NotPermitted, Refused
from remonta.web.answers import answer_form, go
from remonta.web.requests import Request

MOST_PAGES = 2


class TemplateForm(forms.Form):
    """The source of a form, for one centre or for the network."""

    centre_uid = forms.ChoiceField(label=gettext_lazy("For"), required=False)
    source = forms.CharField(
        label=gettext_lazy("Template (Typst)"),
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "class": "mono", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, centres: list[tuple[str, str]], **values: Any) -> None:
        super().__init__(*args, **values)
        self.fields["centre_uid"].choices = centres  # type: ignore[attr-defined]


def forms_page(request: Request) -> HttpResponse:
    """Every form there is, and who has a template of their own."""
    own = templates_for(request.actor).filter(active=True).select_related("centre")
    changed: dict[str, list[str]] = {}
    for row in own:
        if row.version:
            changed.setdefault(row.code, []).append(row.centre.name if row.centre else _("whole network"))
    rows = [(kind, changed.get(kind.code, [])) for kind in form_kinds()]
    return render(request, "desk/papers/forms.html", {"rows": rows})


def form_page(request: Request, code: str) -> HttpResponse:
    """The template of one form; saving makes a new version, the old ones stay with their papers."""
    kind = next((one for one in form_kinds() if one.code == code), None)
    if kind is None:
        raise Missing
    context = {"kind": kind, "built_in": built_in_source(code)}
    if request.method != "POST":
        form = TemplateForm(initial={"source": _source(request, code)}, centres=_centres(request))
        return render(request, "desk/papers/form.html", {**context, "form": form})
    here = reverse("desk:form-template", args=[code])
    if "restore" in request.POST:
        kept = request.POST.get("centre_uid")
        restore_builtin(request.actor, code=code, centre_uid=UUID(kept) if kept else None)
        return go(request, here, _("The form looks as delivered again."))
    form = TemplateForm(request.POST, centres=_centres(request))

    def save(centre_uid: str, source: str) -> object:
        return save_template(
            request.actor, code=code, source=source, centre_uid=UUID(centre_uid) if centre_uid else None
        )

    return answer_form(request, form, save, page="desk/papers/form.html", then=here, context=context, say=_("Saved."))


def preview(request: Request, code: str) -> HttpResponse:
    """The first pages as pictures, drawn with sample data; or the sentence that says which line is wrong."""
    try:
        pages = preview_pictures(request.actor, request.POST.get("source", ""), code)[:MOST_PAGES]
    except (NotPermitted, Missing):
        raise
    except Refused as refusal:
        return render(request, "desk/papers/_preview.html", {"refusal": str(refusal)})
    pictures = [f"data:image/png;base64,{base64.b64encode(page).decode()}" for page in pages]
    return render(request, "desk/papers/_preview.html", {"pictures": pictures})


def _source(request: Request, code: str) -> str:
    own = templates_for(request.actor).filter(code=code, active=True).order_by("-pk").first()
    return own.source if own else built_in_source(code)


def _centres(request: Request) -> list[tuple[str, str]]:
    whole = [("", _("whole network"))] if request.actor.may_at("documents.templates", None) else []
    mine = [one for one in centres_for(request.actor) if request.actor.may_at("documents.templates", one.pk)]
    return [*whole, *((str(one.uid), one.name) for one in mine)]
