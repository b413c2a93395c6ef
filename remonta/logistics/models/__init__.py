"""Requests that will be sent in, parcels, batches, and the couriers that carry them."""

from remonta.logistics.models.batches import Batch, BatchLine, Difference, LineState, Onward, Purpose
from remonta.logistics.models.couriers import (
    CourierAccount,
    DriverRoute,
    RouteStop,
    Shipment,
    ShipmentEvent,
    StopKind,
)
from remonta.logistics.models.parcels import DifferenceKind, Parcel, ParcelItem, Way

__all__ = [
    "Batch",
    "BatchLine",
    "CourierAccount",
    "Difference",
    "DifferenceKind",
    "DriverRoute",
    "LineState",
    "Onward",
    "Parcel",
    "ParcelItem",
    "Purpose",
    "RouteStop",
    "Shipment",
    "ShipmentEvent",
    "StopKind",
    "Way",
]
