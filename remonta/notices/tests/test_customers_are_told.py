"""Customers are written once, in their language, by the ways they allow, and not at night."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import transaction

from remonta.customers.models import Customer, Phone
from remonta.identity.commands import set_setting
from remonta.identity.models import SecretLink
from remonta.identity.queries import link_actor
from remonta.notices.commands import (
    NoWayToCustomer,
    order_words,
    revoke_order_links,
    save_text,
    send_order_link,
    tell_customer,
)
from remonta.notices.models import CustomerMessage
from remonta.orders.commands import apply_move, lock_work_order, write_note
from remonta.quotes.commands import LineAsked, approve_quote, decline_quote, send_quote, write_quote
from remonta.spine.models import Message
from tests.cast import intake, operation


def told(code):
    return Message.objects.filter(purpose=f"notices.{code}").order_by("pk")


def polish(order, **more):
    Customer.objects.filter(pk=order.customer_id).update(language="pl", email="jan@example.com", **more)
    return order


@pytest.fixture
def quote(cast):
    order = polish(intake(cast))
    line = LineAsked(text="Wymiana ekranu", price=Decimal("320"))
    written = write_quote(cast.wanda, order.uid, lines=[line], operation=operation(cast))
    return send_quote(cast.wanda, written.uid, operation=operation(cast))


def test_taking_in_sends_the_link_by_sms_and_mail_in_the_customers_language(cast, work):
    order = polish(intake(cast))
    work()
    sms, mail = told("taken_in")
    assert (sms.channel, sms.recipient) == ("sms", "+48600100200")
    assert "przyjęliśmy do naprawy Vela One" in sms.body
    assert order.number in mail.title
    assert mail.recipient == "jan@example.com"
    assert mail.html.count("<a href=") == 1
    token = sms.body.rpartition("/s/")[2]
    assert link_actor(token, "order", cast.clock).granted("orders.workorder") == {order.pk}
    assert token in mail.body
    assert SecretLink.objects.filter(purpose="order").count() == 1


def test_nobody_is_told_twice_however_often_the_worker_tries(cast, work):
    order = polish(intake(cast))
    work()
    from remonta.notices.reactions import tell_taken_in  # noqa: PLC0415 - the reaction itself, run a second time
    from remonta.orders.facts import UnitTakenIn  # noqa: PLC0415

    tell_taken_in.answer(cast.rita, UnitTakenIn(work_order_id=order.pk))
    assert told("taken_in").count() == 2
    assert CustomerMessage.objects.count() == 2


def test_a_customer_who_wants_no_sms_gets_none(cast, work):
    polish(intake(cast), may_contact={"sms": False, "email": True})
    work()
    assert [message.channel for message in told("taken_in")] == ["email"]


def test_a_phone_that_takes_no_sms_is_not_written_to(cast, work):
    order = intake(cast)
    Phone.objects.filter(customer_id=order.customer_id).update(takes_sms=False)
    work()
    assert not told("taken_in").exists()


def test_at_night_messages_wait_for_the_morning_of_the_centre(cast, work):
    cast.clock.at = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)  # 23:30 in Kraków
    intake(cast)
    work()
    assert told("taken_in").get().next_at == datetime(2026, 3, 3, 7, 0, tzinfo=UTC)


def test_what_should_have_left_long_ago_does_not_leave_at_night_either(cast):
    order = intake(cast)
    cast.clock.at = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)
    due = datetime(2026, 3, 1, 12, tzinfo=UTC)
    with transaction.atomic():
        tell_customer(cast.ada, order, "link", key="k", words=order_words(cast.ada, order), not_before=due)
    assert told("link").get().next_at == datetime(2026, 3, 3, 7, 0, tzinfo=UTC)


def test_a_quote_is_asked_with_its_price(cast, quote, work):
    work()
    sms, mail = told("quote_sent")
    assert "320,00 zł" in sms.body
    assert "zalecanymi" not in mail.body  # nothing beyond what is necessary is offered


def test_a_quote_that_was_answered_before_the_worker_came_is_not_asked(cast, quote, work):
    lines = [line.uid for line in quote.lines.all()]
    shown = {"name": "Jan", "shown_hash": quote.shown_hash, "operation": operation(cast)}
    approve_quote(cast.rita, quote.uid, lines=lines, **shown)
    work()
    assert not told("quote_sent").exists()
    assert told("quote_approved").count() == 2


def test_a_decline_is_confirmed_once_and_not_called_a_failure(cast, quote, work):
    decline_quote(cast.rita, quote.uid, name="Jan", shown_hash=quote.shown_hash, operation=operation(cast))
    work()
    assert told("quote_declined").count() == 2
    assert not told("unrepaired").exists()


def test_ready_says_what_it_costs_and_the_rating_is_asked_a_day_after_the_hand_over(cast, quote, work):
    lines = [line.uid for line in quote.lines.all()]
    shown = {"name": "Jan", "shown_hash": quote.shown_hash, "operation": operation(cast)}
    approve_quote(cast.rita, quote.uid, lines=lines, **shown)
    set_setting(cast.ada, "billing.pay_before_hand_over", value=False)
    acting = cast.ada
    for move in ("finish_repair", "pass_check"):
        apply_move(acting, lock_work_order(acting, quote.work_order_id), move)
    work()
    assert "Do zapłaty: 320,00 zł" in told("ready").first().body
    from remonta.notices.reactions import ask_for_rating  # noqa: PLC0415 - the reaction itself
    from remonta.orders.facts import UnitHandedOver  # noqa: PLC0415

    ask_for_rating.answer(acting, UnitHandedOver(work_order_id=quote.work_order_id, move="hand_over", stage="closed"))
    assert told("handed_over").first().next_at == datetime(2026, 3, 3, 12, 0, tzinfo=UTC)


def test_what_a_colleague_writes_to_the_customer_is_sent_word_for_word(cast, work):
    order = polish(intake(cast))
    write_note(cast.rita, order.uid, kind="to_customer", text="Brakuje {link} [kabla]", operation=operation(cast))
    write_note(cast.rita, order.uid, kind="note", text="He is impatient", operation=operation(cast))
    work()
    assert all("Brakuje {link} [kabla]" in message.body for message in told("message"))
    assert told("message").count() == 2
    assert not Message.objects.filter(body__contains="impatient").exists()


def test_names_with_markup_stay_text_in_letters(cast, work):
    order = polish(intake(cast))
    write_note(cast.rita, order.uid, kind="to_customer", text="<script>alert(1)</script>", operation=operation(cast))
    work()
    mail = told("message").get(channel="email")
    assert "<script" not in mail.html
    assert "&lt;script&gt;" in mail.html


def test_a_centre_writes_in_its_own_words_and_can_say_nothing(cast, work):
    words = {"code": "taken_in", "language": "pl", "centre_uid": cast.krakow.uid}
    save_text(cast.hana, **words, channel="sms", body="Mamy {device}. {link}")
    save_text(cast.hana, **words, channel="email", body="", active=False)
    polish(intake(cast))
    work()
    assert [message.body[:15] for message in told("taken_in")] == ["Mamy Vela One. "]


def test_the_link_is_sent_once_an_operation_and_only_where_it_can_arrive(cast):
    order = intake(cast)
    same = operation(cast)
    for _again in range(2):
        send_order_link(cast.rita, order.uid, channel="sms", operation=same)
    assert told("link").count() == 1
    with pytest.raises(NoWayToCustomer):
        send_order_link(cast.rita, order.uid, channel="email", operation=operation(cast))
    assert told("link").count() == 1


def test_closing_the_links_closes_those_in_messages_too(cast, work):
    order = polish(intake(cast))
    work()
    token = told("taken_in").first().body.rpartition("/s/")[2]
    revoke_order_links(cast.rita, order.uid)
    assert link_actor(token, "order", cast.clock) is None
