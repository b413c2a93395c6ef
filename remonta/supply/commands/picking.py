"""Picking lists: begun for chosen requisitions, walked bin by bin, given up for what is not fetched."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from remonta.catalogue.queries import parts_for
from remonta.identity.queries import centres_for
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import NotPermitted
from remonta.spine.commands import once, record, record_first, take_number
from remonta.stock.commands import ANY, Which
from remonta.supply import facts
from remonta.supply.commands.ask import lock_requisition
from remonta.supply.commands.issue import issue_locked
from remonta.supply.commands.refusals import NothingToPick, NotOnList
from remonta.supply.models import PickingLine, PickingList, Requisition
from remonta.supply.queries.picking import pickings_for
from remonta.supply.workflow import RequisitionState

MOST = 300


@once(pickings_for)
def begin_picking(actor: Actor, centre_uid: UUID, *, requisitions: Sequence[UUID] = (), operation: UUID) -> PickingList:
    """A list of those requisitions of the centre that are set aside and on no list; of all of them when none is named.

    Raises NothingToPick.
    """
    centre = centres_for(actor).get(uid=centre_uid)
    if not actor.may("supply.issue", centre):
        raise NotPermitted
    rows = Requisition.objects.filter(centre=centre, state=RequisitionState.RESERVED, picking=None)
    rows = rows.filter(uid__in=list(requisitions)) if requisitions else rows
    locked = list(rows.select_for_update(of=("self",)).order_by("pk")[:MOST])
    meanwhile = set(PickingLine.objects.filter(requisition__in=locked).values_list("requisition_id", flat=True))
    chosen = [row for row in locked if row.pk not in meanwhile]
    if not chosen:
        raise NothingToPick
    made = PickingList.objects.create(
        number=f"{centre.code}-P{take_number(f'picking_list:{centre.pk}'):05d}",
        centre=centre,
        account_id=actor.account_id,
        created_at=actor.now(),
    )
    PickingLine.objects.bulk_create([PickingLine(picking=made, requisition=row) for row in chosen])
    record_first(actor, made, facts.PickingBegun(**_named(made), lines=len(chosen)))
    return made


@once(pickings_for)
def pick_part(
    actor: Actor,
    uid: UUID,
    *,
    place_uid: UUID,
    part_uid: UUID,
    which: Which = ANY,
    accept_expired: bool = False,
    operation: UUID,
) -> PickingList:
    """Bin and part were scanned: what the list says of them is issued to its repair. Raises NotOnList, and what
    issuing raises."""
    picking = pickings_for(actor).select_for_update(of=("self",)).get(uid=uid)
    part = parts_for(actor).get(uid=part_uid)
    rows = Requisition.objects.filter(picking__picking=picking, part=part, state=RequisitionState.RESERVED)
    due = rows.filter(reservation__place__uid=place_uid).order_by("pk").first()
    if due is None:
        raise NotOnList(part=part.number)
    issue_locked(actor, lock_requisition(actor, due.uid), place_uid, which, accept_expired, "")
    return picking


@once(pickings_for)
def end_picking(actor: Actor, uid: UUID, *, operation: UUID) -> PickingList:
    """What has not been fetched is on no list any more, and stays set aside."""
    picking = pickings_for(actor).select_for_update(of=("self",)).get(uid=uid)
    if not actor.may("supply.issue", picking):
        raise NotPermitted
    left, _kinds = PickingLine.objects.filter(
        picking=picking, requisition__state__in=[RequisitionState.RESERVED, RequisitionState.WANTED]
    ).delete()
    record(actor, picking, facts.PickingEnded(**_named(picking), left=left))
    return picking


def _named(picking: PickingList) -> dict[str, Any]:
    return {"picking_id": picking.pk, "centre_id": picking.centre_id, "number": picking.number}
