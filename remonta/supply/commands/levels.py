"""What is below its minimum becomes a transfer proposal, where another centre has too much, or is to be ordered."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from remonta.identity.queries import every_centre
from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted
from remonta.spine.commands import command, record_first
from remonta.stock.commands import propose_transfer
from remonta.stock.queries import free_in_centre, giving_centres, whole_levels
from remonta.supply import facts
from remonta.supply.models import PurchaseRequest
from remonta.supply.queries.levels import Shortage, shortages


@dataclass(frozen=True)
class Filled:
    """How many lines went to other centres as a proposal, and how many to purchasing."""

    transfers: int = 0
    requests: int = 0


@command
def fill_levels(actor: Actor, centre_id: int, part_ids: Iterable[int] | None = None) -> Filled:
    """For each part of which a centre has less than its minimum, with what is coming: what another own centre has above
    its own maximum is asked of it, the rest is to be ordered. Asked twice, it does nothing: what is asked is coming.

    Without parts, for all of them. Raises NotPermitted.
    """
    centre = every_centre().get(pk=centre_id)
    if not (actor.may("supply.request", centre) and actor.may("stock.ask_transfers", centre)):
        raise NotPermitted
    levels = whole_levels([centre_id]).filter(place=None).select_for_update(of=("self",))
    levels = levels if part_ids is None else levels.filter(part_id__in=list(part_ids))
    list(levels.order_by("pk").values_list("pk", flat=True))
    missing = shortages(whole_levels([centre_id]).filter(pk__in=levels.values("pk")))
    transfers = requests = 0
    with translation.override(centre.language):
        for row in missing:
            left = row.missing
            for giver_id, spare in _spare(row).items():
                if (many := min(left, spare)) > 0:
                    propose_transfer(actor, centre_id, giver_id, [(row.part_id, many)], note=_("below the minimum"))
                    left, transfers = left - many, transfers + 1
            if left > 0:
                _request(actor, row, left)
                requests += 1
    return Filled(transfers, requests)


def _spare(row: Shortage) -> dict[int, int]:
    """What other own centres have free above their own maximum, by centre. Two statements, and one a centre."""
    givers = giving_centres(row.centre_id).values("pk")
    levels = whole_levels().filter(part=row.part_id, place=None, centre__in=givers).values_list("centre_id", "maximum")
    free = {giver: free_in_centre([row.part_id], giver).get(row.part_id, 0) - most for giver, most in levels}
    return dict(sorted(((giver, many) for giver, many in free.items() if many > 0), key=lambda one: -one[1]))


def _request(actor: Actor, row: Shortage, quantity: int) -> None:
    made = PurchaseRequest.objects.create(
        uid=uuid7(actor.now()),
        centre_id=row.centre_id,
        part_id=row.part_id,
        quantity=quantity,
        reason=_("below the minimum"),
        account_id=actor.account_id,
        created_at=actor.now(),
    )
    named = {"request_id": made.pk, "centre_id": row.centre_id, "part_id": row.part_id, "quantity": quantity}
    record_first(actor, made, facts.PurchaseRequested(**named, part=row.number))
