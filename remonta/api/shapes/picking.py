"""Picking lists."""

from datetime import datetime
from uuid import UUID

from remonta.api.fields import Shape
from remonta.api.shapes.stock import RequisitionShape


class PickingRow(Shape):
    """A picking list."""

    uid: UUID
    number: str
    centre: str
    created_at: datetime


class PickingShape(PickingRow):
    """With what is still to be fetched, in the order in which one walks, and what has been."""

    ahead: list[RequisitionShape]
    fetched: list[RequisitionShape]
