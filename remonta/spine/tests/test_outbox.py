"""The outbox: sent once after the commit, tried again, unclear where nobody can know, decided by people."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from remonta.kernel.actor import EVERYWHERE, Actor, system
from remonta.kernel.ids import uuid7
from remonta.spine import delivery
from remonta.spine.commands import cancel_message, resend_message, send, settle_message
from remonta.spine.commands.outbox import MessageClear, MessageGone, MessageUnderWay
from remonta.spine.delivery import Courier
from remonta.spine.gateways import Enclosure, NotSent, Receipt, Unclear
from remonta.spine.models import Event, Message, MessageState
from remonta.spine.papers import PAPERS, draws

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


class Clock:
    def __init__(self):
        self.at = NOW

    def __call__(self):
        return self.at


class Post:
    """A gateway of the tests: it answers as told and keeps what it took."""

    name = "post"

    def __init__(self, *answers, recognises_repeats=False):
        self.answers, self.recognises_repeats, self.took = list(answers), recognises_repeats, []

    def send(self, envelope):
        self.took.append(envelope)
        answer = self.answers.pop(0) if self.answers else Receipt("r1")
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def courier(clock):
    return lambda post, name="c": Courier(name, clock, beats=False, choose=lambda _channel: post)


def boss(*centres):
    return Actor(
        "account:1", 1, frozenset((centre, "spine.see_outbox") for centre in centres or [EVERYWHERE]), lambda: NOW
    )


def posted(**values):
    about = {
        "channel": "sms",
        "recipient": "+48601234567",
        "body": "Ready",
        "purpose": "ready",
        "centre_id": 3,
        **values,
    }
    with transaction.atomic():
        return send(system("test", lambda: NOW), **about)


def again(message):
    message.refresh_from_db()
    return message


@pytest.mark.django_db
def test_a_message_is_sent_with_its_uid_and_marked(courier):
    post, message = Post(), posted(thread_id=9)
    assert courier(post).send_once() is True
    assert courier(post).send_once() is False
    assert [envelope.uid for envelope in post.took] == [str(message.uid)]
    assert (again(message).state, message.gateway_reference, message.sent_at) == (MessageState.SENT, "r1", NOW)


@pytest.mark.django_db
def test_what_was_not_sent_is_tried_again_later_and_dead_in_the_end(courier, clock):
    post, message = Post(*[NotSent("no route")] * 20), posted(thread_id=9)
    while again(message).state == MessageState.WAITING:
        clock.at = message.next_at
        assert courier(post).send_once()
    assert (message.state, message.attempt, message.error) == (MessageState.DEAD, delivery.ATTEMPTS, "no route")
    assert {envelope.uid for envelope in post.took} == {str(message.uid)}
    event = Event.objects.get(name="spine.message_failed")
    assert (event.thread_id, event.data["unclear"]) == (9, False)


@pytest.mark.django_db
def test_a_final_refusal_is_not_tried_again(courier):
    message = posted()
    courier(Post(NotSent("no such number", final=True))).send_once()
    assert (again(message).state, message.attempt) == (MessageState.DEAD, 1)


@pytest.mark.parametrize("trouble", [Unclear("cut off"), RuntimeError("broken gateway")])
@pytest.mark.django_db
def test_an_interrupted_send_waits_for_a_person_unless_repeats_are_recognised(courier, clock, trouble):
    lost, known = posted(), posted()
    courier(Post(trouble)).send_once()
    assert again(lost).state == MessageState.UNCLEAR
    courier(Post(trouble, recognises_repeats=True)).send_once()
    assert again(known).state == MessageState.WAITING
    clock.at = known.next_at
    courier(Post(recognises_repeats=True)).send_once()
    assert again(known).state == MessageState.SENT
    assert again(lost).state == MessageState.UNCLEAR


@pytest.mark.parametrize("recognises", [True, False])
@pytest.mark.django_db
def test_a_worker_killed_between_claim_and_mark(courier, clock, recognises):
    post, message = Post(recognises_repeats=recognises), posted()
    killed = courier(post, "killed")
    post.send(killed._envelope(killed.claim()))
    assert courier(post).send_once() is False, "the lease still holds"
    clock.at += delivery.LEASE * 2
    assert courier(post, "next").send_once() is True
    if recognises:
        assert (again(message).state, len(post.took), len({e.uid for e in post.took})) == (MessageState.SENT, 2, 1)
    else:
        assert (again(message).state, len(post.took)) == (MessageState.UNCLEAR, 1)


@pytest.mark.django_db
def test_a_courier_that_lost_its_lease_writes_nothing(courier, clock):
    post, message = Post(recognises_repeats=True), posted()
    slow = courier(post, "slow")
    claimed = slow.claim()
    clock.at += delivery.LEASE * 2
    taken = courier(post, "fast").claim()
    slow.deliver(claimed)
    assert (again(message).state, message.worker) == (MessageState.SENDING, "fast")
    courier(post, "fast").deliver(taken)
    assert again(message).state == MessageState.SENT


@pytest.mark.django_db
def test_a_paper_is_drawn_when_the_message_leaves(courier, monkeypatch):
    monkeypatch.setattr("remonta.spine.papers.PAPERS", dict(PAPERS))
    draws("act")(lambda args: Enclosure(f"{args['n']}.pdf", "application/pdf", b"%PDF-"))
    post = Post()
    posted(channel="email", attachments=[{"paper": "act", "args": {"n": 7}}])
    courier(post).send_once()
    assert post.took[0].enclosures == (Enclosure("7.pdf", "application/pdf", b"%PDF-"),)


@pytest.mark.django_db
def test_a_paper_that_cannot_be_drawn_is_tried_again_and_nothing_leaves(courier):
    post, message = Post(), posted(attachments=[{"paper": "unheard-of"}])
    courier(post).send_once()
    assert (again(message).state, post.took) == (MessageState.WAITING, [])
    assert "could not be written" in message.error


@pytest.mark.django_db
def test_a_person_settles_what_is_unclear():
    arrived, lost = posted(), posted()
    Message.objects.update(state=MessageState.UNCLEAR)
    assert settle_message(boss(), arrived.uid, arrived=True, operation=uuid7(NOW)).state == MessageState.SENT
    assert settle_message(boss(), lost.uid, arrived=False, operation=uuid7(NOW)).state == MessageState.WAITING
    with pytest.raises(MessageClear):
        settle_message(boss(), arrived.uid, arrived=True, operation=uuid7(NOW))


@pytest.mark.django_db
def test_a_dead_message_waits_anew_and_a_sent_one_goes_out_as_another(courier, clock):
    dead, sent, waiting = posted(), posted(), posted()
    Message.objects.filter(pk=dead.pk).update(state=MessageState.DEAD, attempt=10)
    Message.objects.filter(pk=sent.pk).update(state=MessageState.SENT, sent_at=NOW)
    assert resend_message(boss(), dead.uid, operation=uuid7(NOW)).uid == dead.uid
    operation = uuid7(NOW)
    anew = resend_message(boss(), sent.uid, operation=operation)
    assert resend_message(boss(), sent.uid, operation=operation) == anew
    assert (anew.uid != sent.uid, again(sent).state) == (True, MessageState.SENT)
    with pytest.raises(MessageUnderWay):
        resend_message(boss(), waiting.uid, operation=uuid7(NOW))
    post = Post()
    while courier(post).send_once():
        pass
    assert {envelope.uid for envelope in post.took} == {str(dead.uid), str(anew.uid), str(waiting.uid)}


@pytest.mark.django_db
def test_only_what_has_not_left_is_called_off(courier):
    waiting, sent = posted(), posted()
    Message.objects.filter(pk=sent.pk).update(state=MessageState.SENT)
    assert cancel_message(boss(3), waiting.uid).state == MessageState.CANCELLED
    with pytest.raises(MessageGone):
        cancel_message(boss(3), sent.uid)
    assert courier(Post()).send_once() is False


@pytest.mark.django_db
def test_messages_of_other_centres_do_not_exist():
    message = posted(centre_id=4)
    for stranger in (boss(3), Actor("account:2", 2, frozenset(), lambda: NOW)):
        for attempt in (
            lambda who: cancel_message(who, message.uid),
            lambda who: resend_message(who, message.uid, operation=uuid7(NOW)),
            lambda who: settle_message(who, message.uid, arrived=True, operation=uuid7(NOW)),
        ):
            with pytest.raises(Message.DoesNotExist):
                attempt(stranger)
    assert again(message).state == MessageState.WAITING
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_a_refused_transaction_sends_nothing(courier):
    with transaction.atomic():
        send(system("t", lambda: NOW), channel="sms", recipient="1", body="x", purpose="p")
        transaction.set_rollback(True)
    assert courier(Post()).send_once() is False
