"""What an order owes and taking it, and single payments: parse, one command or query, respond."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from remonta.billing.commands import (
    cancel_card_payment,
    invoice_order,
    refund_payment,
    settle_by_hand,
    take_deposit,
    take_payment,
)
from remonta.billing.queries import DeskShape, OrderMoney, desks_at, money_of_order, payment_shape
from remonta.desk.billing.forms import PayForm, RefundForm, SettleForm
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import Missing, NotPermitted, Refused
from remonta.orders.queries import work_orders_for
from remonta.web.answers import back, go, operation_of
from remonta.web.requests import Request


def order_money(request: Request, uid: UUID, form: PayForm | None = None) -> HttpResponse:
    """The money panel of an order."""
    money = _money(request, uid)
    desks = desks_at(request.actor, money.centre_id)
    may = {name: request.actor.may(f"billing.{name}", money) for name in ("take", "invoice", "shift")}
    form = form or PayForm(money, desks, initial={"operation": uuid7(), "desk": _desk(request, desks)})
    closed = next((desk for desk in desks if not desk.shift_uid), None) if not any(d.shift_uid for d in desks) else None
    context = {"money": money, "desks": desks, "form": form, "may": may, "closed": closed}
    return render(request, "desk/billing/_money.html", context, status=422 if form.errors else 200)


def order_pay(request: Request, uid: UUID) -> HttpResponse:
    """Takes money: a payment while something was owed, else a deposit. A refusal stands in the form at its field."""
    money = _money(request, uid)
    form = PayForm(money, desks_at(request.actor, money.centre_id), request.POST)

    def take() -> object:
        run = take_deposit if form.is_deposit else take_payment
        return run(request.actor, uid, tender=form.tender(), operation=operation_of(request))

    if not tried(form, take):
        return order_money(request, uid, form)
    request.session["desk"] = form.cleaned_data["desk"]
    if request.htmx:
        return order_money(request, uid)
    return go(request, back(request, reverse("desk:order", args=[uid])))


def order_invoice(request: Request, uid: UUID) -> HttpResponse:
    """Issues the invoice of an order and shows it."""
    invoice = invoice_order(request.actor, uid, operation=operation_of(request))
    return go(request, reverse("desk:invoice", args=[invoice.uid]), _("Invoice issued"))


def payment_state(request: Request, uid: UUID) -> HttpResponse:
    """How a card payment stands; the page asks each second until it has a result."""
    row = payment_shape(request.actor, uid)
    response = render(request, "desk/billing/_state.html", {"payment": row})
    if not row.pending:
        response.headers["HX-Trigger"] = "settled"
    return response


def payment(request: Request, uid: UUID, **refused: forms.Form) -> HttpResponse:
    """One payment: what it was, and what may be done with it."""
    row = payment_shape(request.actor, uid)
    shown: dict[str, Any] = {"payment": row, "may_cancel": row.pending and request.actor.may("billing.take", row)}
    shown["may_print"] = row.state == "paid" and request.actor.may("documents.print", row)
    first = {"operation": uuid7()}
    if row.left.minor > 0 and request.actor.may("billing.refund", row):
        shown["refund_form"] = RefundForm(row, initial=first)
    if row.pending and request.actor.may("billing.settle", row):
        shown["settle_form"] = SettleForm(initial=first)
    return render(request, "desk/billing/payment.html", {**shown, **refused}, status=422 if refused else 200)


def payment_refund(request: Request, uid: UUID) -> HttpResponse:
    """Gives a payment back, the way it came or as credit."""
    form = RefundForm(payment_shape(request.actor, uid), request.POST)
    if tried(form, lambda: refund_payment(request.actor, uid, **form.cleaned_data)):
        return go(request, reverse("desk:payment", args=[uid]))
    return payment(request, uid, refund_form=form)


def payment_settle(request: Request, uid: UUID) -> HttpResponse:
    """A manager says how an unclear payment ended."""
    form = SettleForm(request.POST)
    if tried(form, lambda: settle_by_hand(request.actor, uid, **form.said())):
        return go(request, reverse("desk:payment", args=[uid]))
    return payment(request, uid, settle_form=form)


def payment_cancel(request: Request, uid: UUID) -> HttpResponse:
    """Asks the terminal to call the payment off."""
    cancel_card_payment(request.actor, uid, operation=operation_of(request))
    if request.htmx:
        return payment_state(request, uid)
    return go(request, reverse("desk:payment", args=[uid]))


def tried(form: forms.Form, run: Callable[[], object]) -> bool:
    """Whether the form was readable and the command ran; a refusal is put where it belongs in the form."""
    if not form.is_valid():
        return False
    try:
        run()
    except (NotPermitted, Missing):
        raise
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    return not form.errors


def _money(request: Request, uid: UUID) -> OrderMoney:
    return money_of_order(request.actor, work_orders_for(request.actor).get(uid=uid).pk)


def _desk(request: Request, desks: Sequence[DeskShape]) -> str:
    """The desk this browser used last, else one that is open."""
    kept = request.session.get("desk", "")
    if any(str(desk.uid) == kept for desk in desks):
        return str(kept)
    opened = [desk for desk in desks if desk.shift_uid] or list(desks)
    return str(opened[0].uid) if opened else ""
