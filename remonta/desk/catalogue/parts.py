"""Spare parts and materials."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remonta.catalogue.commands import add_part, archive_part, change_part
from remonta.catalogue.queries import having, parts_for
from remonta.desk.catalogue.forms import PartFilter, PartForm
from remonta.desk.catalogue.frame import entry_form, with_tabs
from remonta.desk.catalogue.relations import belonging
from remonta.web.answers import go
from remonta.web.listing import Column, Listing, PageOf
from remonta.web.requests import Request

FIELDS = ("number", "name", "measure", "gtin", "tracking", "exchange")


def narrow(rows: QuerySet[Any], wanted: Mapping[str, Any], request: Request) -> QuerySet[Any]:
    """Offered ones unless something else is asked for."""
    if "q" in wanted:
        rows = rows.filter(having(wanted["q"]))
    which = wanted.get("which", "")
    return rows if which == "all" else rows.filter(archived_at__isnull=which != "archived")


PARTS = Listing(
    name="parts",
    title=gettext_lazy("Parts"),
    source=lambda request: parts_for(request.actor),
    columns=(
        Column("number", gettext_lazy("Part number"), sort="number"),
        Column("name", gettext_lazy("Name"), sort="sort_name"),
        Column("measure", gettext_lazy("Counted in"), lambda row: row.get_measure_display()),
        Column("gtin", gettext_lazy("GTIN")),
        Column("exchange", gettext_lazy("Exchange"), lambda row: _("old one goes back") if row.exchange else ""),
        Column("tracking", gettext_lazy("Kept"), lambda row: row.get_tracking_display(), shown=False),
    ),
    sort="name",
    filters=PartFilter,
    narrow=narrow,
    url=PageOf("desk:part"),
    page="desk/catalogue/parts.html",
    context=with_tabs,
)


def parts(request: Request) -> HttpResponse:
    return PARTS.answer(request, empty_title=_("No parts yet"), empty_text=_("Add what you build in and sell."))


def new_part(request: Request) -> HttpResponse:
    return entry_form(
        request,
        PartForm,
        lambda **values: add_part(request.actor, **values),
        title=gettext_lazy("New part"),
        then=reverse("desk:parts"),
        back_url=reverse("desk:parts"),
        back_label=_("Parts"),
    )


def part(request: Request, uid: UUID) -> HttpResponse:
    """The part with what belongs to it; who may not change the catalogue reads it."""
    one = parts_for(request.actor).get(uid=uid)
    return entry_form(
        request,
        PartForm,
        lambda **values: change_part(request.actor, uid, **values),
        page="desk/catalogue/part.html",
        title=str(one),
        **belonging(request, one),
        then=reverse("desk:part", args=[uid]),
        initial={field: getattr(one, field) for field in FIELDS},
        archived_at=one.archived_at,
        archive_url=reverse("desk:part-archive", args=[uid]),
        back_url=reverse("desk:parts"),
        back_label=_("Parts"),
    )


def archive(request: Request, uid: UUID) -> HttpResponse:
    archive_part(request.actor, uid, restore="restore" in request.POST)
    return go(request, reverse("desk:part", args=[uid]), _("Saved."))
