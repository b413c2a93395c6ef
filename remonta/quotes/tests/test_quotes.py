"""Quotes: versions, the customer's answer, and what it brings about."""

from contextlib import nullcontext
from datetime import date
from decimal import Decimal

import pytest

from remonta.catalogue.models import Price, Service
from remonta.identity.commands import set_setting
from remonta.kernel.actor import Actor, system
from remonta.kernel.refusals import NotPermitted
from remonta.orders.models import WorkOrder
from remonta.quotes.commands import (
    BelowCost,
    LineAsked,
    NothingChosen,
    NotPreauthorised,
    OtherTextShown,
    SignerMissing,
    approve_quote,
    expire_quotes,
    send_quote,
    use_preauthorisation,
    write_quote,
)
from remonta.quotes.models import Quote
from remonta.quotes.queries import quotes_of
from remonta.quotes.workflow import QUOTE, QuoteClash
from tests.cast import intake


@pytest.fixture
def service(cast):
    made = Service.objects.create(code="CLEAN", names={"en": "Cleaning"}, minutes=30)
    price = {"amount": Decimal("100"), "cost": Decimal("40"), "since": date(2026, 1, 1)}
    Price.objects.create(legal_entity=cast.entity, service=made, **price)
    return made


@pytest.fixture
def sent(cast, operation, service):
    order = intake(cast)
    lines = [LineAsked(service_uid=service.uid), LineAsked(service_uid=service.uid, variant="recommended")]
    quote = write_quote(cast.wanda, order.uid, lines=lines, operation=operation())
    return send_quote(cast.wanda, quote.uid, operation=operation())


def test_a_changed_quote_is_a_new_version_and_the_old_one_stays_readable(cast, operation, service, sent):
    again = [LineAsked(service_uid=service.uid, quantity=2000)]
    write_quote(cast.wanda, sent.work_order.uid, lines=again, operation=operation())
    assert [(one.version, one.state, one.whole) for one in quotes_of(cast.wanda, sent.work_order_id)] == [
        (2, "draft", 20000),
        (1, "replaced", 20000),
    ]


def test_the_customer_answers_exactly_what_was_shown(cast, operation, sent, writes_nothing):
    line = sent.lines.first()
    for wrong, refusal in (
        ({"name": "Jan", "shown_hash": "other", "lines": [line.uid]}, OtherTextShown),
        ({"name": " ", "shown_hash": sent.shown_hash, "lines": [line.uid]}, SignerMissing),
        ({"name": "Jan", "shown_hash": sent.shown_hash, "lines": []}, NothingChosen),
    ):
        with writes_nothing(), pytest.raises(refusal):
            approve_quote(cast.rita, sent.uid, **wrong, operation=operation())


def test_the_link_of_the_order_answers_its_quote_and_no_other(cast, operation, sent):
    line = sent.lines.filter(variant="necessary").get()
    said = {"lines": [line.uid], "name": "Jan", "shown_hash": sent.shown_hash, "means": "link"}
    stranger = Actor("link:9", None, frozenset(), cast.clock, grants=frozenset({("orders.workorder", 999)}))
    with pytest.raises(Quote.DoesNotExist):
        approve_quote(stranger, sent.uid, **said, operation=operation())
    owner = Actor("link:1", None, frozenset(), cast.clock, grants=frozenset({("orders.workorder", sent.work_order_id)}))
    assert approve_quote(owner, sent.uid, **said, operation=operation()).approved_total == 10000
    assert WorkOrder.objects.get().state == "repair"


@pytest.mark.parametrize("state", QUOTE.refuses("approve"))
def test_only_a_sent_quote_is_approved(state, cast, operation, sent, writes_nothing):
    Quote.objects.update(state=state)
    said = {"lines": [sent.lines.first().uid], "name": "Jan", "shown_hash": sent.shown_hash}
    with writes_nothing(), pytest.raises(QuoteClash):
        approve_quote(cast.rita, sent.uid, **said, operation=operation())


def test_costs_and_profit_are_for_those_who_may_see_them(cast, sent):
    engineer, head = (quotes_of(getattr(cast, who), sent.work_order_id)[0] for who in ("emil", "hana"))
    assert (engineer.profit, [line.cost for line in engineer.lines]) == (None, [None, None])
    assert head.profit == 12000


def test_prices_are_changed_only_by_those_allowed(cast, operation, service, writes_nothing):
    order = intake(cast)
    cheap = [LineAsked(service_uid=service.uid, price=Decimal("1"))]
    with writes_nothing(), pytest.raises(NotPermitted):
        write_quote(cast.emil, order.uid, lines=cheap, operation=operation())
    assert write_quote(cast.wanda, order.uid, lines=cheap, operation=operation()).lines.get().total == 100


def test_what_was_allowed_beforehand_needs_no_asking(cast, operation, service):
    order = intake(cast, preauthorised=10000)
    quote = write_quote(cast.wanda, order.uid, lines=[LineAsked(service_uid=service.uid)], operation=operation())
    assert use_preauthorisation(cast.rita, quote.uid, operation=operation()).state == "approved"


def test_more_than_was_allowed_needs_asking(cast, operation, service, writes_nothing):
    order = intake(cast, preauthorised=9999)
    quote = write_quote(cast.wanda, order.uid, lines=[LineAsked(service_uid=service.uid)], operation=operation())
    with writes_nothing(), pytest.raises(NotPreauthorised):
        use_preauthorisation(cast.rita, quote.uid, operation=operation())


@pytest.fixture
def losing(cast, operation):
    """A draft with a part that costs 80 and is offered for 70, tax included."""
    price = {"amount": Decimal("70"), "cost": Decimal("80"), "since": date(2026, 1, 1)}
    Price.objects.create(legal_entity=cast.entity, part=cast.display, **price)
    order = intake(cast, preauthorised=10000)
    return write_quote(cast.wanda, order.uid, lines=[LineAsked(part_uid=cast.display.uid)], operation=operation())


def test_a_part_below_cost_is_not_offered_unless_the_centre_allows_it(cast, operation, losing, writes_nothing):
    with writes_nothing(), pytest.raises(BelowCost, match="Display") as refused:
        send_quote(cast.wanda, losing.uid, operation=operation())
    assert "80" not in str(refused.value)
    with writes_nothing(), pytest.raises(BelowCost):
        use_preauthorisation(cast.rita, losing.uid, operation=operation())
    set_setting(cast.hana, "stock.negative_margin", True, centre_uid=cast.krakow.uid)
    assert send_quote(cast.wanda, losing.uid, operation=operation()).state == "sent"


def test_a_discount_counts_and_a_work_may_be_given_away(cast, operation, service, writes_nothing):
    price = {"amount": Decimal("90"), "cost": Decimal("80"), "since": date(2026, 1, 1)}
    Price.objects.create(legal_entity=cast.entity, part=cast.display, **price)
    given = LineAsked(service_uid=service.uid, price=Decimal("1"))
    for discount, refused in ((1000, False), (1001, True)):
        lines = [LineAsked(part_uid=cast.display.uid, discount=discount), given]
        quote = write_quote(cast.wanda, intake(cast, serial=f"D-{discount}").uid, lines=lines, operation=operation())
        with pytest.raises(BelowCost) if refused else nullcontext():
            send_quote(cast.wanda, quote.uid, operation=operation())


def test_only_who_sees_costs_is_warned(cast, losing):
    engineer, head = (quotes_of(getattr(cast, who), losing.work_order_id)[0] for who in ("emil", "hana"))
    assert [line.below_cost for line in (*engineer.lines, *head.lines)] == [False, True]


def test_what_nobody_answers_in_time_expires(cast, sent):
    cast.clock.pass_(days=30)
    expire_quotes(system("quotes", cast.clock, "quotes.see", "quotes.expire", "orders.see"))
    assert Quote.objects.get().state == "expired"
