"""What is to be bought: parts that repairs wait for, and what somebody asks for; chosen rows become orders."""

from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remonta.desk.buying.forms import RequestForm
from remonta.desk.buying.frame import with_tabs
from remonta.kernel.refusals import Missing
from remonta.supply.commands import Chosen, cancel_purchase_request, order_wanted, request_purchase
from remonta.supply.queries import suppliers_for, to_order
from remonta.web.answers import back, go, operation_of, uid_of
from remonta.web.form_page import form_page
from remonta.web.requests import Request


def wanted(request: Request) -> HttpResponse:
    """The list; a POST orders the chosen rows at the suppliers that stand beside them."""
    if request.method == "POST":
        return _order(request)
    here = [request.centre.id] if request.centre and request.GET.get("here") else None
    context = {
        "rows": to_order(request.actor, here),
        "suppliers": suppliers_for(request.actor).filter(archived_at=None).order_by("sort_name"),
        "here": bool(here),
        "may_ask": request.centre is not None and request.actor.may("supply.request", request.centre),
        **with_tabs(request),
    }
    return render(request, "desk/buying/wanted.html", context)


def ask(request: Request) -> HttpResponse:
    """Asks purchasing for a part for this centre's stock."""
    centre = request.centre
    if centre is None:
        raise Missing

    def run(part: Any, **values: Any) -> object:
        said = {**values, "part_uid": part.uid, "operation": operation_of(request)}
        return request_purchase(request.actor, centre.uid, **said)

    return form_page(
        request,
        partial(RequestForm, request=request),
        run,
        title=gettext_lazy("Ask purchasing for a part"),
        then=back(request, reverse("desk:issue")),
        say=gettext_lazy("Purchasing sees it now."),
        initial={"quantity": "1"},
        **with_tabs(request),
    )


def cancel(request: Request, uid: UUID) -> HttpResponse:
    cancel_purchase_request(request.actor, uid, operation=operation_of(request))
    return go(request, reverse("desk:to-order"), _("Cancelled."))


def _order(request: Request) -> HttpResponse:
    chosen = []
    for key in request.POST.getlist("chosen")[:500]:
        kind, _colon, uid = key.partition(":")
        supplier = request.POST.get(f"supplier-{key}", "")
        if not supplier:
            raise BadRequest("supplier")
        chosen.append(Chosen(kind, uid_of(uid), uid_of(supplier)))
    order = order_wanted(request.actor, chosen=chosen, operation=operation_of(request))
    suppliers = len({one.supplier_uid for one in chosen})
    said = _("The draft is ready to be looked at.") if suppliers == 1 else _("The drafts are ready to be looked at.")
    then = reverse("desk:purchase", args=[order.uid]) if suppliers == 1 else reverse("desk:purchases")
    return go(request, then, said)
