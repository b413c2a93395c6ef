"""The cash page: desks opened in one click, cash moved, drawers counted blind."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from remonta.billing.commands import (
    archive_cash_desk,
    change_cash_desk,
    close_shift,
    create_cash_desk,
    move_cash,
    open_shift,
)
from remonta.billing.queries import cash_lines, closed_shifts, desks_at
from remonta.desk.billing.forms import CashForm, CloseForm, DeskForm, OpenForm
from remonta.desk.billing.lists import tabs
from remonta.desk.billing.views import tried
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import Missing
from remonta.web.answers import back, go
from remonta.web.requests import Request


def cash(request: Request, **refused: Any) -> HttpResponse:
    """The cash desks of the centre, and the shifts that were counted last."""
    if request.centre is None:
        raise Missing
    centre = request.centre
    desks = desks_at(request.actor, centre.id)
    context = {
        "drawers": [_drawer(request, desk) for desk in desks],
        "closed": closed_shifts(request.actor, centre.id),
        "may_set": request.actor.may("billing.desks", centre),
        "may_shift": request.actor.may("billing.shift", centre),
        "desk_form": DeskForm(),
        **tabs("cash"),
        **refused,
    }
    return render(request, "desk/billing/cash.html", context, status=422 if refused else 200)


def cash_lines_of(request: Request, uid: UUID) -> HttpResponse:
    """What went through a drawer in a shift; fetched when somebody wants to see it."""
    return render(request, "desk/billing/_cash_lines.html", {"lines": cash_lines(request.actor, uid)})


def cash_open(request: Request, uid: UUID) -> HttpResponse:
    """One click: open, with what was counted last unless something else was counted."""
    form = OpenForm(request.POST)
    form.fields["counted"].currency = _currency(request)  # type: ignore[attr-defined]
    if tried(form, lambda: open_shift(request.actor, uid, **form.cleaned_data)):
        return go(request, back(request, reverse("desk:cash")), _("The cash desk is open."))
    return cash(request, refused=form, refused_url=reverse("desk:cash-open", args=[uid]))


def cash_close(request: Request, uid: UUID) -> HttpResponse:
    """The blind count; the difference is shown afterwards among the closed shifts."""
    form = CloseForm(request.POST)
    form.fields["counted"].currency = _currency(request)  # type: ignore[attr-defined]
    if tried(form, lambda: close_shift(request.actor, uid, **form.cleaned_data)):
        return go(request, reverse("desk:cash"), _("The cash desk is closed."))
    return cash(request, refused=form, refused_url=reverse("desk:cash-close", args=[uid]))


def cash_move(request: Request, uid: UUID) -> HttpResponse:
    """Cash to the safe, from it, or for a small expense."""
    form = CashForm(request.POST)
    form.fields["amount"].currency = _currency(request)  # type: ignore[attr-defined]
    if tried(form, lambda: move_cash(request.actor, uid, **form.cleaned_data)):
        return go(request, reverse("desk:cash"), _("Written down."))
    return cash(request, refused=form, refused_url=reverse("desk:cash-move", args=[uid]))


def desk_new(request: Request) -> HttpResponse:
    """Sets a cash desk up in the centre."""
    if request.centre is None:
        raise Missing
    centre, form = request.centre, DeskForm(request.POST)
    return _saved(
        request, form, lambda: create_cash_desk(request.actor, centre.uid, **form.cleaned_data), "cash-desk-new"
    )


def desk_change(request: Request, uid: UUID) -> HttpResponse:
    """Another name or terminal for a cash desk."""
    form = DeskForm(request.POST)
    return _saved(request, form, lambda: change_cash_desk(request.actor, uid, **form.cleaned_data), "cash-desk", uid)


def desk_archive(request: Request, uid: UUID) -> HttpResponse:
    """The cash desk is offered no more."""
    desk = archive_cash_desk(request.actor, uid)
    return go(request, reverse("desk:cash"), _("The cash desk “%(desk)s” is archived.") % {"desk": desk})


def _saved(request: Request, form: forms.Form, run: Any, route: str, *args: UUID) -> HttpResponse:
    if tried(form, run):
        return go(request, reverse("desk:cash"), _("The cash desk is set up."))
    return cash(request, refused=form, refused_url=reverse(f"desk:{route}", args=args))


def _drawer(request: Request, desk: Any) -> dict[str, Any]:
    """A desk with the forms this person may send."""
    first = {"operation": uuid7()}
    may_close = desk.shift_uid and (desk.own or request.actor.may_at("billing.close_any", desk.centre_id))
    return {
        "desk": desk,
        "open_form": OpenForm(initial=first, auto_id=f"open_{desk.uid}_%s"),
        "close_form": CloseForm(initial=first, auto_id=f"close_{desk.uid}_%s") if may_close else None,
        "move_form": CashForm(initial=first, auto_id=f"move_{desk.uid}_%s"),
        "change_form": DeskForm(initial={"name": desk.name, "terminal": desk.terminal}, auto_id=f"desk_{desk.uid}_%s"),
    }


def _currency(request: Request) -> str:
    return request.centre.currency if request.centre else "PLN"
