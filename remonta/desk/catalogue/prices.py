"""The price list of a legal entity, changed in place."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remonta.catalogue.commands import set_price
from remonta.catalogue.queries import (
    PriceList,
    having,
    may_price,
    parts_for,
    price_lists_for,
    prices_for,
    sees_cost,
    services_for,
)
from remonta.desk.catalogue.forms import PriceFilter, PriceForm
from remonta.desk.catalogue.frame import with_tabs
from remonta.kernel.money import exponent
from remonta.kernel.refusals import Missing, Refused
from remonta.kernel.texts import said
from remonta.web.listing import Column, Listing
from remonta.web.requests import Request


@dataclass(frozen=True)
class PriceRow:
    """A part or a work with today's price, as the list shows it."""

    uid: UUID
    kind: str
    code: str
    name: str
    amount: Decimal | None
    cost: Decimal | None
    digits: int = 2

    @property
    def amount_typed(self) -> str:
        return as_typed(self.amount, self.digits)

    @property
    def cost_typed(self) -> str:
        return as_typed(self.cost, self.digits)


def as_typed(price: Decimal | None, digits: int) -> str:
    """A price as it stands in its field: with the currency's digits, and more only where it has more."""
    if price is None:
        return ""
    more = -int(price.normalize().as_tuple().exponent)
    return f"{price:.{max(digits, more)}f}"


class EntityFilter(PriceFilter):
    """The price lists the reader may see; the first one, and works, unless chosen."""

    def __init__(self, data: Any, request: Request) -> None:
        super().__init__(data, request)
        self.lists = price_lists_for(request.actor)
        choices = [(str(one.uid), f"{one.name} ({one.currency})") for one in self.lists]
        self.fields["entity"].choices = choices  # type: ignore[attr-defined]


def chosen_list(request: Request) -> PriceList:
    """The legal entity whose prices are asked for; that of the first one unless named. Raises Missing."""
    lists = price_lists_for(request.actor)
    wanted = request.GET.get("entity", "")
    found = next((one for one in lists if str(one.uid) == wanted), None) if wanted else next(iter(lists), None)
    if found is None:
        raise Missing
    return found


def source(request: Request) -> QuerySet[Any]:
    of_parts = request.GET.get("kind") == "part"
    rows: QuerySet[Any] = parts_for(request.actor) if of_parts else services_for(request.actor)
    return rows.filter(archived_at=None)


def narrow(rows: QuerySet[Any], wanted: Any, request: Request) -> QuerySet[Any]:
    return rows.filter(having(wanted["q"])) if "q" in wanted else rows


def with_prices(request: Request, rows: list[Any]) -> list[PriceRow]:
    kind = "part" if request.GET.get("kind") == "part" else "service"
    of: dict[str, Any] = {f"{kind}_ids": [row.pk for row in rows]}
    entity = chosen_list(request)
    prices = prices_for(request.actor, entity.id, **of)
    digits = exponent(entity.currency)
    return [_row(request, kind, row, prices.get((kind, row.pk)), digits) for row in rows]


def _row(request: Request, kind: str, row: Any, price: Any, digits: int) -> PriceRow:
    code, name = (row.number, row.name) if kind == "part" else (row.code, said(row.names, request.actor.language))
    return PriceRow(row.uid, kind, code, name, price.amount if price else None, price.cost if price else None, digits)


def page_context(request: Request) -> dict[str, Any]:
    entity = chosen_list(request)
    return {
        **with_tabs(request),
        "entity": entity,
        "may_price": may_price(request.actor, entity.id),
        "sees_cost": sees_cost(request.actor),
    }


PRICES = Listing(
    name="prices",
    title=gettext_lazy("Prices"),
    source=source,
    columns=(
        Column("code", gettext_lazy("Code")),
        Column("name", gettext_lazy("Name")),
        Column("amount", gettext_lazy("Price with tax"), kind="number"),
        Column("cost", gettext_lazy("Costs us"), kind="number", right="catalogue.see_cost"),
    ),
    sort="pk",
    filters=EntityFilter,
    narrow=narrow,
    shape=with_prices,
    page="desk/catalogue/prices.html",
    rows="desk/catalogue/_price_rows.html",
)


def price_list(request: Request) -> HttpResponse:
    """Each row is a form of its own: Enter saves it."""
    if not price_lists_for(request.actor):
        return render(request, "desk/catalogue/no_prices.html", with_tabs(request))
    return PRICES.answer(request, **page_context(request))


def set_one(request: Request, entity: UUID, kind: str, uid: UUID) -> HttpResponse:
    """Saves one price from today on, and answers its row anew."""
    found = next((one for one in price_lists_for(request.actor) if one.uid == entity), None)
    if found is None or kind not in ("part", "service"):
        raise Missing
    rows: QuerySet[Any] = parts_for(request.actor) if kind == "part" else services_for(request.actor)
    thing = rows.get(uid=uid)
    form = PriceForm(request.POST)
    refused = "" if form.is_valid() else _("A price is a number such as 120.50.")
    if not refused:
        try:
            of_thing: dict[str, Any] = {f"{kind}_uid": uid}
            set_price(request.actor, legal_entity_id=found.id, **of_thing, **form.cleaned_data)
        except Refused as refusal:
            refused = str(refusal)
    of: dict[str, Any] = {f"{kind}_ids": [thing.pk]}
    price = prices_for(request.actor, found.id, **of).get((kind, thing.pk))
    context = {
        "row": _row(request, kind, thing, price, exponent(found.currency)),
        "entity": found,
        "may_price": True,
        "sees_cost": sees_cost(request.actor),
        "refused": refused,
        "typed": request.POST.get("amount", "") if refused else None,
        "saved": not refused,
    }
    return render(request, "desk/catalogue/_price_row.html", context, status=422 if refused else 200)
