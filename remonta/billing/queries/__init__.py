"""Reading money: what is owed, what was paid, what the drawers went through."""

from remonta.billing.queries.charges import ChargeLine, charge_lines, order_totals, sold_prices
from remonta.billing.queries.drawers import (
    CashLine,
    ClosedShift,
    DeskShape,
    cash_lines,
    closed_shifts,
    desks_at,
    drawer_balance,
)
from remonta.billing.queries.order_money import (
    InvoiceRow,
    OrderMoney,
    PaymentRow,
    invoice_page,
    invoice_row,
    money_of_order,
    payment_row,
    payment_rows,
    payment_shape,
    unclear_payments,
    with_left,
)
from remonta.billing.queries.owing import Balance, Owed, balances_of, credit_of, owed, paid_for
from remonta.billing.queries.scope import desks_for, entries_for, invoices_for, payments_for, shifts_for

__all__ = [
    "Balance",
    "CashLine",
    "ChargeLine",
    "ClosedShift",
    "DeskShape",
    "InvoiceRow",
    "OrderMoney",
    "Owed",
    "PaymentRow",
    "balances_of",
    "cash_lines",
    "charge_lines",
    "closed_shifts",
    "credit_of",
    "desks_at",
    "desks_for",
    "drawer_balance",
    "entries_for",
    "invoice_page",
    "invoice_row",
    "invoices_for",
    "money_of_order",
    "order_totals",
    "owed",
    "paid_for",
    "payment_row",
    "payment_rows",
    "payment_shape",
    "payments_for",
    "shifts_for",
    "sold_prices",
    "unclear_payments",
    "with_left",
]
