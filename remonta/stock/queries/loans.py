"""The loaner pool: what is free, who has the others, and until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from remonta.equipment.queries import unit_family
from remonta.identity.queries import in_reach
from remonta.kernel.actor import Actor
from remonta.kernel.money import Money
from remonta.stock.models import Loan, Loaner, Whereabouts
from remonta.stock.queries.places import Whereabout, whereabouts
from remonta.stock.workflow import BACK, FREE, OUT, LoanerState, LoanState


@dataclass(frozen=True)
class LoanShape:
    """A loan as pages show it; `customer` is empty for who may not see customers. `order_id` is a work order's key."""

    id: int
    uid: UUID
    number: str
    centre_id: int
    order_id: int
    loaner_uid: UUID
    name: str
    product: str
    serial: str
    customer_id: int
    customer: str
    state: str
    value: Money
    deposit: Money
    due_on: date
    condition: str
    accessories: tuple[str, ...]
    found: str
    missing: tuple[str, ...]
    damaged: bool
    lent_at: datetime
    returned_at: datetime | None
    account_id: int | None

    @property
    def out(self) -> bool:
        return self.state == OUT

    @property
    def state_label(self) -> str:
        return str(LoanState(self.state).label)

    def late(self, today: date) -> bool:
        """Whether it should be back by that day."""
        return self.out and self.due_on < today


def loaners_for(actor: Actor) -> QuerySet[Loaner]:
    """The loaners of the centres in which the actor may see the pool."""
    return Loaner.objects.filter(in_reach(actor, "stock.see_loaners"))


def loans_for(actor: Actor) -> QuerySet[Loan]:
    """The loans of those centres, and those of an order that a secret link opens."""
    opened = actor.granted("orders.workorder")
    linked = Q(thread_id__in=opened) if opened else Q(pk__in=[])
    return Loan.objects.filter(in_reach(actor, "stock.see_loaners") | linked)


def free_loaners(actor: Actor, centre_id: int) -> QuerySet[Loaner]:
    """What a centre can lend now: free, and standing in one of its places. One statement."""
    here = Whereabouts.objects.filter(place__centre_id=centre_id).values("unit_id")
    rows = loaners_for(actor).filter(centre_id=centre_id, state=FREE, unit__in=here)
    return rows.select_related("unit__product__brand").order_by("name", "pk")


@dataclass(frozen=True)
class LoanerShape:
    """A loaner as pages show it: where it is, who has it, until when. The customer only for who may see customers."""

    id: int
    uid: UUID
    unit_id: int
    unit_uid: UUID
    centre_id: int
    centre: str
    name: str
    product: str
    serial: str
    state: str
    place: str
    condition: str
    accessories: tuple[str, ...]
    value: Money
    deposit: Money
    loan_uid: UUID | None
    loan_number: str
    customer: str
    due_on: date | None
    late: bool

    @property
    def state_label(self) -> str:
        return str(LoanerState(self.state).label)


def loaner_shapes(actor: Actor, rows: Iterable[Loaner], today: date) -> tuple[LoanerShape, ...]:
    """Those loaners as pages show them; late when they should be back by `today`. Two statements."""
    found = Loaner.objects.filter(pk__in=[row.pk for row in rows])
    shown = found.select_related("unit__product__brand", "centre", "loan__customer")
    whole = {row.pk: row for row in shown}
    places = whereabouts([row.unit_id for row in whole.values()])
    return tuple(_loaner(actor, whole[row.pk], places.get(whole[row.pk].unit_id), today) for row in rows)


def loan_shapes(actor: Actor, rows: QuerySet[Loan]) -> tuple[LoanShape, ...]:
    """Those loans as pages show them. One statement."""
    found = rows.select_related("loaner__unit__product__brand", "customer")
    return tuple(_shape(actor, loan) for loan in found)


def loans_of_order(actor: Actor, work_order_id: int) -> tuple[LoanShape, ...]:
    """What was lent for a work order, the newest first. One statement."""
    return loan_shapes(actor, loans_for(actor).filter(thread_id=work_order_id).order_by("-pk"))


def loans_of_unit(actor: Actor, unit_id: int, limit: int = 10) -> tuple[LoanShape, ...]:
    """To whom a unit was lent, the newest first. Two statements."""
    rows = loans_for(actor).filter(loaner__unit_id__in=unit_family(unit_id))
    return loan_shapes(actor, rows.order_by("-pk")[:limit])


def loan_shape(actor: Actor, uid: UUID) -> LoanShape:
    """One loan. One statement. Raises DoesNotExist."""
    found = loans_for(actor).select_related("loaner__unit__product__brand", "customer")
    return _shape(actor, found.get(uid=uid))


def loan_of_unit(actor: Actor, unit_id: int) -> Loan | None:
    """The loan by which a unit is out now. One statement."""
    return loans_for(actor).filter(loaner__unit_id=unit_id, state=OUT).first()


def customers_with_loaners(customer_ids: Iterable[int]) -> tuple[str, ...]:
    """The numbers of loans by which these customers have something of ours. One statement."""
    out = Loan.objects.filter(customer_id__in=list(customer_ids)).exclude(state=BACK)
    return tuple(out.order_by("pk").values_list("number", flat=True))


def _shape(actor: Actor, loan: Loan) -> LoanShape:
    unit = loan.loaner.unit
    seen = actor.may_at("customers.see", loan.centre_id)
    same = "number centre_id customer_id state due_on condition found damaged lent_at returned_at account_id"
    shown: dict[str, Any] = {name: getattr(loan, name) for name in same.split()}
    return LoanShape(
        id=loan.pk,
        uid=loan.uid,
        order_id=loan.thread_id,
        loaner_uid=loan.loaner.uid,
        name=loan.loaner.name,
        product=str(unit.product),
        serial=str(unit),
        customer=loan.customer.name if seen else "",
        value=Money(loan.loaner.value, loan.currency),
        deposit=Money(loan.deposit, loan.currency),
        accessories=tuple(loan.accessories),
        missing=tuple(loan.missing),
        **shown,
    )


def _loaner(actor: Actor, row: Loaner, where: Whereabout | None, today: date) -> LoanerShape:
    loan = row.loan
    seen = loan is not None and actor.may_at("customers.see", row.centre_id)
    return LoanerShape(
        id=row.pk,
        uid=row.uid,
        unit_id=row.unit_id,
        unit_uid=row.unit.uid,
        centre_id=row.centre_id,
        centre=row.centre.name,
        name=row.name,
        product=str(row.unit.product),
        serial=str(row.unit),
        state=row.state,
        place=where.said if where else "",
        condition=row.condition,
        accessories=tuple(row.accessories),
        value=Money(row.value, row.currency),
        deposit=Money(row.deposit, row.currency),
        loan_uid=loan.uid if loan else None,
        loan_number=loan.number if loan else "",
        customer=loan.customer.name if loan and seen else "",
        due_on=loan.due_on if loan else None,
        late=loan is not None and loan.due_on < today,
    )
