"""Reading what repairs need and what came in."""

from remonta.supply.models import ExchangeRate, GoodsReceipt, Requisition, Supplier, SupplierPart
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
from remonta.supply.queries.rates import RateEntity, rate_entities_for, rate_on, rates_for
from remonta.supply.queries.scope import demand_for, receipts_for, requisitions_for
from remonta.supply.queries.suppliers import (
    Offer,
    offers,
    offers_of_parts,
    offers_of_supplier,
    sees_prices,
    supplier_parts_for,
    suppliers_for,
)

__all__ = [
    "Demand",
    "ExchangeRate",
    "GoodsReceipt",
    "Offer",
    "Purchase",
    "RateEntity",
    "Receipt",
    "ReceiptLine",
    "Requisition",
    "RequisitionLine",
    "Supplier",
    "SupplierPart",
    "demand_for",
    "offers",
    "offers_of_parts",
    "offers_of_supplier",
    "parts_of_order",
    "picking_list",
    "purchases_of_part",
    "rate_entities_for",
    "rate_on",
    "rates_for",
    "receipt_page",
    "receipts_for",
    "requisition_lines",
    "requisitions_for",
    "sees_prices",
    "supplier_parts_for",
    "suppliers_for",
    "waiting_demand",
]
