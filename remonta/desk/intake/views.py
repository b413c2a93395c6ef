"""The counter: one field finds who comes, one form takes the unit in."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from remonta.catalogue.queries import checklist, find_product, known_faults, likely_works, products_for
from remonta.counter.commands import take_in, take_in_expected
from remonta.customers.queries import customer_card, customers_for, find_by_phone
from remonta.desk.intake.forms import IntakeForm
from remonta.equipment.queries import find_units, unit_card, units_of
from remonta.identity.queries import every_centre
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import Missing, NotPermitted, Refused
from remonta.kernel.texts import said
from remonta.orders.commands import save_draft
from remonta.orders.queries import (
    customer_history,
    drafts_for,
    open_orders,
    order_page,
    order_rows,
    routes_for,
    unit_history,
    usual_promise,
    with_row,
)
from remonta.spine.queries import find
from remonta.stock.queries import places_for
from remonta.web.answers import go, ticked, uid_of
from remonta.web.requests import Request

ASIDE = {"operation", "csrfmiddlewaretoken", "passcode"}


def intake(request: Request) -> HttpResponse:
    if request.method == "POST":
        return _take_in(request)
    return render(request, "desk/intake/intake.html", _page(request, _form(request, None, initial=_known(request))))


def customer(request: Request) -> HttpResponse:
    """Who could be meant: people, units and expected orders for what was typed."""
    text = request.GET.get("find", "").strip()
    if len(text) < 2:
        return render(request, "desk/intake/_found.html", {})
    expected = with_row(open_orders(request.actor).filter(state="registered", number=text.upper()))
    people = [*find_by_phone(request.actor, text, _country(request))] or _people(request, text)
    return render(
        request,
        "desk/intake/_found.html",
        {
            "text": text,
            "people": people[:8],
            "units": find_units(request.actor, text, limit=6),
            "expected": order_rows(expected[:5], request.actor.now()),
        },
    )


def unit(request: Request) -> HttpResponse:
    """Models for what was typed."""
    text = request.GET.get("model", "").strip()
    found = find_product(request.actor, text, limit=8) if len(text) > 1 else ()
    return render(request, "desk/intake/_models.html", {"found": found, "text": text})


def beside(request: Request) -> HttpResponse:
    """What stands beside the form without asking: history, known faults, likely works with price and duration."""
    return render(request, "desk/intake/_beside.html", _beside(request))


def draft(request: Request, uid: UUID) -> HttpResponse:
    data = {name: value for name, value in request.POST.items() if name not in ASIDE}
    save_draft(request.actor, uid, centre_uid=_centre(request).uid, data=data)
    return HttpResponse(status=204)


def expected(request: Request, uid: UUID) -> HttpResponse:
    """A unit that was announced has come."""
    order = order_page(request.actor, uid)
    form = _form(request, request.POST if request.method == "POST" else None, initial={"fault": order.fault})
    if request.method == "POST" and form.is_valid():
        values = {"intake": form.intake(ticked(request)), "operation": form.cleaned_data["operation"]}
        take_in_expected(request.actor, uid, **values)
        return go(request, reverse("desk:order", args=[uid]) + "?papers=1")
    context = {**_page(request, form), "order": order, "checks": _checks(order.category_id)}
    return render(request, "desk/intake/expected.html", context, status=422 if form.is_bound else 200)


def _take_in(request: Request) -> HttpResponse:
    form = _form(request, request.POST)
    if form.is_valid():
        try:
            order = take_in(
                request.actor,
                _centre(request).uid,
                who=form.who(),
                which=form.which(),
                repair=form.repair(),
                intake=form.intake(ticked(request)),
                operation=form.cleaned_data["operation"],
            )
        except (NotPermitted, Missing):
            raise
        except Refused as refusal:
            form.add_error(
                {"product": "serial"}.get(refusal.field, refusal.field) if refusal.field else None, str(refusal)
            )
        else:
            return go(request, reverse("desk:order", args=[order.uid]) + "?papers=1")
    return render(request, "desk/intake/intake.html", _page(request, form), status=422)


def _form(request: Request, data: Any, initial: dict[str, Any] | None = None) -> IntakeForm:
    centre = _centre(request)
    language = get_language() or "en"
    routes = [
        (route.code, said(route.names, language)) for route in routes_for(request.actor, centre.pk).order_by("pk")
    ]
    places = places_for(request.actor).filter(
        centre_id=centre.pk, kind__in=["desk", "shelf", "bench"], archived_at=None
    )
    desks_first = sorted(places, key=lambda one: (one.kind != "desk", one.kind, one.code))
    choices = [(str(place.uid), str(place)) for place in desks_first[:200]]
    start: dict[str, Any] = {"operation": uuid7(), "draft_uid": uuid7(), "language": centre.language}
    if data is None:
        start |= {"route": "counter", "due_at": usual_promise(centre.pk, request.actor.now())}
    entity = centre.legal_entity
    return IntakeForm(
        data, initial=start | (initial or {}), routes=dict(routes).items(), places=choices, currency=entity.currency
    )


def _known(request: Request) -> dict[str, Any]:
    """What the address says is known: a draft, a unit with its owner, a customer, a request."""
    asked = request.GET
    if asked.get("draft"):
        kept = drafts_for(request.actor).get(uid=uid_of(asked["draft"]))
        return {**kept.data, "draft_uid": kept.uid}
    known: dict[str, Any] = {
        name: asked[name] for name in ("phone", "name", "serial", "request_uid") if asked.get(name)
    }
    if asked.get("unit"):
        card = unit_card(request.actor, uid_of(asked["unit"]))
        known |= {"unit_uid": card.uid, "customer_uid": card.owner_uid}
    if asked.get("customer"):
        known["customer_uid"] = uid_of(asked["customer"])
    return known


def _page(request: Request, form: IntakeForm) -> dict[str, Any]:
    """The form with the chosen customer and unit as cards, and the drafts that wait."""
    customer_uid, unit_uid, product_uid = (_value(form, name) for name in ("customer_uid", "unit_uid", "product_uid"))
    person = customer_card(request.actor, customer_uid) if customer_uid else None
    device = unit_card(request.actor, unit_uid) if unit_uid else None
    chosen = (
        products_for(request.actor).select_related("category", "brand").filter(uid=product_uid).first()
        if product_uid
        else None
    )
    kind = device.category_id if device else chosen.category_id if chosen else None
    return {
        "form": form,
        "person": person,
        "device": device,
        "chosen": chosen,
        "units": units_of(request.actor, [person.id]) if person and not device else (),
        "checks": _checks(kind) if kind else (),
        "drafts": drafts_for(request.actor).order_by("-saved_at")[:5] if not form.is_bound else (),
        "currency": form.currency,
        "draft_url": reverse("desk:intake-draft", args=[_value(form, "draft_uid") or uuid7()]),
    }


def _beside(request: Request) -> dict[str, Any]:
    asked = request.GET
    device = unit_card(request.actor, uid_of(asked["unit_uid"])) if asked.get("unit_uid") else None
    product = products_for(request.actor).filter(uid=asked["product_uid"]).first() if asked.get("product_uid") else None
    person = (
        customers_for(request.actor).filter(uid=asked["customer_uid"]).first() if asked.get("customer_uid") else None
    )
    product_id = device.product_id if device else product.pk if product else None
    language = get_language() or "en"
    entity = _centre(request).legal_entity
    return {
        "past": unit_history(request.actor, device.id) if device else (),
        "orders": customer_history(request.actor, person.pk) if person else (),
        "faults": known_faults(product_id, language) if product_id else (),
        "works": likely_works(request.actor, asked.get("fault", ""), legal_entity_id=entity.pk, product_id=product_id)
        if product_id
        else (),
        "currency": entity.currency,
        "empty": not (device or product or person),
    }


def _checks(category_id: int | None) -> Any:
    return checklist(category_id, "intake", get_language() or "en")


def _people(request: Request, text: str) -> list[Any]:
    hits = find(request.actor, text, kinds=("customer",), limit=8)
    found = customers_for(request.actor).filter(pk__in=[hit.subject_id for hit in hits])
    return list(found.prefetch_related("phones"))


def _centre(request: Request) -> Any:
    if request.centre is None:
        raise Missing
    return every_centre().select_related("legal_entity").get(pk=request.centre.id)


def _country(request: Request) -> str:
    return str(_centre(request).country)


def _value(form: IntakeForm, name: str) -> UUID | None:
    value = form[name].value()
    try:
        return UUID(str(value)) if value else None
    except ValueError:
        return None
