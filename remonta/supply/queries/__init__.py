"""Reading what repairs need and what came in."""

from remonta.supply.models import GoodsReceipt, Requisition
from remonta.supply.queries.lists import (
    Demand,
    Purchase,
    Receipt,
    ReceiptLine,
    RequisitionLine,
    parts_of_order,
    picking_list,
    purchases_of_part,
    receipt_page,
    requisition_lines,
    waiting_demand,
)
from remonta.supply.queries.scope import demand_for, receipts_for, requisitions_for

__all__ = [
    "Demand",
    "GoodsReceipt",
    "Purchase",
    "Receipt",
    "ReceiptLine",
    "Requisition",
    "RequisitionLine",
    "demand_for",
    "parts_of_order",
    "picking_list",
    "purchases_of_part",
    "receipt_page",
    "receipts_for",
    "requisition_lines",
    "requisitions_for",
    "waiting_demand",
]
