"""Asking for parts, issuing them, taking them back, and receiving goods."""

from remonta.supply.commands.ask import (
    ask_part,
    ask_parts,
    cancel_requisition,
    expect_part,
    free_parts,
    serve_waiting,
)
from remonta.supply.commands.deliveries import (
    Confirmed,
    close_purchase,
    confirm_purchase,
    receive_purchase,
    tell_new_date,
)
from remonta.supply.commands.goods import Delivered, receive_goods
from remonta.supply.commands.issue import (
    give_parts_away,
    issue_part,
    issue_scanned,
    return_unused_part,
    take_back_issue,
    take_out_old_part,
)
from remonta.supply.commands.landing import add_landed_cost
from remonta.supply.commands.purchases import (
    Chosen,
    add_purchase_line,
    cancel_purchase,
    cancel_purchase_request,
    change_purchase_line,
    lock_purchase,
    mark_sent,
    order_wanted,
    request_purchase,
    send_purchase,
)
from remonta.supply.commands.rates import RatesRead, import_rates, set_rate
from remonta.supply.commands.refusals import NoLines, NoneFree, NotAtPlace, OrderOver, SupplierMissing, TooMuchBack
from remonta.supply.commands.suppliers import (
    add_supplier,
    add_supplier_part,
    archive_supplier,
    change_supplier,
    change_supplier_part,
)

__all__ = [
    "Chosen",
    "Confirmed",
    "Delivered",
    "NoLines",
    "NoneFree",
    "NotAtPlace",
    "OrderOver",
    "RatesRead",
    "SupplierMissing",
    "TooMuchBack",
    "add_landed_cost",
    "add_purchase_line",
    "add_supplier",
    "add_supplier_part",
    "archive_supplier",
    "ask_part",
    "ask_parts",
    "cancel_purchase",
    "cancel_purchase_request",
    "cancel_requisition",
    "change_purchase_line",
    "change_supplier",
    "change_supplier_part",
    "close_purchase",
    "confirm_purchase",
    "expect_part",
    "free_parts",
    "give_parts_away",
    "import_rates",
    "issue_part",
    "issue_scanned",
    "lock_purchase",
    "mark_sent",
    "order_wanted",
    "receive_goods",
    "receive_purchase",
    "request_purchase",
    "return_unused_part",
    "send_purchase",
    "serve_waiting",
    "set_rate",
    "take_back_issue",
    "take_out_old_part",
    "tell_new_date",
]
