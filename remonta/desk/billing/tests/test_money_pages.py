"""Money in the browser: what is owed, a payment with its answer, the cash desk, invoices."""

import pytest
from django.urls import reverse

from remonta.billing.commands import invoice_order
from remonta.billing.models import CashDesk, Invoice, Payment, Shift
from remonta.billing.simulated_terminal import SimulatedTerminal
from remonta.identity.models import Account
from tests.cast import operation
from tests.till import Till

HTMX = {"HX-Request": "true"}


@pytest.fixture
def till(cast):
    return Till(cast)


@pytest.fixture
def enter(client):
    """Signs somebody of the cast in."""

    def sign_in(name):
        client.force_login(Account.objects.get(email=f"{name}@example.com"))
        return client

    return sign_in


def at(route, *args):
    return reverse(f"desk:{route}", args=args)


def pay(client, till, order, amount, method="cash", **more):
    said = {"amount": amount, "method": method, "desk": till.desk.uid, "operation": operation(till.cast), **more}
    return client.post(at("order-pay", order.uid), said, headers=HTMX)


@pytest.fixture(autouse=True)
def now_is_now(cast):
    """Browsers and their operation ids live by the real clock."""
    from django.utils import timezone  # noqa: PLC0415 - only to set the cast's clock

    cast.clock.at = timezone.now()


def test_the_panel_says_what_is_owed_and_fills_it_in(till, enter):
    order = till.order("99.50")
    page = enter("cora").get(at("order-money", order.uid)).content.decode()
    assert "99.50" in page
    assert 'value="99.50"' in page
    assert "is closed" in page


def test_cash_is_taken_and_the_panel_shows_the_change(till, enter):
    order = till.order("99.50")
    till.open()
    answer = pay(enter("cora"), till, order, "99,50", tendered="100")
    assert answer.status_code == 200
    assert "Change:" in answer.content.decode()
    assert Payment.objects.get().amount == 9950


def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(till, enter):
    order = till.order("99.50")
    answer = pay(enter("cora"), till, order, "99.50", reference="keep me")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "is closed. Open it with one click" in page
    assert 'value="keep me"' in page
    assert Payment.objects.count() == 0


@pytest.mark.parametrize("typed", ["", "abc", "1e99", "-5", "NaN", "1.234"])
def test_what_is_no_amount_is_said_at_the_field(till, enter, typed):
    order = till.order("99.50")
    till.open()
    answer = pay(enter("cora"), till, order, typed)
    assert (answer.status_code, Payment.objects.count()) == (422, 0)


def test_a_card_payment_is_followed_until_the_terminal_has_answered(till, enter):
    with SimulatedTerminal(slow_seconds=0) as terminal:
        till.desk.terminal = terminal.url
        till.desk.save()
        order, client = till.order("100.13"), enter("cora")
        page = pay(client, till, order, "100.13", "card").content.decode()
        assert "Follow the terminal" in page
        assert "every 1s" in page
        payment = Payment.objects.get()
        till.work(seconds=30)
        asking = client.get(at("payment-state", payment.uid))
        assert "result is unknown" in asking.content.decode()
        assert "HX-Trigger" not in asking.headers
        till.work(seconds=2)
        settled = client.get(at("payment-state", payment.uid))
        assert "Confirmed" in settled.content.decode()
        assert settled.headers["HX-Trigger"] == "settled"
        assert "every 1s" not in settled.content.decode()


def test_the_same_click_twice_is_one_payment(till, enter):
    order, client = till.order("99.50"), enter("cora")
    till.open()
    same = operation(till.cast)
    for _ in range(2):
        assert pay(client, till, order, "40", operation=same).status_code == 200
    assert Payment.objects.count() == 1


def test_unclear_payments_stand_on_top_of_the_list(till, enter):
    with SimulatedTerminal() as terminal:
        till.desk.terminal = terminal.url
        till.desk.save()
        order = till.order("100.13")
        pay(enter("cora"), till, order, "100.13", "card")
        till.work(seconds=30)
    page = enter("cora").get(at("payments")).content.decode()
    assert page.index("Without a result") < page.index('id="list"')
    assert order.number in page


def test_a_payment_is_given_back_from_its_page(till, enter):
    order, client = till.order("99.50"), enter("cora")
    till.open()
    pay(client, till, order, "99.50")
    payment = Payment.objects.get()
    assert "Give money back" in client.get(at("payment", payment.uid)).content.decode()
    said = {"amount": "200", "method": "cash", "operation": operation(till.cast)}
    too_much = client.post(at("payment-refund", payment.uid), said)
    assert (too_much.status_code, "At most" in too_much.content.decode()) == (422, True)
    given = client.post(
        at("payment-refund", payment.uid), {**said, "amount": "99.50", "operation": operation(till.cast)}
    )
    assert given.status_code == 303
    payment.refresh_from_db()
    assert payment.state == "refunded"


def test_a_cash_desk_is_archived_from_its_page(till, enter):
    hana, shift = enter("hana"), till.open(counted=500)
    assert "Archive it?" not in hana.get(at("cash")).content.decode()
    refused = hana.post(at("cash-desk-archive", till.desk.uid))
    assert (refused.status_code, "is open" in refused.content.decode()) == (409, True)
    till.close(shift, 0)
    assert "Archive it?" in hana.get(at("cash")).content.decode()
    assert hana.post(at("cash-desk-archive", till.desk.uid)).status_code == 303
    assert "No cash desk yet." in hana.get(at("cash")).content.decode()


def test_a_desk_is_set_up_opened_in_one_click_and_counted_blind(till, enter):
    client = enter("hana")
    assert client.post(at("cash-desk-new"), {"name": "Counter 2", "terminal": ""}).status_code == 303
    desk = CashDesk.objects.get(name="Counter 2")
    assert client.post(at("cash-open", desk.uid), {"operation": operation(till.cast)}).status_code == 303
    shift = Shift.objects.get()
    moved = {"kind": "from_safe", "amount": "50", "operation": operation(till.cast)}
    assert client.post(at("cash-move", shift.uid), moved).status_code == 303
    assert "50.00" not in client.get(at("cash")).content.decode()
    assert "50.00" in client.get(at("cash-lines", shift.uid)).content.decode()
    counted = {"counted": "49", "operation": operation(till.cast)}
    assert client.post(at("cash-close", shift.uid), counted).status_code == 303
    assert "1.00" in client.get(at("cash")).content.decode()


def test_a_drawer_counted_below_zero_is_asked_for_again(till, enter):
    shift = till.open()
    answer = enter("cora").post(at("cash-close", shift.uid), {"counted": "-1", "operation": operation(till.cast)})
    assert (answer.status_code, Shift.objects.get().closed_at) == (422, None)


def test_invoices_are_issued_listed_shown_and_corrected(till, enter):
    order, client = till.order("123.00"), enter("hana")
    assert client.post(at("order-invoice", order.uid), {"operation": operation(till.cast)}).status_code == 303
    invoice = Invoice.objects.get()
    assert invoice.number in client.get(at("invoices")).content.decode()
    page = client.get(at("invoice", invoice.uid)).content.decode()
    assert "Screen replaced" in page
    assert "Issue a correction" in page
    said = {"reason": "wrong_buyer", "operation": operation(till.cast)}
    assert client.post(at("invoice-correct", invoice.uid), said).status_code == 303
    assert "COR/" in client.get(at("invoice", invoice.uid)).content.decode()


@pytest.mark.parametrize("route", ["payments", "invoices", "cash"])
def test_the_lists_answer_everybody_who_may_see_money(till, enter, route):
    assert enter("cora").get(at(route)).status_code == 200
    assert enter("emil").get(at(route)).status_code == 403


def test_people_of_another_centre_find_nothing(till, enter):
    order = till.order("99.50")
    till.open()
    payment = till.pay(order, 9950)
    invoice = invoice_order(till.cast.rita, order.uid, operation=operation(till.cast))
    client = enter("gosia")
    for route, thing in (
        ("order-money", order),
        ("payment", payment),
        ("payment-state", payment),
        ("invoice", invoice),
    ):
        assert client.get(at(route, thing.uid)).status_code == 404
    assert order.number not in client.get(at("payments")).content.decode()
