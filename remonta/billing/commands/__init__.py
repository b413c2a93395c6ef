"""Every write to the book of money and what stands on it."""

from remonta.billing.commands.holds import keep_holds, must_pay_first
from remonta.billing.commands.invoices import add_invoice, correct_invoice, invoice_order, standing_invoice
from remonta.billing.commands.ledger import Line, post, reverse_entry
from remonta.billing.commands.payments import Tender, add_payment, take_deposit, take_payment
from remonta.billing.commands.refunds import (
    credit_deposit,
    give_back,
    keep_pledge,
    left_of,
    refund_payment,
    return_pledge,
)
from remonta.billing.commands.refusals import AmountMissing
from remonta.billing.commands.shifts import (
    archive_cash_desk,
    change_cash_desk,
    close_shift,
    create_cash_desk,
    move_cash,
    open_shift,
)
from remonta.billing.commands.terminals import cancel_card_payment, settle_by_hand, settle_payment

__all__ = [
    "AmountMissing",
    "Line",
    "Tender",
    "add_invoice",
    "add_payment",
    "archive_cash_desk",
    "cancel_card_payment",
    "change_cash_desk",
    "close_shift",
    "correct_invoice",
    "create_cash_desk",
    "credit_deposit",
    "give_back",
    "invoice_order",
    "keep_holds",
    "keep_pledge",
    "left_of",
    "move_cash",
    "must_pay_first",
    "open_shift",
    "post",
    "refund_payment",
    "return_pledge",
    "reverse_entry",
    "settle_by_hand",
    "settle_payment",
    "standing_invoice",
    "take_deposit",
    "take_payment",
]
