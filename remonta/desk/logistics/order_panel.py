"""What the order page shows of the road: parcels, batches, and where the unit is to be sent on."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from remonta.desk.logistics.forms import SendOnForm
from remonta.identity.queries import every_centre
from remonta.kernel.ids import uuid7
from remonta.logistics.commands import ask_onward, drop_onward
from remonta.logistics.queries import batches_of_order, onward_of_order, parcels_of_order
from remonta.orders.queries import work_elsewhere, work_orders_for
from remonta.web.answers import back, go, operation_of
from remonta.web.form_page import form_page
from remonta.web.requests import Request


def road(request: Request, uid: UUID) -> HttpResponse:
    """How the unit came, where it is, in which batches it travelled; a form to send it on."""
    order = work_orders_for(request.actor).get(uid=uid)
    may_send = request.actor.may("logistics.send_on", order) and order.open and order.unit_id is not None
    wish = onward_of_order(request.actor, order)
    parcels = parcels_of_order(request.actor, order.pk)
    context = {
        "order": order,
        "parcels": parcels,
        "parcel": next((one for one in parcels if one.way == "out" and one.state == "packed"), None),
        "may_book": order.state == "ready" and order.customer_id and request.actor.may("logistics.handle", order),
        "lines": batches_of_order(request.actor, order.pk),
        "elsewhere": work_elsewhere(request.actor, order),
        "wish": wish,
        "may_send": may_send,
        "form": SendOnForm(initial={"operation": uuid7()}, centres=_centres(order.centre_id)),
    }
    return render(request, "desk/logistics/_order.html", context)


def send_on(request: Request, uid: UUID) -> HttpResponse:
    """The unit should go on."""
    order = work_orders_for(request.actor).get(uid=uid)
    return form_page(
        request,
        partial(SendOnForm, centres=_centres(order.centre_id)),
        partial(ask_onward, request.actor, uid),
        title=_("Send on to another centre or a maker"),
        then=reverse("desk:order", args=[uid]),
        say=_("It is proposed for a batch."),
    )


def drop(request: Request, uid: UUID) -> HttpResponse:
    """It stays here after all."""
    wish = drop_onward(request.actor, uid, operation=operation_of(request))
    return go(request, back(request, reverse("desk:order", args=[wish.work_order.uid])), _("Saved."))


def _centres(but: int) -> list[tuple[str, str]]:
    return [(str(one.uid), one.name) for one in every_centre().exclude(pk=but).order_by("name")]
