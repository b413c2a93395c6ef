"""What dispatch does when an order has moved: nobody stays promised to work that is over."""

from remonta.customers.facts import CustomerErased
from remonta.dispatch.commands import finish_all, revoke_all
from remonta.dispatch.models import DispatchOrder, Finding
from remonta.kernel.actor import Actor, system
from remonta.orders.commands import lock_work_order
from remonta.orders.facts import UnitReady, WorkOrderCancelled, WorkStopped
from remonta.orders.queries import orders_of_customers
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


@reacts_to(CustomerErased)
def erase_words_of_engineers(actor: Actor, fact: CustomerErased) -> None:
    """Codes and times of the work stay; what was written beside them goes."""
    orders = orders_of_customers(fact.customer_ids)
    Finding.objects.filter(work_order__in=orders).update(text="")
    DispatchOrder.objects.filter(work_order__in=orders).update(reason="")
