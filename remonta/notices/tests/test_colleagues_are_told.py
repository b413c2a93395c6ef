"""Those concerned find it under the bell, once; who did it does not."""

from decimal import Decimal

import pytest

from remonta.identity.commands import make_link
from remonta.identity.models import Account
from remonta.identity.queries import link_actor
from remonta.notices.commands import mark_read
from remonta.notices.jobs import tell_late_orders
from remonta.notices.queries import notice_count, notice_lines, notices_for
from remonta.orders.commands import TaskAsked, give_task, watch_order, write_from_customer
from remonta.orders.models import WorkOrder
from remonta.quotes.commands import LineAsked, approve_quote, send_quote, write_quote
from remonta.spine.background import Task
from remonta.spine.models import Event
from tests.cast import intake, operation


def lines(actor):
    return [line.text for line in notice_lines(notices_for(actor).order_by("pk"))]


def by_link(cast, order):
    _link, token = make_link(cast.rita, "order", "orders.workorder", order.pk, cast.clock().replace(year=2027))
    return link_actor(token, "order", cast.clock)


@pytest.fixture
def order(cast):
    order = intake(cast)
    WorkOrder.objects.filter(pk=order.pk).update(engineer_id=cast.emil.account_id)
    watch_order(cast.quinn, order.uid)
    return order


def test_a_message_of_the_customer_reaches_who_answers_who_works_and_who_follows(cast, order, work):
    write_from_customer(by_link(cast, order), order.uid, text="When is it ready?", operation=operation(cast))
    work()
    for told in (cast.emil, cast.rita, cast.quinn):
        assert lines(told) == [f"{order.number}: the customer wrote a message"]
    for stranger in (cast.ewa, cast.gosia, cast.petra, cast.stan):
        assert lines(stranger) == []


def test_who_recorded_the_answer_needs_no_telling(cast, order, work):
    line = LineAsked(text="Display", price=Decimal("320"))
    written = write_quote(cast.wanda, order.uid, lines=[line], operation=operation(cast))
    quote = send_quote(cast.wanda, written.uid, operation=operation(cast))
    shown = {"name": "Jan", "shown_hash": quote.shown_hash, "operation": operation(cast)}
    approve_quote(cast.rita, quote.uid, lines=[row.uid for row in quote.lines.all()], **shown)
    work()
    assert lines(cast.rita) == []
    assert lines(cast.emil) == [f"{order.number}: the customer approved the quote"]


def test_the_bell_wakes_the_centre_by_one_event(cast, order, work):
    write_from_customer(by_link(cast, order), order.uid, text="Hello", operation=operation(cast))
    work()
    event = Event.objects.get(name="notices.given")
    assert (event.centre_id, event.thread_id, event.data) == (
        order.centre_id,
        None,
        {"code": "customer_wrote", "people": 3},
    )


def test_late_orders_are_told_once_for_each_promise(cast, order):
    task = Task(cast.ada, None, {}, "", None, 1)
    WorkOrder.objects.filter(pk=order.pk).update(due_at=cast.clock())
    cast.clock.pass_(minutes=30)
    tell_late_orders(task)
    cast.clock.pass_(minutes=30)
    tell_late_orders(task)
    assert lines(cast.emil) == [f"{order.number} is late"]
    WorkOrder.objects.filter(pk=order.pk).update(due_at=cast.clock())
    cast.clock.pass_(minutes=30)
    tell_late_orders(task)
    assert notice_count(cast.emil) == 2


def test_a_new_task_is_told_to_its_owner(cast, order, work):
    owner = Account.objects.get(pk=cast.emil.account_id)
    give_task(
        cast.wanda, cast.krakow.uid, asked=TaskAsked(title="Call", owner_uid=owner.uid), operation=operation(cast)
    )
    work()
    assert lines(cast.emil) == ["You have a new task"]


def test_reading_is_ones_own_affair(cast, order, work):
    write_from_customer(by_link(cast, order), order.uid, text="Hello", operation=operation(cast))
    work()
    one = notices_for(cast.emil).get()
    assert mark_read(cast.rita, one.uid) == 0
    assert (notice_count(cast.emil), mark_read(cast.emil), notice_count(cast.emil)) == (1, 1, 0)
    assert notice_count(cast.rita) == 1


def test_the_count_is_one_statement(cast, order, django_assert_num_queries):
    with django_assert_num_queries(1):
        notice_count(cast.emil)
