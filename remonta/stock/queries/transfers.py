"""Transfers as people follow them: what was asked, sent and received, what differs, and who else has a part."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum

from remonta.identity.queries import CentreKind, every_centre, in_reach
from remonta.kernel.actor import Actor
from remonta.stock.models import STORES, Balance, Settling, Transfer, TransferLine, TransferSettlement
from remonta.stock.workflow import COMING


@dataclass(frozen=True)
class Settled:
    """How a part of a difference ended; thousandths."""

    way: str
    quantity: int
    note: str
    account_id: int | None
    settled_at: datetime

    @property
    def label(self) -> str:
        return str(Settling(self.way).label)


@dataclass(frozen=True)
class TransferLineShown:
    """A line as pages and paper show it, in thousandths. `difference` is still to be settled, `free` what the giver has
    free, for who may see what is in stock."""

    uid: UUID
    part_id: int
    part_uid: UUID
    number: str
    name: str
    measure: str
    asked: int
    granted: int | None
    sent: int
    received: int
    difference: int
    free: int = 0
    settlements: tuple[Settled, ...] = ()
    tracking: str = ""

    @property
    def to_pack(self) -> int:
        return max((self.granted or 0) - self.sent, 0)

    @property
    def to_come(self) -> int:
        return max(self.sent - self.received, 0)


@dataclass(frozen=True)
class Giver:
    """Another own centre that has a part; `free` thousandths."""

    centre_uid: UUID
    centre: str
    free: int


def transfers_for(actor: Actor) -> QuerySet[Transfer]:
    """The transfers to and from the centres in which the actor may see them."""
    giving = in_reach(actor, "stock.see_transfers", "giver_id")
    return Transfer.objects.filter(in_reach(actor, "stock.see_transfers") | giving)


def transfer_lines_for(actor: Actor) -> QuerySet[TransferLine]:
    """Their lines."""
    return TransferLine.objects.filter(transfer__in=transfers_for(actor))


def whole_transfer_lines(transfer_id: int) -> QuerySet[TransferLine]:
    """The lines of a transfer, for rules of rooms above that have checked it or answer a fact about it."""
    return TransferLine.objects.filter(transfer_id=transfer_id)


def transfer_lines(actor: Actor, transfer: Transfer) -> tuple[TransferLineShown, ...]:
    """What is on a transfer of the actor's scope, by part. Three statements."""
    rows = list(transfer.lines.select_related("part").order_by("part__sort_name", "pk"))
    sees = actor.may_at("stock.see", transfer.giver_id)
    free = _free(Q(place__centre_id=transfer.giver_id, part_id__in=[row.part_id for row in rows])) if sees else {}
    ended: dict[int, tuple[Settled, ...]] = {}
    fields = ("line_id", "way", "quantity", "note", "account_id", "settled_at")
    for row in TransferSettlement.objects.filter(line__transfer=transfer).order_by("pk").values_list(*fields):
        ended[row[0]] = (*ended.get(row[0], ()), Settled(*row[1:]))
    return tuple(
        TransferLineShown(
            uid=row.uid,
            part_id=row.part_id,
            part_uid=row.part.uid,
            number=row.part.number,
            name=row.part.name,
            measure=row.part.measure,
            asked=row.asked,
            granted=row.granted,
            sent=row.sent,
            received=row.received,
            difference=row.difference,
            free=free.get((row.part_id, transfer.giver_id), 0),
            settlements=ended.get(row.pk, ()),
            tracking=row.part.tracking,
        )
        for row in rows
    )


def packing_bins(actor: Actor, transfer: Transfer) -> dict[int, str]:
    """In which bins of the giver each part lies, the fullest first, while it is to be packed and as far as the actor
    sees places there. One statement."""
    if transfer.state not in ("asked", "approved") or not actor.may_at("stock.see_places", transfer.giver_id):
        return {}
    rows = Balance.objects.filter(place__centre=transfer.giver_id, place__kind__in=STORES, on_hand__gt=F("reserved"))
    rows = rows.filter(part__in=transfer.lines.values("part")).order_by("part_id", "-on_hand")
    found: dict[int, list[str]] = {}
    for part_id, code in rows.values_list("part_id", "place__code"):
        found.setdefault(part_id, []).append(code)
    return {part_id: ", ".join(codes[:3]) for part_id, codes in found.items()}


def givers_of(actor: Actor, part_ids: Iterable[int], centre_id: int) -> dict[int, tuple[Giver, ...]]:
    """Which other own centres of the same currency have those parts free, the most first. Three statements."""
    centres = {centre.pk: centre for centre in giving_centres(centre_id)}
    kept = Q(in_reach(actor, "stock.see", "place__centre_id"), part_id__in=list(part_ids), place__centre_id__in=centres)
    found: dict[int, list[Giver]] = {}
    for (part_id, giver_id), free in sorted(_free(kept).items(), key=lambda one: -one[1]):
        if free > 0:
            found.setdefault(part_id, []).append(Giver(centres[giver_id].uid, centres[giver_id].name, free))
    return {part_id: tuple(rows) for part_id, rows in found.items()}


def giving_centres(centre_id: int) -> QuerySet[Any]:
    """The other own centres that keep their books in the same currency, by name."""
    here = every_centre().filter(pk=centre_id, kind=CentreKind.OWN).values("legal_entity__currency")
    same = every_centre().filter(kind=CentreKind.OWN, legal_entity__currency__in=here)
    return same.exclude(pk=centre_id).order_by("name", "pk")


def under_way(part_ids: Iterable[int], centre_id: int | None = None) -> dict[tuple[int, int], int]:
    """How many thousandths of those parts come by transfers, by part and receiving centre: asked for, approved or on
    the way, and not received. For rules that must see everything. One statement."""
    rows = TransferLine.objects.filter(transfer__state__in=COMING, part_id__in=list(part_ids))
    rows = rows.filter(transfer__centre_id=centre_id) if centre_id else rows
    found: dict[tuple[int, int], int] = {}
    fields = ("part_id", "transfer__centre_id", "transfer__state", "asked", "granted", "sent", "received")
    for part_id, centre, state, asked, granted, sent, received in rows.values_list(*fields):
        whole = sent if state == "sent" else asked if granted is None else granted
        found[part_id, centre] = found.get((part_id, centre), 0) + max(whole - received, 0)
    return found


def _free(which: Q) -> dict[tuple[int, int], int]:
    rows = Balance.objects.filter(which, place__kind__in=STORES, place__archived_at=None, on_hand__gt=0)
    summed = rows.values_list("part_id", "place__centre_id").annotate(Sum("on_hand"), Sum("reserved")).order_by()
    return {(part_id, centre_id): on_hand - reserved for part_id, centre_id, on_hand, reserved in summed}
