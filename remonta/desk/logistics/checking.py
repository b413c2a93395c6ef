"""Requests that will be sent in: checked one after the other, with everything needed beside them."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remonta.catalogue.queries import find_product, known_faults
from remonta.counter.commands import accept_parcel
from remonta.customers.queries import find_by_phone
from remonta.desk.logistics.forms import AnnounceForm, AnswerForm, CheckForm
from remonta.desk.logistics.frame import with_tabs
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import Missing, NotPermitted, Refused
from remonta.kernel.texts import said
from remonta.logistics.commands import Sender, announce_parcel, ask_back, refuse_parcel
from remonta.logistics.queries import Parcel, orders_of, parcels_for, unchecked
from remonta.orders.queries import customer_history, requests_for, routes_for
from remonta.spine.queries import attachments_for
from remonta.web.answers import go
from remonta.web.requests import Request

FIELDS = {"product": "serial"}
RUN = {"ask_back": ask_back, "refuse": refuse_parcel}


def check(request: Request, uid: UUID | None = None) -> HttpResponse:
    """The list of what waits, and the one chosen (else the first)."""
    return _page(request, uid)


def models(request: Request) -> HttpResponse:
    """Models for what was typed."""
    text = request.GET.get("model", "").strip()
    found = find_product(request.actor, text, limit=8) if len(text) > 1 else ()
    return render(request, "desk/intake/_models.html", {"found": found, "text": text})


def accept(request: Request, uid: UUID) -> HttpResponse:
    """It is complete: the order stands, the customer gets the document."""
    parcel = parcels_for(request.actor).select_related("centre").get(uid=uid)
    form = CheckForm(request.POST, routes=_routes(request, parcel.centre_id))
    if form.is_valid():
        try:
            accept_parcel(request.actor, uid, **form.said())
        except (NotPermitted, Missing):
            raise
        except Refused as refusal:
            field = FIELDS.get(refusal.field, refusal.field)
            form.add_error(field if field in form.fields else None, str(refusal))
        else:
            return go(request, reverse("desk:send-ins"), _("Accepted. The customer gets the document by e-mail."))
    return _page(request, uid, form=form)


def answer(request: Request, uid: UUID) -> HttpResponse:
    """Asked back, or refused."""
    form = AnswerForm(request.POST)
    if form.is_valid():
        given = dict(form.cleaned_data)
        try:
            RUN[given.pop("move")](request.actor, uid, **given)
        except (NotPermitted, Missing):
            raise
        except Refused as refusal:
            form.add_error("question" if refusal.field else None, str(refusal))
        else:
            return go(request, reverse("desk:send-ins"), _("The customer is told."))
    return _page(request, uid, answer_form=form)


def announce(request: Request, uid: UUID) -> HttpResponse:
    """Staff says in the customer's name that it will be sent in."""
    case = requests_for(request.actor).get(uid=uid)
    form = AnnounceForm(request.POST)
    form.full_clean()
    given = {name: form.cleaned_data.get(name, "") for name in ("address", "email")}
    made = announce_parcel(
        request.actor, case.uid, sender=Sender(**given), operation=form.cleaned_data.get("operation") or uuid7()
    )
    if request.actor.may("logistics.check", made):
        return go(request, reverse("desk:send-in", args=[made.uid]), _("Now check it."))
    return go(request, reverse("desk:request", args=[uid]), _("It waits to be checked."))


def _page(request: Request, uid: UUID | None, **more: Any) -> HttpResponse:
    waiting = list(unchecked(request.actor)[:100])
    chosen = next((one for one in waiting if one.uid == uid), None) if uid else next(iter(waiting), None)
    if uid and chosen is None:
        found = parcels_for(request.actor).filter(uid=uid).first()
        if found is None or more:
            raise Missing
        return go(request, reverse("desk:parcel", args=[uid]))
    context = {"waiting": waiting, "chosen": chosen, **with_tabs(request)}
    if chosen:
        context |= _beside(request, chosen, more.get("form"))
        start = {"operation": uuid7(), "question": chosen.question}
        context["answer_form"] = more.get("answer_form") or AnswerForm(initial=start)
    return render(request, "desk/logistics/check.html", context, status=422 if more else 200)


def _beside(request: Request, parcel: Parcel, form: CheckForm | None) -> dict[str, Any]:
    """What the checker looks at: the words, the photos, who it may be, what was repaired before, known faults."""
    case = parcel.request
    assert case is not None
    customer = case.customer
    alike = [] if customer else list(find_by_phone(request.actor, parcel.sender_phone))[:5]
    person = customer or (alike[0] if alike else None)
    files = attachments_for(request.actor, [("orders.request", case.pk)]).order_by("pk")
    initial = {
        "operation": uuid7(),
        "customer_uid": customer.uid if customer else None,
        "name": parcel.sender_name,
        "phone": parcel.sender_phone,
        "email": parcel.sender_email,
        "language": parcel.language,
        "fault": case.fault,
        "route": "counter",
    }
    form = form or CheckForm(initial=initial, routes=_routes(request, parcel.centre_id))
    language = get_language() or "en"
    return {
        "case": case,
        "customer": customer,
        "alike": alike,
        "orders": orders_of(request.actor, parcel),
        "history": customer_history(request.actor, person.pk) if person else (),
        "found": find_product(request.actor, case.device, limit=5) if case.device and not case.product else (),
        "faults": known_faults(case.product_id, language) if case.product_id else (),
        "photos": [_photo(one) for one in files],
        "missing": _missing(parcel),
        "form": form,
    }


def _missing(parcel: Parcel) -> list[str]:
    """What is not complete yet, in words."""
    case = parcel.request
    asked = (
        (parcel.sender_name, _("the name")),
        (parcel.sender_email, _("an e-mail address for the document")),
        (parcel.address, _("the address to which it goes back")),
        (case and (case.device or case.product_id), _("the model")),
        (case and len(case.fault.split()) > 2, _("a fault one can understand")),
    )
    return [str(words) for there, words in asked if not there]


def _photo(one: Any) -> dict[str, str]:
    url = reverse("web:file", args=[one.uid])
    return {"url": url, "thumb": f"{url}?small=1", "label": one.name}


def _routes(request: Request, centre_id: int) -> Any:
    rows = routes_for(request.actor, centre_id).order_by("pk")
    return dict((row.code, said(row.names, get_language() or "en")) for row in rows).items()
