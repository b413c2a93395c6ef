"""The bench on the order page: who has the work, the diagnosis, the timer."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from remonta.catalogue.queries import fault_codes
from remonta.desk.dispatch.forms import FindingForm, GiveForm
from remonta.dispatch.commands import add_finding, give_work, start_timer, stop_timer, withdraw_finding
from remonta.dispatch.queries import (
    findings_of,
    given_of,
    load_of_centre,
    ready_date_of,
    running_timer,
    time_of,
)
from remonta.identity.queries import groups_for
from remonta.kernel.refusals import Refused
from remonta.orders.queries import work_orders_for
from remonta.web.answers import go, operation_of, uid_of
from remonta.web.requests import Request

KINDS = ("symptom", "defect", "repair")


def bench(request: Request, uid: UUID, **more: Any) -> HttpResponse:
    order = work_orders_for(request.actor).select_related("product").get(uid=uid)
    category = order.product.category_id if order.product else None
    language = get_language() or "en"
    timer = running_timer(request.actor)
    may_work = request.actor.may("dispatch.work", order)
    context = {
        "order": order,
        "given": given_of(request.actor, order.pk),
        "findings": findings_of(request.actor, order.pk),
        "times": time_of(request.actor, order.pk),
        "running": timer is not None and timer.work_order_id == order.pk,
        "codes": [(kind, fault_codes(kind, category, language)) for kind in KINDS] if may_work else (),
        "may_work": may_work,
        "may_give": request.actor.may("dispatch.give", order) and order.open,
    }
    return render(request, "desk/dispatch/_bench.html", {**context, **more}, status=422 if "refusal" in more else 200)


def load(request: Request, uid: UUID) -> HttpResponse:
    """Engineers with their real load, and when each could have this work ready."""
    order = work_orders_for(request.actor).select_related("product").get(uid=uid)
    category = order.product.category_id if order.product else None
    loads = load_of_centre(request.actor, order.centre_id, category)
    rows = [(one, ready_date_of(request.actor, order.centre_id, one, order.planned_minutes)) for one in loads]
    groups = groups_for(request.actor).filter(centre_id=order.centre_id).order_by("name")
    return render(request, "desk/dispatch/_load.html", {"order": order, "rows": rows, "groups": groups})


def give(request: Request, uid: UUID) -> HttpResponse:
    form = GiveForm(request.POST)
    if not form.is_valid():
        return bench(request, uid, refusal=form.errors.as_text())
    said = form.cleaned_data
    kind, _, key = said["to"].partition(":")
    to: dict[str, Any] = {"engineer_uid" if kind == "engineer" else "group_uid": uid_of(key)}
    more: dict[str, Any] = {"minutes": said["minutes"], "due_at": said["due_at"], "operation": said["operation"]}
    give_work(request.actor, uid, **to, **more)
    return go(request, reverse("desk:order", args=[uid]))


def finding(request: Request, uid: UUID) -> HttpResponse:
    form = FindingForm(request.POST)
    try:
        if form.is_valid():
            add_finding(request.actor, uid, **form.cleaned_data)
            return bench(request, uid)
    except Refused as refusal:
        if not refusal.field:
            raise
        return bench(request, uid, refusal=str(refusal), typed=request.POST)
    return bench(request, uid, refusal=form.errors.as_text(), typed=request.POST)


def timer(request: Request, uid: UUID) -> HttpResponse:
    run = stop_timer if "stop" in request.POST else start_timer
    run(request.actor, uid, operation=operation_of(request))
    return bench(request, uid)


def drop_finding(request: Request, uid: UUID) -> HttpResponse:
    done = withdraw_finding(request.actor, uid, operation=operation_of(request))
    return bench(request, done.work_order.uid)
