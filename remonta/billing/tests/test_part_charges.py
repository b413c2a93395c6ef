"""Who pays for an issued part is fixed at the issue; when that changes, the money follows and the part stays."""

from decimal import Decimal

import pytest
from django.apps import apps
from django.db.models import Sum

from remonta.billing.commands import invoice_order, standing_invoice
from remonta.billing.commands.charges import InvoiceInTheWay, PartPriceMissing
from remonta.billing.models import Entry, Invoice, PartCharge, Posting
from remonta.billing.queries import charge_lines, money_of_order, owed
from remonta.kernel.refusals import NotPermitted
from remonta.orders.models import Note, WorkOrder
from remonta.quotes.commands import LineAsked, approve_quote, send_quote, write_quote
from remonta.spine.models import Event
from remonta.spine.verify import verify
from remonta.stock.commands import receive_parts
from remonta.stock.models import Move, Place
from remonta.supply.commands import (
    SameTerms,
    TermsReasonMissing,
    ask_part,
    change_terms,
    issue_scanned,
    report_used,
    return_unused_part,
    take_back_issue,
)
from remonta.supply.commands.refusals import UsedTooMuch
from remonta.supply.models import Requisition
from tests.cast import intake, operation


@pytest.fixture
def shop(cast):
    """Ten displays in Kraków's bin, 100.00 each by the price list; an order without a quote."""
    cast.bin = Place.objects.get(centre=cast.krakow, code="A-01-01")
    receive_parts(cast.stan, [(cast.display.pk, 10_000, cast.bin)], cast.krakow.pk)
    price = {"amount": Decimal(100), "tax_code": "standard", "since": cast.clock().date()}
    apps.get_model("catalogue", "Price").objects.create(legal_entity=cast.entity, part=cast.display, **price)
    cast.order = intake(cast)
    return cast


def quote(cast, quantity=1000, price=100):
    lines = [
        LineAsked(part_uid=cast.display.uid, quantity=quantity, price=Decimal(price)),
        LineAsked(text="Work", price=Decimal(50)),
    ]
    written = write_quote(cast.hana, cast.order.uid, lines=lines, operation=operation(cast))
    sent = send_quote(cast.hana, written.uid, operation=operation(cast))
    signed = {"lines": [line.uid for line in sent.lines.all()], "name": "Jan", "shown_hash": sent.shown_hash}
    return approve_quote(cast.rita, sent.uid, **signed, operation=operation(cast))


def issue(cast, quantity=1000, **how):
    return issue_scanned(
        cast.stan, cast.order.uid, part_uid=cast.display.uid, quantity=quantity, **how, operation=operation(cast)
    )


def change(cast, part, terms, by="hana", reason="agreed with the customer"):
    actor = getattr(cast, by)
    return change_terms(actor, part.uid, terms=terms, reason=reason, operation=operation(cast))


def total(cast):
    return owed([cast.order.pk])[cast.order.pk].total.minor


def balanced():
    return all(row["sum"] == 0 for row in Posting.objects.values("entry").annotate(sum=Sum("amount")))


def flaws():
    return [*verify()]


def test_what_the_quote_charges_is_paid_by_the_quote(shop):
    quote(shop)
    part = issue(shop)
    assert (part.terms, total(shop)) == ("paid", 15_000)
    assert not PartCharge.objects.exists()
    assert flaws() == []


def test_paid_then_warranty_then_paid_again_and_the_totals_follow(shop):
    quote(shop)
    part, moves = issue(shop), Move.objects.count()
    change(shop, part, "warranty")
    assert total(shop) == 5_000
    [line] = charge_lines(shop.order.pk)
    assert (line.total, line.price) == (-10_000, Decimal(100))
    assert flaws() == []
    change(shop, part, "paid")
    assert total(shop) == 15_000
    assert charge_lines(shop.order.pk) == ()
    assert [row.amount for row in PartCharge.objects.order_by("pk")] == [-10_000, 10_000]
    assert Move.objects.count() == moves, "the part stays where it is"
    assert flaws() == []
    told = Event.objects.filter(name="supply.terms_changed").order_by("pk").values_list("data__was", "data__now")
    assert list(told) == [("paid", "warranty"), ("warranty", "paid")]
    assert Note.objects.filter(text="agreed with the customer").count() == 2


def test_a_standing_invoice_is_taken_back_and_issued_anew(shop):
    quote(shop)
    part = issue(shop)
    first = invoice_order(shop.rita, shop.order.uid, operation=operation(shop))
    change(shop, part, "warranty")
    second = standing_invoice(shop.order.pk)
    assert (first.total, second.total) == (15_000, 5_000)
    assert Invoice.objects.get(corrects=first).contents["reason"] == "terms_changed"
    change(shop, part, "paid")
    assert standing_invoice(shop.order.pk).total == total(shop) == 15_000
    assert Entry.objects.filter(reason="invoice").count() == 5
    owes = Posting.objects.filter(account__kind="customer", thread_id=shop.order.pk).aggregate(sum=Sum("amount"))
    assert owes["sum"] == 15_000
    assert balanced()
    assert flaws() == []


def test_who_may_not_correct_invoices_changes_nothing_under_one(shop, writes_nothing):
    quote(shop)
    part = issue(shop)
    invoice_order(shop.rita, shop.order.uid, operation=operation(shop))
    with writes_nothing(), pytest.raises(InvoiceInTheWay):
        change(shop, part, "free", by="wanda")


def test_a_part_sold_beyond_the_quote_is_owed_at_its_price(shop):
    part = issue(shop, 2000, terms="paid")
    assert (part.terms, total(shop)) == ("paid", 20_000)
    apps.get_model("catalogue", "Price").objects.update(amount=Decimal(130))
    change(shop, part, "free")
    assert total(shop) == 0
    change(shop, part, "paid")
    assert total(shop) == 20_000, "the price is the one of the issue"
    return_unused_part(shop.stan, part.uid, place_uid=shop.bin.uid, quantity=1000, operation=operation(shop))
    assert total(shop) == 10_000
    assert flaws() == []


def test_what_nobody_asked_for_costs_nothing_unless_it_is_sold(shop):
    assert (issue(shop).terms, total(shop)) == ("free", 0)
    WorkOrder.objects.filter(pk=shop.order.pk).update(under_warranty=True)
    assert (issue(shop).terms, total(shop)) == ("warranty", 0)
    assert flaws() == []


def test_without_a_price_nothing_is_sold(shop, writes_nothing):
    apps.get_model("catalogue", "Price").objects.all().delete()
    with writes_nothing(), pytest.raises(PartPriceMissing):
        issue(shop, terms="paid")


def test_a_mistake_taken_back_is_not_owed(shop):
    part = issue(shop, terms="paid")
    take_back_issue(shop.stan, part.uid, operation=operation(shop))
    assert total(shop) == 0
    assert flaws() == []


def test_unused_parts_of_the_quote_are_not_owed_but_what_replaces_them_is(shop):
    quote(shop, quantity=3000)
    part = issue(shop)
    return_unused_part(shop.stan, part.uid, place_uid=shop.bin.uid, quantity=1000, operation=operation(shop))
    assert total(shop) == 5_000 + 20_000
    again = issue(shop)
    assert (again.terms, total(shop)) == ("paid", 35_000)
    assert flaws() == []


def test_thirds_of_a_line_come_back_to_the_last_grosz(shop):
    quote(shop, quantity=3000, price="33.33")
    part = issue(shop)
    whole = total(shop)
    for left in (2000, 1000, 0):
        return_unused_part(shop.stan, part.uid, place_uid=shop.bin.uid, quantity=1000, operation=operation(shop))
        assert Requisition.objects.get(pk=part.pk).back == 3000 - left
    assert whole - total(shop) == 9_999
    assert flaws() == []


def test_what_was_issued_free_and_is_approved_afterwards_is_paid_once(shop):
    ask_part(shop.emil, shop.order.uid, part_uid=shop.display.uid, operation=operation(shop))
    part = issue(shop)
    assert part.terms == "free"
    quote(shop)
    part.refresh_from_db()
    assert (part.terms, total(shop)) == ("paid", 15_000)
    assert flaws() == []


def test_sold_first_and_approved_afterwards_it_is_charged_once(shop):
    issue(shop, terms="paid")
    quote(shop)
    assert total(shop) == 15_000
    assert flaws() == []


def test_terms_are_changed_by_who_may_with_a_reason_to_others(shop, writes_nothing):
    quote(shop)
    part = issue(shop)
    with writes_nothing(), pytest.raises(NotPermitted):
        change(shop, part, "free", by="emil")
    with writes_nothing(), pytest.raises(TermsReasonMissing):
        change(shop, part, "free", reason=" ")
    with writes_nothing(), pytest.raises(SameTerms):
        change(shop, part, "paid")


def test_the_engineer_says_what_was_built_in(shop, writes_nothing):
    part = issue(shop, 3000)
    report_used(shop.emil, part.uid, used=1000, operation=operation(shop))
    part.refresh_from_db()
    assert part.used == 1000
    with writes_nothing(), pytest.raises(UsedTooMuch):
        report_used(shop.emil, part.uid, used=4000, operation=operation(shop))
    return_unused_part(shop.stan, part.uid, place_uid=shop.bin.uid, quantity=2000, operation=operation(shop))
    part.refresh_from_db()
    assert (part.quantity, part.used) == (1000, 1000)


def test_the_money_panel_names_what_the_parts_change(shop):
    quote(shop)
    change(shop, issue(shop), "warranty")
    money = money_of_order(shop.rita, shop.order.pk)
    assert (money.total.minor, [line.total for line in money.charges]) == (5_000, [-10_000])


def test_a_wrong_charge_is_named_by_verify(shop):
    quote(shop)
    part = issue(shop)
    Requisition.objects.filter(pk=part.pk).update(terms="free")
    assert any("terms make -10000" in flaw.sentence for flaw in flaws())


def test_what_is_sold_after_an_approved_part_was_replaced_is_owed(shop):
    quote(shop)
    first = issue(shop)
    return_unused_part(shop.stan, first.uid, place_uid=shop.bin.uid, operation=operation(shop))
    assert total(shop) == 5_000
    instead = issue(shop)
    assert total(shop) == 15_000
    more = issue(shop, terms="paid")
    assert total(shop) == 25_000
    assert (instead.from_quote, more.from_quote) == (True, False)
    return_unused_part(shop.stan, instead.uid, place_uid=shop.bin.uid, operation=operation(shop))
    assert total(shop) == 15_000
    assert (issue(shop).from_quote, total(shop)) == (True, 25_000)
    assert flaws() == []
