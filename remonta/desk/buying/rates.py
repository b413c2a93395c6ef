"""Exchange rates: what foreign money is worth, day by day."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remonta.desk.buying.forms import RateFilter, RateForm, RatesFileForm
from remonta.desk.buying.frame import with_tabs
from remonta.supply.commands import import_rates, set_rate
from remonta.supply.queries import rate_entities_for, rates_for
from remonta.web.answers import answer_form
from remonta.web.form_page import form_page
from remonta.web.listing import Column, Listing
from remonta.web.requests import Request


def _narrow(rows: QuerySet[Any], wanted: Mapping[str, Any], request: Request) -> QuerySet[Any]:
    return rows.filter(currency=wanted["currency"].strip().upper()) if "currency" in wanted else rows


RATES = Listing(
    name="rates",
    title=gettext_lazy("Exchange rates"),
    columns=(
        Column("day", gettext_lazy("From"), kind="day", sort="day"),
        Column("currency", gettext_lazy("Foreign currency"), sort="currency"),
        Column("rate", gettext_lazy("One unit is worth"), kind="number"),
        Column("own", gettext_lazy("Own currency"), "legal_entity.currency"),
        Column("entity", gettext_lazy("Legal entity"), "legal_entity.name"),
    ),
    source=lambda request: rates_for(request.actor).select_related("legal_entity"),
    sort="-day",
    page="desk/buying/rates.html",
    filters=RateFilter,
    narrow=_narrow,
    context=with_tabs,
)


def rates(request: Request) -> HttpResponse:
    text = _("Orders in foreign money are counted at the rate of the day.")
    return RATES.answer(request, empty_title=_("No rates yet"), empty_text=text)


def new_rate(request: Request) -> HttpResponse:
    entities = rate_entities_for(request.actor)

    def run(entity: str, **values: Any) -> object:
        return set_rate(request.actor, UUID(entity), **values)

    return form_page(
        request,
        lambda *args, **more: RateForm(*args, entities=entities, **more),
        run,
        title=gettext_lazy("New exchange rate"),
        then=reverse("desk:rates"),
        initial={"day": request.actor.now().date()},
        back_url=reverse("desk:rates"),
        back_label=_("Exchange rates"),
        **with_tabs(request),
    )


def read_rates(request: Request) -> HttpResponse:
    """Reads a table of rates and names every row it left out."""
    entities = rate_entities_for(request.actor)
    page, context = "desk/buying/rates_file.html", with_tabs(request)
    if request.method == "GET":
        return render(request, page, {**context, "form": RatesFileForm(entities=entities)})
    form = RatesFileForm(request.POST, request.FILES, entities=entities)
    found: list[Any] = []

    def run(entity: str, file: Any) -> None:
        found.append(import_rates(request.actor, UUID(entity), content=file.read()))

    answer = answer_form(request, form, run, page=page, then=reverse("desk:rates"), context=context, say=_("Saved."))
    if found and found[0].left_out:
        return render(request, page, {**context, "form": RatesFileForm(entities=entities), "account": found[0]})
    return answer
