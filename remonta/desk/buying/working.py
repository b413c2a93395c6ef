"""What the pages of advice and of plans share: how far the work is, having it done anew, stopping it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from remonta.kernel.refusals import Missing
from remonta.kernel.workflow import Move
from remonta.supply.commands import stop_calculation
from remonta.supply.queries import Calculation, newest_calculation
from remonta.web.answers import go, operation_of
from remonta.web.requests import Request

STATE = "desk/buying/_calculation.html"


def calculation_context(request: Request, kind: str) -> dict[str, Any]:
    """The calculation under way or stopped, the newest done, and the buttons of the list. One statement."""
    actor, centre = request.actor, request.centre
    running, done = newest_calculation(actor, centre.id, kind) if centre else (None, None)
    may_take = bool(done and centre and actor.may("supply.request", centre))
    return {
        "running": running,
        "done": done,
        "kind": kind,
        "state_url": reverse(f"desk:{kind}-state"),
        "work_url": reverse(f"desk:{kind}-work"),
        "may_plan": centre is not None and actor.may("supply.plan", centre),
        "bulk": [Move("take", _("To be ordered"), (), "", "supply.request")] if may_take else [],
        "bulk_url": request.path,
    }


def state_of(request: Request, kind: str) -> HttpResponse:
    """How far it is alone, fetched anew while it runs; the whole page when it has ended."""
    context = calculation_context(request, kind)
    running = context["running"]
    answer = render(request, STATE, context)
    if running is None or running.state != "running":
        answer.headers["HX-Refresh"] = "true"
    return answer


def work_of(request: Request, kind: str, ask: Callable[..., Calculation], **said: Any) -> HttpResponse:
    if request.centre is None:
        raise Missing
    ask(request.actor, request.centre.uid, **said, operation=operation_of(request))
    return go(request, reverse(f"desk:{kind}"), _("It is being worked out."))


def stop(request: Request, uid: UUID) -> HttpResponse:
    """Ends the work; what was worked out before stays."""
    found = stop_calculation(request.actor, uid, operation=operation_of(request))
    return go(request, reverse(f"desk:{found.kind}"), _("Stopped."))
