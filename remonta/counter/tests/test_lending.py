"""A loaner goes to a customer with a deposit, holds the hand-over, and comes back whole or damaged."""

from datetime import timedelta

import pytest
from django.db.models import Sum

from remonta.billing.commands import Tender, create_cash_desk, open_shift
from remonta.billing.models import Payment, Posting
from remonta.billing.queries import owed
from remonta.counter.commands import (
    Given,
    NothingKept,
    hand_over,
    lend_loaner,
    take_loan_deposit,
    take_loaner_back,
)
from remonta.counter.queries import deposit_of_loan
from remonta.customers.commands import erase_customer
from remonta.equipment.commands import register_unit
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted
from remonta.orders.commands import apply_move, lift_hold_by_hand, lock_work_order
from remonta.orders.commands.holds import LiftReasonMissing, NotByHand
from remonta.orders.models import Hold, Note, Task
from remonta.orders.workflow import WorkOrderHeld
from remonta.spine.models import Event
from remonta.spine.verify import verify
from remonta.stock.commands import (
    AlreadyInPool,
    CameBack,
    CustomersUnit,
    DueInPast,
    InLoanerPool,
    LentOut,
    LoanerElsewhere,
    LoanerSaid,
    LoanOut,
    Salvaged,
    add_loaner,
    call_overdue_loans,
    extend_loan,
    move_loaner,
    move_unit,
    take_apart,
)
from remonta.stock.models import Place
from remonta.stock.queries import free_loaners, loaners_for, loans_of_order, whereabouts
from remonta.stock.workflow import LoanerClash
from tests.cast import intake

DEPOSIT = 20_000


@pytest.fixture
def cast(cast):
    """Kraków has one loaner phone on its shelf, asked 200.00 for; the cash desk is open with 500.00."""
    cast.shelf = Place.objects.get(centre=cast.krakow, code="S-1")
    unit = register_unit(cast.hana, product_id=cast.phone.pk, serial="LOAN-1", centre_id=cast.krakow.pk)
    said = LoanerSaid(
        name="Loaner 1", value=80_000, deposit=DEPOSIT, condition="a scratch", accessories=["charger", "case"]
    )
    where = {"unit_uid": unit.uid, "said": said, "place_uid": cast.shelf.uid}
    cast.loaner = add_loaner(cast.stan, cast.krakow.uid, **where, operation=uuid7(cast.clock()))
    cast.till = create_cash_desk(cast.hana, cast.krakow.uid, name="Desk 1")
    open_shift(cast.rita, cast.till.uid, counted=50_000, operation=uuid7(cast.clock()))
    cast.order = intake(cast)
    return cast


def lend(cast, amount=DEPOSIT, by="rita", days=7, **more):
    tender = Tender(method="cash", amount=amount, desk_uid=cast.till.uid) if amount else None
    asked = {"loaner_uid": cast.loaner.uid, "due_on": cast.clock().date() + timedelta(days=days), "deposit": tender}
    return lend_loaner(getattr(cast, by), cast.order.uid, **asked | more, operation=uuid7(cast.clock()))


def back(cast, loan, *, by="rita", keep=0, **how):
    how = {"place_uid": cast.shelf.uid} | how
    return take_loaner_back(getattr(cast, by), loan.uid, back=CameBack(**how), keep=keep, operation=uuid7(cast.clock()))


def booked(kind, code=""):
    """What the book says of that kind of account, in minor units."""
    return Posting.objects.filter(account__kind=kind, account__code=code).aggregate(sum=Sum("amount"))["sum"] or 0


def balanced():
    sums = Posting.objects.values("entry").annotate(sum=Sum("amount"))
    return all(row["sum"] == 0 for row in sums)


def flaws():
    return [*verify()]


def test_lent_with_a_deposit_it_is_with_the_customer_and_holds_the_hand_over(cast):
    loan = lend(cast)
    assert whereabouts([cast.loaner.unit_id])[cast.loaner.unit_id].kind == "customer"
    assert str(Hold.objects.get(code=f"orders.loaner:{loan.pk}", lifted_at=None)) == (
        f"loaner {loan.number} not returned"
    )
    assert (booked("pledge"), booked("cash")) == (-DEPOSIT, 50_000 + DEPOSIT)
    assert balanced()
    money = owed([cast.order.pk])[cast.order.pk]
    assert (money.paid.minor, money.excess.minor) == (0, 0), "a deposit for a loaner pays nothing of the repair"
    [shape] = loans_of_order(cast.rita, cast.order.pk)
    assert (shape.accessories, shape.condition, shape.out) == (("charger", "case"), "a scratch", True)
    assert not free_loaners(cast.rita, cast.krakow.pk).exists()
    order = lock_work_order(cast.rita, cast.order.uid)
    apply_move(cast.wanda, order, "stop_work")
    with pytest.raises(WorkOrderHeld, match="not returned"):
        hand_over(cast.rita, cast.order.uid, given=Given(taken_by="Jan"), operation=uuid7(cast.clock()))


def test_back_in_good_order_the_whole_deposit_goes_back_and_nothing_holds(cast):
    loan = lend(cast)
    assert back(cast, loan).state == "back"
    cast.loaner.refresh_from_db()
    assert (cast.loaner.state, cast.loaner.loan_id) == ("free", None)
    assert whereabouts([cast.loaner.unit_id])[cast.loaner.unit_id].code == "S-1"
    assert not Hold.objects.filter(code__startswith="orders.loaner", lifted_at=None).exists()
    assert (booked("pledge"), booked("cash"), booked("income", "loaner_damage")) == (0, 50_000, 0)
    assert Payment.objects.get(purpose="pledge").state == "refunded"
    assert balanced()
    assert flaws() == []


def test_back_damaged_some_is_kept_the_rest_goes_back_and_the_loaner_is_set_aside(cast):
    loan = lend(cast)
    back(cast, loan, keep=5_000, condition="display broken", damaged=True, missing=["case"])
    cast.loaner.refresh_from_db()
    loan.refresh_from_db()
    assert (cast.loaner.state, loan.found, loan.missing) == ("aside", "display broken", ["case"])
    assert (booked("pledge"), booked("cash"), booked("income", "loaner_damage")) == (0, 55_000, -5_000)
    assert deposit_of_loan(cast.rita, loan.pk).left.minor == 0
    assert balanced()
    assert flaws() == []


def test_what_is_missing_sets_the_loaner_aside_too(cast):
    back(cast, lend(cast), missing=["charger", "something else"])
    cast.loaner.refresh_from_db()
    assert cast.loaner.state == "aside"
    assert loans_of_order(cast.rita, cast.order.pk)[0].missing == ("charger",)
    move_loaner(cast.stan, cast.loaner.uid, move="make_free", operation=uuid7(cast.clock()))
    assert [one.pk for one in free_loaners(cast.rita, cast.krakow.pk)] == [cast.loaner.pk]


def test_more_than_the_deposit_cannot_be_kept(cast, writes_nothing):
    loan = lend(cast)
    with writes_nothing(), pytest.raises(NothingKept):
        back(cast, loan, keep=DEPOSIT + 1)
    cast.loaner.refresh_from_db()
    assert cast.loaner.state == "lent"


def test_without_a_deposit_nothing_can_be_kept_and_it_can_be_taken_later(cast, writes_nothing):
    loan = lend(cast, amount=0)
    with writes_nothing(), pytest.raises(NothingKept):
        back(cast, loan, keep=1)
    tender = Tender(method="cash", amount=10_000, desk_uid=cast.till.uid)
    take_loan_deposit(cast.rita, loan.uid, deposit=tender, operation=uuid7(cast.clock()))
    assert booked("pledge") == -10_000
    back(cast, loan)
    assert booked("pledge") == 0


def test_a_day_in_the_past_and_a_loaner_that_is_elsewhere_are_refused(cast, writes_nothing):
    with writes_nothing(), pytest.raises(DueInPast):
        lend(cast, days=-1)
    far = Place.objects.get(centre=cast.gdansk, code="S-1")
    move_unit(cast.hana.trusted_with("stock.move_units"), cast.loaner.unit_id, far.pk, reason="moved")
    with writes_nothing(), pytest.raises(LoanerElsewhere):
        lend(cast)


def test_who_may_not_lend_lends_nothing(cast, writes_nothing):
    with writes_nothing(), pytest.raises(NotPermitted):
        lend(cast, by="emil")
    loan = lend(cast)
    with writes_nothing(), pytest.raises(NotPermitted):
        back(cast, loan, by="emil")


def test_lent_twice_it_goes_out_once(cast, writes_nothing):
    lend(cast)
    with writes_nothing(), pytest.raises(LoanerClash):
        lend(cast, amount=0)


def test_a_lent_unit_comes_back_as_a_loan_only(cast, writes_nothing):
    lend(cast)
    unit = cast.loaner.unit
    with writes_nothing(), pytest.raises(LentOut):
        intake(cast, serial=unit.serial)


def test_a_unit_is_in_the_pool_once_and_comes_back_into_it(cast, writes_nothing):
    again = {"unit_uid": cast.loaner.unit.uid, "said": LoanerSaid(name="Again")}
    with writes_nothing(), pytest.raises(AlreadyInPool):
        add_loaner(cast.stan, cast.krakow.uid, **again, operation=uuid7(cast.clock()))
    move_loaner(cast.stan, cast.loaner.uid, move="withdraw", operation=uuid7(cast.clock()))
    assert add_loaner(cast.stan, cast.krakow.uid, **again, operation=uuid7(cast.clock())) == cast.loaner
    assert loaners_for(cast.stan).get().state == "free"


def test_what_is_a_customers_or_elsewhere_is_not_lent(cast, writes_nothing):
    """Nor is what stands in the pool taken apart for its parts."""
    of_a_customer = intake(cast, serial="SN-OF-ANNA").unit
    with writes_nothing(), pytest.raises(CustomersUnit):
        pool(cast, of_a_customer)
    desk = Place.objects.get(centre=cast.wroclaw, code="D-1")
    elsewhere = register_unit(cast.rita, product_id=cast.phone.pk, serial="SN-FAR", centre_id=cast.krakow.pk)
    move_unit(cast.rita.trusted_with("stock.move_units"), elsewhere.pk, desk.pk, reason="moved")
    with writes_nothing(), pytest.raises(LoanerElsewhere):
        pool(cast, elsewhere)
    salvaged = [Salvaged(cast.display.uid, Place.objects.get(centre=cast.krakow, code="A-01-01").uid)]
    hand = cast.stan.trusted_with("stock.take_apart", "equipment.see")
    with writes_nothing(), pytest.raises(InLoanerPool):
        take_apart(hand, cast.loaner.unit.uid, lines=salvaged, operation=uuid7(cast.clock()))


def pool(cast, unit):
    return add_loaner(
        cast.stan, cast.krakow.uid, unit_uid=unit.uid, said=LoanerSaid(name="One more"), operation=uuid7(cast.clock())
    )


def test_overdue_it_becomes_one_task_and_is_said_again_every_few_days(cast):
    loan = lend(cast, days=2)
    cast.clock.pass_(days=2)
    overseer = cast.ada.trusted_with("stock.see_loaners", "orders.see", "orders.tasks")
    assert call_overdue_loans(overseer) == 0, "on its day it is not late"
    cast.clock.pass_(days=1)
    assert (call_overdue_loans(overseer), call_overdue_loans(overseer)) == (1, 0)
    task = Task.objects.get()
    assert loan.number in task.title
    assert task.work_order_id == cast.order.pk
    cast.clock.pass_(days=3)
    assert call_overdue_loans(overseer) == 1
    assert Task.objects.count() == 1
    assert [event.data["days"] for event in Event.objects.filter(name="stock.loan_overdue").order_by("pk")] == [1, 4]
    until = cast.clock().date() + timedelta(days=5)
    extend_loan(cast.rita, loan.uid, due_on=until, operation=uuid7(cast.clock()))
    cast.clock.pass_(days=4)
    assert call_overdue_loans(overseer) == 0


def test_a_manager_lets_the_order_go_with_a_reason_and_the_loan_stands(cast, writes_nothing):
    loan = lend(cast)
    code = f"orders.loaner:{loan.pk}"
    lift = {"code": code, "reason": "The customer keeps it until Friday, agreed by phone"}
    with writes_nothing(), pytest.raises(NotPermitted):
        lift_hold_by_hand(cast.rita, cast.order.uid, **lift, operation=uuid7(cast.clock()))
    with writes_nothing(), pytest.raises(LiftReasonMissing):
        lift_hold_by_hand(cast.wanda, cast.order.uid, code=code, reason=" ", operation=uuid7(cast.clock()))
    with writes_nothing(), pytest.raises(NotByHand):
        lift_hold_by_hand(
            cast.wanda, cast.order.uid, **lift | {"code": "billing.unpaid"}, operation=uuid7(cast.clock())
        )
    lift_hold_by_hand(cast.wanda, cast.order.uid, **lift, operation=uuid7(cast.clock()))
    assert Note.objects.get(work_order=cast.order).text == lift["reason"]
    order = lock_work_order(cast.rita, cast.order.uid)
    apply_move(cast.wanda, order, "stop_work")
    hand_over(cast.rita, cast.order.uid, given=Given(taken_by="Jan"), operation=uuid7(cast.clock()))
    assert back(cast, loan).state == "back", "it comes back after the order is closed"
    assert booked("pledge") == 0
    assert flaws() == []


def test_a_customer_who_has_a_loaner_is_not_forgotten(cast):
    loan = lend(cast, amount=0)
    lift = {"code": f"orders.loaner:{loan.pk}", "reason": "agreed"}
    lift_hold_by_hand(cast.wanda, cast.order.uid, **lift, operation=uuid7(cast.clock()))
    apply_move(cast.wanda, lock_work_order(cast.rita, cast.order.uid), "stop_work")
    hand_over(cast.rita, cast.order.uid, given=Given(taken_by="Jan"), operation=uuid7(cast.clock()))
    with pytest.raises(LoanOut):
        erase_customer(cast.hana, cast.order.customer.uid)
    back(cast, loan, condition="Jan said it fell")
    erase_customer(cast.hana, cast.order.customer.uid)
    loan.refresh_from_db()
    assert loan.found == ""
