"""The loaner pool: what may be lent, lending it, and taking it back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from remonta.equipment.commands import know_unit
from remonta.equipment.queries import units_for
from remonta.identity.queries import centres_for, workplace
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import NotPermitted
from remonta.kernel.texts import clean
from remonta.spine.commands import command, once, record, record_first, take_number
from remonta.stock import facts
from remonta.stock.commands.places import network_place
from remonta.stock.commands.refusals import (
    AlreadyInPool,
    CustomersUnit,
    DueInPast,
    LoanerElsewhere,
    LoanerNameMissing,
    LoanerNeedsPlace,
    LoanOut,
)
from remonta.stock.commands.units import locked_whereabouts, move_unit
from remonta.stock.models import Loan, Loaner, Place, PlaceKind
from remonta.stock.queries import customers_with_loaners, loaners_for, loans_for, places_for
from remonta.stock.workflow import LOAN, LOANER, LoanerClash, LoanerState

MOST_ACCESSORIES = 20
TOLD = {
    "set_aside": facts.LoanerSetAside,
    "make_free": facts.LoanerFreed,
    "restore": facts.LoanerFreed,
    "withdraw": facts.LoanerWithdrawn,
}


@dataclass(frozen=True, kw_only=True)
class LoanerSaid:
    """What is said of a loaner; `value` and `deposit` in minor units of the centre's currency."""

    name: str
    value: int = 0
    deposit: int = 0
    condition: str = ""
    accessories: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class CameBack:
    """How a loaner came back: where it is put, what it looks like, which accessories are missing."""

    place_uid: UUID
    condition: str = ""
    missing: Sequence[str] = ()
    damaged: bool = False


@once(loaners_for)
def add_loaner(
    actor: Actor, centre_uid: UUID, *, unit_uid: UUID, said: LoanerSaid, place_uid: UUID | None = None, operation: UUID
) -> Loaner:
    """A unit of ours may be lent by the centre; one that is not in our hands yet is put to the place.

    One that was taken out of the pool before comes back into it. Raises CustomersUnit, AlreadyInPool,
    LoanerNameMissing, LoanerNeedsPlace, LoanerElsewhere.
    """
    centre = centres_for(actor).select_related("legal_entity").get(uid=centre_uid)
    if not actor.may("stock.keep_loaners", centre):
        raise NotPermitted
    unit = units_for(actor).get(uid=unit_uid)
    if unit.owner_id is not None:
        raise CustomersUnit
    values = _values(said)
    known = Loaner.objects.select_for_update(of=("self",)).filter(unit_id=unit.pk).first()
    if known and known.state != LoanerState.WITHDRAWN:
        raise AlreadyInPool(name=known.name)
    _bring(actor, unit.pk, place_uid, centre.pk, values["name"])
    know_unit(actor, unit.pk, centre.pk)
    loaner = known or Loaner(unit_id=unit.pk, created_at=actor.now())
    for name, value in {**values, "centre": centre, "currency": centre.legal_entity.currency}.items():
        setattr(loaner, name, value)
    if known:
        LOANER.apply("restore", loaner, actor)
    loaner.save()
    (record if known else record_first)(actor, loaner, facts.LoanerAdded(**_of(loaner)))
    return loaner


@once(loaners_for)
def change_loaner(actor: Actor, uid: UUID, *, said: LoanerSaid, operation: UUID) -> Loaner:
    """What is said of a loaner, or asked for it, from now on. Raises LoanerNameMissing."""
    loaner = _locked(actor, uid, "stock.keep_loaners")
    values = _values(said)
    for name, value in values.items():
        setattr(loaner, name, value)
    loaner.save(update_fields=[*values])
    record(actor, loaner, facts.LoanerChanged(**_of(loaner)))
    return loaner


@once(loaners_for)
def move_loaner(actor: Actor, uid: UUID, *, move: str, operation: UUID) -> Loaner:
    """Sets a loaner aside, frees it again, takes it out of the pool. Raises LoanerClash."""
    loaner = _locked(actor, uid, "stock.keep_loaners")
    if move not in TOLD:
        raise LoanerClash(state=loaner.get_state_display())
    LOANER.apply(move, loaner, actor)
    loaner.save(update_fields=["state"])
    record(actor, loaner, TOLD[move](**_of(loaner)))
    return loaner


@command
def lend_unit(
    actor: Actor, loaner_uid: UUID, *, thread_id: int, centre_id: int, customer_id: int, deposit: int, due_on: date
) -> Loan:
    """A free loaner of that centre goes to the customer of a work order, for the command that has locked the order.

    Raises LoanerClash, LoanerElsewhere, DueInPast.
    """
    loaner = _locked(actor, loaner_uid, "stock.lend")
    centre = workplace(loaner.centre_id)
    if due_on < actor.now().astimezone(ZoneInfo(centre.timezone)).date():
        raise DueInPast
    LOANER.apply("lend", loaner, actor)
    where = locked_whereabouts(actor, loaner.unit_id).place
    if loaner.centre_id != centre_id or where.centre_id != centre_id:
        raise _elsewhere(loaner.name, where)
    loan = Loan.objects.create(
        number=f"{centre.code}-L{take_number(f'loan:{centre.id}'):05d}",
        loaner=loaner,
        centre_id=centre_id,
        customer_id=customer_id,
        thread_id=thread_id,
        currency=loaner.currency,
        deposit=deposit,
        due_on=due_on,
        condition=loaner.condition,
        accessories=loaner.accessories,
        lent_at=actor.now(),
        account_id=actor.account_id,
    )
    loaner.loan = loan
    loaner.save(update_fields=["state", "loan"])
    customer = network_place(PlaceKind.CUSTOMER)
    move_unit(actor.trusted_with("stock.move_units"), loaner.unit_id, customer.pk, reason="lent")
    record(actor, loaner, facts.LoanerGiven(**_of(loaner)))
    record_first(actor, loan, facts.LoanerLent(**named(loan)))
    return loan


@once(loans_for)
def extend_loan(actor: Actor, uid: UUID, *, due_on: date, operation: UUID) -> Loan:
    """The customer may keep the loaner until another day. Raises LoanClash, DueInPast."""
    loan = lock_loan(actor, uid)
    if due_on < actor.now().astimezone(ZoneInfo(workplace(loan.centre_id).timezone)).date():
        raise DueInPast
    LOAN.apply("extend", loan, actor)
    loan.due_on, loan.told_at = due_on, None
    loan.save(update_fields=["due_on", "told_at"])
    record(actor, loan, facts.LoanExtended(**named(loan)))
    return loan


@command
def return_loaner(actor: Actor, uid: UUID, *, back: CameBack) -> Loan:
    """A loaner is back and put to a place, for the command that settles its deposit. What is damaged or incomplete is
    set aside. Raises LoanClash, PlaceClosed, NotForUnits."""
    loan = lock_loan(actor, uid)
    loaner = Loaner.objects.select_for_update(of=("self",)).get(pk=loan.loaner_id)
    LOAN.apply("take_back", loan, actor)
    missing = [name for name in loan.accessories if name in set(back.missing)]
    broken = back.damaged or bool(missing)
    LOANER.apply("take_back_damaged" if broken else "take_back", loaner, actor)
    place = places_for(actor).get(uid=back.place_uid, centre_id=loan.centre_id)
    loan.returned_at, loan.found, loan.missing = actor.now(), clean(back.condition)[:300], missing
    loan.damaged = back.damaged
    loan.save(update_fields=["state", "returned_at", "found", "missing", "damaged"])
    loaner.loan = None
    loaner.save(update_fields=["state", "loan"])
    customer = network_place(PlaceKind.CUSTOMER)
    hand = actor.trusted_with("stock.move_units")
    move_unit(hand, loaner.unit_id, place.pk, reason="loan_returned", expected_source=customer.pk)
    record(actor, loaner, (facts.LoanerSetAside if broken else facts.LoanerBack)(**_of(loaner)))
    record(actor, loan, facts.LoanerReturned(**named(loan), damaged=loan.damaged, missing=len(missing)))
    return loan


def agree_deposit(loan: Loan, amount: int) -> None:
    """Another deposit (minor units) is agreed for a locked loan, for the command that takes it."""
    loan.deposit = amount
    loan.save(update_fields=["deposit"])


def erase_loans(customer_ids: Collection[int], *, replayed: bool) -> None:
    """What was written about loans of those customers is gone, for the reaction. Raises LoanOut while one is out."""
    if not replayed and (numbers := customers_with_loaners(customer_ids)):
        raise LoanOut(number=numbers[0])
    Loan.objects.filter(customer_id__in=list(customer_ids)).update(found="")


def lock_loan(actor: Actor, uid: UUID) -> Loan:
    """A loan the actor may see, locked together with its unit's name. One statement."""
    rows = loans_for(actor).select_related("loaner__unit")
    return rows.select_for_update(of=("self",)).get(uid=uid)


def named(loan: Loan) -> dict[str, Any]:
    """What every fact about a loan names."""
    return {
        "loan_id": loan.pk,
        "loaner_id": loan.loaner_id,
        "unit_id": loan.loaner.unit_id,
        "centre_id": loan.centre_id,
        "work_order_id": loan.thread_id,
        "number": loan.number,
        "due_on": loan.due_on.isoformat(),
    }


def _of(loaner: Loaner) -> dict[str, int]:
    return {"loaner_id": loaner.pk, "unit_id": loaner.unit_id, "centre_id": loaner.centre_id}


def _locked(actor: Actor, uid: UUID, permission: str) -> Loaner:
    loaner = loaners_for(actor).select_for_update(of=("self",)).get(uid=uid)
    if not actor.may(permission, loaner):
        raise NotPermitted
    return loaner


def _values(said: LoanerSaid) -> dict[str, Any]:
    """The columns of what is said. Raises LoanerNameMissing."""
    name = clean(said.name)[:120]
    if not name:
        raise LoanerNameMissing
    things = [text[:80] for one in said.accessories if (text := clean(one))][:MOST_ACCESSORIES]
    worth = {"value": max(said.value, 0), "deposit": max(said.deposit, 0)}
    return {"name": name, **worth, "condition": clean(said.condition)[:300], "accessories": [*dict.fromkeys(things)]}


def _elsewhere(name: str, place: Place) -> LoanerElsewhere:
    """Names the centre only: its bins are nobody else's business."""
    return LoanerElsewhere(name=name, place=place.centre.name if place.centre else place.get_kind_display())


def _bring(actor: Actor, unit_id: int, place_uid: UUID | None, centre_id: int, name: str) -> None:
    """A unit of ours that no book has seen here is put to the place; one that is here stays where it is."""
    where = locked_whereabouts(actor, unit_id).place
    if where.centre_id == centre_id:
        return
    if not where.outside:
        raise _elsewhere(name, where)
    if place_uid is None:
        raise LoanerNeedsPlace
    place = places_for(actor).get(uid=place_uid, centre_id=centre_id)
    move_unit(actor.trusted_with("stock.move_units"), unit_id, place.pk, reason="loaner_added")
