"""What strangers can write: a request by the public form."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from remonta.identity.commands import count_attempt
from remonta.kernel.actor import Actor, system
from remonta.kernel.refusals import Refused
from remonta.logistics.commands import Sender, add_parcel
from remonta.orders.commands import Asked, add_request
from remonta.orders.queries import Request, requests_for
from remonta.spine.commands import KeptFile, attach, once

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class TooManyRequests(Refused):
    text = _("Several requests have come from here already, and we have them all. If it is urgent, please call us.")


def public_form() -> Actor:
    """The actor of the public form: it registers what strangers ask for, and shows them nothing."""
    return system("public form", timezone.now, "orders.register", "orders.see")


@once(requests_for)
def ask_by_form(
    actor: Actor,
    centre_id: int,
    *,
    asked: Asked,
    address: str,
    network: str,
    photos: tuple[KeptFile, ...] = (),
    sender: Sender | None = None,
    operation: UUID,
) -> Request:
    """Keeps what somebody asked for by the form; the form's own id is the operation, so that each serves once.

    From one network address three an hour come through, five a day from its neighbourhood, two from one phone or
    mailbox. With a `sender` the device will be sent in, and the request waits to be checked. Raises TooManyRequests,
    NothingAsked, NobodyAsked, AddressMissing.
    """
    limits = [(f"form-address:{address}", 3, HOUR), (f"form-network:{network}", 5, DAY)]
    limits += [(f"form-contact:{way}", 2, DAY) for way in (asked.contact_phone, asked.contact_email) if way]
    for key, most, window in limits:
        if count_attempt(actor, key, window) > most:
            raise TooManyRequests
    request = add_request(actor, centre_id, asked)
    if sender:
        add_parcel(actor, request, sender)
    for photo in photos:
        attach(actor, photo, subject="orders.request", subject_id=request.pk, kind="unit")
    return request
