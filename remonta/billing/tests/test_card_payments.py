"""Card payments: approved, refused, lost on the way, repeated, called off; never charged twice."""

from datetime import timedelta
from uuid import uuid4

import pytest

from remonta.billing.commands import cancel_card_payment, refund_payment, settle_by_hand, take_deposit, take_payment
from remonta.billing.commands.refusals import CardPending, ReferenceMissing
from remonta.billing.gateways import Approved, Cancelled, Declined, HttpTerminal, Lost, Unheard, Waiting
from remonta.billing.models import Payment, Posting
from remonta.billing.queries import unclear_payments
from remonta.billing.simulated_terminal import SimulatedTerminal
from remonta.billing.workflow import PaymentClash
from remonta.kernel.refusals import NotPermitted
from remonta.orders.commands import lock_work_order
from remonta.spine.models import Job
from tests.cast import operation


def now(payment):
    payment.refresh_from_db()
    return payment.state


def test_the_card_is_charged_after_the_transaction_and_then_posted(till, terminal):
    order = till.order("100.00")
    payment = till.pay(order, 10000, "card")
    assert (payment.state, terminal.charges, Posting.objects.count()) == ("started", {}, 0)
    till.work()
    assert (now(payment), terminal.charges) == ("paid", {str(payment.uid): 1})
    assert payment.reference.startswith("SIM-000001")
    assert till.holds(order) == {}


def test_a_refused_card_leaves_the_order_unpaid_and_says_why(till, terminal):
    order = till.order("100.05")
    payment = till.pay(order, 10005, "card")
    till.work()
    assert (now(payment), payment.refusal, terminal.charges) == ("refused", "insufficient_funds", {})
    assert Posting.objects.count() == 0
    assert "billing.unpaid" in till.holds(order)


def test_a_lost_answer_is_asked_for_and_the_card_is_charged_once(till, terminal):
    order = till.order("100.13")
    payment = till.pay(order, 10013, "card")
    till.work()
    assert now(payment) == "unclear"
    assert till.holds(order)["billing.unclear"].startswith("card payment of zł\u00a0100.13 without a result")
    assert [row.uid for row in unclear_payments(till.cast.cora)] == [payment.uid]
    till.work(seconds=2)
    assert (now(payment), terminal.charges) == ("paid", {str(payment.uid): 1})
    assert till.holds(order) == {}


def test_a_terminal_that_stays_silent_is_asked_again_and_again(till, terminal):
    payment = till.pay(till.order("100.17"), 10017, "card")
    states = [now(payment)]
    for _ in range(4):
        till.work(seconds=2)
        states.append(now(payment))
    assert states == ["started", "unclear", "unclear", "unclear", "paid"]
    assert terminal.charges == {str(payment.uid): 1}


def test_what_the_terminal_never_heard_of_was_not_charged_and_cannot_be_later(till, terminal):
    payment = till.pay(till.order("100.07"), 10007, "card")
    till.work()
    till.work(seconds=2)
    assert (now(payment), terminal.charges) == ("cancelled", {})
    assert isinstance(HttpTerminal(terminal.url).begin(payment.uid, 10000, "PLN"), Cancelled)
    assert terminal.charges == {}


def test_a_customer_who_takes_time_is_waited_for(till, terminal):
    payment = till.pay(till.order("100.21"), 10021, "card")
    till.work()
    assert now(payment) == "started"
    till.work(seconds=2)
    assert now(payment) == "paid"


def test_a_terminal_that_cannot_be_reached_has_charged_nothing(till):
    till.desk.terminal = "http://127.0.0.1:9"
    till.desk.save()
    payment = till.pay(till.order("100.00"), 10000, "card")
    till.work()
    assert (now(payment), payment.refusal) == ("refused", "unreachable")


def test_a_worker_that_died_at_the_terminal_asks_before_it_charges_again(till, terminal):
    payment = till.pay(till.order("100.00"), 10000, "card")
    HttpTerminal(terminal.url).begin(payment.uid, 10000, "PLN")
    Job.objects.filter(name="billing.charge_terminal").update(
        state="running", attempt=1, worker="dead", leased_until=till.cast.clock() - timedelta(seconds=1)
    )
    till.work()
    assert (now(payment), terminal.charges) == ("paid", {str(payment.uid): 1})


def test_two_clicks_are_one_payment_and_a_second_payment_waits_for_the_first(till, terminal, tender, writes_nothing):
    order = till.order("100.00")
    card = tender(method="card", amount=10000, desk_uid=till.desk.uid)
    same = operation(till.cast)
    first = take_payment(till.cast.cora, order.uid, tender=card, operation=same)
    assert take_payment(till.cast.cora, order.uid, tender=card, operation=same) == first
    with writes_nothing(), pytest.raises(CardPending):
        till.pay(order, 10000, "card")
    till.work()
    assert terminal.charges == {str(first.uid): 1}


def test_a_payment_is_called_off_while_the_customer_hesitates(till, terminal):
    payment = till.pay(till.order("100.23"), 10023, "card")
    till.work()
    cancel_card_payment(till.cast.cora, payment.uid, operation=operation(till.cast))
    till.work()
    assert (now(payment), terminal.charges) == ("cancelled", {})


def test_calling_off_what_is_charged_already_confirms_it(till, terminal):
    payment = till.pay(till.order("100.17"), 10017, "card")
    till.work()
    cancel_card_payment(till.cast.cora, payment.uid, operation=operation(till.cast))
    till.work()
    assert (now(payment), terminal.charges) == ("paid", {str(payment.uid): 1})


def test_a_refund_goes_back_to_the_card_through_the_terminal(till, terminal):
    order = till.order(approved=False)
    deposit = till.pay(order, 5000, "card", command=take_deposit)
    till.work()
    back = refund_payment(till.cast.cora, deposit.uid, operation=operation(till.cast))
    assert (back.state, now(deposit)) == ("started", "paid")
    till.work()
    assert (now(back), now(deposit)) == ("paid", "refunded")
    assert sum(Posting.objects.filter(account__kind="card").values_list("amount", flat=True)) == 0


def test_a_manager_says_how_it_ended_when_the_terminal_is_gone_for_good(till, writes_nothing):
    with SimulatedTerminal() as terminal:
        till.desk.terminal = terminal.url
        till.desk.save()
        order = till.order("100.13")
        payment = till.pay(order, 10013, "card")
        till.work()
    with writes_nothing(), pytest.raises(ReferenceMissing):
        settle_by_hand(till.cast.hana, payment.uid, charged=True, operation=operation(till.cast))
    with writes_nothing(), pytest.raises(NotPermitted):
        settle_by_hand(till.cast.cora, payment.uid, charged=False, operation=operation(till.cast))
    settle_by_hand(till.cast.hana, payment.uid, charged=True, reference="SLIP 9", operation=operation(till.cast))
    assert (now(payment), till.holds(order)) == ("paid", {})
    with writes_nothing(), pytest.raises(PaymentClash):
        settle_by_hand(till.cast.hana, payment.uid, charged=False, operation=operation(till.cast))


def test_payments_whose_work_was_lost_are_found_again(till, terminal):
    payment = till.pay(till.order("100.00"), 10000, "card")
    HttpTerminal(terminal.url).begin(payment.uid, 10000, "PLN")
    Job.objects.all().delete()
    till.work()
    assert now(payment) == "started"
    till.cast.clock.pass_(minutes=6)
    till.seek()
    assert (now(payment), terminal.charges) == ("paid", {str(payment.uid): 1})


def test_the_terminal_speaks_as_the_driver_understands():
    with SimulatedTerminal(slow_seconds=60) as terminal:
        driver, uids = HttpTerminal(terminal.url), [uuid4() for _ in range(6)]
        assert isinstance(driver.begin(uids[0], 1000, "PLN"), Approved)
        assert driver.begin(uids[0], 1000, "PLN") == driver.ask(uids[0])
        assert driver.begin(uids[1], 1005, "PLN") == Declined("insufficient_funds")
        assert driver.begin(uids[2], 1013, "PLN") == Lost()
        assert isinstance(driver.ask(uids[2]), Approved)
        assert driver.begin(uids[3], 1021, "PLN") == driver.ask(uids[3]) == Waiting()
        assert driver.cancel(uids[3]) == driver.ask(uids[3]) == Cancelled()
        assert driver.ask(uids[4]) == Unheard()
        assert terminal.charges == {str(uids[0]): 1, str(uids[2]): 1}
    assert driver.ask(uids[0]) == Lost()
    assert driver.begin(uids[5], 1000, "PLN") == Declined("unreachable")


def test_a_terminal_remembers_over_a_restart(tmp_path):
    uid = uuid4()
    for _ in range(2):
        with SimulatedTerminal(kept=tmp_path / "memory.jsonl") as terminal:
            assert isinstance(HttpTerminal(terminal.url).begin(uid, 1000, "PLN"), Approved)
            assert terminal.charges == {str(uid): 1}


def test_the_terminal_that_was_charged_is_asked_even_when_the_desk_has_another_by_now(till, terminal):
    payment = till.pay(till.order("100.13"), 10013, "card")
    till.work()
    till.desk.terminal = "http://127.0.0.1:9"
    till.desk.save()
    till.work(seconds=2)
    assert (now(payment), terminal.charges) == ("paid", {str(payment.uid): 1})


def test_an_order_with_a_card_payment_without_result_stays(till, terminal):
    """The hold keeps the unit here, whatever else would let it go."""
    order = till.order("100.13")
    till.pay(order, 10013, "card")
    till.work()
    held = lock_work_order(till.cast.rita, order.uid).holds.get(code="billing.unclear", lifted_at=None)
    assert held.blocks == ["hand_over"]
    assert Payment.objects.get().state == "unclear"
