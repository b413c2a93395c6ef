"""What goes out and what runs behind: messages in the outbox, and jobs."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remonta.desk.people import forms
from remonta.desk.people.frame import with_tabs
from remonta.spine.commands import cancel_message, resend_message, retry_job, settle_message, stop_job
from remonta.spine.queries import jobs_for, messages_for
from remonta.web.answers import answer_form, go, operation_of
from remonta.web.listing import Column, Listing, PageOf
from remonta.web.requests import Request
from remonta.web.templatetags.web import badge

TROUBLE = ("unclear", "dead")
TONES = {"sent": "good", "done": "good", "dead": "bad", "unclear": "warn", "waiting": "wait", "running": "info"}


def state_of(row: Any) -> object:
    """The state in words, with its tone."""
    words = dict([*forms.MESSAGE_STATES, *forms.JOB_STATES])
    return badge(words[row.state], TONES.get(row.state, "quiet"))


def narrow_messages(rows: QuerySet[Any], wanted: Mapping[str, Any], request: Request) -> QuerySet[Any]:
    if state := wanted.get("state"):
        rows = rows.filter(state__in=TROUBLE if state == "trouble" else [state])
    if channel := wanted.get("channel"):
        rows = rows.filter(channel=channel)
    return rows.filter(recipient__icontains=wanted["q"]) if "q" in wanted else rows


OUTBOX = Listing(
    name="outbox",
    title=gettext_lazy("Messages"),
    columns=(
        Column("created_at", gettext_lazy("Written"), kind="moment"),
        Column("channel", gettext_lazy("By"), value=lambda row: dict(forms.CHANNELS).get(row.channel, row.channel)),
        Column("recipient", gettext_lazy("Recipient")),
        Column("title", gettext_lazy("About"), value=lambda row: row.title or row.purpose),
        Column("state", gettext_lazy("State"), value="state", html=state_of),
        Column("attempt", gettext_lazy("Attempts"), kind="number"),
        Column("sent_at", gettext_lazy("Sent"), kind="moment", shown=False),
    ),
    source=lambda request: messages_for(request.actor),
    page="desk/people/outbox.html",
    filters=forms.OutboxFilter,
    narrow=narrow_messages,
    url=PageOf("desk:message"),
    context=with_tabs,
)


def narrow_jobs(rows: QuerySet[Any], wanted: Mapping[str, Any], request: Request) -> QuerySet[Any]:
    if state := wanted.get("state"):
        rows = rows.filter(state=state)
    return rows.filter(name__icontains=wanted["q"]) if "q" in wanted else rows


def progress_of(job: Any) -> str:
    return f"{job.done_steps} / {job.all_steps}" if job.all_steps else ""


JOBS = Listing(
    name="jobs",
    title=gettext_lazy("Background work"),
    columns=(
        Column("name", gettext_lazy("Name")),
        Column("state", gettext_lazy("State"), value="state", html=state_of),
        Column("progress", gettext_lazy("Progress"), value=progress_of),
        Column("attempt", gettext_lazy("Attempts"), kind="number"),
        Column("run_at", gettext_lazy("Planned"), kind="moment"),
        Column("finished_at", gettext_lazy("Ended"), kind="moment"),
    ),
    source=lambda request: jobs_for(request.actor),
    page="desk/people/jobs.html",
    filters=forms.JobsFilter,
    narrow=narrow_jobs,
    url=PageOf("desk:job"),
    context=with_tabs,
)


def outbox(request: Request) -> HttpResponse:
    return OUTBOX.answer(request)


def message(request: Request, message: UUID) -> HttpResponse:
    """What became of a message. Its text stays unseen here: it can carry a link that opens something."""
    kept = messages_for(request.actor).get(uid=message)
    moves = {
        "resend": kept.state in ("dead", "sent", "cancelled"),
        "settle": kept.state == "unclear",
        "cancel": kept.state in ("waiting", "unclear", "dead"),
    }
    context = {"message": kept, "state": state_of(kept), "moves": moves, **with_tabs(request)}
    return render(request, "desk/people/message.html", context)


def resend(request: Request, message: UUID) -> HttpResponse:
    sent = resend_message(request.actor, message, operation=operation_of(request))
    return go(request, reverse("desk:message", args=[sent.uid]), _("The message goes out again."))


def settle(request: Request, message: UUID) -> HttpResponse:
    run = partial(settle_message, request.actor, message, operation=operation_of(request))
    then = reverse("desk:message", args=[message])
    return answer_form(request, forms.SettleForm(request.POST), run, page="web/errors/400.html", then=then)


def cancel(request: Request, message: UUID) -> HttpResponse:
    cancel_message(request.actor, message)
    return go(request, reverse("desk:message", args=[message]), _("The message is called off."))


def jobs(request: Request) -> HttpResponse:
    return JOBS.answer(request)


def job(request: Request, job: UUID) -> HttpResponse:
    """How far it is, what came of it, and what can be done about it."""
    kept = jobs_for(request.actor).get(uid=job)
    context = {
        "job": kept,
        "state": state_of(kept),
        "live": kept.state in ("ready", "running"),
        "failed": kept.state in ("dead", "stopped"),
        **with_tabs(request),
    }
    return render(request, "desk/people/job.html", context)


def stop(request: Request, job: UUID) -> HttpResponse:
    stop_job(request.actor, job)
    return go(request, reverse("desk:job", args=[job]), _("It stops after its present piece."))


def retry(request: Request, job: UUID) -> HttpResponse:
    retry_job(request.actor, job)
    return go(request, reverse("desk:job", args=[job]), _("It waits for its turn again."))
