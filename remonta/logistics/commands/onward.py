"""Saying that a unit should go on to another centre or a maker; it is proposed for a batch from then on."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from remonta.identity.queries import every_centre
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Refused
from remonta.kernel.texts import clean
from remonta.logistics import facts
from remonta.logistics.commands.batches import NowhereToGo, ToItself
from remonta.logistics.commands.parcels import check_may
from remonta.logistics.models import Onward, Purpose
from remonta.logistics.queries.batches import onwards_for
from remonta.orders.commands import lock_work_order
from remonta.spine.commands import once, record, record_first


class AlreadyGoing(Refused):
    text = _("It is to be sent on already. Take that back first.")


class NoUnit(Refused):
    text = _("This order has no unit that could be sent.")


class OnwardOver(Refused):
    text = _("It was packed or taken back meanwhile.")


@once(onwards_for)
def ask_onward(
    actor: Actor,
    order_uid: UUID,
    *,
    to_centre_uid: UUID | None = None,
    to_name: str = "",
    purpose: str = Purpose.REPAIR,
    task: str = "",
    operation: UUID,
) -> Onward:
    """The unit of the order should go there. Raises NowhereToGo, ToItself, NoUnit, AlreadyGoing."""
    order = lock_work_order(actor, order_uid)
    check_may(actor, "logistics.send_on", order.centre_id)
    target = every_centre().get(uid=to_centre_uid) if to_centre_uid else None
    if target is None and not clean(to_name):
        raise NowhereToGo
    if target is not None and target.pk == order.centre_id:
        raise ToItself
    if order.unit_id is None:
        raise NoUnit
    if Onward.objects.filter(unit=order.unit_id, ended_at=None).exists():
        raise AlreadyGoing
    wish = Onward.objects.create(
        work_order=order,
        unit_id=order.unit_id,
        centre_id=order.centre_id,
        to_centre=target,
        to_name="" if target else clean(to_name)[:200],
        purpose=purpose if purpose in Purpose.values else Purpose.REPAIR,
        task=clean(task),
        account_id=actor.account_id,
        asked_at=actor.now(),
    )
    record_first(actor, wish, facts.OnwardAsked(onward_id=wish.pk, work_order_id=order.pk))
    return wish


@once(onwards_for)
def drop_onward(actor: Actor, uid: UUID, *, operation: UUID) -> Onward:
    """The unit stays here after all. Raises OnwardOver."""
    wish = onwards_for(actor).select_for_update(of=("self",)).get(uid=uid)
    check_may(actor, "logistics.send_on", wish.centre_id)
    if wish.ended_at:
        raise OnwardOver
    wish.ended_at = actor.now()
    wish.save(update_fields=["ended_at"])
    record(actor, wish, facts.OnwardDropped(onward_id=wish.pk, work_order_id=wish.work_order_id))
    return wish
