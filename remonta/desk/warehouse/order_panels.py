"""What the order page shows of parts and places."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from remonta.catalogue.queries import find_part, offers, parts_fitting
from remonta.desk.warehouse.elsewhere import with_givers
from remonta.desk.warehouse.forms import thousandths, uid_in, which_in
from remonta.identity.queries import every_centre
from remonta.kernel.refusals import Missing
from remonta.kernel.texts import clean
from remonta.orders.queries import work_elsewhere, work_orders_for
from remonta.stock.commands import place_unit
from remonta.stock.queries import (
    moves_of_thread,
    part_availability,
    parts_in_repair,
    told_in_repair,
    unit_places,
    whereabouts,
)
from remonta.supply.commands import ask_part, take_out_old_part
from remonta.supply.queries import old_parts_of_order, parts_of_order
from remonta.web.answers import go, operation_of
from remonta.web.requests import Request


def parts(request: Request, uid: UUID) -> HttpResponse:
    """The parts asked for; a POST asks for one more."""
    if request.method == "POST":
        part_uid, quantity = uid_in(request.POST, "part"), thousandths(request.POST.get("quantity", "1")) or 0
        done = ask_part(request.actor, uid, part_uid=part_uid, quantity=quantity, operation=operation_of(request))
        here = _("Set aside in the store.") if done.reservation_id else _("Not here: purchasing sees it now.")
        return go(request, reverse("desk:order", args=[uid]), here)
    order = work_orders_for(request.actor).get(uid=uid)
    may_ask = order.open and request.actor.may("supply.ask", order)
    lines, told = parts_of_order(request.actor, order.pk), told_in_repair(order.pk)
    parts = {one.part_id: one.number for one in lines}
    context = {
        "order": order,
        "lines": with_givers(request, lines),
        "old_parts": old_parts_of_order(request.actor, order.pk),
        "issued": {line.terms for line in lines if line.state == "issued" and line.terms},
        "may_terms": request.actor.may("supply.terms", order),
        "may_print": request.actor.may("documents.print", order),
        "order_url": reverse("desk:order", args=[uid]),
        "may_see_transfers": request.actor.may_at("stock.see_transfers", order.centre_id),
        "numbers": [(parts[key], words) for key, words in told.items() if key in parts],
        "may_ask": may_ask,
        "may_issue": request.actor.may("supply.issue", order),
        "may_take_out": order.open and (may_ask or request.actor.may("supply.issue", order)),
        "built_in": parts_in_repair(order.pk),
    }
    return render(request, "desk/warehouse/_order_parts.html", context)


def find(request: Request, uid: UUID) -> HttpResponse:
    """Parts to ask for: those that fit the model, or those that have the words; with what is here and elsewhere.

    What superseded a part stands before it, what can be used in its place behind it.
    """
    order = work_orders_for(request.actor).get(uid=uid)
    text = clean(request.GET.get("q", ""))
    fitting = parts_fitting(request.actor, order.product_id) if order.product_id else ()
    found = offers(find_part(request.actor, text) if text else fitting[:10])
    available = part_availability(request.actor, [offer.part.pk for offer in found])
    rows = []
    for offer in found:
        centres = available.get(offer.part.pk, ())
        here = sum(one.free for one in centres if one.centre_id == order.centre_id)
        rows.append((offer, here, [one for one in centres if one.centre_id != order.centre_id and one.free > 0]))
    return render(request, "desk/warehouse/_order_part_found.html", {"order": order, "rows": rows, "text": text})


def old_part(request: Request, uid: UUID) -> HttpResponse:
    """The part taken out of the unit goes into quarantine."""
    part_uid = uid_in(request.POST, "part")
    which = which_in(request.POST)
    take_out_old_part(request.actor, uid, part_uid=part_uid, which=which, operation=operation_of(request))
    return go(request, reverse("desk:order", args=[uid]), _("The old part waits in quarantine."))


def place(request: Request, uid: UUID) -> HttpResponse:
    """Where the unit stands and where it has been; a POST puts it elsewhere, as two scans do."""
    order = work_orders_for(request.actor).get(uid=uid)
    if request.method == "POST":
        if order.unit_id is None:
            raise Missing
        target = uid_in(request.POST, "place")
        place_unit(request.actor, order.unit_id, target, thread_id=order.pk, operation=operation_of(request))
        return go(request, reverse("desk:order", args=[uid]), _("Moved."))
    where = whereabouts([order.unit_id]).get(order.unit_id) if order.unit_id else None
    here = where is not None and where.centre_id == order.centre_id
    may_move = here and request.actor.may("stock.move_units", order)
    threads = [order.pk, *(one.id for one in work_elsewhere(request.actor, order) if not one.ours)]
    there = where.centre_id if where and not here else None
    context = {
        "order": order,
        "where": where,
        "centre": every_centre().filter(pk=there).values_list("name", flat=True).first() if there else "",
        "moves": [line for line in moves_of_thread(*threads, limit=30) if line.unit_id],
        "places": unit_places(request.actor, order.centre_id)[:300] if may_move else (),
    }
    return render(request, "desk/warehouse/_order_place.html", context)
