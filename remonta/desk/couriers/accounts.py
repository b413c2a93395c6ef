"""Courier accounts: which there are, and setting them up."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _now

from remonta.desk.couriers.forms import PARTY, CourierForm
from remonta.desk.couriers.frame import with_tabs
from remonta.kernel.refusals import Missing
from remonta.logistics.commands.couriers import (
    access_of,
    add_courier,
    archive_courier,
    change_courier,
    turn_hook,
)
from remonta.logistics.queries.couriers import (
    CourierAccount,
    DriverCode,
    accounts_to_set,
    hook_secret,
    hook_url,
)
from remonta.web.answers import answer_form, go, operation_of
from remonta.web.requests import Request

FORM = "desk/couriers/account.html"


def accounts(request: Request) -> HttpResponse:
    """Those of the person's centre, and which couriers there are to add."""
    rows = (
        accounts_to_set(request.actor)
        .filter(archived_at=None)
        .select_related("centre")
        .order_by("centre__name", "name")
    )
    rows = rows.filter(centre_id=request.centre.id) if request.centre else rows
    context = {"accounts": rows, "drivers": DriverCode.choices, **with_tabs(request)}
    return render(request, "desk/couriers/accounts.html", context)


def new(request: Request) -> HttpResponse:
    """A new account of the courier named in the address."""
    if request.centre is None:
        raise Missing
    centre_uid = request.centre.uid
    driver = request.GET.get("driver", "") or request.POST.get("driver", "")
    driver = driver if driver in DriverCode.values else DriverCode.OWN
    title = DriverCode(driver).label
    context = {"title": title, "driver": driver, **with_tabs(request)}
    if request.method != "POST":
        return render(request, FORM, {**context, "form": CourierForm(driver=driver, initial={"name": title})})
    form = CourierForm(request.POST, driver=driver)

    def run(**_said: Any) -> Any:
        return add_courier(request.actor, centre_uid, driver=driver, **form.said(), operation=operation_of(request))

    return answer_form(request, form, run, page=FORM, then=_page_of, context=context, say=_now("Saved."))


def account(request: Request, uid: UUID) -> HttpResponse:
    """An account as it is set up; its secrets are not shown."""
    row = accounts_to_set(request.actor).get(uid=uid)
    known = tuple(access_of(row).secrets)
    context = {"title": row.name, "account": row, "driver": row.driver, **_hook(row), **with_tabs(request)}
    if request.method != "POST":
        sender = {f"sender_{field}": row.sender.get(field, "") for field in PARTY}
        first = {"name": row.name, "url": row.url, "service": row.service, **sender}
        return render(request, FORM, {**context, "form": CourierForm(driver=row.driver, known=known, initial=first)})
    form = CourierForm(request.POST, driver=row.driver, known=known)

    def run(**_said: Any) -> Any:
        return change_courier(request.actor, uid, **form.said())

    return answer_form(request, form, run, page=FORM, then=_page_of, context=context, say=_now("Saved."))


def turn(request: Request, uid: UUID) -> HttpResponse:
    return go(request, _page_of(turn_hook(request.actor, uid)), _now("Give the courier the new address."))


def archive(request: Request, uid: UUID) -> HttpResponse:
    done = archive_courier(request.actor, uid)
    return go(request, reverse("desk:couriers"), _now("%(account)s is archived.") % {"account": done})


def _page_of(row: CourierAccount) -> str:
    return reverse("desk:courier", args=[row.uid])


def _hook(row: CourierAccount) -> dict[str, str]:
    """Where the courier reports to; the secret only for those that sign."""
    if row.driver == DriverCode.OWN:
        return {}
    secret = hook_secret(row) if row.driver == DriverCode.SIMULATED else ""
    return {"hook_url": hook_url(row), "hook_secret": secret}
