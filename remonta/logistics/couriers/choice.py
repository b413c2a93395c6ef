"""Which couriers there are, what their accounts need, and the driver for each."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from remonta.logistics.couriers.cdek import Cdek
from remonta.logistics.couriers.contract import Access, Courier
from remonta.logistics.couriers.inpost import InPost
from remonta.logistics.couriers.own import OwnDrivers
from remonta.logistics.couriers.simulated import Simulated


class DriverCode(TextChoices):
    OWN = "own", _("our own drivers")
    INPOST = "inpost", _("InPost ShipX (not run live)")
    CDEK = "cdek", _("CDEK API v2 (not run live)")
    SIMULATED = "simulated", _("simulated courier")


@dataclass(frozen=True)
class Needs:
    """What an account needs: names of its secrets, those it cannot do without, the tracking page."""

    secrets: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    needs_url: bool = False
    tracking_page: str = ""


NEEDS = {
    DriverCode.OWN: Needs(),
    DriverCode.INPOST: Needs(
        ("token", "organization"),
        ("token", "organization"),
        tracking_page="https://inpost.pl/sledzenie-przesylek?number={number}",
    ),
    DriverCode.CDEK: Needs(
        ("client_id", "client_secret", "tariff"),
        ("client_id", "client_secret"),
        tracking_page="https://www.cdek.ru/ru/tracking/?order_id={number}",
    ),
    DriverCode.SIMULATED: Needs(("token",), needs_url=True),
}
MAKERS: dict[DriverCode, Callable[[Access], Courier]] = {
    DriverCode.OWN: OwnDrivers,
    DriverCode.INPOST: InPost,
    DriverCode.CDEK: Cdek,
    DriverCode.SIMULATED: Simulated,
}


def courier_for(driver: str, access: Access) -> Courier:
    """The driver of an account."""
    return MAKERS[DriverCode(driver)](access)
