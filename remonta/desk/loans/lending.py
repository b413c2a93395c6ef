"""Lending a loaner from an order's page, and the page of a loan. Parse, one command or query, respond."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from remonta.billing.queries import PaymentRow, desks_at
from remonta.counter.commands import lend_loaner, take_loan_deposit, take_loaner_back
from remonta.counter.queries import deposit_of_loan
from remonta.desk.loans.forms import BackForm, DepositForm, LendForm, LetGoForm, UntilForm
from remonta.documents.commands import print_loan
from remonta.identity.queries import names_of, setting
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted
from remonta.orders.commands import by_hand, lift_hold_by_hand
from remonta.orders.queries import standing_holds, work_orders_for
from remonta.stock.commands import extend_loan
from remonta.stock.queries import (
    Loaner,
    LoanShape,
    free_loaners,
    loan_shape,
    loaners_for,
    loans_of_order,
    unit_places,
)
from remonta.stock.workflow import LoanerState
from remonta.web.answers import answer_form
from remonta.web.form_page import form_page
from remonta.web.requests import Request

GONE = ("refused", "cancelled")


def panel(request: Request, uid: UUID) -> HttpResponse:
    """What was lent for an order, and a way to lend."""
    order = work_orders_for(request.actor).get(uid=uid)
    loans = loans_of_order(request.actor, order.pk)
    may_lend = request.actor.may("stock.lend", order) and order.open and order.customer_id is not None
    held = [one for one in standing_holds([order.pk]).get(order.pk, ()) if by_hand(one.code)]
    context = {
        "order": order,
        "loans": [(one, one.late(timezone.localdate())) for one in loans],
        "may_lend": may_lend,
        "held": held if request.actor.may("orders.lift_holds", order) else (),
    }
    return render(request, "desk/loans/_order.html", context)


def lend(request: Request, uid: UUID) -> HttpResponse:
    """Which loaner, until when, against which deposit."""
    actor = request.actor
    order = work_orders_for(actor).select_related("centre__legal_entity").get(uid=uid)
    if not actor.may("stock.lend", order):
        raise NotPermitted
    free = [*free_loaners(actor, order.centre_id), *_lent_before(request, order.centre_id)]
    asked = {str(one.uid): one.deposit for one in free}
    may_take = actor.may("billing.take", order)
    currency = order.centre.legal_entity.currency
    desks = desks_at(actor, order.centre_id) if may_take else ()
    make = partial(LendForm, free=free, may_take=may_take, currency=currency, desks=desks)
    here = reverse("desk:order", args=[uid])
    context: dict[str, Any] = {"order": order, "free": free, "back_url": here}
    if request.method != "POST":
        until = timezone.localdate() + timedelta(days=int(setting("stock.loan_days", order.centre_id)))
        chosen = request.GET.get("loaner", "")
        start = {"operation": uuid7(), "due_on": until, "loaner": chosen}
        return render(request, "desk/loans/lend.html", {**context, "form": make(initial=start)})
    form = make(request.POST)
    return answer_form(
        request,
        form,
        lambda **said: lend_loaner(
            actor,
            uid,
            loaner_uid=UUID(said["loaner"]),
            due_on=said["due_on"],
            deposit=form.tender(asked[said["loaner"]]) if may_take else None,
            operation=said["operation"],
        ),
        page="desk/loans/lend.html",
        then=lambda made: reverse("desk:loan", args=[made.uid]),
        context=context,
        say=_("Lent. Print the agreement and have it signed."),
    )


def loan(request: Request, uid: UUID, **refused: Any) -> HttpResponse:
    """One loan: who has what until when, its deposit, and taking it back."""
    shape = loan_shape(request.actor, uid)
    return render(request, "desk/loans/loan.html", {**_context(request, shape), **refused})


def come_back(request: Request, uid: UUID) -> HttpResponse:
    """It is back: condition and accessories looked at, the deposit given back or kept."""
    shape = loan_shape(request.actor, uid)
    context = _context(request, shape)
    form = _back_form(request, shape, context["deposit"], request.POST)
    return answer_form(
        request,
        form,
        lambda **said: take_loaner_back(request.actor, uid, **form.said(), operation=said["operation"]),
        page="desk/loans/loan.html",
        then=reverse("desk:loan", args=[uid]),
        context={**context, "back_refused": True},
        say=_("It is back."),
    )


def extend(request: Request, uid: UUID) -> HttpResponse:
    """The customer keeps it until another day."""
    shape = loan_shape(request.actor, uid)
    here = reverse("desk:loan", args=[uid])
    return form_page(
        request,
        UntilForm,
        partial(extend_loan, request.actor, uid),
        title=_("Another day for the loaner"),
        then=here,
        initial={"operation": uuid7(), "due_on": shape.due_on},
        back_url=here,
        back_label=shape.number,
    )


def deposit(request: Request, uid: UUID) -> HttpResponse:
    """Takes the deposit that was not asked at first, or did not go through."""
    shape = loan_shape(request.actor, uid)
    here = reverse("desk:loan", args=[uid])
    make = partial(DepositForm, currency=shape.deposit.currency, desks=desks_at(request.actor, shape.centre_id))
    context = {"title": _("Take the loaner’s deposit"), "back_url": here, "back_label": shape.number}
    if request.method != "POST":
        start = {"operation": uuid7(), "amount": shape.deposit.major if shape.deposit else None}
        return render(request, "web/form.html", {**context, "form": make(initial=start)})
    form = make(request.POST)
    form.fields["amount"].required = True
    return answer_form(
        request,
        form,
        lambda **said: take_loan_deposit(request.actor, uid, deposit=form.asked(), operation=said["operation"]),
        page="web/form.html",
        then=here,
        context=context,
        say=_("Saved."),
    )


def print_agreement(request: Request, uid: UUID) -> HttpResponse:
    """The agreement, in the customer's language."""
    paper = "a5" if request.POST.get("paper") == "a5" else "a4"
    return redirect("desk:paper", print_loan(request.actor, uid, paper=paper).uid)


def let_go(request: Request, uid: UUID) -> HttpResponse:
    """The order goes on although its loaner is not back, with a reason."""
    order = work_orders_for(request.actor).get(uid=uid)
    if not request.actor.may("orders.lift_holds", order):
        raise NotPermitted
    standing = [one.code for one in standing_holds([order.pk]).get(order.pk, ()) if by_hand(one.code)]
    code = request.GET.get("code", "") or next(iter(standing), "")
    here = reverse("desk:order", args=[uid])
    return form_page(
        request,
        LetGoForm,
        partial(lift_hold_by_hand, request.actor, uid, code=code),
        title=_("Let the order go without the loaner"),
        then=here,
        initial={"operation": uuid7()},
        save_label=_("Lift the hold"),
        back_url=here,
        back_label=order.number,
    )


def _context(request: Request, shape: LoanShape) -> dict[str, Any]:
    actor = request.actor
    order = work_orders_for(actor).filter(pk=shape.order_id).first()
    paid = deposit_of_loan(actor, shape.id)
    may_lend = actor.may("stock.lend", shape)
    names = names_of({shape.account_id}) if shape.account_id else {}
    asks = may_lend and shape.out and actor.may("billing.take", shape)
    return {
        "loan": shape,
        "late": shape.late(timezone.localdate()),
        "order": order,
        "deposit": paid,
        "by": names.get(shape.account_id or 0, ""),
        "may_lend": may_lend,
        "may_print": order is not None and actor.may("documents.print", shape),
        "may_take": asks and (paid is None or paid.state in GONE),
        "form": _back_form(request, shape, paid, None) if may_lend and shape.out else None,
    }


def _lent_before(request: Request, centre_id: int) -> list[Loaner]:
    """The loaner that was chosen and has gone out meanwhile: a click that arrives twice means the same one."""
    lent = loaners_for(request.actor).filter(centre_id=centre_id, state=LoanerState.LENT)
    rows = lent.select_related("unit__product__brand") if request.method == "POST" else ()
    return [one for one in rows if str(one.uid) == request.POST.get("loaner")]


def _back_form(request: Request, shape: LoanShape, paid: PaymentRow | None, sent: Any) -> BackForm:
    return BackForm(
        sent,
        loan=shape,
        places=unit_places(request.actor, shape.centre_id),
        desks=desks_at(request.actor, shape.centre_id),
        held=paid is not None and (sent is not None or paid.left.minor > 0),
        initial={"operation": uuid7(), "condition": shape.condition},
    )
