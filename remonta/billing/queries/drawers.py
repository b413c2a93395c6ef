"""What the drawers hold and what went through them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, Sum

from remonta.billing.models import CashDesk, Posting, Shift
from remonta.billing.queries.scope import desks_for, shifts_for
from remonta.billing.words import ENTRIES, LedgerKind
from remonta.identity.queries import names_of
from remonta.kernel.actor import Actor
from remonta.kernel.money import Money


@dataclass(frozen=True)
class DeskShape:
    """A cash desk as its page shows it: closed, or open since when by whom. What it should hold is not told."""

    uid: UUID
    centre_id: int
    name: str
    terminal: str
    currency: str
    shift_uid: UUID | None
    opened_at: datetime | None
    opened_by: str
    own: bool


@dataclass(frozen=True)
class CashLine:
    """One movement of cash."""

    at: datetime
    what: object
    amount: Money
    work_order_id: int | None


@dataclass(frozen=True)
class ClosedShift:
    """A shift that was counted: what was there, and by how much that differs from the book."""

    uid: UUID
    desk: str
    opened_at: datetime
    closed_at: datetime
    closed_by: str
    counted: Money
    difference: Money


def drawer_balance(desk_id: int) -> int:
    """What the book says a drawer holds, in minor units. One statement."""
    cash = Posting.objects.filter(account__cash_desk_id=desk_id, account__kind=LedgerKind.CASH)
    return cash.aggregate(sum=Sum("amount"))["sum"] or 0


def desks_at(actor: Actor, centre_id: int) -> tuple[DeskShape, ...]:
    """The cash desks of a centre, by name. Three statements."""
    running = Prefetch("shifts", Shift.objects.filter(closed_at=None))
    rows = desks_for(actor).filter(centre_id=centre_id).select_related("centre__legal_entity").order_by("name", "pk")
    desks = list(rows.prefetch_related(running))
    names = names_of({desk.open_shift.opened_by_id for desk in desks if desk.open_shift})
    return tuple(_desk(actor, desk, names) for desk in desks)


def cash_lines(actor: Actor, shift_uid: UUID, limit: int = 200) -> tuple[CashLine, ...]:
    """What went through the drawer in a shift, newest first, without its sum. Two statements."""
    shift = shifts_for(actor).get(uid=shift_uid)
    cash = Posting.objects.filter(account__cash_desk_id=shift.desk_id, account__kind=LedgerKind.CASH)
    during = cash.filter(entry__occurred_at__gte=shift.opened_at).select_related("entry").order_by("-pk")
    if shift.closed_at:
        during = during.filter(entry__occurred_at__lte=shift.closed_at)
    return tuple(
        CashLine(
            line.entry.occurred_at,
            ENTRIES.get(line.entry.reason, line.entry.reason),
            Money(line.amount, line.currency),
            line.thread_id,
        )
        for line in during[:limit]
    )


def closed_shifts(actor: Actor, centre_id: int, limit: int = 30) -> tuple[ClosedShift, ...]:
    """The shifts of a centre that were counted last. Two statements."""
    rows = shifts_for(actor).filter(desk__centre_id=centre_id).exclude(closed_at=None)
    shifts = list(rows.select_related("desk__centre__legal_entity").order_by("-closed_at")[:limit])
    names = names_of(_closers(shifts))
    return tuple(_closed(shift, names) for shift in shifts)


def _closers(shifts: Collection[Shift]) -> set[int]:
    return {shift.closed_by_id for shift in shifts if shift.closed_by_id}


def _closed(shift: Shift, names: dict[int, str]) -> ClosedShift:
    currency = shift.desk.centre.legal_entity.currency
    assert shift.closed_at is not None
    return ClosedShift(
        shift.uid,
        shift.desk.name,
        shift.opened_at,
        shift.closed_at,
        names.get(shift.closed_by_id or 0, ""),
        Money(shift.counted or 0, currency),
        Money(shift.difference or 0, currency),
    )


def _desk(actor: Actor, desk: CashDesk, names: dict[int, str]) -> DeskShape:
    shift = desk.open_shift
    return DeskShape(
        desk.uid,
        desk.centre_id,
        desk.name,
        desk.terminal,
        desk.centre.legal_entity.currency,
        shift.uid if shift else None,
        shift.opened_at if shift else None,
        names.get(shift.opened_by_id, "") if shift else "",
        shift is not None and shift.opened_by_id == actor.account_id,
    )
