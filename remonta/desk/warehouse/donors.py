"""Taking a unit apart into parts, and the document of it."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from remonta.catalogue.queries import find_part, parts_for
from remonta.desk.billing.forms import AmountField
from remonta.desk.warehouse.forms import delivery_lines, line_before, scanned_line
from remonta.desk.warehouse.frame import with_tabs
from remonta.equipment.queries import units_for
from remonta.identity.queries import every_centre
from remonta.kernel.actor import Actor
from remonta.kernel.gs1 import code_of
from remonta.kernel.refusals import NotPermitted
from remonta.spine.queries import recognise
from remonta.stock.commands import NotHereYet, Salvaged, take_apart
from remonta.stock.queries import Dismantling, dismantling_of, store_places, taken_apart, whereabouts
from remonta.web.answers import answer_form, operation_of
from remonta.web.requests import Request


class TakeApartForm(forms.Form):
    """What the unit had cost is asked of those who may see costs."""

    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, currency: str, costs: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if costs:
            label = _("What the unit had cost us, in %(currency)s") % {"currency": currency}
            self.fields["cost"] = AmountField(currency, label=label, required=False, min_value=Decimal(0))


def apart(request: Request, uid: UUID) -> HttpResponse:
    """The unit, and line after line what is got out of it; a line with a mistake keeps what was typed."""
    actor, template = request.actor, "desk/warehouse/take_apart.html"
    unit = units_for(actor).select_related("product__brand").get(uid=uid)
    centre = every_centre().select_related("legal_entity").get(pk=_where(actor, unit.pk))
    if not actor.may("stock.take_apart", centre):
        raise NotPermitted
    of: dict[str, Any] = {"currency": centre.legal_entity.currency, "costs": actor.may("stock.see_cost", centre)}
    context: dict[str, Any] = {"unit": unit, "bins": store_places(actor, centre.pk)[:500], **with_tabs(request)}
    if request.method == "GET":
        return render(request, template, {**context, "form": TakeApartForm(**of)})
    lines, booked = delivery_lines(actor, centre.pk, request.POST)
    form = TakeApartForm(request.POST, **of)
    if any(line.errors for line in lines):
        return render(request, template, {**context, "form": form, "lines": lines}, status=422)
    operation = operation_of(request)
    salvaged = [Salvaged(one.part_uid, one.place_uid, one.quantity, one.cost, one.which) for one in booked]

    def run(**said: Any) -> Dismantling:
        return take_apart(actor, uid, lines=salvaged, **said, operation=operation)

    context["lines"] = lines
    return answer_form(request, form, run, page=template, then=_page_of, context=context, say=_now("Taken apart."))


def _where(actor: Actor, unit_id: int) -> int:
    """The centre the unit stands in, or stood in until it was taken apart. Raises NotHereYet."""
    where = whereabouts([unit_id]).get(unit_id)
    if where is not None and where.centre_id is not None:
        return where.centre_id
    if (done := dismantling_of(actor, unit_id)) is None:
        raise NotHereYet
    return done.centre_id


def line(request: Request) -> HttpResponse:
    """One more line: the part by scan, or by its first words."""
    text = code_of(request.GET.get("code", ""))
    before = line_before(request) if text else None
    found = recognise(request.actor, text, ("part",)) if text else None
    known = parts_for(request.actor).filter(pk=found.id).first() if found and found.kind == "part" else None
    if known is None and text and (before is None or request.GET.get("typed")):
        known = next(iter(find_part(request.actor, text, led=False)), None)
    part = known or before
    shown = scanned_line(part, request.GET.get("bin", ""), text, own=known is not None) if part else None
    return render(request, "desk/warehouse/_salvaged_line.html", {"line": shown, "code": text, "more": True})


def document(request: Request, uid: UUID) -> HttpResponse:
    """What was got out of a unit, where it was put and what it bears of the cost."""
    context = {"doc": taken_apart(request.actor, uid), **with_tabs(request)}
    return render(request, "desk/warehouse/taken_apart.html", context)


def _page_of(made: Dismantling) -> str:
    return reverse("desk:taken-apart", args=[made.uid])
