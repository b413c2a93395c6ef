"""What customs are told of a batch: a table to fill in, and the pro forma."""

from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remonta.desk.logistics.frame import with_tabs
from remonta.kernel.money import Money
from remonta.kernel.refusals import NotPermitted, Refused
from remonta.logistics.commands import Declared, declare_batch
from remonta.logistics.queries import CustomsShape, batches_for, customs_lines
from remonta.web.answers import go
from remonta.web.requests import Request

GRAMS = 1000
MOST_DIGITS = 12
HEAVIEST = 2_000_000


class AmountUnclear(Refused):
    text = gettext_lazy("Type amounts and weights as numbers, such as 12.50.")


def customs(request: Request, uid: UUID) -> HttpResponse:
    """Value, HS code, origin and weight of each line; what was said of the same goods the last time stands there."""
    batch = batches_for(request.actor).select_related("centre__legal_entity", "holder").get(uid=uid)
    if not request.actor.may_at("logistics.handle", batch.holder_id):
        raise NotPermitted
    lines = customs_lines(request.actor, batch)
    currency = batch.customs_currency or batch.centre.legal_entity.currency
    context: dict[str, Any] = {"batch": batch, **with_tabs(request)}
    if request.method != "POST":
        rows = [_row(one, currency) for one in lines]
        return render(request, "desk/logistics/customs.html", {**context, "rows": rows, "currency": currency})
    typed = [_typed(request, one) for one in lines]
    currency = request.POST.get("currency", "")[:3].upper()
    try:
        declare_batch(request.actor, uid, currency=currency, lines=[_declared(row, currency) for row in typed])
    except NotPermitted:
        raise
    except Refused as refusal:
        context |= {"rows": typed, "currency": currency, "refusal": str(refusal)}
        return render(request, "desk/logistics/customs.html", context, status=422)
    return go(request, reverse("desk:batch", args=[uid]), _("Saved. The pro forma can be printed."))


def _row(one: CustomsShape, currency: str) -> dict[str, Any]:
    value = "" if one.value is None else f"{Money(one.value, currency).major}"
    weight = "" if one.weight is None else f"{(Decimal(one.weight) / GRAMS).normalize():f}"
    return {"line": one, "value": value, "hs_code": one.hs_code, "origin": one.origin, "weight": weight}


def _typed(request: Request, one: CustomsShape) -> dict[str, Any]:
    names = ("value", "hs_code", "origin", "weight")
    return {"line": one, **{name: request.POST.get(f"{name}-{one.uid}", "")[:20].strip() for name in names}}


def _declared(row: dict[str, Any], currency: str) -> Declared:
    value, weight = _number(row["value"]), _number(row["weight"])
    if weight is not None and weight > HEAVIEST:
        raise AmountUnclear
    return Declared(
        line_uid=row["line"].uid,
        value=None if value is None else Money.of(value, currency).minor,
        hs_code=row["hs_code"],
        origin=row["origin"],
        weight=None if weight is None else int(weight * GRAMS),
    )


def _number(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        found = Decimal(text.replace(",", ".").replace("\u00a0", "").replace(" ", ""))
    except InvalidOperation as error:
        raise AmountUnclear from error
    if not found.is_finite() or found < 0 or found.adjusted() > MOST_DIGITS - 3:
        raise AmountUnclear
    return found
