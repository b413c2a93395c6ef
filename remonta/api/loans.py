"""The loaner pool, lending to the customer of an order, and taking back."""

from typing import Any, Literal
from uuid import UUID

from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from remonta.api.asking import operation_of
from remonta.api.billing import TenderAsked, known_method, tender_of
from remonta.api.dispatch import order_id
from remonta.api.documents import paper_of
from remonta.api.fields import Asked, Code, Day, Line, Money, Paragraph, Word, minor, minor_or_none
from remonta.api.paging import Page, Paging, page_of
from remonta.api.reading import shown
from remonta.api.shapes.loans import LoanerRow, LoanRow, LoanWithDeposit
from remonta.api.shapes.papers import Paper
from remonta.api.spoken import op
from remonta.counter.commands import lend_loaner, take_loan_deposit, take_loaner_back
from remonta.counter.queries import deposit_of_loan
from remonta.documents.commands import print_loan
from remonta.identity.queries import workplace
from remonta.orders.commands import lift_hold_by_hand
from remonta.orders.queries import work_orders_for
from remonta.stock import commands
from remonta.stock.queries import loan_shape, loaner_shapes, loaners_for, loans_for, loans_of_order
from remonta.stock.workflow import LoanerState
from remonta.web.requests import Request

router = Router()


class LoanerFilter(Paging):
    """Which loaners."""

    state: LoanerState | None = None
    centre: UUID | None = None
    late: bool = False


class LoanerAsked(Asked):
    """What is said of a loaner."""

    name: Word
    value: Money | None = None
    deposit: Money | None = None
    condition: Line = ""
    accessories: list[Word] = Field(default=[], max_length=20)

    def said(self, currency: str) -> commands.LoanerSaid:
        """As the commands take it."""
        worth = {name: minor_or_none(getattr(self, name), currency, name) or 0 for name in ("value", "deposit")}
        return commands.LoanerSaid(name=self.name, condition=self.condition, accessories=self.accessories, **worth)


class LoanerNewAsked(LoanerAsked):
    """A unit of ours, and the place it is put to when it is not in our hands yet."""

    centre_uid: UUID
    unit_uid: UUID
    place_uid: UUID | None = None


class LoanerMoveAsked(Asked):
    """Not lent for now, lent again, out of the pool, or back into it."""

    move: Literal["set_aside", "make_free", "withdraw", "restore"]


class LendAsked(Asked):
    """Which loaner, until when, against which deposit."""

    loaner_uid: UUID
    due_on: Day
    deposit: TenderAsked | None = None


class UntilAsked(Asked):
    """Another day."""

    due_on: Day


class LoanBackAsked(Asked):
    """How it came back; what of the deposit is kept, and how the rest goes back: the way it came, or as credit."""

    place_uid: UUID
    condition: Line = ""
    missing: list[Word] = Field(default=[], max_length=20)
    damaged: bool = False
    keep: Money | None = None
    way: Code = ""
    desk_uid: UUID | None = None


class LetGoAsked(Asked):
    """The hold, and why the order may go on all the same."""

    code: Line
    reason: Paragraph


def loaner_of(request: Request, uid: UUID) -> Any:
    """A loaner as an answer. Three statements. Raises DoesNotExist."""
    [shape] = loaner_shapes(request.actor, [loaners_for(request.actor).get(uid=uid)], timezone.localdate())
    return shape


def loan_of(request: Request, uid: UUID) -> dict[str, Any]:
    """A loan as an answer. Raises DoesNotExist."""
    shape = loan_shape(request.actor, uid)
    order = work_orders_for(request.actor).filter(pk=shape.order_id).values_list("uid", flat=True).first()
    return shown(shape, order_uid=order, payment=deposit_of_loan(request.actor, shape.id))


@router.get("/loaners", **op("loaners", Page[LoanerRow]))
def listed(request: Request, asked: Query[LoanerFilter]) -> Any:
    """The pool in pages."""
    rows = loaners_for(request.actor)
    rows = rows.filter(state=asked.state) if asked.state else rows
    rows = rows.filter(centre__uid=asked.centre) if asked.centre else rows
    rows = rows.filter(loan__due_on__lt=timezone.localdate()) if asked.late else rows
    return page_of(rows, asked, lambda page: loaner_shapes(request.actor, page, timezone.localdate()))


@router.post("/loaners", **op("loaners", LoanerRow, once=True, status=201))
def add(request: Request, asked: LoanerNewAsked) -> Any:
    """Puts a unit into the pool of a centre."""
    centre = workplace(asked.centre_uid)
    where = {"unit_uid": asked.unit_uid, "place_uid": asked.place_uid}
    said: dict[str, Any] = {**where, "said": asked.said(centre.currency), "operation": operation_of(request)}
    return loaner_of(request, commands.add_loaner(request.actor, asked.centre_uid, **said).uid)


@router.get("/loaners/{uuid:uid}", **op("loaner", LoanerRow))
def one(request: Request, uid: UUID) -> Any:
    """One loaner."""
    return loaner_of(request, uid)


@router.put("/loaners/{uuid:uid}", **op("loaner", LoanerRow, once=True))
def change(request: Request, uid: UUID, asked: LoanerAsked) -> Any:
    """Says something else of a loaner."""
    said = asked.said(loaners_for(request.actor).get(uid=uid).currency)
    return loaner_of(
        request, commands.change_loaner(request.actor, uid, said=said, operation=operation_of(request)).uid
    )


@router.post("/loaners/{uuid:uid}/move", **op("loaner-move", LoanerRow, once=True))
def move(request: Request, uid: UUID, asked: LoanerMoveAsked) -> Any:
    """Sets a loaner aside, frees it, takes it out of the pool or back into it."""
    commands.move_loaner(request.actor, uid, move=asked.move, operation=operation_of(request))
    return loaner_of(request, uid)


@router.get("/orders/{uuid:uid}/loans", **op("order-loans", list[LoanRow]))
def of_order(request: Request, uid: UUID) -> Any:
    """What was lent for an order, newest first."""
    return loans_of_order(request.actor, order_id(request, uid))


@router.post("/orders/{uuid:uid}/loans", **op("order-loans", LoanWithDeposit, once=True, status=201))
def lend(request: Request, uid: UUID, asked: LendAsked) -> Any:
    """Lends a loaner to the order’s customer, and takes its deposit."""
    said: dict[str, Any] = {
        "loaner_uid": asked.loaner_uid,
        "due_on": asked.due_on,
        "deposit": tender_of(request, uid, asked.deposit) if asked.deposit else None,
    }
    return loan_of(request, lend_loaner(request.actor, uid, **said, operation=operation_of(request)).uid)


@router.get("/loans/{uuid:uid}", **op("loan", LoanWithDeposit))
def loan(request: Request, uid: UUID) -> Any:
    """One loan."""
    return loan_of(request, uid)


@router.post("/loans/{uuid:uid}/until", **op("loan-until", LoanWithDeposit, once=True))
def until(request: Request, uid: UUID, asked: UntilAsked) -> Any:
    """The customer may keep it until another day."""
    commands.extend_loan(request.actor, uid, due_on=asked.due_on, operation=operation_of(request))
    return loan_of(request, uid)


@router.post("/loans/{uuid:uid}/deposit", **op("loan-deposit", LoanWithDeposit, once=True))
def deposit(request: Request, uid: UUID, asked: TenderAsked) -> Any:
    """Takes the deposit that was not asked at first, or did not go through."""
    currency = loans_for(request.actor).values_list("currency", flat=True).get(uid=uid)
    take_loan_deposit(request.actor, uid, deposit=asked.tender(currency), operation=operation_of(request))
    return loan_of(request, uid)


@router.post("/loans/{uuid:uid}/back", **op("loan-back", LoanWithDeposit, once=True))
def back(request: Request, uid: UUID, asked: LoanBackAsked) -> Any:
    """It is back: what is missing or broken, and what of the deposit is kept."""
    currency = loans_for(request.actor).values_list("currency", flat=True).get(uid=uid)
    came = asked.model_dump(include={"place_uid", "condition", "missing", "damaged"})
    said: dict[str, Any] = {
        "keep": minor(asked.keep, currency, "keep") if asked.keep else 0,
        "way": known_method(asked.way) if asked.way else "",
        "desk_uid": asked.desk_uid,
    }
    take_loaner_back(request.actor, uid, back=commands.CameBack(**came), **said, operation=operation_of(request))
    return loan_of(request, uid)


@router.post("/loans/{uuid:uid}/paper", **op("loan-paper", Paper, status=201))
def paper(request: Request, uid: UUID) -> Any:
    """Prints the agreement about a loaner."""
    return paper_of(print_loan(request.actor, uid))


@router.post("/orders/{uuid:uid}/let-go", **op("order-let-go", list[LoanRow], once=True))
def let_go(request: Request, uid: UUID, asked: LetGoAsked) -> Any:
    """Lets an order go on although its loaner is not back, with a reason."""
    order = lift_hold_by_hand(request.actor, uid, code=asked.code, reason=asked.reason, operation=operation_of(request))
    return loans_of_order(request.actor, order.pk)
