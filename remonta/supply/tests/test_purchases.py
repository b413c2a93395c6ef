"""From what repairs wait for to an order at a supplier, its confirmation, its deliveries, and what it all cost."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from remonta.kernel.ids import uuid7
from remonta.kernel.money import Money
from remonta.kernel.refusals import NotPermitted
from remonta.orders.models import Hold
from remonta.spine.models import Event
from remonta.stock.commands import move_part, network_place
from remonta.stock.models import Move, PartCost, PartCostChange
from remonta.supply.commands import (
    Chosen,
    Confirmed,
    Delivered,
    NoLines,
    add_landed_cost,
    add_purchase_line,
    add_supplier,
    add_supplier_part,
    ask_part,
    cancel_purchase,
    cancel_purchase_request,
    change_purchase_line,
    close_purchase,
    confirm_purchase,
    order_wanted,
    receive_purchase,
    request_purchase,
    send_purchase,
    set_rate,
    tell_new_date,
)
from remonta.supply.commands.refusals import AlreadyOrdered, NobodyWaits, NothingChosen, RateMissing
from remonta.supply.models import GoodsReceiptLine, LandedShare, PurchaseLine, Requisition
from remonta.supply.queries import (
    landing_of,
    on_order,
    purchase_page,
    purchases_for,
    rate_entities_for,
    receipt_page,
    to_order,
)
from remonta.supply.workflow import PurchaseClash, RequestClash

TODAY = timezone.now().date()


@pytest.fixture
def shenzhen(cast):
    """Batteries at 88.125 CNY in lots of five; a yuan is worth 0.55 złoty."""
    made = add_supplier(cast.petra, name="Shenzhen Parts", currency="CNY", lead_days=20)
    sold = {"number": "SZ-BAT", "price": Decimal("88.125"), "minimum": 5000, "multiple": 5000}
    add_supplier_part(cast.petra, made.uid, part_uid=cast.battery.uid, **sold)
    entity = rate_entities_for(cast.petra)[0].uid
    set_rate(cast.petra, entity, currency="CNY", day=TODAY - timedelta(days=3), rate=Decimal("0.55"))
    set_rate(cast.petra, entity, currency="EUR", day=TODAY - timedelta(days=3), rate=Decimal("4.3"))
    return made


@pytest.fixture
def waiting(cast, shenzhen):
    """Two repairs wait for a battery each."""
    asked = {"part_uid": cast.battery.uid, "quantity": 1000}
    return [ask_part(cast.egon, one.uid, **asked, operation=uuid7()) for one in (cast.order, cast.second)]


@pytest.fixture
def ordered(cast, shenzhen, waiting):
    """One order for both, sent."""
    draft = choose(cast, shenzhen, waiting)
    return send_purchase(cast.petra, draft.uid, operation=uuid7())


def choose(cast, supplier, rows, kind="repair"):
    chosen = [Chosen(kind, row.uid, supplier.uid) for row in rows]
    return order_wanted(cast.petra, chosen=chosen, operation=uuid7())


def deliver(cast, order, quantity, part=None, **more):
    lines = [Delivered((part or cast.battery).uid, cast.bin.uid, quantity)]
    return receive_purchase(cast.stella, order.uid, lines=lines, **more, operation=uuid7())


def standing(cast, order):
    return purchase_page(cast.petra, order.uid)


def test_what_repairs_wait_for_becomes_one_order_in_lots(cast, shenzhen, waiting):
    rows = to_order(cast.petra)
    assert [(row.order_number, row.quantity, row.offers[0].supplier) for row in rows] == [
        ("KRK-1", 1000, "Shenzhen Parts"),
        ("KRK-2", 1000, "Shenzhen Parts"),
    ]
    order = choose(cast, shenzhen, waiting)
    page = standing(cast, order)
    assert (page.number, page.currency, page.state) == ("KRK-P00001", "CNY", "draft")
    assert [(line.number, line.quantity, len(line.waiting)) for line in page.lines] == [("SZ-BAT", 5000, 2)]
    assert page.total == Money(44063, "CNY")
    assert to_order(cast.petra) == ()


def test_a_draft_goes_on_growing_until_it_is_sent(cast, shenzhen, waiting):
    first = choose(cast, shenzhen, waiting[:1])
    for _time in range(6):
        add = {"supplier_uid": shenzhen.uid, "part_uid": cast.battery.uid, "quantity": 1000}
        assert add_purchase_line(cast.petra, cast.krakow.uid, **add, operation=uuid7()) == first
    assert choose(cast, shenzhen, waiting[1:]) == first
    assert PurchaseLine.objects.get().quantity == 35000
    send_purchase(cast.petra, first.uid, operation=uuid7())
    third = ask_part(cast.egon, cast.order.uid, part_uid=cast.battery.uid, quantity=1000, operation=uuid7())
    assert choose(cast, shenzhen, [third]) != first


def test_stock_is_asked_for_by_hand_and_ordered_with_the_rest(cast, shenzhen, waiting, refused):
    said = {"part_uid": cast.battery.uid, "quantity": 7000, "reason": "low"}
    asked = request_purchase(cast.egon, cast.krakow.uid, **said, operation=uuid7())
    idle = request_purchase(cast.egon, cast.krakow.uid, **said, operation=uuid7())
    cancel_purchase_request(cast.egon, idle.uid, operation=uuid7())
    assert [row.reason for row in to_order(cast.petra)] == ["", "", "low"]
    order = choose(cast, shenzhen, [asked], "request")
    choose(cast, shenzhen, waiting)
    assert PurchaseLine.objects.get().quantity == 10000
    with refused(RequestClash):
        cancel_purchase_request(cast.egon, asked.uid, operation=uuid7())
    cancel_purchase(cast.petra, order.uid, operation=uuid7())
    assert len(to_order(cast.petra)) == 3


def test_nothing_is_ordered_twice_and_only_by_purchasing(cast, shenzhen, waiting, refused):
    with refused(NothingChosen):
        order_wanted(cast.petra, chosen=[], operation=uuid7())
    with refused(NotPermitted):
        chosen = [Chosen("repair", waiting[0].uid, shenzhen.uid)]
        order_wanted(cast.stella, chosen=chosen, operation=uuid7())
    choose(cast, shenzhen, waiting)
    with refused(AlreadyOrdered):
        choose(cast, shenzhen, waiting)


def test_sending_tells_the_repairs_when_it_should_come(cast, ordered, waiting):
    due = TODAY + timedelta(days=20)
    assert ordered.state == "sent"
    assert {row.expected_on for row in Requisition.objects.filter(pk__in=[one.pk for one in waiting])} == {due}
    assert {hold.values.get("day") for hold in Hold.objects.filter(lifted_at=None)} == {due.isoformat()}
    assert on_order(cast.petra, [cast.battery.pk]) == {cast.battery.pk: 5000}
    assert Event.objects.filter(name="supply.part_ordered").count() == 2


def test_a_draft_can_be_changed_and_an_empty_one_is_not_sent(cast, shenzhen, waiting, refused):
    order = choose(cast, shenzhen, waiting)
    line = PurchaseLine.objects.get()
    change_purchase_line(cast.petra, line.uid, quantity=10000, price=Decimal("80"), operation=uuid7())
    assert standing(cast, order).total == Money(80000, "CNY")
    change_purchase_line(cast.petra, line.uid, quantity=0, price=None, operation=uuid7())
    assert len(to_order(cast.petra)) == 2
    with refused(NoLines):
        send_purchase(cast.petra, order.uid, operation=uuid7())


def test_a_confirmation_changes_the_day_and_customers_are_told_once(cast, ordered, waiting, refused):
    day = TODAY + timedelta(days=33)
    line = ordered.lines.get()
    said = [Confirmed(line.uid, 4000, day)]
    done = confirm_purchase(cast.petra, ordered.uid, lines=said, reference="PI-8", operation=uuid7())
    assert (done.state, done.reference) == ("confirmed", "PI-8")
    assert {row.expected_on for row in Requisition.objects.filter(purchase=line)} == {day}
    assert Event.objects.get(name="supply.purchase_confirmed").data["short"] == 1
    tell_new_date(cast.petra, ordered.uid, operation=uuid7())
    told = Event.objects.filter(name="supply.new_date_promised")
    assert sorted(event.thread_id for event in told) == [cast.order.pk, cast.second.pk]
    assert {event.data["day"] for event in told} == {day.isoformat()}
    with refused(NotPermitted):
        tell_new_date(cast.stella, ordered.uid, operation=uuid7())


def test_nobody_is_told_when_nobody_waits(cast, shenzhen, refused):
    add = {"supplier_uid": shenzhen.uid, "part_uid": cast.battery.uid, "quantity": 1000}
    order = add_purchase_line(cast.petra, cast.krakow.uid, **add, operation=uuid7())
    send_purchase(cast.petra, order.uid, operation=uuid7())
    with refused(NobodyWaits):
        tell_new_date(cast.petra, order.uid, operation=uuid7())


def test_parts_arrive_in_two_deliveries_and_free_the_repairs(cast, ordered, waiting):
    first = deliver(cast, ordered, 1000, note_number="WZ 1")
    assert [Requisition.objects.get(pk=one.pk).state for one in waiting] == ["reserved", "wanted"]
    assert (standing(cast, ordered).state, standing(cast, ordered).lines[0].missing) == ("partly", 4000)
    assert receipt_page(cast.petra, first.uid).lines[0].cost == Decimal("48.468750")
    assert receipt_page(cast.stella, first.uid).lines[0].cost is None
    deliver(cast, ordered, 6000)
    page = standing(cast, ordered)
    assert (page.state, page.lines[0].surplus, page.waiting) == ("complete", 2000, 0)
    assert Event.objects.filter(name="supply.purchase_received").latest("pk").data["surplus"] == 1
    assert [Requisition.objects.get(pk=one.pk).state for one in waiting] == ["reserved", "reserved"]
    assert PartCost.objects.get(part=cast.battery).average == Decimal("48.468750")


def test_what_never_comes_is_recorded_and_ordered_anew(cast, ordered, waiting, refused):
    deliver(cast, ordered, 1000, complete=True)
    page = standing(cast, ordered)
    assert (page.state, page.lines[0].missing, page.lines[0].closed) == ("complete", 4000, True)
    assert Event.objects.get(name="supply.purchase_received").data["short"] == 1
    assert [row.order_number for row in to_order(cast.petra)] == ["KRK-2"]
    with refused(PurchaseClash):
        deliver(cast, ordered, 1000)
    with refused(PurchaseClash):
        close_purchase(cast.petra, ordered.uid, operation=uuid7())


def test_an_order_is_closed_by_hand(cast, ordered):
    assert close_purchase(cast.petra, ordered.uid, operation=uuid7()).state == "complete"
    assert len(to_order(cast.petra)) == 2
    assert on_order(cast.petra, [cast.battery.pk]) == {}


def test_what_nobody_ordered_is_surplus_without_a_cost(cast, ordered):
    receipt = deliver(cast, ordered, 2000, part=cast.display)
    line = GoodsReceiptLine.objects.get(receipt=receipt)
    assert (line.purchase, line.surplus, line.cost) == (None, 2000, None)
    assert standing(cast, ordered).state == "partly"


def test_foreign_money_needs_a_rate(cast, shenzhen, refused):
    other = add_supplier(cast.petra, name="Osaka", currency="JPY")
    add = {"supplier_uid": other.uid, "part_uid": cast.battery.uid, "quantity": 1000}
    order = add_purchase_line(cast.petra, cast.krakow.uid, **add, operation=uuid7())
    send_purchase(cast.petra, order.uid, operation=uuid7())
    with refused(RateMissing, match="JPY"):
        deliver(cast, order, 1000)


def test_freight_moves_the_average_and_what_has_left_is_spent(cast, ordered):
    receipt = deliver(cast, ordered, 5000)
    about = {"kind": "freight", "amount": 1000, "currency": "EUR"}
    cost = add_landed_cost(cast.petra, receipt.uid, **about, operation=uuid7())
    assert cost.value == 4300
    assert PartCost.objects.get(part=cast.battery).average == Decimal("57.068750")
    assert landing_of(cast.petra, receipt.pk).total == Money(24234 + 4300, "PLN")
    assert landing_of(cast.petra, receipt.pk).lines[0].unit == Decimal("57.068750")
    assert landing_of(cast.stella, receipt.pk) is None
    Move.objects.filter(part=cast.battery).get(cost=Decimal("48.468750"))
    add_landed_cost(cast.petra, receipt.uid, **about | {"amount": -1000}, operation=uuid7())
    assert PartCost.objects.get(part=cast.battery).average == Decimal("48.468750")
    assert [change.reason for change in PartCostChange.objects.order_by("pk")] == [
        "received",
        "landed_freight",
        "landed_freight",
    ]


def test_the_share_of_what_is_gone_moves_no_average(cast, ordered):
    receipt = deliver(cast, ordered, 5000)

    move_part(cast.stella, cast.battery.pk, 3000, cast.bin, network_place("scrap"), reason="scrapped")
    assert Move.objects.latest("pk").cost == Decimal("48.468750")
    add_landed_cost(cast.petra, receipt.uid, kind="duty", amount=5000, currency="PLN", operation=uuid7())
    change = PartCostChange.objects.latest("pk")
    assert (change.added, change.spent) == (Decimal(50), Decimal(30))
    assert change.after == Decimal("58.468750")


def test_costs_are_added_by_those_who_buy(cast, ordered, refused):
    receipt = deliver(cast, ordered, 5000)
    with refused(NotPermitted):
        add_landed_cost(cast.stella, receipt.uid, kind="duty", amount=1, currency="PLN", operation=uuid7())
    with refused(RateMissing):
        add_landed_cost(cast.petra, receipt.uid, kind="duty", amount=1, currency="USD", operation=uuid7())
    assert not LandedShare.objects.exists()


def test_orders_and_their_prices_are_seen_by_those_who_may(cast, ordered):
    assert purchase_page(cast.stella, ordered.uid).lines[0].price is None
    assert purchase_page(cast.stella, ordered.uid).total is None
    assert not purchases_for(cast.egon).exists()
    assert not purchases_for(cast.piotr).exists()
    assert not purchases_for(cast.gosia).exists()


def test_the_same_delivery_is_booked_once(cast, ordered, operation):
    given = {"lines": [Delivered(cast.battery.uid, cast.bin.uid, 1000)]}
    first = receive_purchase(cast.stella, ordered.uid, **given, operation=operation)
    assert receive_purchase(cast.stella, ordered.uid, **given, operation=operation) == first
    assert PurchaseLine.objects.get().received == 1000


def test_no_fact_holds_a_price(cast, ordered):
    receipt = deliver(cast, ordered, 5000)
    add_landed_cost(cast.petra, receipt.uid, kind="duty", amount=77123, currency="PLN", operation=uuid7())
    said = str([*Event.objects.exclude(name="supply.rate_set").values_list("data", flat=True)])
    assert not [figure for figure in ("88.125", "48.46", "77123", "771.23") if figure in said]
    assert date.fromisoformat(Requisition.objects.first().expected_on.isoformat())
