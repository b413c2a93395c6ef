"""The order page: parse, one command or query, respond."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from remonta.counter.queries import hand_over_of
from remonta.desk.orders import forms
from remonta.desk.orders.listing import ORDERS
from remonta.desk.orders.panels import panels_of
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import Refused
from remonta.kernel.texts import said
from remonta.kernel.workflow import Move
from remonta.orders.commands import (
    choose_status,
    confirm_fault,
    move_work_order,
    set_priority,
    set_ready_date,
    watch_order,
    write_note,
)
from remonta.orders.queries import OrderPage, Step, order_page, statuses_for
from remonta.web.answers import go
from remonta.web.errors import answer_refusal
from remonta.web.requests import Request
from remonta.web.timeline import told

PLAIN_MOVES = {"start_diagnosis", "start_repair", "wait_for_parts", "finish_repair"}
QUIET_MOVES = {"stop_work", "cancel"}
LIST_WORDS = {
    "live_list": "orders.workorder",
    "empty_title": _lazy("No orders here"),
    "empty_text": _lazy("Orders appear when a unit is taken in or expected. Change the filters to see others."),
}


def orders(request: Request) -> HttpResponse:
    return ORDERS.answer(request, **LIST_WORDS, may_take_in=request.actor.may_somewhere("orders.take_in"))


def order(request: Request, uid: UUID, **more: Any) -> HttpResponse:
    page = order_page(request.actor, uid)
    context = {**page_context(request, page), **more}
    return render(request, "desk/orders/order.html", context, status=422 if "refused" in more else 200)


def log(request: Request, uid: UUID) -> HttpResponse:
    """The middle of the page alone, fetched anew when somebody else has changed the order."""
    return render(request, "desk/orders/_log.html", page_context(request, order_page(request.actor, uid)))


def page_context(request: Request, page: OrderPage) -> dict[str, Any]:
    language = get_language() or "en"
    statuses = statuses_for(request.actor).filter(stage=page.state) if request.actor.may("orders.plan", page) else ()
    return {
        "order": page,
        "steps": [bar_step(step, page.steps) for step in page.steps],
        "events": told(page.lines, page.names, page.notes),
        "moves": sorted((move for move in page.buttons if move.name in PLAIN_MOVES), key=_aside),
        "quiet_moves": [move for move in page.buttons if move.name in QUIET_MOVES],
        "held": [f"{held.move.label}: {' · '.join(held.reasons)}" for held in page.held],
        "statuses": [(status.uid, said(status.names, language)) for status in statuses],
        "panels": panels_of(request, page, aside=False),
        "side_panels": panels_of(request, page, aside=True),
        "handed": hand_over_of(request.actor, page.id) if page.state == "closed" else None,
        "may_hand_over": request.actor.may("orders.hand_over", page),
        "may_plan": request.actor.may("orders.plan", page),
        "may_write": request.actor.may("orders.write", page),
        "may_passcode": request.actor.may("orders.passcode", page),
        "note_form": forms.NoteForm(initial={"operation": uuid7()}),
    }


def _aside(move: Move) -> bool:
    """Whether the move leads off the straight way; such stand after the next step."""
    return move.name == "wait_for_parts"


def bar_step(step: Step, steps: tuple[Step, ...]) -> dict[str, Any]:
    """A stage as the status bar draws it."""
    now = next(at for at, one in enumerate(steps) if one.current)
    behind = steps.index(step) < now
    state = "current" if step.current else "done" if behind and step.reached_at else "skipped" if behind else "ahead"
    return {
        "name": step.stage,
        "label": step.label,
        "state": state,
        "reached_at": step.reached_at if state != "ahead" else None,
    }


def move(request: Request, uid: UUID) -> HttpResponse:
    return _run(request, uid, forms.MoveForm, move_work_order)


def note(request: Request, uid: UUID) -> HttpResponse:
    return _run(request, uid, forms.NoteForm, write_note)


def fault(request: Request, uid: UUID) -> HttpResponse:
    return _run(request, uid, forms.FaultForm, confirm_fault)


def ready_date(request: Request, uid: UUID) -> HttpResponse:
    return _run(request, uid, forms.DateForm, set_ready_date)


def status(request: Request, uid: UUID) -> HttpResponse:
    return _run(request, uid, forms.StatusForm, choose_status)


def priority(request: Request, uid: UUID) -> HttpResponse:
    return _run(request, uid, forms.PriorityForm, set_priority)


def watch(request: Request, uid: UUID) -> HttpResponse:
    watch_order(request.actor, uid, stop="stop" in request.POST)
    return go(request, reverse("desk:order", args=[uid]))


def _run(request: Request, uid: UUID, kind: type[Any], command: Callable[..., object]) -> HttpResponse:
    """One command over the page; what was typed stays in its form when it is refused."""
    form = kind(request.POST)
    if not form.is_valid():
        return order(request, uid, refused=form, refusal=_("Look at the marked fields."))
    values = dict(form.cleaned_data)
    try:
        command(request.actor, uid, **values)
    except Refused as refusal:
        if not refusal.field or refusal.field not in form.fields:
            return answer_refusal(request, refusal)
        form.add_error(refusal.field, str(refusal))
        return order(request, uid, refused=form, refusal=str(refusal))
    return go(request, reverse("desk:order", args=[uid]))
