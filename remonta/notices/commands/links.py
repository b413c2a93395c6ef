"""The doors to an order without signing in: the customer's page, and a phone that takes photos."""

from datetime import timedelta
from uuid import UUID

from remonta.identity.commands import make_link, revoke_links
from remonta.kernel.actor import Actor
from remonta.notices.commands.addresses import ORDER, WORK_ORDER, fresh_address
from remonta.notices.commands.telling import NoWayToCustomer, order_words, tell_customer
from remonta.orders.commands import lock_work_order
from remonta.orders.queries import WorkOrder, work_orders_for
from remonta.spine.commands import command, once

CAMERA = "camera"
CAMERA_LASTS = timedelta(minutes=30)


@command
def make_order_link(actor: Actor, uid: UUID) -> str:
    """The address of a new link to the customer's page; nobody can read it again later. Raises NotPermitted."""
    order = lock_work_order(actor, uid, permission="orders.write")
    return fresh_address(actor, order)


@command
def make_camera_link(actor: Actor, uid: UUID) -> str:
    """The token with which a phone adds photos to the order for half an hour, in the name of who made it."""
    order = lock_work_order(actor, uid, permission="orders.write")
    _link, token = make_link(actor, CAMERA, WORK_ORDER, order.pk, actor.now() + CAMERA_LASTS, language=actor.language)
    return str(token)


@command
def revoke_order_links(actor: Actor, uid: UUID) -> int:
    """Closes every link to the customer's page of the order, those on paper too; how many there were."""
    order = lock_work_order(actor, uid, permission="orders.write")
    closed: int = revoke_links(actor, ORDER, WORK_ORDER, order.pk)
    return closed


@once(work_orders_for)
def send_order_link(actor: Actor, uid: UUID, *, channel: str, operation: UUID) -> WorkOrder:
    """Sends the customer a new link by SMS or e-mail. Raises NoWayToCustomer."""
    order = lock_work_order(actor, uid, permission="orders.write")
    words = order_words(actor, order)
    if not tell_customer(actor, order, "link", key=f"link:{operation}", words=words, channels=(channel,)):
        raise NoWayToCustomer
    return order
