"""Money: the panel of an order, payments, invoices, cash desks."""

from django.urls import path

from remonta.desk.billing import cash, lists, views

urlpatterns = [
    path("orders/<uuid:uid>/money/", views.order_money, name="order-money"),
    path("orders/<uuid:uid>/pay/", views.order_pay, name="order-pay"),
    path("orders/<uuid:uid>/invoice/", views.order_invoice, name="order-invoice"),
    path("payments/", lists.payments, name="payments"),
    path("payments/<uuid:uid>/", views.payment, name="payment"),
    path("payments/<uuid:uid>/state/", views.payment_state, name="payment-state"),
    path("payments/<uuid:uid>/refund/", views.payment_refund, name="payment-refund"),
    path("payments/<uuid:uid>/settle/", views.payment_settle, name="payment-settle"),
    path("payments/<uuid:uid>/cancel/", views.payment_cancel, name="payment-cancel"),
    path("invoices/", lists.invoices, name="invoices"),
    path("invoices/<uuid:uid>/", lists.invoice, name="invoice"),
    path("invoices/<uuid:uid>/correct/", lists.invoice_correct, name="invoice-correct"),
    path("cash/", cash.cash, name="cash"),
    path("cash/new/", cash.desk_new, name="cash-desk-new"),
    path("cash/<uuid:uid>/", cash.desk_change, name="cash-desk"),
    path("cash/<uuid:uid>/archive/", cash.desk_archive, name="cash-desk-archive"),
    path("cash/<uuid:uid>/open/", cash.cash_open, name="cash-open"),
    path("cash/shifts/<uuid:uid>/", cash.cash_lines_of, name="cash-lines"),
    path("cash/shifts/<uuid:uid>/close/", cash.cash_close, name="cash-close"),
    path("cash/shifts/<uuid:uid>/move/", cash.cash_move, name="cash-move"),
]
