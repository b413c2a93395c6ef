"""Works of the price list."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remonta.catalogue.commands import add_service, archive_service, change_service
from remonta.catalogue.queries import services_for
from remonta.desk.catalogue.forms import EntryFilter, ServiceForm
from remonta.desk.catalogue.frame import entry_form, with_tabs
from remonta.desk.catalogue.products import narrow, said_category
from remonta.kernel.texts import said
from remonta.web.answers import back, go
from remonta.web.listing import Column, Listing, PageOf
from remonta.web.requests import Request


def shape(request: Request, rows: list[Any]) -> list[Any]:
    for row in said_category(request, rows):
        row.said = said(row.names, request.actor.language)
    return rows


WORKS = Listing(
    name="services",
    title=gettext_lazy("Works"),
    source=lambda request: services_for(request.actor).select_related("category"),
    columns=(
        Column("code", gettext_lazy("Code"), sort="code"),
        Column("name", gettext_lazy("Work"), "said"),
        Column("category", gettext_lazy("Kind of device"), "category_said"),
        Column("minutes", gettext_lazy("Minutes"), kind="number", sort="minutes"),
        Column("keywords", gettext_lazy("Words"), shown=False),
    ),
    sort="code",
    filters=EntryFilter,
    narrow=narrow,
    shape=shape,
    url=PageOf("desk:service"),
    page="desk/catalogue/services.html",
    context=with_tabs,
)


def works(request: Request) -> HttpResponse:
    return WORKS.answer(request, empty_title=_("No works yet"), empty_text=_("Add what you do, then set its price."))


def new_work(request: Request) -> HttpResponse:
    return entry_form(
        request,
        partial(ServiceForm, request=request),
        lambda **values: add_service(request.actor, **values),
        title=gettext_lazy("New work"),
        then=back(request, reverse("desk:services")),
        back_url=reverse("desk:services"),
        back_label=_("Works"),
    )


def work(request: Request, uid: UUID) -> HttpResponse:
    """The work; who may not change the catalogue reads it."""
    one = services_for(request.actor).get(uid=uid)
    fields = ("code", "names", "minutes", "keywords", "category_id")
    return entry_form(
        request,
        partial(ServiceForm, request=request),
        lambda **values: change_service(request.actor, uid, product_id=one.product_id, **values),
        page="desk/catalogue/entry.html",
        title=said(one.names, request.actor.language),
        then=reverse("desk:service", args=[uid]),
        initial={field: getattr(one, field) for field in fields},
        archived_at=one.archived_at,
        archive_url=reverse("desk:service-archive", args=[uid]),
        back_url=reverse("desk:services"),
        back_label=_("Works"),
    )


def archive(request: Request, uid: UUID) -> HttpResponse:
    archive_service(request.actor, uid, restore="restore" in request.POST)
    return go(request, reverse("desk:service", args=[uid]), _("Saved."))
