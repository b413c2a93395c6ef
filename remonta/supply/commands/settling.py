"""How a return to a supplier ends: money back, new goods, or the refused goods again."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from remonta.kernel.actor import Actor
from remonta.kernel.refusals import NotPermitted
from remonta.kernel.texts import clean
from remonta.spine.commands import once, record
from remonta.stock.commands import NotForParts, Shift, move_parts, network_place
from remonta.stock.queries import STORES, Place, places_for
from remonta.supply import facts
from remonta.supply.commands.ask import serve_later
from remonta.supply.commands.goods import Entry, book_delivery
from remonta.supply.commands.refusals import NoAmount
from remonta.supply.commands.returns import QUARANTINE, lock_return, of_return, which_of
from remonta.supply.commands.suppliers import known_currency
from remonta.supply.models import SupplierReturn, SupplierReturnLine
from remonta.supply.queries.returns import supplier_returns_for
from remonta.supply.warranty import warranty_of
from remonta.supply.workflow import RETURN


@once(supplier_returns_for)
def credit_return(
    actor: Actor, uid: UUID, *, amount: int, currency: str, reference: str = "", operation: UUID
) -> SupplierReturn:
    """The supplier gave so much back, in minor units. Raises ReturnClash, NoAmount, NoSuchCurrency."""
    found = lock_return(actor, uid)
    if not actor.may("stock.see_cost", found):
        raise NotPermitted
    RETURN.apply("credit", found, actor)
    if amount <= 0:
        raise NoAmount
    found.credited, found.currency = amount, known_currency(currency)
    found.reference = clean(reference)[:80] or found.reference
    _end(actor, found, "credited", "currency", "reference")
    record(actor, found, facts.ReturnCredited(**of_return(found)))
    return found


@once(supplier_returns_for)
def replace_return(
    actor: Actor,
    uid: UUID,
    *,
    place_uid: UUID,
    note_number: str = "",
    named: Sequence[tuple[UUID, str]] = (),
    operation: UUID,
) -> SupplierReturn:
    """New goods have come for all that went back, into one bin; they cost what the old ones did, have a receipt, and
    serve the repairs that wait. `named` says, by line, the serial number or batch of the new ones; without it the same
    have come back. Raises ReturnClash, NotForParts.
    """
    found = lock_return(actor, uid)
    RETURN.apply("replace", found, actor)
    place = places_for(actor).get(uid=place_uid)
    own, day = found.centre.legal_entity.currency, actor.now().astimezone(ZoneInfo(found.centre.timezone)).date()
    new = dict(named)
    entries = [_entry(line, place, own, day, clean(new.get(line.uid, "")) or line.named) for line in _gone(found)]
    head = {"supplier": found.supplier.name, "note_number": clean(note_number)[:80] or found.reference}
    found.receipt = book_delivery(actor, found.centre, entries, head)
    _end(actor, found, "receipt")
    record(actor, found, facts.ReturnReplaced(**of_return(found), receipt_id=found.receipt.pk))
    return found


@once(supplier_returns_for)
def take_return_back(actor: Actor, uid: UUID, *, place_uid: UUID, operation: UUID) -> SupplierReturn:
    """Refused goods are here again, in a bin or in quarantine. Raises ReturnClash, NotForParts."""
    found = lock_return(actor, uid)
    RETURN.apply("take_back", found, actor)
    place = places_for(actor).get(uid=place_uid)
    if place.kind not in (*STORES, QUARANTINE) or place.centre_id != found.centre_id:
        raise NotForParts(place=str(place))
    there, lines = network_place("supplier"), _gone(found)
    for line in lines:
        cost = line.out.cost if line.out else None
        which = which_of(line.part, line.named)
        back = Shift(line.part_id, line.quantity, there, place, cost=cost, which=which)
        move_parts(actor, [back], reason="refused")
    _end(actor, found)
    record(actor, found, facts.ReturnTakenBack(**of_return(found)))
    for part_id in sorted({line.part_id for line in lines}) if place.kind in STORES else ():
        serve_later(actor, part_id, found.centre_id)
    return found


@once(supplier_returns_for)
def give_return_up(actor: Actor, uid: UUID, *, operation: UUID) -> SupplierReturn:
    """Refused goods stay with the supplier, and nothing comes for them. Raises ReturnClash."""
    found = lock_return(actor, uid)
    RETURN.apply("give_up", found, actor)
    _end(actor, found)
    record(actor, found, facts.ReturnGivenUp(**of_return(found)))
    return found


def _gone(found: SupplierReturn) -> Sequence[SupplierReturnLine]:
    return [
        *found.lines.select_related("out", "part", "purchase__supplier_part", "purchase__order__supplier").order_by(
            "pk"
        )
    ]


def _entry(line: SupplierReturnLine, place: Place, own: str, day: date, name: str) -> Entry:
    cost = line.out.cost if line.out else None
    until = warranty_of(line.purchase, day) if line.purchase else None
    return Entry(
        line.part_id, line.quantity, place, cost=cost, own=own, warranty_until=until, which=which_of(line.part, name)
    )


def _end(actor: Actor, found: SupplierReturn, *fields: str) -> None:
    found.ended_at = actor.now()
    found.save(update_fields=["state", "ended_at", *fields])
