"""What it costs to get a delivery here, shared out over its lines; averages follow."""

from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.kernel.money import Money, exponent, rounded
from remonta.kernel.refusals import NotPermitted
from remonta.kernel.shares import shared
from remonta.kernel.texts import clean
from remonta.spine.commands import once, record
from remonta.stock.commands import Correction, correct_costs
from remonta.supply import facts
from remonta.supply.commands.refusals import NoAmount, RateMissing
from remonta.supply.commands.suppliers import known_currency
from remonta.supply.models import GoodsReceipt, GoodsReceiptLine, LandedCost, LandedShare
from remonta.supply.models.purchases import CostKind, SharedBy
from remonta.supply.queries.landing import landed_costs_for
from remonta.supply.queries.rates import rate_on
from remonta.supply.queries.scope import receipts_for

FINEST = Decimal("0.000001")


@once(landed_costs_for)
def add_landed_cost(
    actor: Actor,
    receipt_uid: UUID,
    *,
    kind: str,
    amount: int,
    currency: str,
    shared_by: str = SharedBy.VALUE,
    note: str = "",
    operation: UUID,
) -> LandedCost:
    """Freight, duty or another cost of a delivery, in minor units of its own currency; a negative one puts an earlier
    one right. At the rate of the delivery's day it is shared out over the lines, and the averages are corrected.

    Raises NoAmount, NoSuchCurrency, RateMissing.
    """
    receipt = _locked(actor, receipt_uid)
    code = known_currency(currency)
    if not amount:
        raise NoAmount
    own, rate = receipt.centre.legal_entity.currency, _rate_of(receipt, code)
    exact = Money(amount, code).major * rate
    cost = LandedCost.objects.create(
        uid=uuid7(actor.now()),
        receipt=receipt,
        kind=CostKind(kind),
        shared_by=SharedBy(shared_by),
        amount=amount,
        currency=code,
        rate=rate,
        value=rounded(exact.scaleb(exponent(own))),
        note=clean(note),
        account_id=actor.account_id,
        added_at=actor.now(),
    )
    _share(actor, receipt, cost, own)
    record(actor, receipt, facts.LandedCostAdded(receipt_id=receipt.pk, centre_id=receipt.centre_id, kind=cost.kind))
    return cost


def _rate_of(receipt: GoodsReceipt, currency: str) -> Decimal:
    """The rate of the day of the delivery, where it was received. Raises RateMissing."""
    entity, zone = receipt.centre.legal_entity, ZoneInfo(receipt.centre.timezone)
    day = receipt.received_at.astimezone(zone).date()
    rate = rate_on(entity.pk, entity.currency, currency, day)
    if rate is None:
        raise RateMissing(code=currency, day=day)
    return rate


def _share(actor: Actor, receipt: GoodsReceipt, cost: LandedCost, own: str) -> None:
    lines = [*receipt.lines.select_for_update(of=("self",)).order_by("pk")]
    by_value = cost.shared_by == SharedBy.VALUE
    shares = shared(cost.value, [line.value or 0 if by_value else line.quantity for line in lines])
    pairs = [*zip(lines, shares, strict=True)]
    LandedShare.objects.bulk_create([LandedShare(cost=cost, line=line, value=share) for line, share in pairs])
    corrections = []
    for line, share in pairs:
        added = Money(share, own).major
        corrections.append(Correction(line.part_id, line.move_id, line.quantity, added))
        unit = (added * 1000 / line.quantity).quantize(FINEST, ROUND_HALF_UP)
        line.cost = None if line.cost is None else line.cost + unit
    GoodsReceiptLine.objects.bulk_update([line for line in lines if line.cost is not None], ["cost"])
    moving = [one for one in corrections if one.added]
    if moving:
        correct_costs(actor, moving, receipt.centre_id, reason=f"landed_{cost.kind}")


def _locked(actor: Actor, uid: UUID) -> GoodsReceipt:
    rows = receipts_for(actor).select_related("centre__legal_entity").select_for_update(of=("self",))
    receipt = rows.get(uid=uid)
    if not (actor.may("supply.buy", receipt) and actor.may("stock.see_cost", receipt)):
        raise NotPermitted
    return receipt
