"""What `verify` recomputes: quiet over true books, and each proof names the fault it is there for."""

import pytest

from remonta.billing import proofs
from remonta.billing.commands import correct_invoice, invoice_order, refund_payment, take_deposit
from remonta.billing.models import Entry, Invoice, LedgerAccount, Payment, Posting, Shift
from remonta.orders.models import Hold
from remonta.spine.queries import Flaw
from remonta.spine.verify import PROOFS
from tests.cast import operation


@pytest.fixture
def lived(till):
    """A day with all that happens to money: paid, refunded, credited, invoiced, corrected, counted."""
    till.open(counted=1000)
    order, other = till.order("100.00"), till.order("50.00")
    payment = till.pay(order, 10000)
    refund_payment(till.cast.cora, payment.uid, amount=2500, operation=operation(till.cast))
    deposit = till.pay(other, 7000, "transfer", reference="B-1", command=take_deposit)
    refund_payment(till.cast.cora, deposit.uid, method="credit", operation=operation(till.cast))
    invoices = [invoice_order(till.cast.rita, one.uid, operation=operation(till.cast)) for one in (order, other)]
    correct_invoice(till.cast.hana, invoices[1].uid, reason="goodwill", operation=operation(till.cast))
    return till


MINE = [proof for name, proof in PROOFS.items() if name.startswith("money: ")]


def faults(proof):
    return [f"{flaw.subject}: {flaw.sentence}" for flaw in proof() if isinstance(flaw, Flaw)]


def test_true_books_are_quiet(lived):
    assert len(MINE) == 11
    assert [fault for proof in MINE for fault in faults(proof)] == []


def test_an_entry_that_is_off_is_named(lived):
    entry, account = Entry.objects.first(), LedgerAccount.objects.first()
    Posting.objects.create(entry=entry, account=account, amount=7, currency="PLN")
    assert faults(proofs.entries_balance) == [f"entry {entry.pk}: its postings are off by 0.07 PLN"]


def test_an_entry_without_postings_is_named(lived):
    bare = Entry.objects.create(
        centre=lived.cast.krakow,
        legal_entity=lived.cast.entity,
        reason="float",
        actor="x",
        occurred_at=lived.cast.clock(),
    )
    assert faults(proofs.entries_balance) == [f"entry {bare.pk}: it has 0 postings, and needs two at least"]


def test_a_posting_in_a_foreign_currency_or_thread_is_named(lived):
    entry, account = Entry.objects.filter(thread_id=None).first(), LedgerAccount.objects.first()
    wrong = [
        Posting.objects.create(entry=entry, account=account, amount=1, currency="EUR"),
        Posting.objects.create(entry=entry, account=account, amount=1, currency="PLN", thread_id=99),
    ]
    said = [f"posting {line.pk}: it does not fit its account or its entry" for line in wrong]
    assert faults(proofs.postings_stand_in_their_accounts) == said


def test_a_reversal_that_does_not_take_back_is_named(lived):
    back = Entry.objects.exclude(reverses=None).get()
    Posting.objects.create(entry=back, account=LedgerAccount.objects.first(), amount=1, currency="PLN")
    assert faults(proofs.reversals_take_back) == [f"entry {back.pk}: it does not take entry {back.reverses_id} back"]


def test_a_gap_in_the_numbers_is_named(lived):
    Invoice.objects.filter(number="INV/2026/000002").update(place=3)
    entity = lived.cast.entity.pk
    assert faults(proofs.numbers_have_no_gaps) == [
        f"INV/2026 of legal entity {entity}: 2 numbers run from 1 to 3",
        f"invoice {Invoice.objects.get(place=3).pk}: its number is written INV/2026/000002",
    ]


def test_an_invoice_that_was_touched_is_named(lived):
    invoice = Invoice.objects.get(number="INV/2026/000001")
    Invoice.objects.filter(pk=invoice.pk).update(contents=invoice.contents | {"order": "another"}, total=1)
    assert [fault.split(":")[0] for fault in faults(proofs.invoices_are_as_issued)] == ["invoice INV/2026/000001"] * 2


def test_a_payment_that_is_not_posted_as_taken_is_named(lived):
    payment = Payment.objects.get(purpose="payment")
    Payment.objects.filter(pk=payment.pk).update(amount=9999)
    assert faults(proofs.payments_are_posted) == [f"payment {payment.pk}: 9999 was taken, 10000 is posted"]


def test_a_settled_payment_without_an_entry_and_its_lost_entry_are_named(lived):
    payment = Payment.objects.get(purpose="payment")
    Payment.objects.filter(pk=payment.pk).update(entry=None)
    assert faults(proofs.payments_are_posted) == [
        f"payment {payment.pk}: its state and its entry do not match",
        f"payment {payment.pk}: 10000 was taken, 0 is posted",
    ]
    assert faults(proofs.entries_belong_to_payments) == [
        f"entry {payment.entry_id}: it says it is a payment, but belongs to none"
    ]
    other = Payment.objects.exclude(entry=None).first()
    Payment.objects.filter(pk=payment.pk).update(entry=other.entry)
    assert f"entry {other.entry_id}: it belongs to 2 payments" in faults(proofs.entries_belong_to_payments)


def test_a_payment_given_back_in_part_is_not_refunded(lived):
    payment = Payment.objects.get(purpose="payment")
    Payment.objects.filter(pk=payment.pk).update(state="refunded")
    assert faults(proofs.refunds_are_within_payments) == [
        f"payment {payment.pk}: it is “refunded”, and 2500 of 10000 was given back"
    ]


def test_a_drawer_that_does_not_hold_its_count_is_named(lived):
    Shift.objects.update(closed_at=lived.cast.clock(), counted=1, expected=1)
    assert faults(proofs.drawers_hold_what_was_counted) == [
        f"cash desk {lived.desk.pk}: 1 was counted, the book says 8500"
    ]


def test_a_hold_that_does_not_say_what_is_owed_is_named(lived):
    Hold.objects.filter(code="billing.unpaid", lifted_at=None, values={"amount": "25.00 PLN"}).update(
        values={"amount": "1"}
    )
    Hold.objects.filter(code="billing.unpaid", lifted_at=None, values={"amount": "50.00 PLN"}).delete()
    said = [fault.split(": ")[1] for fault in faults(proofs.holds_say_what_is_owed)]
    assert said == ["25.00 PLN is owed, but the hold says 1", "50.00 PLN is owed, but the hold says –"]
