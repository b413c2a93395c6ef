"""What is said of a shipment: facts on its timeline, its entry in the search, and news for what it carries."""

from collections.abc import Callable
from typing import Any

from remonta.kernel.actor import Actor
from remonta.logistics.couriers.facts import ShipmentFact
from remonta.logistics.couriers.workflow import STANDING
from remonta.logistics.models.couriers import Shipment
from remonta.spine.commands import index_entry, record

News = Callable[[Actor, Shipment], None]
CARRIED: dict[str, News] = {}


def carries(subject: str) -> Callable[[News], News]:
    """Declares what a thing of logistics does when the state of the shipment that carries it changes; it runs in the
    same transaction, with the shipment locked."""

    def declare(news: News) -> News:
        CARRIED[subject] = news
        return news

    return declare


def told(shipment: Shipment) -> dict[str, Any]:
    """What every fact about a shipment names."""
    return {
        "shipment_id": shipment.pk,
        "number": shipment.number,
        "subject": shipment.subject,
        "subject_id": shipment.subject_id,
        "work_order_id": shipment.work_order_id,
    }


def tell(actor: Actor, shipment: Shipment, fact: type[ShipmentFact], **more: Any) -> None:
    """Adds the line to the timeline and lets what the shipment carries follow."""
    record(actor, shipment, fact(**told(shipment), **more))
    if news := CARRIED.get(shipment.subject):
        news(actor, shipment)


def index_shipment(shipment: Shipment) -> None:
    """It is found by its number, the tracking number and who gets it."""
    receiver = shipment.receiver
    index_entry(
        "shipment",
        shipment.pk,
        uid=shipment.uid,
        centre_id=shipment.centre_id,
        title=shipment.number,
        hint=" · ".join(filter(None, [receiver.get("name") or receiver.get("company"), shipment.tracking_number])),
        words=[word for word in (shipment.number, shipment.tracking_number, shipment.outside_number) if word],
        names=[name for name in (receiver.get("name"), receiver.get("company")) if name],
        exact=shipment.tracking_number or shipment.number,
        open=shipment.state in STANDING,
    )
