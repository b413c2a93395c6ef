"""What dispatch does when an order has moved: nobody stays promised to work that is over."""

from remonta.dispatch.commands import finish_all, revoke_all
from remonta.kernel.actor import Actor, system
from remonta.orders.commands import lock_work_order
from remonta.orders.facts import UnitReady, WorkOrderCancelled, WorkStopped
from remonta.spine.facts import reacts_to


@reacts_to(WorkOrderCancelled)
def revoke_cancelled(actor: Actor, fact: WorkOrderCancelled) -> None:
    """Cancelled work is nobody's."""
    revoke_all(actor, lock_work_order(system("dispatch", actor.now, "orders.see"), fact.work_order_id))


@reacts_to(WorkStopped)
def revoke_stopped(actor: Actor, fact: WorkStopped) -> None:
    """Stopped work is nobody's."""
    revoke_all(actor, lock_work_order(system("dispatch", actor.now, "orders.see"), fact.work_order_id))


@reacts_to(UnitReady)
def finish_ready(actor: Actor, fact: UnitReady) -> None:
    """The final check has passed: the engineer's part is done."""
    finish_all(actor, fact.work_order_id)
