"""Quotes at the desk: written from the price list, sent, answered; profit for those who may see it."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from remonta.catalogue.models import Price, Service
from remonta.identity.models import Account
from remonta.kernel.ids import uuid7
from remonta.orders.models import WorkOrder
from remonta.quotes.commands import LineAsked, send_quote, write_quote
from remonta.quotes.models import Answer, Quote
from tests.cast import intake, operation

HTMX = {"HX-Request": "true"}


@pytest.fixture
def order(cast):
    cast.clock.at = timezone.now()
    day = cast.clock().date()
    service = Service.objects.create(
        code="SCR", names={"en": "Replace the screen"}, words="replace the screen", minutes=45
    )
    Price.objects.create(
        legal_entity=cast.entity, service=service, amount=Decimal("200"), cost=Decimal("60"), since=day
    )
    Price.objects.create(
        legal_entity=cast.entity, part=cast.display, amount=Decimal("120"), cost=Decimal("70"), since=day
    )
    cast.service = service
    return intake(cast)


@pytest.fixture
def enter(client):
    def sign_in(name):
        client.force_login(Account.objects.get(email=f"{name}@example.com"))
        return client

    return sign_in


def at(route, *args):
    return reverse(f"desk:{route}", args=args)


def rows(*lines, **more):
    """What the editor posts: rows(text="…", price="…") for each line."""
    said = {"line": [], "operation": uuid7(), "send_operation": uuid7(), **more}
    for number, line in enumerate(lines):
        name = f"l{number}"
        said["line"].append(name)
        full = {"variant": "necessary", "quantity": "1", "discount": "", "service_uid": "", "part_uid": "", **line}
        said |= {f"{name}-{key}": value for key, value in full.items()}
    return said


def sent(cast, order, price="320"):
    lines = [
        LineAsked(text="Display", price=Decimal(price)),
        LineAsked(text="Case", price=Decimal("80"), variant="recommended"),
    ]
    written = write_quote(cast.wanda, order.uid, lines=lines, operation=operation(cast))
    return send_quote(cast.wanda, written.uid, operation=operation(cast))


def test_a_quote_is_written_from_the_price_list_and_sent_at_once(cast, order, enter):
    client = enter("wanda")
    found = client.get(at("order-quote-find", order.uid), {"q": "screen"}).content.decode()
    assert "Replace the screen" in found
    row = client.get(at("order-quote-line", order.uid), {"service": cast.service.uid}).content.decode()
    assert 'value="200"' in row
    lines = (
        {"service_uid": cast.service.uid, "text": "Replace the screen", "price": "200", "quantity": "1,5"},
        {"part_uid": cast.display.uid, "text": "Display", "price": "", "discount": "20,00", "variant": "recommended"},
    )
    answer = client.post(at("order-quote-edit", order.uid), rows(*lines, send="1", note="With care"))
    assert (answer.status_code, answer.headers["Location"]) == (303, at("order", order.uid))
    quote = Quote.objects.get()
    assert (quote.state, quote.note) == ("sent", "With care")
    assert [(line.total, line.quantity) for line in quote.lines.order_by("position")] == [(30000, 1500), (10000, 1000)]
    assert WorkOrder.objects.get(pk=order.pk).state == "approval"


def test_a_mistake_stands_in_its_line_and_everything_typed_is_kept(order, enter):
    said = rows({"text": "Cleaning", "price": "many"}, {"text": "Second", "price": "5"}, note="Kept")
    answer = enter("wanda").post(at("order-quote-edit", order.uid), said)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert all(word in page for word in ("Cleaning", "many", "Second", "Kept", "Enter a number"))
    assert not Quote.objects.exists()


@pytest.mark.parametrize(
    ("lines", "words"), [((), "at least one line"), (({"text": "Odd", "price": ""},), "has no price yet")]
)
def test_what_the_rules_refuse_is_said_above_the_form(order, enter, lines, words):
    answer = enter("wanda").post(at("order-quote-edit", order.uid), rows(*lines))
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_profit_and_cost_are_for_those_who_may_see_them(cast, order, enter):
    lines = [LineAsked(service_uid=cast.service.uid)]
    write_quote(cast.wanda, order.uid, lines=lines, operation=operation(cast))
    manager, engineer = (enter(name).get(at("order-quote", order.uid)).content.decode() for name in ("hana", "emil"))
    assert ("Expected profit" in manager, "140.00" in manager) == (True, True)
    assert ("Expected profit" in engineer, "140.00" in engineer, "60.00" in engineer) == (False, False, False)
    row = enter("emil").get(at("order-quote-line", order.uid), {"service": cast.service.uid}).content.decode()
    assert "data-cost" not in row
    assert "readonly" in row


def test_the_answer_by_phone_is_recorded_line_by_line(cast, order, enter):
    quote = sent(cast, order)
    necessary = quote.lines.get(variant="necessary")
    said = {"shown_hash": quote.shown_hash, "name": "Jan Kowalski", "means": "phone", "operation": uuid7()}
    said |= {"lines": [necessary.uid], "decision": "approve"}
    assert enter("rita").post(at("quote-answer", quote.uid), said).status_code == 303
    answer = Answer.objects.get()
    assert (answer.name, answer.means, answer.actor) == ("Jan Kowalski", "phone", cast.rita.label)
    assert Quote.objects.get().approved_total == 32000


def test_a_decline_at_the_counter_stops_the_work(cast, order, enter):
    quote = sent(cast, order)
    said = {"shown_hash": quote.shown_hash, "name": "Jan", "means": "counter", "operation": uuid7()}
    enter("rita").post(at("quote-answer", quote.uid), {**said, "decision": "decline", "reason": "Too dear"})
    assert Answer.objects.get().reason == "Too dear"
    assert WorkOrder.objects.get(pk=order.pk).outcome == "unrepaired"


def test_the_answer_to_an_older_version_is_refused_in_words(cast, order, enter):
    quote = sent(cast, order)
    sent(cast, order, price="500")
    said = {
        "shown_hash": quote.shown_hash,
        "name": "Jan",
        "means": "phone",
        "operation": uuid7(),
        "decision": "approve",
    }
    answer = enter("rita").post(
        at("quote-answer", quote.uid), {**said, "lines": [quote.lines.first().uid]}, headers=HTMX
    )
    assert answer.status_code == 422
    assert "Open the newest version" in answer.content.decode()
    assert not Answer.objects.exists()


def test_older_versions_stay_readable(cast, order, enter):
    sent(cast, order, price="111")
    sent(cast, order, price="222")
    page = enter("rita").get(at("order-quote", order.uid)).content.decode()
    assert ("Version 1, replaced" in page, "111.00" in page, "222.00" in page) == (True, True, True)


def test_work_begins_by_what_was_allowed_beforehand(cast, order, enter):
    WorkOrder.objects.filter(pk=order.pk).update(preauthorised=50000)
    lines = [LineAsked(text="Display", price=Decimal("320"))]
    quote = write_quote(cast.wanda, order.uid, lines=lines, operation=operation(cast))
    assert "is allowed" in enter("rita").get(at("order-quote", order.uid)).content.decode()
    assert enter("rita").post(at("quote-preauthorised", quote.uid), {"operation": uuid7()}).status_code == 303
    assert Answer.objects.get().means == "preauthorised"


@pytest.mark.parametrize(("who", "status"), [("gosia", 404), ("petra", 404), ("stan", 403)])
def test_strangers_write_no_quotes(order, enter, writes_nothing, who, status):
    client = enter(who)
    with writes_nothing():
        answer = client.post(at("order-quote-edit", order.uid), rows({"text": "x", "price": "1"}))
        assert answer.status_code == status


def test_the_editor_opens_with_the_standing_lines(cast, order, enter):
    sent(cast, order)
    page = enter("wanda").get(at("order-quote-edit", order.uid)).content.decode()
    assert all(word in page for word in ('value="Display"', 'value="320"', "new version"))
