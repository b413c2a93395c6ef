"""Which pieces or batches of a part are meant, and their places: pieces stand in one, batches have balances."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import F

from remonta.catalogue.queries import Tracking
from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.kernel.texts import clean, serial_normal
from remonta.stock.commands.refusals import (
    BatchMissing,
    NoSuchBatch,
    NoSuchSerial,
    NotEnoughOfBatch,
    OtherExpiry,
    SerialElsewhere,
    SerialsMissing,
    WholePieces,
)
from remonta.stock.models import Balance, Lot, LotBalance, Piece, Place

THOUSANDTHS = 1000


@dataclass(frozen=True)
class Which:
    """Which of a part: the serial numbers of its pieces, or the batch, with the last day of its use when it is new."""

    serials: tuple[str, ...] = ()
    batch: str = ""
    expires_on: date | None = None


ANY = Which()


@dataclass(frozen=True)
class Shift:
    """So many thousandths of a part from one place to another; `reserved` of them were set aside at the source.

    `cost` is what one costs, in major units of the centre's currency; without it the move takes the centre's average.
    Of a part kept by serial number or by batch, `which` (as read), `piece_ids` or `lot_id` say which; nothing need be
    said when all that lies at the source goes, or when it has one batch only.
    """

    part_id: int
    quantity: int
    source: Place
    target: Place
    reserved: int = 0
    serial: str = ""
    cost: Decimal | None = None
    which: Which = ANY
    piece_ids: tuple[int, ...] = ()
    lot_id: int | None = None


def told_apart(actor: Actor, shift: Shift, source: Balance) -> Iterator[Shift]:
    """The shift itself; of a part kept by serial number one for each piece, of one kept by batch one for each batch.

    Raises WholePieces, SerialsMissing, NoSuchSerial, SerialElsewhere, BatchMissing, NoSuchBatch, OtherExpiry.
    """
    tracking = getattr(source, "tracking", None)
    if tracking == Tracking.SERIAL:
        yield from _by_serial(actor, shift, source)
    elif tracking == Tracking.BATCH:
        yield from _by_batch(shift, source)
    else:
        yield replace(shift, piece_ids=(), lot_id=None)


def carry_tracked(actor: Actor, shift: Shift) -> None:
    """The piece, and the balance of the batch, go along; the part's balances in both places are locked.

    Raises SerialElsewhere, NotEnoughOfBatch.
    """
    for piece_id in shift.piece_ids:
        here = Piece.objects.filter(pk=piece_id, place=shift.source)
        if not here.update(place=shift.target, since=actor.now()):
            raise _elsewhere(Piece.objects.select_related("place", "part").get(pk=piece_id))
    if shift.lot_id is None:
        return
    ends = (shift.source, shift.target)
    made = [LotBalance(lot_id=shift.lot_id, place=place, outside=place.outside) for place in ends]
    LotBalance.objects.bulk_create(made, ignore_conflicts=True)
    rows = LotBalance.objects.filter(lot=shift.lot_id)
    left = rows.filter(place=shift.source)
    enough = left if shift.source.outside else left.filter(on_hand__gte=shift.quantity)
    if not enough.update(on_hand=F("on_hand") - shift.quantity):
        balance = left.select_related("lot").get()
        raise NotEnoughOfBatch(
            batch=str(balance.lot),
            free=said_amount(balance.on_hand),
            place=str(shift.source),
            wanted=said_amount(shift.quantity),
        )
    rows.filter(place=shift.target).update(on_hand=F("on_hand") + shift.quantity)


def piece_of(actor: Actor, part_id: int, serial: str, place: Place, lot: Lot | None = None) -> Piece:
    """The piece of that serial number; one never seen before begins at that place outside. Two statements, or three."""
    found = Piece.objects.select_related("place", "part").filter(part=part_id, serial_normal=serial_normal(serial))
    piece = found.first()
    if piece is None:
        now = actor.now()
        said = {"serial": clean(serial)[:80], "serial_normal": serial_normal(serial)[:80]}
        new = Piece(uid=uuid7(now), part_id=part_id, lot=lot, place=place, since=now, **said)
        Piece.objects.bulk_create([new], ignore_conflicts=True)
        piece = found.get()
    elif lot is not None and piece.lot_id is None:
        piece.lot = lot
        Piece.objects.filter(pk=piece.pk).update(lot=lot)
    return piece


def lot_of(part_id: int, which: Which) -> Lot | None:
    """The batch that was named, which is new if need be; None when none was. Raises OtherExpiry. Two statements."""
    code = clean(which.batch)[:60]
    if not code:
        return None
    rows = Lot.objects.filter(part=part_id, code__iexact=code)
    lot = rows.first()
    if lot is None:
        Lot.objects.bulk_create([Lot(part_id=part_id, code=code, expires_on=which.expires_on)], ignore_conflicts=True)
        lot = rows.get()
    if which.expires_on and lot.expires_on is None:
        lot.expires_on = which.expires_on
        lot.save(update_fields=["expires_on"])
    if which.expires_on and lot.expires_on != which.expires_on:
        raise OtherExpiry(batch=code, day=lot.expires_on)
    return lot


def numbers(which: Which) -> dict[str, str]:
    """The serial numbers that were named, by what they are compared by; none twice."""
    return {serial_normal(text): text for text in which.serials if serial_normal(text)}


def said_amount(quantity: int) -> str:
    """Thousandths as people write them."""
    return f"{quantity / THOUSANDTHS:g}"


def lots_here(part_id: int, place_id: int) -> list[LotBalance]:
    """The batches of a part in a place, first expired first; those without a day last. One statement."""
    rows = LotBalance.objects.filter(lot__part=part_id, place=place_id, on_hand__gt=0).select_related("lot")
    return list(rows.order_by(F("lot__expires_on").asc(nulls_last=True), "lot_id"))


def _by_serial(actor: Actor, shift: Shift, source: Balance) -> Iterator[Shift]:
    count, rest = divmod(shift.quantity, THOUSANDTHS)
    if rest:
        raise WholePieces(part=str(source.part))
    pieces, reserved = _pieces(actor, shift), shift.reserved
    if len(pieces) != count:
        raise SerialsMissing(part=str(source.part), count=count)
    for piece in pieces:
        alone = replace(shift, piece_ids=(piece.pk,), lot_id=piece.lot_id, serial=piece.serial)
        yield replace(alone, quantity=THOUSANDTHS, reserved=min(reserved, THOUSANDTHS))
        reserved -= min(reserved, THOUSANDTHS)


def _pieces(actor: Actor, shift: Shift) -> list[Piece]:
    rows = Piece.objects.select_related("place", "part").filter(part=shift.part_id).order_by("pk")
    which = replace(shift.which, serials=shift.which.serials or ((shift.serial,) if shift.serial else ()))
    if shift.piece_ids:
        found = list(rows.filter(pk__in=shift.piece_ids))
    elif named := numbers(which):
        found = _named(actor, shift, named, list(rows.filter(serial_normal__in=named)))
    else:
        found = [] if shift.source.outside else list(rows.filter(place=shift.source))
    for piece in found:
        if piece.place_id != shift.source.pk:
            raise _elsewhere(piece)
    return found


def _named(actor: Actor, shift: Shift, named: dict[str, str], known: list[Piece]) -> list[Piece]:
    lot = lot_of(shift.part_id, shift.which) if shift.source.outside else None
    new = sorted(named.keys() - {piece.serial_normal for piece in known})
    if new and not shift.source.outside:
        raise NoSuchSerial(serial=named[new[0]], place=str(shift.source))
    again = [piece_of(actor, shift.part_id, piece.serial, shift.source, lot) for piece in known] if lot else known
    return [*again, *(piece_of(actor, shift.part_id, named[key], shift.source, lot) for key in new)]


def _by_batch(shift: Shift, source: Balance) -> Iterator[Shift]:
    if shift.lot_id:
        yield shift
        return
    if shift.which.batch:
        yield replace(shift, lot_id=_known_lot(shift).pk)
        return
    here = [] if shift.source.outside else lots_here(shift.part_id, shift.source.pk)
    if len(here) == 1:
        yield replace(shift, lot_id=here[0].lot_id)
        return
    if not here or sum(row.on_hand for row in here) != shift.quantity:
        raise BatchMissing(part=str(source.part), batches=", ".join(row.lot.code for row in here) or "–")
    reserved = shift.reserved
    for row in here:
        yield replace(shift, lot_id=row.lot_id, quantity=row.on_hand, reserved=min(reserved, row.on_hand))
        reserved -= min(reserved, row.on_hand)


def _known_lot(shift: Shift) -> Lot:
    """The batch named; only what comes from outside brings a new one."""
    known = Lot.objects.filter(part=shift.part_id, code__iexact=clean(shift.which.batch)).exists()
    lot = lot_of(shift.part_id, shift.which) if known or shift.source.outside else None
    if lot is None:
        raise NoSuchBatch(batch=clean(shift.which.batch), place=str(shift.source))
    return lot


def _elsewhere(piece: Piece) -> SerialElsewhere:
    said = str(piece.place.get_kind_display()) if piece.place.outside else str(piece.place)
    return SerialElsewhere(part=piece.part.number, serial=piece.serial, place=said)
