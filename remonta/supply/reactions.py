"""What supply does when an order ends: nothing stays set aside for it, and what was built in goes with the unit."""

from remonta.kernel.actor import Actor
from remonta.orders.facts import UnitHandedOver, WorkOrderCancelled, WorkStopped
from remonta.spine.facts import reacts_to
from remonta.stock.facts import (
    ReservationLost,
    TransferCancelled,
    TransferPartReceived,
    TransferRefused,
    TransferSettled,
)
from remonta.supply.commands import forget_transfer, free_parts, give_parts_away, serve_from_transfer
from remonta.supply.commands.ask import want_again


@reacts_to(WorkOrderCancelled)
def free_parts_of_cancelled(actor: Actor, fact: WorkOrderCancelled) -> None:
    """A cancelled order needs no parts."""
    free_parts(actor, fact.work_order_id)


@reacts_to(WorkStopped)
def free_parts_of_stopped(actor: Actor, fact: WorkStopped) -> None:
    """No more work, no more parts; those already issued wait to be returned."""
    free_parts(actor, fact.work_order_id)


@reacts_to(UnitHandedOver)
def give_parts_with_unit(actor: Actor, fact: UnitHandedOver) -> None:
    """The parts built in are the customer's now; whatever was still asked for is free."""
    free_parts(actor, fact.work_order_id)
    give_parts_away(actor, fact.work_order_id)


@reacts_to(ReservationLost)
def want_what_is_lost(actor: Actor, fact: ReservationLost) -> None:
    """A count did not find what was set aside for a repair: the repair waits for it again."""
    want_again(actor, fact.reservation_id)


@reacts_to(TransferPartReceived)
def serve_who_waits_for_transfer(actor: Actor, fact: TransferPartReceived) -> None:
    """What came from another centre is set aside for the repair it was asked for; its engineer is told."""
    serve_from_transfer(actor, fact.transfer_id, fact.part_id, fact.centre_id)


@reacts_to(TransferRefused)
def forget_refused_transfer(actor: Actor, fact: TransferRefused) -> None:
    """The other centre gives nothing: the part is to be ordered."""
    forget_transfer(actor, fact.transfer_id)


@reacts_to(TransferCancelled)
def forget_cancelled_transfer(actor: Actor, fact: TransferCancelled) -> None:
    """Nothing comes by it: the part is to be ordered."""
    forget_transfer(actor, fact.transfer_id)


@reacts_to(TransferSettled)
def forget_settled_transfer(actor: Actor, fact: TransferSettled) -> None:
    """Whoever still waits waits for something else."""
    forget_transfer(actor, fact.transfer_id)
