"""Kinds of devices, and the checklists of each."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from remonta.catalogue.commands import (
    add_category,
    add_checklist_item,
    change_category,
    change_checklist_item,
    remove_checklist_item,
)
from remonta.catalogue.queries import categories as kinds_of_devices
from remonta.catalogue.queries import categories_for, checklist_items, checklist_items_for
from remonta.desk.catalogue.forms import MOMENTS, CategoryForm, LineForm, NewCategoryForm, NewLineForm
from remonta.desk.catalogue.frame import entry_form, with_tabs
from remonta.kernel.texts import said
from remonta.web.answers import go
from remonta.web.requests import Request

FIELDS = ("names", "asks_passcode", "serial_is_imei", "accessories", "looks")


def categories(request: Request) -> HttpResponse:
    context = {**with_tabs(request), "categories": kinds_of_devices(request.actor.language)}
    return render(request, "desk/catalogue/categories.html", context)


def new_category(request: Request) -> HttpResponse:
    return entry_form(
        request,
        NewCategoryForm,
        lambda **values: add_category(request.actor, **values),
        title=_("New kind of device"),
        then=reverse("desk:categories"),
        form_class="form-wide",
        back_url=reverse("desk:categories"),
        back_label=_("Kinds of devices"),
    )


def category(request: Request, uid: UUID) -> HttpResponse:
    one = categories_for(request.actor).get(uid=uid)
    return entry_form(
        request,
        CategoryForm,
        lambda **values: change_category(request.actor, uid, **values),
        title=said(one.names, request.actor.language),
        then=reverse("desk:categories"),
        initial={field: getattr(one, field) for field in FIELDS},
        page="desk/catalogue/entry.html",
        form_class="form-wide",
        back_url=reverse("desk:categories"),
        back_label=_("Kinds of devices"),
    )


def checklists(request: Request) -> HttpResponse:
    """Every line, by moment and kind of device."""
    names: dict[int | None, str] = {one.id: one.name for one in kinds_of_devices(request.actor.language)}
    lines = checklist_items(request.actor)
    moments = [
        {
            "label": label,
            "lines": [{"line": one, "of": names.get(one.category_id, "")} for one in lines if one.moment == moment],
        }
        for moment, label in MOMENTS
    ]
    return render(request, "desk/catalogue/checklists.html", {**with_tabs(request), "moments": moments})


def new_line(request: Request) -> HttpResponse:
    return entry_form(
        request,
        partial(NewLineForm, request=request),
        lambda **values: add_checklist_item(request.actor, **values),
        title=_("New line of a checklist"),
        then=reverse("desk:checklists"),
        back_url=reverse("desk:checklists"),
        back_label=_("Checklists"),
    )


def line(request: Request, uid: UUID) -> HttpResponse:
    one: Any = checklist_items_for(request.actor).get(uid=uid)
    return entry_form(
        request,
        LineForm,
        lambda **values: change_checklist_item(request.actor, uid, **values),
        title=said(one.names, request.actor.language),
        then=reverse("desk:checklists"),
        initial={field: getattr(one, field) for field in ("names", "required", "position")},
        back_url=reverse("desk:checklists"),
        back_label=_("Checklists"),
    )


def drop_line(request: Request, uid: UUID) -> HttpResponse:
    remove_checklist_item(request.actor, uid)
    return go(request, reverse("desk:checklists"), _("Removed."))
