"""Asking for parts, issuing them, taking them back, and receiving goods."""

from remonta.supply.commands.ask import (
    ask_part,
    ask_parts,
    cancel_requisition,
    expect_part,
    free_parts,
    serve_waiting,
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
    "Delivered",
    "NoLines",
    "NoneFree",
    "NotAtPlace",
    "OrderOver",
    "RatesRead",
    "SupplierMissing",
    "TooMuchBack",
    "add_supplier",
    "add_supplier_part",
    "archive_supplier",
    "ask_part",
    "ask_parts",
    "cancel_requisition",
    "change_supplier",
    "change_supplier_part",
    "expect_part",
    "free_parts",
    "give_parts_away",
    "import_rates",
    "issue_part",
    "issue_scanned",
    "receive_goods",
    "return_unused_part",
    "serve_waiting",
    "set_rate",
    "take_back_issue",
    "take_out_old_part",
]
