"""Cash desks and their shifts."""

from typing import Any, Literal
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from remonta.api.asking import operation_of
from remonta.api.fields import Asked, Line, Money, minor, minor_or_none
from remonta.api.shapes.money import CashDesk, CashMove, ShiftShape
from remonta.api.spoken import op
from remonta.billing import commands
from remonta.billing.queries import cash_lines, closed_shifts, desks_at, desks_for, shifts_for
from remonta.identity.queries import centres_for, every_centre
from remonta.web.requests import Request

router = Router()


class DeskAsked(Asked):
    """A drawer, with the address of its card terminal if it has one."""

    name: Line = Field(min_length=1, max_length=80)
    terminal: Line = Field("", max_length=200)


class NewDesk(DeskAsked):
    """A drawer of a centre."""

    centre_uid: UUID


class OpenAsked(Asked):
    """What is in the drawer; without a count, what the book says."""

    counted: Money | None = None


class CloseAsked(Asked):
    """What was counted, without seeing what it should be."""

    counted: Money


class CashAsked(Asked):
    """Cash in or out without a customer."""

    kind: Literal["to_safe", "from_safe", "expense"]
    amount: Money


def desk_of(request: Request, uid: UUID) -> Any:
    """A cash desk as an answer. Raises DoesNotExist."""
    centre_id = desks_for(request.actor).values_list("centre_id", flat=True).get(uid=uid)
    return next(one for one in desks_at(request.actor, centre_id) if one.uid == uid)


def currency_of_shift(request: Request, uid: UUID) -> str:
    """The currency of a shift’s drawer. Raises DoesNotExist. One statement."""
    return shifts_for(request.actor).values_list("desk__centre__legal_entity__currency", flat=True).get(uid=uid)


def centre_id(request: Request, uid: UUID) -> int:
    """The key of one of the key’s centres. Raises DoesNotExist. One statement."""
    return centres_for(request.actor).values_list("pk", flat=True).get(uid=uid)


@router.get("/cash-desks", **op("cash-desks", list[CashDesk]))
def listed(request: Request, centre: Query[UUID]) -> Any:
    """The cash desks of a centre."""
    return desks_at(request.actor, centre_id(request, centre))


@router.post("/cash-desks", **op("cash-desks", CashDesk, status=201))
def add(request: Request, asked: NewDesk) -> Any:
    """A new cash desk."""
    every_centre().only("pk").get(uid=asked.centre_uid)
    said = {"name": asked.name, "terminal": asked.terminal}
    return desk_of(request, commands.create_cash_desk(request.actor, asked.centre_uid, **said).uid)


@router.get("/cash-desks/{uuid:uid}", **op("cash-desk", CashDesk))
def one(request: Request, uid: UUID) -> Any:
    """A cash desk."""
    return desk_of(request, uid)


@router.put("/cash-desks/{uuid:uid}", **op("cash-desk", CashDesk))
def change(request: Request, uid: UUID, asked: DeskAsked) -> Any:
    """Another name, or another terminal."""
    commands.change_cash_desk(request.actor, uid, name=asked.name, terminal=asked.terminal)
    return desk_of(request, uid)


@router.post("/cash-desks/{uuid:uid}/archive", **op("cash-desk-archive", None, status=204))
def archive(request: Request, uid: UUID) -> None:
    """A closed, empty cash desk is offered no more; what went through it stays in the book."""
    commands.archive_cash_desk(request.actor, uid)


@router.post("/cash-desks/{uuid:uid}/open", **op("cash-open", CashDesk, once=True))
def open_desk(request: Request, uid: UUID, asked: OpenAsked) -> Any:
    """Opens a cash desk: a shift begins."""
    counted = minor_or_none(asked.counted, desk_of(request, uid).currency, "counted")
    commands.open_shift(request.actor, uid, counted=counted, operation=operation_of(request))
    return desk_of(request, uid)


@router.get("/shifts", **op("shifts", list[ShiftShape]))
def shifts(request: Request, centre: Query[UUID]) -> Any:
    """The shifts of a centre that were counted last."""
    return closed_shifts(request.actor, centre_id(request, centre))


@router.get("/shifts/{uuid:uid}/moves", **op("cash-moves", list[CashMove]))
def lines(request: Request, uid: UUID) -> Any:
    """What went through the drawer in a shift, newest first."""
    return cash_lines(request.actor, uid)


@router.post("/shifts/{uuid:uid}/moves", **op("cash-moves", list[CashMove], once=True))
def move(request: Request, uid: UUID, asked: CashAsked) -> Any:
    """Cash to the safe, from it, or for a small expense."""
    amount = minor(asked.amount, currency_of_shift(request, uid), "amount")
    commands.move_cash(request.actor, uid, amount=amount, kind=asked.kind, operation=operation_of(request))
    return cash_lines(request.actor, uid)


@router.post("/shifts/{uuid:uid}/close", **op("cash-close", CashDesk, once=True))
def close(request: Request, uid: UUID, asked: CloseAsked) -> Any:
    """Closes a cash desk by a count."""
    counted = minor(asked.counted, currency_of_shift(request, uid), "counted")
    done = commands.close_shift(request.actor, uid, counted=counted, operation=operation_of(request))
    desk = shifts_for(request.actor).values_list("desk__uid", flat=True).get(pk=done.pk)
    return desk_of(request, desk)
