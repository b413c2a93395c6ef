"""What a new network still needs before its first order."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from remonta.identity.queries import calendars_for, entities_for, managed_centres, people_for
from remonta.web.requests import Request


def first_steps(request: Request) -> HttpResponse:
    """Each step with what it is for, whether it is done, and where. Four statements."""
    return render(request, "desk/people/first_steps.html", {"steps": steps(request)})


def steps(request: Request) -> list[dict[str, Any]]:
    actor = request.actor
    done = {
        "entity-new": entities_for(actor).exists(),
        "calendar-new": calendars_for(actor).exists(),
        "centre-new": managed_centres(actor).exists(),
        "person-new": people_for(actor).exclude(pk=actor.account_id or 0).exists(),
    }
    told = {
        "entity-new": (_("Legal entity"), _("Who signs invoices, in which currency and with which taxes.")),
        "calendar-new": (_("Working time"), _("Hours and holidays by which dates are promised.")),
        "centre-new": (_("Centre"), _("The place that repairs; its code opens the order numbers.")),
        "person-new": (_("People"), _("Whoever takes in, repairs and hands over.")),
    }
    return [
        {"title": title, "text": text, "url": reverse(f"desk:{name}"), "done": done[name]}
        for name, (title, text) in told.items()
    ]
