"""Price lists of legal entities."""

from typing import Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language
from ninja import Query, Router

from remonta.api.fields import Asked, Code, Day, Line, Price
from remonta.api.paging import Page, Paging, page_of
from remonta.api.shapes.master import PriceListShape, PriceShape
from remonta.api.spoken import op
from remonta.catalogue.commands import set_price
from remonta.catalogue.queries import PriceList, having, parts_for, price_lists_for, prices_for, services_for
from remonta.kernel.refusals import Missing
from remonta.kernel.texts import said
from remonta.web.requests import Request

router = Router()
Kind = Literal["part", "service"]


class PriceFilter(Paging):
    """Parts or works, by words."""

    kind: Kind = "service"
    q: Line = ""


class PriceAsked(Asked):
    """From that day (today unless given) it costs so much, tax included, in major units."""

    amount: Price
    cost: Price | None = None
    tax_code: Code = ""
    since: Day | None = None


def list_of(request: Request, uid: UUID) -> PriceList:
    """A price list that may be read. Raises Missing. One statement."""
    found = next((one for one in price_lists_for(request.actor) if one.uid == uid), None)
    if found is None:
        raise Missing
    return found


def things(request: Request, kind: Kind) -> QuerySet[Any]:
    """Parts or works."""
    return parts_for(request.actor) if kind == "part" else services_for(request.actor)


def priced(request: Request, entity: PriceList, kind: Kind, rows: list[Any]) -> list[dict[str, Any]]:
    """Things with today’s prices. One statement."""
    of: dict[str, Any] = {f"{kind}_ids": [row.pk for row in rows]}
    prices = prices_for(request.actor, entity.id, **of)
    language = get_language() or "en"
    shown = []
    for row in rows:
        price = prices.get((kind, row.pk))
        shown.append(
            {
                "kind": kind,
                "uid": row.uid,
                "code": row.number if kind == "part" else row.code,
                "name": row.name if kind == "part" else said(row.names, language),
                "currency": entity.currency,
                "amount": price.amount if price else None,
                "cost": price.cost if price else None,
                "tax_code": price.tax_code if price else "",
                "since": price.since if price else None,
            }
        )
    return shown


@router.get("/price-lists", **op("price-lists", list[PriceListShape]))
def lists(request: Request) -> Any:
    """The legal entities whose prices the key may read."""
    return price_lists_for(request.actor)


@router.get("/price-lists/{uuid:entity}", **op("price-list", Page[PriceShape]))
def listed(request: Request, entity: UUID, asked: Query[PriceFilter]) -> Any:
    """Works or parts with today’s prices, in pages."""
    found = list_of(request, entity)
    rows = things(request, asked.kind).filter(archived_at=None)
    rows = rows.filter(having(asked.q)) if asked.q else rows
    return page_of(rows, asked, lambda page: priced(request, found, asked.kind, list(page)))


@router.put("/price-lists/{uuid:entity}/{slug:kind}/{uuid:uid}", **op("price", PriceShape))
def price(request: Request, entity: UUID, kind: Kind, uid: UUID, asked: PriceAsked) -> Any:
    """Sets a price. Cost and tax code stay as they were unless given."""
    found = list_of(request, entity)
    thing = things(request, kind).get(uid=uid)
    of: dict[str, Any] = {f"{kind}_uid": uid}
    set_price(request.actor, legal_entity_id=found.id, **of, **asked.model_dump())
    return priced(request, found, kind, [thing])[0]
