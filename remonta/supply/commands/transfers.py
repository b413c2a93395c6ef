"""Parts that repairs wait for are asked of another centre of ours, and set aside for them when they come."""

from typing import Any
from uuid import UUID

from remonta.identity.queries import every_centre
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import NotPermitted
from remonta.spine.commands import command, once, record
from remonta.stock.commands import propose_transfer
from remonta.stock.queries import whole_transfer_lines
from remonta.supply import facts
from remonta.supply.commands.ask import lock_requisition, lock_wanted, named, serve
from remonta.supply.commands.refusals import AlreadyComing
from remonta.supply.models import Requisition
from remonta.supply.queries import requisitions_for
from remonta.supply.workflow import REQUISITION, RequisitionState


@once(requisitions_for)
def ask_transfer_for(actor: Actor, uid: UUID, *, giver_uid: UUID, operation: UUID) -> Requisition:
    """A part that a repair waits for is asked of another own centre; what arrives is set aside for it first.

    Raises RequisitionClash, AlreadyComing, NotATransfer.
    """
    requisition = lock_requisition(actor, uid)
    if not actor.may("stock.ask_transfers", requisition):
        raise NotPermitted
    if requisition.state != RequisitionState.WANTED:
        raise REQUISITION.clash(state=RequisitionState(requisition.state).label)
    if requisition.transfer_id or requisition.purchase_id:
        raise AlreadyComing(part=requisition.part.number)
    giver = every_centre().get(uid=giver_uid)
    wanted = [(requisition.part_id, requisition.quantity)]
    transfer = propose_transfer(actor, requisition.centre_id, giver.pk, wanted)
    requisition.transfer_id = whole_transfer_lines(transfer.pk).values_list("pk", flat=True).get(part=requisition.part)
    requisition.save(update_fields=["transfer"])
    told: dict[str, Any] = {"number": transfer.number, "giver": giver.name}
    record(actor, requisition, facts.PartAskedElsewhere(**named(requisition), **told))
    return requisition


@command
def serve_from_transfer(actor: Actor, transfer_id: int, part_id: int, centre_id: int) -> int:
    """What has come by a transfer is set aside: for the repairs it was asked for, then for who has waited longest."""
    waiting = lock_wanted(actor, Requisition.objects.filter(part_id=part_id, centre_id=centre_id))
    meant = set(whole_transfer_lines(transfer_id).values_list("pk", flat=True))
    return serve(actor, sorted(waiting, key=lambda one: (one.transfer_id not in meant, one.pk)))


@command
def forget_transfer(actor: Actor, transfer_id: int) -> None:
    """Nothing more comes by it: the repairs that still wait are to be served otherwise, for reactions."""
    lines = whole_transfer_lines(transfer_id).values_list("pk", flat=True)
    for requisition in lock_wanted(actor, Requisition.objects.filter(transfer_id__in=list(lines))):
        requisition.transfer = None
        requisition.save(update_fields=["transfer"])
