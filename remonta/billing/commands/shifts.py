"""Cash desks: setting them up, opening, moving cash without a customer, closing by a blind count."""

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db import IntegrityError, transaction

from remonta.billing.commands.ledger import Line, post
from remonta.billing.commands.refusals import (
    AmountMissing,
    CountMissing,
    DeskAwaitsTerminal,
    DeskHoldsMoney,
    DeskNameTaken,
    DeskOpenAlready,
    DeskOpenStill,
    DrawerTooEmpty,
    NotOwnShift,
    ShiftNotOpen,
    TerminalAddressUnclear,
)
from remonta.billing.facts import CashDeskArchived, CashDeskSet, CashMoved, ShiftClosed, ShiftOpened
from remonta.billing.models import CashDesk, Payment, Shift
from remonta.billing.queries.drawers import drawer_balance
from remonta.billing.queries.scope import desks_for, every_desk_for, shifts_for
from remonta.billing.words import CASH_MOVES, LedgerKind
from remonta.billing.workflow import PENDING
from remonta.identity.queries import every_centre
from remonta.kernel.actor import Actor
from remonta.kernel.money import Money
from remonta.kernel.refusals import NotPermitted
from remonta.kernel.texts import clean
from remonta.spine.commands import command, once, record, record_first


@command
def create_cash_desk(actor: Actor, centre_uid: UUID, *, name: str, terminal: str = "") -> CashDesk:
    """A new drawer of the centre, with the address of its card terminal if it has one. Raises DeskNameTaken."""
    centre = every_centre().get(uid=centre_uid)
    if not actor.may("billing.desks", centre):
        raise NotPermitted
    _check_address(terminal)
    desk = CashDesk(centre=centre, name=clean(name), terminal=terminal)
    return _saved(actor, desk, ("name", "terminal"), first=True)


@command
def change_cash_desk(actor: Actor, uid: UUID, *, name: str, terminal: str = "") -> CashDesk:
    """Another name or another terminal. Raises DeskNameTaken, TerminalAddressUnclear."""
    desk = _lock_desk(actor, uid, "billing.desks")
    _check_address(terminal)
    desk.name, desk.terminal = clean(name), terminal
    return _saved(actor, desk, ("name", "terminal"))


@command
def archive_cash_desk(actor: Actor, uid: UUID) -> CashDesk:
    """Money is taken there no more; what went through it stays in the book. Twice is as good as once.

    Raises DeskOpenStill, DeskHoldsMoney, DeskAwaitsTerminal.
    """
    desk = every_desk_for(actor).select_for_update(of=("self",)).select_related("centre__legal_entity").get(uid=uid)
    if not actor.may("billing.desks", desk):
        raise NotPermitted
    if desk.archived_at:
        return desk
    if Shift.objects.filter(desk=desk, closed_at=None).exists():
        raise DeskOpenStill(desk=desk)
    if held := drawer_balance(desk.pk):
        raise DeskHoldsMoney(desk=desk, held=Money(held, _currency(desk)))
    if Payment.objects.filter(desk=desk, state__in=PENDING).exists():
        raise DeskAwaitsTerminal(desk=desk)
    desk.archived_at = actor.now()
    desk.save(update_fields=["archived_at"])
    record(actor, desk, CashDeskArchived(desk_id=desk.pk))
    return desk


@once(shifts_for)
def open_shift(actor: Actor, desk_uid: UUID, *, counted: int | None = None, operation: UUID) -> Shift:
    """Opens a cash desk with so many minor units in it; without a count, with what the book says it holds.

    What it holds more or less than the book says was put in from the safe, or taken there. Raises DeskOpenAlready.
    """
    desk = _lock_desk(actor, desk_uid, "billing.shift")
    if Shift.objects.filter(desk=desk, closed_at=None).exists():
        raise DeskOpenAlready(desk=desk)
    held = drawer_balance(desk.pk)
    start = held if counted is None else _counted(counted)
    if actor.account_id is None:
        raise NotPermitted
    shift = Shift.objects.create(desk=desk, opened_by_id=actor.account_id, opened_at=actor.now())
    _move(actor, desk, "float", LedgerKind.SAFE, start - held)
    record(actor, desk, ShiftOpened(shift_id=shift.pk, desk_id=desk.pk, currency=_currency(desk), counted=start))
    return shift


@once(shifts_for)
def close_shift(actor: Actor, uid: UUID, *, counted: int, operation: UUID) -> Shift:
    """Closes a cash desk by a count made without seeing what it should hold; the difference is posted.

    One's own; somebody else's needs the right for it. Raises NotOwnShift, ShiftNotOpen, CountMissing.
    """
    named = shifts_for(actor).values_list("desk__uid", flat=True).get(uid=uid)
    desk = _lock_desk(actor, named, "billing.shift")
    shift = _running(desk, uid)
    if shift.opened_by_id != actor.account_id and not actor.may("billing.close_any", desk):
        raise NotOwnShift
    shift.counted, shift.expected = _counted(counted), drawer_balance(desk.pk)
    shift.closed_by_id, shift.closed_at = actor.account_id, actor.now()
    shift.save(update_fields=["counted", "expected", "closed_by", "closed_at"])
    _move(actor, desk, "difference", LedgerKind.DIFFERENCE, shift.counted - shift.expected)
    sums = {"counted": shift.counted, "expected": shift.expected}
    record(actor, desk, ShiftClosed(shift_id=shift.pk, desk_id=desk.pk, currency=_currency(desk), **sums))
    return shift


@once(shifts_for)
def move_cash(actor: Actor, uid: UUID, *, amount: int, kind: str, operation: UUID) -> Shift:
    """Cash that goes in or out without a customer: `to_safe`, `from_safe` or `expense`; a positive amount.

    Raises AmountMissing, ShiftNotOpen, DrawerTooEmpty.
    """
    named = shifts_for(actor).values_list("desk__uid", flat=True).get(uid=uid)
    desk = _lock_desk(actor, named, "billing.shift")
    shift = _running(desk, uid)
    if amount <= 0 or kind not in CASH_MOVES:
        raise AmountMissing
    if kind != "from_safe" and amount > drawer_balance(desk.pk):
        raise DrawerTooEmpty
    came = amount if kind == "from_safe" else -amount
    _move(actor, desk, kind, LedgerKind.EXPENSE if kind == "expense" else LedgerKind.SAFE, came)
    record(actor, desk, CashMoved(desk_id=desk.pk, amount=came, kind=kind, currency=_currency(desk)))
    return shift


def _lock_desk(actor: Actor, uid: UUID, permission: str) -> CashDesk:
    """The desk, locked before its shift; its centre with it."""
    desks = desks_for(actor).select_for_update(of=("self",)).select_related("centre__legal_entity")
    desk = desks.get(uid=uid)
    if not actor.may(permission, desk):
        raise NotPermitted
    return desk


def _running(desk: CashDesk, uid: UUID) -> Shift:
    """The running shift; payments in cash wait until this transaction has ended."""
    shift = Shift.objects.select_for_update().filter(desk=desk, uid=uid, closed_at=None).first()
    if shift is None:
        raise ShiftNotOpen(desk=desk)
    return shift


def _move(actor: Actor, desk: CashDesk, reason: str, other: LedgerKind, came: int) -> None:
    if came:
        lines = [Line(kind=LedgerKind.CASH, amount=came, desk_id=desk.pk), Line(kind=other, amount=-came)]
        post(actor, desk.centre, reason, lines)


def _currency(desk: CashDesk) -> str:
    return desk.centre.legal_entity.currency


def _counted(minor: int) -> int:
    if minor < 0:
        raise CountMissing
    return minor


def _check_address(address: str) -> None:
    try:
        parts = urlsplit(address)
        named = parts.scheme in ("http", "https") and parts.hostname and (parts.port or True)
    except ValueError:
        named = False
    if address and not named:
        raise TerminalAddressUnclear


def _saved(actor: Actor, desk: CashDesk, columns: tuple[str, ...], *, first: bool = False) -> CashDesk:
    try:
        with transaction.atomic():
            desk.save(force_insert=first)
    except IntegrityError as error:
        raise DeskNameTaken from error
    write: Any = record_first if first else record
    write(actor, desk, CashDeskSet(desk_id=desk.pk, columns=columns))
    return desk
