"""Writing a quote: lines from the price list or in words, with a search of works and parts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remonta.catalogue.queries import (
    find_part,
    find_service,
    likely_works,
    parts_fitting,
    parts_for,
    prices_for,
    services_for,
)
from remonta.desk.billing.views import tried
from remonta.desk.quotes.forms import LineForm, QuoteForm
from remonta.kernel.ids import uuid7
from remonta.kernel.money import Money
from remonta.kernel.refusals import NotPermitted
from remonta.kernel.texts import said
from remonta.orders.queries import WorkOrder, work_orders_for
from remonta.quotes.commands import send_quote, write_quote
from remonta.quotes.queries import QuoteShape, quotes_of
from remonta.web.answers import go
from remonta.web.requests import Request

MOST_LINES, FOUND = 100, 8


@dataclass(frozen=True)
class Offered:
    """A work or part that can become a line; `price` in major units, None when it has none yet."""

    kind: str
    uid: UUID
    text: str
    code: str
    price: Decimal | None
    cost: Decimal | None


def edit(request: Request, uid: UUID) -> HttpResponse:
    """The page on which a quote is written; a sent one becomes a new version."""
    order = _order(request, uid)
    if request.method == "POST":
        return _save(request, order)
    standing = next((one for one in quotes_of(request.actor, order.pk) if one.state != "replaced"), None)
    first: dict[str, Any] = {"operation": uuid7()}
    if standing:
        first |= {"note": standing.note, "ready_at": _local(standing.ready_at), "valid_until": standing.valid_until}
    return _page(request, order, QuoteForm(initial=first), _rows_of(request, order, standing), standing=standing)


def find(request: Request, uid: UUID) -> HttpResponse:
    """Works and parts by words or number; without any, what this device most likely needs."""
    order, text = _order(request, uid), request.GET.get("q", "").strip()
    if text:
        found = _offered(
            request, order, find_service(request.actor, text, FOUND), find_part(request.actor, text, FOUND)
        )
    else:
        found = _likely(request, order)
    return render(request, "desk/quotes/_found.html", {"order": order, "found": found, "text": text})


def line(request: Request, uid: UUID) -> HttpResponse:
    """An empty line, or one filled from the catalogue."""
    order, asked = _order(request, uid), request.GET
    services = services_for(request.actor).filter(uid=_uid(asked["service"])) if "service" in asked else ()
    parts = parts_for(request.actor).filter(uid=_uid(asked["part"])) if "part" in asked else ()
    found = _offered(request, order, services, parts)
    row = _line_of(request, order, found[0]) if found else _line(request, order)
    return render(request, "desk/quotes/_line.html", {"line": row, "order": order})


def _save(request: Request, order: WorkOrder) -> HttpResponse:
    form = QuoteForm(request.POST)
    rows = [_bound(request, order, name) for name in request.POST.getlist("line")[:MOST_LINES]]
    readable = all([row.is_valid() for row in rows])  # every row is asked, so that each shows its own errors
    if readable and tried(form, lambda: _write(request, order, form, rows)):
        sent = "send" in request.POST
        say = _("The quote is on its way to the customer.") if sent else _("The quote is written.")
        return go(request, reverse("desk:order", args=[order.uid]), say)
    if not readable:
        form.add_error(None, _("Look at the marked lines."))
    return _page(request, order, form, rows, status=422)


def _write(request: Request, order: WorkOrder, form: QuoteForm, rows: Sequence[LineForm]) -> None:
    quote = write_quote(request.actor, order.uid, lines=[row.asked() for row in rows], **form.cleaned_data)
    if "send" in request.POST:
        send_quote(request.actor, quote.uid, operation=_uid(request.POST.get("send_operation", "")))


def _page(
    request: Request, order: WorkOrder, form: QuoteForm, rows: Iterable[LineForm], status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "order": order,
        "form": form,
        "rows": rows,
        "likely": _likely(request, order),
        "may_send": request.actor.may("quotes.send", order),
        "sees_profit": any(row.cost for row in rows),
        **more,
    }
    return render(request, "desk/quotes/edit.html", context, status=status)


def _rows_of(request: Request, order: WorkOrder, quote: QuoteShape | None) -> list[LineForm]:
    """The lines of the standing version, to be changed."""
    lines = quote.lines if quote else ()
    services = dict(_keys(services_for(request.actor), [one.service_id for one in lines]))
    parts = dict(_keys(parts_for(request.actor), [one.part_id for one in lines]))
    rows = []
    for one in lines:
        first = {
            "service_uid": services.get(one.service_id),
            "part_uid": parts.get(one.part_id),
            "text": one.text,
            "variant": one.variant,
            "quantity": Decimal(one.quantity) / 1000,
            "price": one.price.normalize(),
            "discount": Money(one.discount, order.currency).major if one.discount else None,
        }
        cost = Money(one.cost, order.currency).major * 1000 / one.quantity if one.cost is not None else None
        rows.append(_line(request, order, cost=cost, **first))
    return rows


def _keys(things: Any, ids: Iterable[int | None]) -> Any:
    wanted = [one for one in ids if one]
    return things.filter(pk__in=wanted).values_list("pk", "uid") if wanted else ()


def _likely(request: Request, order: WorkOrder) -> list[Offered]:
    """The works the fault speaks of, and the parts that fit the model."""
    fault = " ".join((order.confirmed_fault, order.fault))
    entity = order.centre.legal_entity_id
    works = likely_works(request.actor, fault, legal_entity_id=entity, product_id=order.product_id)
    services = services_for(request.actor).filter(pk__in=[work.service_id for work in works])
    parts = parts_fitting(request.actor, order.product_id)[:FOUND] if order.product_id else ()
    return _offered(request, order, services, parts)


def _offered(request: Request, order: WorkOrder, services: Iterable[Any], parts: Iterable[Any]) -> list[Offered]:
    """With the prices of the order's legal entity. One statement for them all."""
    works, goods = list(services), list(parts)
    prices = prices_for(
        request.actor,
        order.centre.legal_entity_id,
        service_ids=[one.pk for one in works],
        part_ids=[one.pk for one in goods],
    )
    language = get_language() or "en"
    rows = [("service", one, said(one.names, language), one.code) for one in works]
    rows += [("part", one, one.name, one.number) for one in goods]
    found = []
    for kind, one, text, code in rows:
        priced = prices.get((kind, one.pk))
        amount, cost = (priced.amount, priced.cost) if priced else (None, None)
        found.append(Offered(kind, one.uid, text, code, amount, cost))
    return found


def _line_of(request: Request, order: WorkOrder, one: Offered) -> LineForm:
    price = one.price.normalize() if one.price is not None else None
    return _line(request, order, cost=one.cost, **{f"{one.kind}_uid": one.uid}, text=one.text, price=price)


def _line(request: Request, order: WorkOrder, *, cost: Decimal | None = None, **first: Any) -> LineForm:
    may_price = request.actor.may("quotes.price", order)
    shown = f"{cost:.6f}" if cost is not None else ""
    return LineForm(order.currency, prefix=f"l{uuid7().hex}", initial=first, may_price=may_price, cost=shown)


def _bound(request: Request, order: WorkOrder, name: str) -> LineForm:
    if not name.isalnum() or len(name) > 40:
        raise BadRequest("line")
    return LineForm(order.currency, request.POST, prefix=name, may_price=request.actor.may("quotes.price", order))


def _order(request: Request, uid: UUID) -> WorkOrder:
    order = work_orders_for(request.actor).select_related("centre__legal_entity", "product__brand").get(uid=uid)
    if not request.actor.may("quotes.write", order):
        raise NotPermitted
    return order


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise BadRequest("uid") from error


def _local(at: Any) -> Any:
    return timezone.localtime(at) if at else None
