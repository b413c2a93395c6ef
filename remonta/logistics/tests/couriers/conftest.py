"""Kraków sends things: an account with the simulated courier, who lives by the cast's clock."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from remonta.logistics.commands.couriers import (
    Parcel,
    Party,
    Wanted,
    add_courier,
    book_shipment,
    cancel_shipment,
)
from remonta.logistics.couriers.simulator import SimulatedCourier
from remonta.logistics.models import CourierAccount, Shipment
from remonta.spine.worker import drain
from tests.cast import operation

ANNA = Party(
    name="Anna Nowak",
    phone="+48600700800",
    email="anna@example.com",
    street="Długa",
    building="5",
    city="Gdańsk",
    postcode="80-827",
    country="PL",
)


class Sending:
    """What Kraków sends, and by whom."""

    def __init__(self, cast: SimpleNamespace, courier: SimulatedCourier | None) -> None:
        self.cast, self.courier = cast, courier
        self.account = self.open("Simulated", "simulated", url=courier.url) if courier else None

    def open(self, name: str, driver: str, **more: Any) -> CourierAccount:
        return add_courier(
            self.cast.hana, self.cast.krakow.uid, name=name, driver=driver, **more, operation=operation(self.cast)
        )

    def book(
        self, weight: int = 1000, *, by: str = "stan", account: CourierAccount | None = None, **more: Any
    ) -> Shipment:
        wanted = Wanted(**{"receiver": ANNA, "parcels": (Parcel(weight, 300, 200, 100),), **more})
        uid = (account or self.account).uid
        return book_shipment(getattr(self.cast, by), uid, wanted=wanted, operation=operation(self.cast))

    def cancel(self, shipment: Shipment, by: str = "stan") -> Shipment:
        return cancel_shipment(getattr(self.cast, by), shipment.uid, operation=operation(self.cast))

    def work(self, **span: float) -> int:
        """Time passes, and background work is done."""
        self.cast.clock.pass_(**span)
        return drain(self.cast.clock)


def now(shipment: Shipment) -> str:
    """Its state by now."""
    shipment.refresh_from_db()
    return str(shipment.state)


@pytest.fixture
def courier(cast: SimpleNamespace, settings: Any) -> Iterator[SimulatedCourier]:
    settings.REMONTA_COURIER_LOOPBACK = True
    with SimulatedCourier(now=cast.clock) as courier:
        yield courier


@pytest.fixture
def sending(cast: SimpleNamespace, courier: SimulatedCourier) -> Sending:
    return Sending(cast, courier)
