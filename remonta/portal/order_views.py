"""The customer's page of a repair: parse, one command or query, respond."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from remonta.documents.queries import documents_for, file_name, pdf_of
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import Missing, NotPermitted, Refused
from remonta.orders.commands import write_from_customer
from remonta.portal.customer_page import CustomerPage, customer_page
from remonta.portal.doors import Visit, customers_door
from remonta.portal.forms import NECESSARY, WHOLE, AnswerForm, DeclineForm, MessageForm, RatingForm
from remonta.quality.commands import rate_work
from remonta.quotes.commands import OtherTextShown, approve_quote, decline_quote
from remonta.quotes.queries import QuoteShape, quotes_of
from remonta.quotes.workflow import QuoteClash
from remonta.web.answers import go
from remonta.web.files import send_file
from remonta.web.requests import Request


@customers_door
def order(request: Request, visit: Visit) -> HttpResponse:
    """The page; asking for it changes nothing."""
    return _page(request, visit)


@customers_door
def approve(request: Request, visit: Visit, uid: UUID) -> HttpResponseBase:
    """Accepts lines of the quote that was shown."""
    form = AnswerForm(_quote(visit, uid), request.POST)
    refused = _tried(
        form,
        lambda: approve_quote(
            visit.actor, uid, **_said(form, "operation", "shown_hash", "name"), lines=form.chosen(), means="link"
        ),
    )
    return _next(request, visit, refused, _("Thank you! We go on with the repair."), answer_form=form)


@customers_door
def decline(request: Request, visit: Visit, uid: UUID) -> HttpResponseBase:
    """Declines the quote that was shown."""
    _quote(visit, uid)
    form = DeclineForm(request.POST)
    refused = _tried(form, lambda: decline_quote(visit.actor, uid, **form.cleaned_data, means="link"))
    return _next(request, visit, refused, _("We have noted that you decline the quote."), decline_form=form)


@customers_door
def write(request: Request, visit: Visit) -> HttpResponseBase:
    """A message to the centre."""
    form = MessageForm(request.POST)
    refused = _tried(form, lambda: write_from_customer(visit.actor, visit.order.uid, **form.cleaned_data))
    return _next(request, visit, refused, _("Your message has arrived."), message_form=form)


@customers_door
def rate(request: Request, visit: Visit) -> HttpResponseBase:
    """How the customer found the work."""
    form = RatingForm(request.POST)
    refused = _tried(form, lambda: rate_work(visit.actor, visit.order.uid, **form.cleaned_data))
    return _next(request, visit, refused, _("Thank you for your rating!"), rating_form=form)


@customers_door
def file(request: Request, visit: Visit, uid: UUID) -> HttpResponseBase:
    """A photo or file of the order that is meant for the customer; `?small` is its thumbnail."""
    return send_file(visit.actor, uid, small="small" in request.GET)


@customers_door
def paper(request: Request, visit: Visit, uid: UUID) -> HttpResponseBase:
    """A document that was printed for the customer, as PDF."""
    name = file_name(documents_for(visit.actor).get(uid=uid))
    disposition = {"Content-Disposition": f'inline; filename="{name.encode("ascii", "replace").decode()}"'}
    return HttpResponse(pdf_of(visit.actor, uid), content_type="application/pdf", headers=disposition)


def _next(
    request: Request, visit: Visit, refused: str | None, thanks: str, **form: django_forms.Form
) -> HttpResponseBase:
    """On to the page anew after a success; else the page with the sentence, and what was typed."""
    [bound] = form.values()
    if refused is None and not bound.errors:
        return go(request, reverse("portal:order", args=[visit.token]), thanks)
    return _page(request, visit, refusal=refused, status=409 if refused else 422, **form)


def _page(
    request: Request, visit: Visit, *, refusal: str | None = None, status: int = 200, **forms: Any
) -> HttpResponse:
    page = customer_page(visit)
    url = reverse("portal:order", args=[visit.token])
    shown = {"page": page, "token": visit.token, "home_url": url, "site_name": page.site_name, "refusal": refusal}
    shown |= {"message_form": MessageForm(initial={"operation": uuid7()})}
    if page.may_rate:
        shown |= {"rating_form": RatingForm(initial={"operation": uuid7()})}
    shown |= _questions(page)
    asked = {name: form for name, form in forms.items() if name in shown}
    return render(request, "portal/order.html", {**shown, **asked}, status=status)


def _questions(page: CustomerPage) -> dict[str, Any]:
    """The forms of a quote that waits for its answer, each with an id of its own."""
    if not page.offer or not page.offer.answerable:
        return {}
    quote = page.offer.quote
    first = {"shown_hash": quote.shown_hash}
    choice = NECESSARY if page.offer.necessary else WHOLE
    yes = {**first, "choice": choice, "operation": uuid7(), "lines": [str(line.uid) for line in page.offer.necessary]}
    no = {**first, "operation": uuid7()}
    return {"answer_form": AnswerForm(quote, initial=yes), "decline_form": DeclineForm(initial=no)}


def _quote(visit: Visit, uid: UUID) -> QuoteShape:
    """The quote of this very order. Raises Missing for any other."""
    found = [quote for quote in quotes_of(visit.actor, visit.order.pk) if quote.uid == uid]
    if not found:
        raise Missing
    return found[0]


def _said(form: django_forms.Form, *names: str) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in names}


def _tried(form: django_forms.Form, run: Callable[[], object]) -> str | None:
    """None when it went well or stands at a field; else the sentence for the person."""
    if not form.is_valid():
        return None
    try:
        run()
    except (NotPermitted, Missing):
        raise
    except (QuoteClash, OtherTextShown):
        return _("This quote has been answered or changed since you opened the page. Below is how it stands now.")
    except Refused as refusal:
        if refusal.field not in form.fields:
            return str(refusal)
        form.add_error(refusal.field, str(refusal))
    return None
