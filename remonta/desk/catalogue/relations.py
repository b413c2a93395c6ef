"""What belongs to a part: its list, where it is used, what takes its place, and the models it fits."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from remonta.catalogue.commands import drop_replacement, fit_part, replace_part
from remonta.catalogue.queries import (
    find_part,
    find_product,
    models_fitted,
    parts_for,
    replacements_for,
    stand_ins,
    successors,
    used_in,
    versions_of,
)
from remonta.desk.catalogue.forms import ReplacementForm
from remonta.desk.catalogue.frame import with_tabs
from remonta.web.answers import answer_form, go
from remonta.web.export import as_file
from remonta.web.form_page import posted_uid
from remonta.web.requests import Request

FILES = ("csv", "xlsx")


def belonging(request: Request, part: Any) -> dict[str, Any]:
    """What the part's page shows beside the form; `model` in the address looks for models it fits."""
    text = request.GET.get("model", "")
    fitted = models_fitted(request.actor, part.pk)
    known = {one.pk for one in fitted}
    return {
        "part": part,
        "lists": versions_of(request.actor, part_id=part.pk),
        "stand_ins": stand_ins(request.actor, part.pk),
        "successor": successors([part.pk]).get(part.pk),
        "models": fitted,
        "found_models": [one for one in find_product(request.actor, text) if one.pk not in known] if text else [],
        "model_text": text,
    }


def used(request: Request, uid: UUID) -> HttpResponse:
    """Every model and assembly in which the part is, on whatever level; also as a file."""
    part = parts_for(request.actor).get(uid=uid)
    rows = used_in(request.actor, part.pk)
    if (kind := request.GET.get("export")) in FILES:
        head = [_("Level"), _("Part number"), _("Name"), _("Version"), _("Quantity"), _("Position")]
        lines = ((one.level, one.number, one.name, one.version, one.quantity, one.reference) for one in rows)
        return as_file(str(kind), "used", head, lines)  # type: ignore[return-value]
    return render(request, "desk/catalogue/part_used.html", {**with_tabs(request), "part": part, "used": rows})


def replace(request: Request, uid: UUID) -> HttpResponse:
    """Find the part that can take this one's place, and say how."""
    part = parts_for(request.actor).get(uid=uid)
    text = request.GET.get("q", "")
    found = [one for one in find_part(request.actor, text, led=False) if one.pk != part.pk] if text else []
    context = {**with_tabs(request), "part": part, "found": found, "text": text}
    page = "desk/catalogue/part_replace.html"
    if request.method != "POST":
        return render(request, page, {**context, "form": ReplacementForm()})
    new_uid = posted_uid(request, "new")
    context["chosen"] = parts_for(request.actor).get(uid=new_uid)

    def run(**said: Any) -> Any:
        return replace_part(request.actor, uid, new_uid=new_uid, **said)

    then = reverse("desk:part", args=[uid])
    return answer_form(request, ReplacementForm(request.POST), run, page=page, then=then, context=context)


def drop(request: Request, uid: UUID) -> HttpResponse:
    """One does not take the place of the other any more."""
    row = replacements_for(request.actor).select_related("old").get(uid=uid)
    drop_replacement(request.actor, uid)
    return go(request, reverse("desk:part", args=[row.old.uid]), _("Removed."))


def fits(request: Request, uid: UUID) -> HttpResponse:
    """The part fits a model, or does not after all."""
    fit_part(request.actor, uid, product_uid=posted_uid(request, "model"), fits="drop" not in request.POST)
    return go(request, reverse("desk:part", args=[uid]), _("Saved."))
