"""The quote panel of an order and what is done with a quote: parse, one command or query, respond."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from remonta.desk.billing.views import tried
from remonta.desk.quotes.forms import AnswerForm
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted
from remonta.orders.queries import WorkOrder, work_orders_for
from remonta.quotes.commands import approve_quote, decline_quote, send_quote, use_preauthorisation
from remonta.quotes.queries import QuoteShape, quote_shape, quotes_for, quotes_of
from remonta.web.answers import go, operation_of
from remonta.web.requests import Request


def order_quote(request: Request, uid: UUID) -> HttpResponse:
    """The quote panel of an order."""
    order = work_orders_for(request.actor).select_related("customer").get(uid=uid)
    if not request.actor.may("quotes.see", order):
        raise NotPermitted
    return _panel(request, order)


def send(request: Request, uid: UUID) -> HttpResponse:
    """Asks the customer."""
    order = _order_of(request, uid)
    send_quote(request.actor, uid, operation=operation_of(request))
    return go(request, reverse("desk:order", args=[order.uid]), _("The quote is on its way to the customer."))


def preauthorised(request: Request, uid: UUID) -> HttpResponse:
    """Begins without asking, for what the customer allowed beforehand."""
    order = _order_of(request, uid)
    use_preauthorisation(request.actor, uid, operation=operation_of(request))
    return go(request, reverse("desk:order", args=[order.uid]), _("Work may begin."))


def answer(request: Request, uid: UUID) -> HttpResponse:
    """Records what the customer said at the counter or by phone."""
    order = _order_of(request, uid)
    shape = quote_shape(request.actor, quotes_for(request.actor).prefetch_related("lines").get(uid=uid))
    form = AnswerForm(shape, request.POST)
    if tried(form, lambda: _record(request, uid, form)):
        return go(request, reverse("desk:order", args=[order.uid]), _("The answer is recorded."))
    return _panel(request, order, form)


def _record(request: Request, uid: UUID, form: AnswerForm) -> None:
    said: dict[str, Any] = dict(form.cleaned_data)
    lines, reason = [UUID(line) for line in said.pop("lines")], said.pop("reason")
    if request.POST.get("decision") == "decline":
        decline_quote(request.actor, uid, **said, reason=reason)
    else:
        approve_quote(request.actor, uid, **said, lines=lines)


def _panel(request: Request, order: WorkOrder, form: AnswerForm | None = None) -> HttpResponse:
    versions = quotes_of(request.actor, order.pk)
    quote = next((one for one in versions if one.state != "replaced"), None)
    may = {name: request.actor.may(f"quotes.{name}", order) for name in ("write", "send", "answer")}
    context = {
        "order": order,
        "quote": quote,
        "earlier": [one for one in versions if one.state == "replaced"],
        "may": may,
        "preauthorised": quote and quote.state in ("draft", "sent") and quote.necessary <= order.preauthorised,
        "form": form or (_answer_form(order, quote) if quote and quote.state == "sent" else None),
    }
    return render(request, "desk/quotes/_quote.html", context, status=422 if form else 200)


def _answer_form(order: WorkOrder, quote: QuoteShape) -> AnswerForm:
    necessary = [str(line.uid) for line in quote.lines if line.variant == "necessary"]
    name = order.customer.name if order.customer else ""
    first = {"operation": uuid7(), "shown_hash": quote.shown_hash, "lines": necessary, "name": name}
    return AnswerForm(quote, initial=first)


def _order_of(request: Request, quote_uid: UUID) -> WorkOrder:
    """The order of a quote one may see. Raises DoesNotExist."""
    quote = quotes_for(request.actor).select_related("work_order__customer").get(uid=quote_uid)
    return quote.work_order
