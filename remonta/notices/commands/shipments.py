"""Writing to who gets a shipment: the tracking number, once."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from remonta.kernel.actor import Actor
from remonta.logistics.queries.couriers import Party, Shipment, tracking_url
from remonta.spine.commands import command, send

PURPOSE = "notices.shipment"


@command
def mail_receiver(actor: Actor, shipment: Shipment) -> bool:
    """The tracking number by e-mail, in the language of the centre that sends; whether there is an address for it."""
    to = Party.of(shipment.receiver)
    if not to.email:
        return False
    centre = shipment.centre
    said = {"centre": centre.name, "number": shipment.number, "tracking": shipment.tracking_number}
    said |= {"courier": shipment.account.name}
    with translation.override(centre.language):
        title = _("%(centre)s has sent you a parcel: %(tracking)s") % said
        body = _("Good day,\n\n%(courier)s brings you a parcel from us. Its tracking number is %(tracking)s.") % said
        if url := tracking_url(shipment.account.driver, shipment.tracking_number):
            body += "\n\n" + _("You can follow it here: %(url)s") % {"url": url}
        body += "\n\n" + _("Yours sincerely\n%(centre)s") % said
    about: dict[str, Any] = {"subject": shipment, "centre_id": shipment.centre_id}
    send(actor, channel="email", recipient=to.email, title=title, body=body, purpose=PURPOSE, **about)
    return True
