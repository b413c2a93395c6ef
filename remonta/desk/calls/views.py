"""The operator's screen: who calls, one form for the talk, and everything worth knowing beside it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remonta.calls.commands import bind_call, return_call
from remonta.calls.queries import calls_for, missed_calls, standing_calls
from remonta.catalogue.queries import find_product, known_faults, likely_works, parts_fitting, products_for
from remonta.counter.commands import note_talk, register_repair
from remonta.customers.queries import customer_card, customers_for, find_by_phone, nearest_centres
from remonta.desk.calls.forms import TalkForm
from remonta.equipment.queries import find_units, unit_card, units_of
from remonta.identity.queries import every_centre
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import Missing, NotPermitted, Refused
from remonta.orders.queries import (
    call_back_list,
    customer_history,
    requests_for,
    state_of_repair,
    unit_history,
    usual_promise,
)
from remonta.spine.queries import find
from remonta.stock.queries import part_availability
from remonta.web.answers import go, uid_of
from remonta.web.requests import Request

KNOWN = ("phone", "name", "serial", "device", "fault", "call_uid", "request_uid", "customer_uid", "unit_uid", "email")


def calls(request: Request) -> HttpResponse:
    if request.method == "POST":
        return _write_down(request)
    return render(request, "desk/calls/calls.html", _page(request, _form(request, None, _start(request))))


def ringing(request: Request) -> HttpResponse:
    """Calls that ring now, and everybody who waits for a call: fetched anew when a call comes."""
    return render(request, "desk/calls/_ringing.html", _waiting(request))


def found(request: Request) -> HttpResponse:
    """Customers and units for what was typed."""
    if "models" in request.GET:
        return models(request)
    text = request.GET.get("find", "").strip()
    if len(text) < 2:
        return render(request, "desk/calls/_found.html", {})
    hits = find(request.actor, text, kinds=("customer",), limit=8)
    people = [*find_by_phone(request.actor, text)] or customers_for(request.actor).filter(
        pk__in=[hit.subject_id for hit in hits]
    )
    context = {"text": text, "people": list(people)[:8], "units": find_units(request.actor, text, limit=6)}
    return render(request, "desk/calls/_found.html", context)


def models(request: Request) -> HttpResponse:
    """Models for what was typed."""
    text = request.GET.get("model", "").strip()
    hits = find_product(request.actor, text, limit=8) if len(text) > 1 else ()
    return render(request, "desk/intake/_models.html", {"found": hits, "text": text})


def state(request: Request) -> HttpResponse:
    """The state of any repair by order number or serial number."""
    text = request.GET.get("text", "").strip()
    rows = state_of_repair(request.actor, text) if len(text) > 2 else ()
    return render(request, "desk/calls/_state.html", {"text": text, "rows": rows})


def beside(request: Request) -> HttpResponse:
    """History, open orders, known faults, likely works with price and duration, parts here and elsewhere, the nearest
    centre: without asking."""
    asked = request.GET
    device = unit_card(request.actor, uid_of(asked["unit_uid"])) if asked.get("unit_uid") else None
    product = products_for(request.actor).filter(uid=asked["product_uid"]).first() if asked.get("product_uid") else None
    person = (
        customers_for(request.actor).filter(uid=asked["customer_uid"]).first() if asked.get("customer_uid") else None
    )
    product_id = device.product_id if device else product.pk if product else None
    language, centre = get_language() or "en", _centre(request)
    parts = parts_fitting(request.actor, product_id)[:8] if product_id else ()
    context = {
        "past": unit_history(request.actor, device.id) if device else (),
        "orders": customer_history(request.actor, person.pk) if person else (),
        "faults": known_faults(product_id, language) if product_id else (),
        "works": likely_works(
            request.actor, asked.get("fault", ""), legal_entity_id=centre.legal_entity_id, product_id=product_id
        )
        if product_id
        else (),
        "currency": centre.legal_entity.currency,
        "parts": _stock(request, parts),
        "near": nearest_centres(asked["city"], every_centre(), limit=3) if asked.get("city") else (),
        "empty": not (device or product or person or asked.get("city")),
    }
    return render(request, "desk/calls/_beside.html", context)


def returned(request: Request, uid: UUID) -> HttpResponse:
    return_call(request.actor, uid)
    return go(request, reverse("desk:calls"), _("Called back."))


def _write_down(request: Request) -> HttpResponse:
    form = _form(request, request.POST, {})
    if form.is_valid():
        try:
            return go(request, _run(request, form), _("Written down."))
        except (NotPermitted, Missing):
            raise
        except Refused as refusal:
            field = {"product": "serial"}.get(refusal.field, refusal.field)
            form.add_error(field if field in form.fields else None, str(refusal))
    return render(request, "desk/calls/calls.html", _page(request, form), status=422)


def _run(request: Request, form: TalkForm) -> str:
    said = form.cleaned_data
    centre_uid = UUID(said["centre_uid"])
    if said["outcome"] == "register":
        asked = {"who": form.who(), "which": form.which(), "repair": form.repair(), "operation": said["operation"]}
        order = register_repair(request.actor, centre_uid, **asked)
        done, url = order.request, reverse("desk:order", args=[order.uid])
    else:
        done = note_talk(request.actor, centre_uid, who=form.who(), talk=form.talk(), operation=said["operation"])
        url = reverse("desk:request", args=[done.uid])
    if said["call_uid"]:
        bind_call(request.actor, said["call_uid"], request_uid=done.uid)
    return url


def _form(request: Request, data: Any, initial: dict[str, Any]) -> TalkForm:
    mine = _centre(request)
    names = [
        (str(one.uid), f"{one.name}, {one.city}")
        for one in every_centre().order_by("name")
        if request.actor.may_at("orders.register", one.pk)
    ]
    start = {"operation": uuid7(), "centre_uid": str(mine.uid), "language": mine.language, "outcome": "register"}
    return TalkForm(data, initial=start | initial, centres=names, currency=mine.legal_entity.currency)


def _start(request: Request) -> dict[str, Any]:
    """What is known already: from the call, the request that waits, the chosen unit or customer."""
    known: dict[str, Any] = {name: request.GET[name] for name in KNOWN if request.GET.get(name)}
    if uid := known.get("call_uid"):
        call = calls_for(request.actor).select_related("customer", "centre").get(uid=uid)
        known |= {
            "phone": call.number,
            "customer_uid": call.customer.uid if call.customer else known.get("customer_uid"),
        }
        known |= {"centre_uid": str(call.centre.uid)} if call.centre else {}
    if uid := known.get("request_uid"):
        asked = requests_for(request.actor).select_related("customer", "centre").get(uid=uid)
        known |= {"name": asked.contact_name, "phone": asked.contact_phone, "email": asked.contact_email}
        known |= {"device": asked.device, "fault": asked.fault, "centre_uid": str(asked.centre.uid)}
        known |= {"customer_uid": asked.customer.uid} if asked.customer else {}
    if uid := known.get("unit_uid"):
        known["customer_uid"] = unit_card(request.actor, uid_of(uid)).owner_uid or known.get("customer_uid")
    return known


def _page(request: Request, form: TalkForm) -> dict[str, Any]:
    customer, unit, product = (form[name].value() or None for name in ("customer_uid", "unit_uid", "product_uid"))
    person = customer_card(request.actor, uid_of(customer)) if customer else None
    device = unit_card(request.actor, uid_of(unit)) if unit else None
    return {
        **_waiting(request),
        "form": form,
        "person": person,
        "device": device,
        "chosen": products_for(request.actor).select_related("brand").filter(uid=product).first() if product else None,
        "units": units_of(request.actor, [person.id]) if person and not device else (),
        "may_register": request.actor.may_somewhere("orders.register"),
        "usual": usual_promise(request.centre.id, request.actor.now()) if request.centre else None,
    }


def _waiting(request: Request) -> dict[str, Any]:
    return {
        "standing": standing_calls(request.actor)[:10],
        "missed": missed_calls(request.actor)[:20],
        "waiting": call_back_list(request.actor)[:20],
    }


def _stock(request: Request, parts: Any) -> list[tuple[Any, Any]]:
    there = part_availability(request.actor, [part.pk for part in parts]) if parts else {}
    return [(part, there.get(part.pk)) for part in parts]


def _centre(request: Request) -> Any:
    if request.centre is None:
        raise Missing
    return every_centre().select_related("legal_entity").get(pk=request.centre.id)
