"""Codes of diagnosis: symptoms, defects, repairs."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remonta.catalogue.commands import add_fault_code, change_fault_code
from remonta.catalogue.queries import fault_codes_for
from remonta.desk.catalogue.forms import CodeFilter, CodeForm, NewCodeForm
from remonta.desk.catalogue.frame import entry_form, with_tabs
from remonta.desk.catalogue.works import shape
from remonta.kernel.texts import said
from remonta.web.listing import Column, Listing, PageOf
from remonta.web.requests import Request


def narrow(rows: QuerySet[Any], wanted: Mapping[str, Any], request: Request) -> QuerySet[Any]:
    if "kind" in wanted:
        rows = rows.filter(kind=wanted["kind"])
    return rows.filter(category_id=wanted["category"]) if "category" in wanted else rows


CODES = Listing(
    name="fault-codes",
    title=gettext_lazy("Codes"),
    source=lambda request: fault_codes_for(request.actor).select_related("category"),
    columns=(
        Column("code", gettext_lazy("Code"), sort="code"),
        Column("kind", gettext_lazy("Kind"), lambda row: row.get_kind_display(), sort="kind"),
        Column("name", gettext_lazy("Meaning"), "said"),
        Column("category", gettext_lazy("Kind of device"), "category_said"),
    ),
    sort="code",
    filters=CodeFilter,
    narrow=narrow,
    shape=shape,
    url=PageOf("desk:fault-code"),
    page="desk/catalogue/codes.html",
    context=with_tabs,
)


def codes(request: Request) -> HttpResponse:
    return CODES.answer(request, empty_title=_("No codes yet"), empty_text=_("Engineers name faults by these."))


def new_code(request: Request) -> HttpResponse:
    return entry_form(
        request,
        partial(NewCodeForm, request=request),
        lambda **values: add_fault_code(request.actor, **values),
        title=gettext_lazy("New code"),
        then=reverse("desk:fault-codes"),
        back_url=reverse("desk:fault-codes"),
        back_label=_("Codes"),
    )


def code(request: Request, uid: UUID) -> HttpResponse:
    one = fault_codes_for(request.actor).get(uid=uid)
    return entry_form(
        request,
        partial(CodeForm, request=request),
        lambda **values: change_fault_code(request.actor, uid, **values),
        page="desk/catalogue/entry.html",
        title=f"{one.code} {said(one.names, request.actor.language)}",
        then=reverse("desk:fault-codes"),
        initial={"names": one.names, "category_id": one.category_id},
        back_url=reverse("desk:fault-codes"),
        back_label=_("Codes"),
    )
