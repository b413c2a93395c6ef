"""The loaner pool, loans, and what the order page shows of them."""

from django.urls import path

from remonta.desk.loans import lending, pool

urlpatterns = [
    path("loaners/", pool.loaners, name="loaners"),
    path("loaners/new/", pool.new, name="loaner-new"),
    path("loaners/<uuid:uid>/", pool.loaner, name="loaner"),
    path("loaners/<uuid:uid>/change/", pool.change, name="loaner-change"),
    path("loaners/<uuid:uid>/move/", pool.move, name="loaner-move"),
    path("loans/<uuid:uid>/", lending.loan, name="loan"),
    path("loans/<uuid:uid>/back/", lending.come_back, name="loan-back"),
    path("loans/<uuid:uid>/until/", lending.extend, name="loan-until"),
    path("loans/<uuid:uid>/deposit/", lending.deposit, name="loan-deposit"),
    path("loans/<uuid:uid>/print/", lending.print_agreement, name="loan-print"),
    path("orders/<uuid:uid>/loaner/", lending.panel, name="order-loaner"),
    path("orders/<uuid:uid>/lend/", lending.lend, name="order-lend"),
    path("orders/<uuid:uid>/let-go/", lending.let_go, name="order-let-go"),
]
