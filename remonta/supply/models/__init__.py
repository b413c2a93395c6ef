"""Parts asked for repairs, whom they are bought from, what is on order, and goods that arrive."""

from remonta.supply.models.old_parts import OldPart
from remonta.supply.models.picking import PickingLine, PickingList
from remonta.supply.models.planning import AdviceLine, Calculation, CalculationKind, PlanLine
from remonta.supply.models.purchases import LandedCost, LandedShare, PurchaseLine, PurchaseOrder, PurchaseRequest
from remonta.supply.models.requisitions import GoodsReceipt, GoodsReceiptLine, Requisition
from remonta.supply.models.returns import ReturnReason, SupplierReturn, SupplierReturnLine
from remonta.supply.models.suppliers import ExchangeRate, PriceChange, Supplier, SupplierPart

__all__ = [
    "AdviceLine",
    "Calculation",
    "CalculationKind",
    "ExchangeRate",
    "GoodsReceipt",
    "GoodsReceiptLine",
    "LandedCost",
    "LandedShare",
    "OldPart",
    "PickingLine",
    "PickingList",
    "PlanLine",
    "PriceChange",
    "PurchaseLine",
    "PurchaseOrder",
    "PurchaseRequest",
    "Requisition",
    "ReturnReason",
    "Supplier",
    "SupplierPart",
    "SupplierReturn",
    "SupplierReturnLine",
]
