"""Money of orders: what is owed, payments, deposits, giving back."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from remonta.api.asking import operation_of
from remonta.api.dispatch import order_id
from remonta.api.fields import Asked, Code, Money, Word, minor, minor_or_none
from remonta.api.paging import Page, Paging, each, page_of
from remonta.api.problems import unfit
from remonta.api.shapes.money import MoneyOfOrder, Payment
from remonta.api.spoken import op
from remonta.billing import commands
from remonta.billing.queries import money_of_order, payment_row, payment_shape, payments_for, with_left
from remonta.billing.workflow import PaymentState
from remonta.orders.queries import work_orders_for
from remonta.web.requests import Request

router = Router()
METHODS = ("cash", "card", "transfer", "credit")


class PaymentFilter(Paging):
    """Which payments."""

    state: PaymentState | None = None
    order: UUID | None = None
    centre: UUID | None = None


class TenderAsked(Asked):
    """How it is paid. Cash and card need a cash desk; `tendered` is the cash that was given."""

    method: Code = Field(json_schema_extra={"enum": list(METHODS)})
    amount: Money
    desk_uid: UUID | None = None
    tendered: Money | None = None
    reference: Word = ""

    def tender(self, currency: str) -> commands.Tender:
        """As the command takes it."""
        return commands.Tender(
            method=known_method(self.method),
            amount=minor(self.amount, currency, "amount"),
            desk_uid=self.desk_uid,
            tendered=minor_or_none(self.tendered, currency, "tendered"),
            reference=self.reference,
        )


class RefundAsked(Asked):
    """So much of a payment, or all that is left, the way it came or as the customer’s credit."""

    amount: Money | None = None
    method: Code = ""
    desk_uid: UUID | None = None
    reference: Word = ""


class SettleAsked(Asked):
    """What the terminal’s own list says of an unclear payment."""

    charged: bool
    reference: Word = ""


def known_method(method: str) -> str:
    """A way to pay. Raises Problem 422 for another one."""
    if method not in METHODS:
        raise unfit("method", _("There is no such way to pay."))
    return method


def tender_of(request: Request, uid: UUID, asked: TenderAsked) -> commands.Tender:
    """What is given, in the currency of the order’s centre. One statement. Raises DoesNotExist."""
    orders = work_orders_for(request.actor).values_list("centre__legal_entity__currency", flat=True)
    return asked.tender(orders.get(uid=uid))


@router.get("/orders/{uuid:uid}/money", **op("order-money", MoneyOfOrder))
def of_order(request: Request, uid: UUID) -> Any:
    """What an order costs, what is paid, what is owed."""
    return money_of_order(request.actor, order_id(request, uid))


@router.post("/orders/{uuid:uid}/payments", **op("order-payments", Payment, once=True, status=201))
def pay(request: Request, uid: UUID, asked: TenderAsked) -> Any:
    """Takes what is owed, or a part of it. A card payment starts at the terminal; its result is read afterwards."""
    tender = tender_of(request, uid, asked)
    made = commands.take_payment(request.actor, uid, tender=tender, operation=operation_of(request))
    return payment_shape(request.actor, made.uid)


@router.post("/orders/{uuid:uid}/deposits", **op("order-deposits", Payment, once=True, status=201))
def deposit(request: Request, uid: UUID, asked: TenderAsked) -> Any:
    """Takes money ahead of what will be owed."""
    tender = tender_of(request, uid, asked)
    made = commands.take_deposit(request.actor, uid, tender=tender, operation=operation_of(request))
    return payment_shape(request.actor, made.uid)


@router.get("/payments", **op("payments", Page[Payment]))
def listed(request: Request, asked: Query[PaymentFilter]) -> Any:
    """Payments in pages, newest first."""
    rows = payments_for(request.actor)
    rows = rows.filter(state=asked.state) if asked.state else rows
    rows = rows.filter(work_order__uid=asked.order) if asked.order else rows
    rows = rows.filter(centre__uid=asked.centre) if asked.centre else rows
    return page_of(with_left(rows), asked, each(payment_row))


@router.get("/payments/{uuid:uid}", **op("payment", Payment))
def one(request: Request, uid: UUID) -> Any:
    """A payment; how a card payment stands."""
    return payment_shape(request.actor, uid)


@router.post("/payments/{uuid:uid}/refund", **op("payment-refund", Payment, once=True, status=201))
def refund(request: Request, uid: UUID, asked: RefundAsked) -> Any:
    """Gives a payment back. Answers the payment that goes back."""
    row = payment_shape(request.actor, uid)
    said: dict[str, Any] = {
        "amount": minor_or_none(asked.amount, row.amount.currency, "amount"),
        "method": known_method(asked.method) if asked.method else "",
        "desk_uid": asked.desk_uid,
        "reference": asked.reference,
    }
    made = commands.refund_payment(request.actor, uid, **said, operation=operation_of(request))
    return payment_shape(request.actor, made.uid)


@router.post("/payments/{uuid:uid}/keep-as-credit", **op("payment-credit", Payment, once=True, status=201))
def credit(request: Request, uid: UUID) -> Any:
    """Keeps what is left of a payment as the customer’s credit."""
    made = commands.credit_deposit(request.actor, uid, operation=operation_of(request))
    return payment_shape(request.actor, made.uid)


@router.post("/payments/{uuid:uid}/cancel", **op("payment-cancel", Payment, once=True))
def cancel(request: Request, uid: UUID) -> Any:
    """Asks the terminal to call a card payment off."""
    commands.cancel_card_payment(request.actor, uid, operation=operation_of(request))
    return payment_shape(request.actor, uid)


@router.post("/payments/{uuid:uid}/settle", **op("payment-settle", Payment, once=True))
def settle(request: Request, uid: UUID, asked: SettleAsked) -> Any:
    """A manager says how an unclear card payment ended."""
    said: dict[str, Any] = {"charged": asked.charged, "reference": asked.reference, "operation": operation_of(request)}
    commands.settle_by_hand(request.actor, uid, **said)
    return payment_shape(request.actor, uid)
