"""Labels for what our own drivers carry; couriers outside send labels of their own."""

from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remonta.documents.commands.issuing import issue_document
from remonta.documents.models import Document
from remonta.documents.shapes import Company, Label, ShipmentLabelData
from remonta.documents.written import phone
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Refused
from remonta.logistics.queries.couriers import DriverCode, Party, Shipment, shipments_for
from remonta.spine.commands import command


class LabelOfCourier(Refused):
    text = gettext_lazy("This courier sends its own label. It is on the page of the shipment as soon as it comes.")


@command
def print_shipment_label(actor: Actor, uid: UUID, *, size: str = "100x50") -> Document:
    """One label for each piece of a shipment of our own drivers, in the centre's language.

    Raises LabelOfCourier, NoSuchForm, NotPermitted.
    """
    shipment = shipments_for(actor).select_related("centre", "account").get(uid=uid)
    if shipment.account.driver != DriverCode.OWN:
        raise LabelOfCourier
    centre = shipment.centre
    with translation.override(centre.language):
        form = ShipmentLabelData(
            paper=size,
            language=centre.language,
            company=Company(name=centre.name),
            number=shipment.number,
            issued="",
            labels=_labels(shipment, centre.name),
        )
        about: dict[str, Any] = {"subject": "logistics.shipment", "subject_id": shipment.pk, "centre_id": centre.pk}
        look: dict[str, Any] = {"code": form.code, "paper": size, "language": form.language}
        thread = shipment.work_order_id
        issued: Document = issue_document(actor, **look, **about, thread_id=thread, data=form.as_json())
    return issued


def _labels(shipment: Shipment, centre: str) -> tuple[Label, ...]:
    to, many = Party.of(shipment.receiver), max(len(shipment.parcels), 1)
    lines = (
        to.address,
        phone(to.phone) if to.phone.startswith("+") else to.phone,
        shipment.contents,
        _("From: %(centre)s") % {"centre": centre},
    )
    return tuple(
        Label(
            code=shipment.number,
            name=to.name or to.company,
            qr=shipment.number,
            index=f"{at} / {many}" if many > 1 else "",
            lines=lines,
        )
        for at in range(1, many + 1)
    )
