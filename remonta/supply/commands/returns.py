"""Goods that go back to their supplier: asked for line by line, sent, answered."""

from typing import Any
from uuid import UUID

from remonta.catalogue.queries import Part, Tracking, parts_for
from remonta.identity.queries import centres_for
from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import Missing, NotPermitted
from remonta.kernel.texts import clean
from remonta.spine.commands import once, record, record_first, take_number
from remonta.stock.commands import ANY, NotEnough, SerialsMissing, Shift, Which, move_parts, network_place
from remonta.stock.queries import Place, balances_for, places_holding
from remonta.supply import facts
from remonta.supply.commands.refusals import NoReturnLines, NotBoughtThere, NothingAsked, NotInStore
from remonta.supply.models import PurchaseLine, ReturnReason, SupplierReturn, SupplierReturnLine
from remonta.supply.queries.returns import supplier_returns_for
from remonta.supply.queries.suppliers import suppliers_for
from remonta.supply.workflow import RETURN

QUARANTINE = "quarantine"
PIECE = 1000


@once(supplier_returns_for)
def begin_return(
    actor: Actor, centre_uid: UUID, *, supplier_uid: UUID, note: str = "", operation: UUID
) -> SupplierReturn:
    """Goods of a centre are to go back to a supplier; its lines are added one by one."""
    centre, supplier = centres_for(actor).get(uid=centre_uid), suppliers_for(actor).get(uid=supplier_uid)
    if not actor.may("supply.send_back", centre):
        raise NotPermitted
    made = SupplierReturn.objects.create(
        uid=uuid7(actor.now()),
        number=f"{centre.code}-B{take_number(f'supplier_return:{centre.pk}'):05d}",
        centre=centre,
        supplier=supplier,
        note=clean(note)[:200],
        account_id=actor.account_id,
        created_at=actor.now(),
    )
    record_first(actor, made, facts.ReturnAsked(**of_return(made)))
    return made


@once(supplier_returns_for)
def add_return_line(
    actor: Actor,
    uid: UUID,
    *,
    part_uid: UUID,
    quantity: int,
    reason: str,
    place_uid: UUID | None = None,
    purchase_line_uid: UUID | None = None,
    note: str = "",
    named: str = "",
    operation: UUID,
) -> SupplierReturn:
    """So many thousandths of a part go along, `named` by serial numbers (with commas) or batch where it is kept so.

    They are taken from `place_uid`; without one from quarantine if they have failed, else from where most are free.
    Without an order's line the last one counts by which the supplier brought this part here. Raises ReturnClash,
    NothingAsked, NotInStore, NotEnough, NotBoughtThere, SerialsMissing.
    """
    found = lock_return(actor, uid)
    RETURN.apply("change", found, actor)
    part = parts_for(actor).get(uid=part_uid)
    if quantity <= 0:
        raise NothingAsked
    place = _source(actor, found, part, quantity, reason, place_uid)
    said = {"reason": ReturnReason(reason), "purchase": _bought(found, part.pk, purchase_line_uid)}
    for piece, many in _pieces(part, named, quantity):
        SupplierReturnLine.objects.create(
            uid=uuid7(actor.now()),
            goods_return=found,
            part=part,
            place=place,
            quantity=many,
            note=clean(note)[:200],
            named=piece[:80],
            **said,
        )
    record(actor, found, facts.ReturnChanged(**of_return(found)))
    return found


@once(supplier_returns_for)
def drop_return_line(actor: Actor, line_uid: UUID, *, operation: UUID) -> SupplierReturn:
    """The line stays here. Raises ReturnClash once the goods have left."""
    rows = SupplierReturnLine.objects.filter(goods_return__in=supplier_returns_for(actor))
    found = lock_return(actor, rows.select_related("goods_return").get(uid=line_uid).goods_return.uid)
    RETURN.apply("change", found, actor)
    found.lines.filter(uid=line_uid).delete()
    record(actor, found, facts.ReturnChanged(**of_return(found)))
    return found


@once(supplier_returns_for)
def send_return(actor: Actor, uid: UUID, *, courier: str = "", tracking: str = "", operation: UUID) -> SupplierReturn:
    """The goods leave for the supplier, with the courier's number. Locks the return, then the balances.

    Raises ReturnClash, NoReturnLines, NotEnough.
    """
    found = lock_return(actor, uid)
    RETURN.apply("send", found, actor)
    lines = [*found.lines.select_related("place", "part").order_by("pk")]
    if not lines:
        raise NoReturnLines
    there = network_place("supplier")
    for line in lines:
        shift = Shift(line.part_id, line.quantity, line.place, there, which=which_of(line.part, line.named))
        line.out = move_parts(actor, [shift], reason="sent_back")[0]
    SupplierReturnLine.objects.bulk_update(lines, ["out"])
    found.courier, found.tracking, found.sent_at = clean(courier)[:80], clean(tracking)[:80], actor.now()
    found.save(update_fields=["state", "courier", "tracking", "sent_at"])
    record(actor, found, facts.ReturnSent(**of_return(found), lines=len(lines)))
    return found


@once(supplier_returns_for)
def cancel_return(actor: Actor, uid: UUID, *, operation: UUID) -> SupplierReturn:
    """Nothing goes back after all. Raises ReturnClash once the goods have left."""
    found = lock_return(actor, uid)
    RETURN.apply("cancel", found, actor)
    found.ended_at = actor.now()
    found.save(update_fields=["state", "ended_at"])
    record(actor, found, facts.ReturnCancelled(**of_return(found)))
    return found


@once(supplier_returns_for)
def answer_return(
    actor: Actor, uid: UUID, *, accepted: bool, reference: str = "", answer: str = "", operation: UUID
) -> SupplierReturn:
    """The supplier takes the goods back, or does not; `answer` is what it said. Raises ReturnClash."""
    found = lock_return(actor, uid)
    RETURN.apply("accept" if accepted else "refuse", found, actor)
    found.reference, found.answer, found.answered_at = clean(reference)[:80], clean(answer)[:200], actor.now()
    found.save(update_fields=["state", "reference", "answer", "answered_at"])
    fact = facts.ReturnAccepted if accepted else facts.ReturnRefused
    record(actor, found, fact(**of_return(found)))
    return found


def lock_return(actor: Actor, uid: UUID) -> SupplierReturn:
    """A return the actor may see, locked. Raises DoesNotExist."""
    rows = supplier_returns_for(actor).select_related("centre__legal_entity", "supplier")
    return rows.select_for_update(of=("self",)).get(uid=uid)


def of_return(found: SupplierReturn) -> dict[str, Any]:
    """What every fact about a return names."""
    return {"return_id": found.pk, "centre_id": found.centre_id, "number": found.number}


def which_of(part: Part, named: str) -> Which:
    """The piece or the batch that a line names."""
    if not named:
        return ANY
    return Which(serials=(named,)) if part.tracking == Tracking.SERIAL else Which(batch=named)


def _pieces(part: Part, named: str, quantity: int) -> list[tuple[str, int]]:
    """One line for each piece with a serial number, else one for all. Raises SerialsMissing."""
    if part.tracking == Tracking.QUANTITY:
        return [("", quantity)]
    if part.tracking == Tracking.BATCH:
        return [(clean(named), quantity)]
    serials = [clean(one) for one in named.split(",") if clean(one)]
    if len(serials) * PIECE != quantity:
        raise SerialsMissing(part=str(part), count=f"{quantity / PIECE:g}")
    return [(serial, PIECE) for serial in serials]


def _source(
    actor: Actor, found: SupplierReturn, part: Any, quantity: int, reason: str, place_uid: UUID | None
) -> Place:
    """Where the goods are taken from. Raises NotInStore, NotEnough, Missing."""
    places = places_holding(actor, found.centre_id, part.pk)
    places = places.filter(uid=place_uid) if place_uid else places
    held = balances_for(actor).filter(part=part, place__in=places).select_related("place")
    if not (rows := [*held.order_by("pk")]):
        raise Missing if place_uid else NotInStore(part=part.number)
    failed = reason == ReturnReason.FAILED

    def fit(row: Any) -> tuple[bool, bool, int]:
        free = row.on_hand - row.reserved
        return free >= quantity, (row.place.kind == QUARANTINE) == failed, free

    best = max(rows, key=fit)
    if (free := best.on_hand - best.reserved) < quantity:
        said = {"free": f"{free / 1000:g}", "wanted": f"{quantity / 1000:g}", "place": str(best.place)}
        raise NotEnough(part=part.number, **said)
    return best.place


def _bought(found: SupplierReturn, part_id: int, line_uid: UUID | None) -> PurchaseLine | None:
    """The order's line by which the goods came. Raises NotBoughtThere."""
    rows = PurchaseLine.objects.filter(
        order__supplier=found.supplier_id, order__centre=found.centre_id, part_id=part_id, received__gt=0
    )
    if line_uid is None:
        return rows.order_by("-pk").first()
    known = rows.filter(uid=line_uid).first()
    if known is None:
        raise NotBoughtThere
    return known
