"""Those concerned find it under the bell, once; who did it does not."""

from decimal import Decimal

import pytest

from remonta.dispatch.facts import DispatchOffered
from remonta.identity.commands import make_link
from remonta.identity.models import Account, Group, GroupMember
from remonta.identity.queries import link_actor
from remonta.notices.commands import mark_read
from remonta.notices.jobs import tell_late_orders
from remonta.notices.queries import notice_count, notice_lines, notices_for
from remonta.notices.reactions import (
    tell_failed_check,
    tell_message_failed,
    tell_part_arrived,
    tell_poor_rating,
    tell_work_offered,
)
from remonta.orders.commands import TaskAsked, give_task, watch_order, write_from_customer
from remonta.orders.models import WorkOrder
from remonta.quality.facts import FinalCheckMade, WorkRated
from remonta.quotes.commands import LineAsked, approve_quote, send_quote, write_quote
from remonta.spine.background import Task
from remonta.spine.facts import MessageFailed
from remonta.spine.models import Event, Message
from remonta.supply.commands import ask_part
from remonta.supply.facts import PartArrived
from remonta.supply.models import Requisition
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


def test_work_is_offered_to_the_engineer_or_to_everybody_of_the_pool(cast, order):
    named = {"dispatch_order_id": 1, "work_order_id": order.pk}
    tell_work_offered.answer(cast.wanda, DispatchOffered(**named, engineer_id=cast.ewa.account_id))
    assert lines(cast.ewa) == [f"{order.number}: work is offered to you"]
    assert lines(cast.emil) == []
    group = Group.objects.create(centre=cast.krakow, name="Phones")
    GroupMember.objects.create(group=group, account_id=cast.ewa.account_id)
    WorkOrder.objects.filter(pk=order.pk).update(engineer=None, group=group)
    pooled = DispatchOffered(dispatch_order_id=2, work_order_id=order.pk, group_id=group.pk)
    tell_work_offered.answer(cast.wanda, pooled)
    assert notice_count(cast.ewa) == 2


def test_a_poor_score_is_known_to_quality_and_a_good_one_needs_no_telling(cast, order):
    tell_poor_rating.answer(cast.ada, WorkRated(work_order_id=order.pk, rating_id=1, score=4))
    assert lines(cast.quinn) == []
    tell_poor_rating.answer(cast.ada, WorkRated(work_order_id=order.pk, rating_id=2, score=1))
    for told in (cast.quinn, cast.emil, cast.rita):
        assert lines(told) == [f"{order.number}: the customer gave 1 of 5"]


def test_a_failed_check_goes_back_to_the_engineer(cast, order):
    tell_failed_check.answer(cast.quinn, FinalCheckMade(work_order_id=order.pk, check_id=1, passed=True))
    tell_failed_check.answer(cast.quinn, FinalCheckMade(work_order_id=order.pk, check_id=2, passed=False))
    assert lines(cast.emil) == [f"{order.number} did not pass the final check"]


def test_a_message_that_did_not_arrive_is_somebodys_task(cast, order):
    fact = MessageFailed(work_order_id=order.pk, message_id=5, channel="sms", unclear=False)
    tell_message_failed.answer(cast.ada, fact)
    assert lines(cast.rita) == [f"{order.number}: a message to the customer did not get through"]


def test_each_part_is_told_to_colleagues_and_the_last_one_to_the_customer(cast, order):
    asked = [ask_part(cast.emil, order.uid, part_uid=cast.display.uid, quantity=1000, operation=operation(cast))]
    named = {"requisition_id": asked[0].pk, "work_order_id": order.pk, "part_id": cast.display.pk, "quantity": 1000}
    tell_part_arrived.answer(cast.stan, PartArrived(**named, part="DSP-1"))
    assert lines(cast.emil) == [f"{order.number}: part DSP-1 is here"]
    assert not Message.objects.filter(purpose="notices.parts_arrived").exists()  # one is still waited for
    Requisition.objects.update(state="reserved")
    for _again in range(2):
        tell_part_arrived.answer(cast.stan, PartArrived(**named, part="DSP-1"))
    assert Message.objects.filter(purpose="notices.parts_arrived").count() == 1
    assert notice_count(cast.emil) == 1
