"""Tasks: what is to be done, by whom, until when; given, done, or no longer needed."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from remonta.desk.tasks.forms import TaskFilter, TaskForm
from remonta.identity.queries import names_of
from remonta.kernel.refusals import Missing
from remonta.orders.commands import TaskAsked, end_task, give_task
from remonta.orders.queries import tasks_for, work_orders_for
from remonta.orders.workflow import TASK
from remonta.spine.queries import timeline
from remonta.web.answers import go, operation_of
from remonta.web.form_page import form_page
from remonta.web.listing import Column, Listing, PageOf
from remonta.web.requests import Request
from remonta.web.timeline import told

BESIDE = ("centre", "owner", "work_order", "request")
EMPTY = {
    "live_list": "orders.task",
    "empty_title": _("Nothing is to be done"),
    "empty_text": _("What somebody gives you, and what the product finds late, stands in this list."),
}


def _source(request: Request) -> QuerySet[Any]:
    return tasks_for(request.actor).select_related(*BESIDE)


def _narrow(rows: QuerySet[Any], wanted: Mapping[str, Any], request: Request) -> QuerySet[Any]:
    if wanted.get("state") != "all":
        rows = rows.filter(state=wanted.get("state") or "open")
    rows = rows.filter(owner_id=request.actor.own_id) if wanted.get("mine") else rows
    return rows.filter(title__icontains=wanted["q"]) if "q" in wanted else rows


TASKS = Listing(
    name="tasks",
    title=_("Tasks"),
    source=_source,
    columns=(
        Column("title", _("What is to be done")),
        Column("owner", _("For whom"), "owner.name"),
        Column("due_at", _("Until"), kind="moment", sort="due_at", nulls=True),
        Column("about", _("Order"), lambda row: (row.work_order or row.request or "") and str(_about(row))),
        Column("centre", _("Centre"), "centre.name"),
        Column("state", _("State"), lambda row: row.get_state_display()),
        Column("created_at", _("Given"), kind="moment", sort="id", shown=False),
    ),
    sort="due_at",
    filters=TaskFilter,
    narrow=_narrow,
    url=PageOf("desk:task"),
    page="desk/tasks/tasks.html",
)


def tasks(request: Request) -> HttpResponse:
    return TASKS.answer(request, **EMPTY)


def task(request: Request, uid: UUID) -> HttpResponse:
    """One task with what it is about, and the buttons that end it."""
    row = _source(request).get(uid=uid)
    seen = row.work_order and work_orders_for(request.actor).filter(pk=row.work_order_id).exists()
    lines = timeline([("orders.task", row.pk)])
    context = {
        "task": row,
        "order": row.work_order if seen else None,
        "moves": TASK.from_here(request.actor, row),
        "late": row.state == "open" and row.due_at is not None and row.due_at < request.actor.now(),
        "events": told(lines, names_of({line.account_id for line in lines if line.account_id}), {}),
    }
    return render(request, "desk/tasks/task.html", context)


def end(request: Request, uid: UUID) -> HttpResponse:
    """Done, or no longer needed."""
    end_task(request.actor, uid, move=_move_of(request), operation=operation_of(request))
    return go(request, reverse("desk:tasks"), _now("Saved."))


def new(request: Request) -> HttpResponse:
    """Something to do; the page of an order names itself in the address."""
    if request.centre is None:
        raise Missing
    actor, here = request.actor, request.centre.uid

    def run(**said: Any) -> Any:
        given = TaskAsked(**{name: value for name, value in said.items() if value})
        return give_task(actor, here, asked=given, operation=operation_of(request))

    return form_page(
        request,
        partial(TaskForm, actor=actor),
        run,
        title=_("New task"),
        then=_page_of,
        initial={"work_order_uid": request.GET.get("order", "")},
        back_url=reverse("desk:tasks"),
        back_label=_("Tasks"),
    )


def _page_of(row: Any) -> str:
    return reverse("desk:task", args=[row.uid])


def _about(row: Any) -> Any:
    return row.work_order or row.request


def _move_of(request: Request) -> str:
    """The name of the button; a form that sends another one is not ours."""
    if (move := request.POST.get("move", "")) not in TASK.moves:
        raise BadRequest("move")
    return move
