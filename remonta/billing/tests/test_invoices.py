"""Invoices: frozen, hashed, numbered without gaps, corrected and never edited."""

from datetime import UTC, datetime

import pytest

from remonta.billing.commands import correct_invoice, invoice_order
from remonta.billing.commands.contents import hash_of
from remonta.billing.commands.refusals import (
    CardPending,
    CorrectedAlready,
    CorrectsNothing,
    InvoicedAlready,
    NothingToInvoice,
    ReasonUnknown,
)
from remonta.billing.models import Invoice, Posting
from remonta.identity.commands import set_setting
from remonta.kernel.refusals import NotPermitted
from tests.cast import operation


def issue(till, order, by="rita"):
    return invoice_order(getattr(till.cast, by), order.uid, operation=operation(till.cast))


def correct(till, invoice, reason="wrong_amount", by="hana"):
    return correct_invoice(getattr(till.cast, by), invoice.uid, reason=reason, operation=operation(till.cast))


def sums():
    found = {}
    for line in Posting.objects.select_related("account"):
        found[line.account.kind] = found.get(line.account.kind, 0) + line.amount
    return found


def test_an_invoice_freezes_what_was_approved_and_posts_income_and_tax(till):
    invoice = issue(till, till.order("123.00"))
    assert (invoice.number, invoice.total, invoice.tax) == ("INV/2026/000001", 12300, 2300)
    assert sums() == {"customer": 12300, "income": -10000, "tax": -2300}
    assert invoice.contents["seller"]["name"] == "Remonta Polska"
    assert invoice.contents["buyer"]["name"] == "Jan Kowalski"
    assert [line["text"] for line in invoice.contents["lines"]] == ["Screen replaced"]
    invoice.refresh_from_db()
    assert invoice.contents_hash == hash_of(invoice.contents)


def test_numbers_follow_each_other_and_begin_anew_each_year_of_the_centre(till):
    first = [issue(till, till.order()).number for _ in range(2)]
    till.cast.clock.at = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert [*first, issue(till, till.order()).number] == ["INV/2026/000001", "INV/2026/000002", "INV/2027/000001"]


def test_a_refused_invoice_takes_no_number(till, writes_nothing):
    order, unpriced = till.order(), till.order(approved=False)
    issue(till, order)
    with writes_nothing(), pytest.raises(InvoicedAlready, match="INV/2026/000001"):
        issue(till, order)
    with writes_nothing(), pytest.raises(NothingToInvoice):
        issue(till, unpriced)
    assert issue(till, till.order()).number == "INV/2026/000002"


def test_a_correction_takes_it_all_back_under_its_own_number(till, writes_nothing):
    order = till.order("123.00")
    invoice = issue(till, order)
    correction = correct(till, invoice)
    assert (correction.number, correction.total, correction.tax) == ("COR/2026/000001", -12300, -2300)
    assert sums() == {"customer": 0, "income": 0, "tax": 0}
    with writes_nothing(), pytest.raises(CorrectedAlready):
        correct(till, invoice)
    with writes_nothing(), pytest.raises(CorrectsNothing):
        correct(till, correction)
    assert issue(till, order).number == "INV/2026/000002"
    assert Invoice.objects.count() == 3


def test_who_may_not_correct_and_a_reason_nobody_knows(till, writes_nothing):
    invoice = issue(till, till.order())
    with writes_nothing(), pytest.raises(NotPermitted):
        correct(till, invoice, by="rita")
    with writes_nothing(), pytest.raises(ReasonUnknown):
        correct(till, invoice, reason="mood")
    with writes_nothing(), pytest.raises(Invoice.DoesNotExist):
        correct(till, invoice, by="gosia")


def test_an_order_at_the_card_terminal_is_not_invoiced_yet(till, terminal, writes_nothing):
    order = till.order("100.23")
    till.pay(order, 10023, "card")
    with writes_nothing(), pytest.raises(CardPending):
        issue(till, order)


@pytest.mark.parametrize(
    ("company", "first", "account", "held"),
    [(False, True, True, True), (True, True, True, False), (True, True, False, True), (False, False, True, False)],
)
def test_who_pays_first_is_a_rule_of_the_centre(till, company, first, account, held):
    order = till.order()
    if company:
        order.customer.kind = "company"
        order.customer.save()
    set_setting(till.cast.ada, "billing.pay_before_hand_over", first)
    set_setting(till.cast.ada, "billing.on_account", account)
    till.work()
    assert ("billing.unpaid" in till.holds(order)) is held
