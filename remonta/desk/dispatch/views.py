"""The board and one's own work."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from remonta.desk.dispatch.forms import AnswerForm
from remonta.dispatch.commands import answer_work
from remonta.dispatch.queries import load_of_centre, my_work, offers, pool, running_timer
from remonta.kernel.refusals import Missing
from remonta.orders.queries import OrderRow, open_orders, order_rows, with_forgotten, with_row
from remonta.orders.workflow import OPEN, Stage
from remonta.web.answers import back, go
from remonta.web.requests import Request

LOOKS = ("board", "table", "calendar")
MOST_CARDS, WEEKS = 400, 2


def board(request: Request) -> HttpResponse:
    """Open orders of the centre in columns by stage, as a table or in the days they are promised for."""
    look = request.GET.get("look", "board")
    rows = _rows(request)
    centre_id = request.centre.id if request.centre else 0
    context = {
        "look": look if look in LOOKS else "board",
        "looks": _looks(look),
        "loads": load_of_centre(request.actor, centre_id) if centre_id else (),
        "rows": rows,
        "lanes": _lanes(rows) if look == "board" else (),
        "weeks": _weeks(rows) if look == "calendar" else (),
        "late": sum(row.late for row in rows),
    }
    return render(request, "desk/dispatch/board.html", context)


def my_work_page(request: Request) -> HttpResponse:
    """What is offered to the person, what waits in the pool, and what is theirs to do."""
    timer = running_timer(request.actor)
    context = {
        "rows": my_work(request.actor),
        "offers": offers(request.actor),
        "pool": pool(request.actor),
        "timer": timer,
        "timed": timer.work_order if timer else None,
    }
    return render(request, "desk/dispatch/my_work.html", context)


def answer(request: Request, uid: UUID) -> HttpResponse:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise Missing
    answer_work(request.actor, uid, **form.cleaned_data)
    return go(request, back(request, reverse("desk:my-work")))


def _rows(request: Request) -> tuple[OrderRow, ...]:
    rows = open_orders(request.actor)
    if request.centre:
        rows = rows.filter(centre_id=request.centre.id)
    ordered = with_row(rows).order_by("priority", F("due_at").asc(nulls_last=True), "pk")
    now = request.actor.now()
    return with_forgotten(order_rows(ordered[:MOST_CARDS], now), now)


def _lanes(rows: tuple[OrderRow, ...]) -> list[dict[str, Any]]:
    by_stage: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_stage[row.state].append(_card(row))
    return [
        {"stage": stage, "label": Stage(stage).label, "cards": by_stage[stage], "count": len(by_stage[stage])}
        for stage in OPEN
    ]


def _card(row: OrderRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "title": f"{row.device} · {row.customer}",
        "url": reverse("desk:order", args=[row.uid]),
        "uid": row.uid,
        "stage": row.state,
        "due": row.due_at,
        "late": row.late,
        "who": row.engineer or row.group,
        "tags": [*filter(None, [row.status_name, pgettext("order", "forgotten") if row.forgotten else ""])],
    }


def _weeks(rows: tuple[OrderRow, ...]) -> list[list[dict[str, Any]]]:
    """The days of this week and the next ones with what is promised for them; what is late stands on the first day."""
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    days: dict[date, list[OrderRow]] = defaultdict(list)
    for row in rows:
        if row.due_at:
            days[max(timezone.localtime(row.due_at).date(), monday)].append(row)
    return [
        [
            {
                "day": (day := monday + timedelta(days=week * 7 + at)),
                "today": day == today,
                "rows": days[day],
                "minutes": sum(row.planned_minutes for row in days[day]),
            }
            for at in range(7)
        ]
        for week in range(WEEKS)
    ]


def _looks(current: str) -> list[dict[str, Any]]:
    words = {
        "board": (_("Board"), "layout-kanban"),
        "table": (_("Table"), "table"),
        "calendar": (_("Calendar"), "calendar"),
    }
    return [
        {"label": label, "icon": icon, "url": f"?look={look}", "current": look == current}
        for look, (label, icon) in words.items()
    ]
