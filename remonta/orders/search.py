"""By what a work order and a request are found."""

from remonta.kernel.actor import Actor
from remonta.orders.models import Request, WorkOrder
from remonta.spine.commands import index_entry


def index_work_order(actor: Actor, order: WorkOrder) -> None:
    """By its number, the unit's serial or tag, the customer's name and phones, the model."""
    unit, customer = order.unit, order.customer
    device = str(order.product) if order.product_id else ""
    serial = (unit.serial or unit.tag) if unit else ""
    index_entry(
        "work_order",
        order.pk,
        uid=order.uid,
        centre_id=order.centre_id,
        title=f"{order.number} {device}".strip(),
        hint=" · ".join(filter(None, [serial, customer.name if customer else ""])),
        words=[order.number, device, serial, unit.second_serial if unit else ""],
        phones=[phone.number for phone in customer.phones.all()] if customer else [],
        exact=order.number,
        names=[customer.name] if customer else [],
        open=order.open,
    )


def index_request(actor: Actor, request: Request) -> None:
    """By its number, who asked, and the device."""
    customer = request.customer
    index_entry(
        "request",
        request.pk,
        uid=request.uid,
        centre_id=request.centre_id,
        title=f"{request.number} {request.device}".strip(),
        hint=customer.name if customer else request.contact_name,
        words=[request.number, request.device],
        phones=[request.contact_phone] if request.contact_phone else [],
        exact=request.number,
        names=[customer.name if customer else request.contact_name],
        open=request.state in ("new", "lead"),
    )
