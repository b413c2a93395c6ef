"""The live stream: everybody's scope against every event there is."""

import pytest

from remonta.identity.commands import make_link
from remonta.identity.queries import live_scope_of_link, live_scope_of_session
from remonta.kernel.actor import EVERYWHERE
from remonta.spine.models import Event
from remonta.spine.queries import LiveEvent
from tests.access.rooms.repair import order_of
from tests.access.subjects import COLLEAGUES, ELSEWHERE, NOBODY
from tests.access.world import ROLES


@pytest.fixture
def events(world):
    """Everything that was told in two centres: orders with notes and accessories in each."""
    for label in (COLLEAGUES, ELSEWHERE):
        order_of(world, label, NOBODY)
    fields = ("pk", "subject", "subject_id", "name", "thread_id", "centre_id", "account_id")
    return [LiveEvent((0, row[0]), *row[1:]) for row in Event.objects.order_by("pk").values_list(*fields)]


def test_the_stream_tells_nobody_of_other_centres(world, events):
    assert len(events) > 50
    for role in ROLES:
        asker = world.people[role]
        scope = live_scope_of_session(asker.session)
        places = asker.actor.places_of("desk.enter")
        heard = {event for event in events if scope.admits(event)}
        due = {event for event in events if event.centre_id in places or event.account_id == asker.account.pk}
        assert heard == ({*events} if EVERYWHERE in places else due), role


def test_a_link_hears_its_own_order_only(world, events):
    found = order_of(world, COLLEAGUES, NOBODY)
    link = ("order", "orders.workorder", found.row.pk, world.later)
    _kept, token = make_link(world.actor(found.place, "head"), *link)
    heard = [event for event in events if live_scope_of_link(token).admits(event)]
    assert heard
    assert {event.thread_id or event.subject_id for event in heard} == {found.row.pk}


def test_what_the_stream_carries_has_no_words(world, events):
    told = str(events)
    assert not [canary.word for canary in world.canaries if canary.word in told]


def test_a_stranger_hears_nothing(world, events):
    assert live_scope_of_session("no-such-session") is None
    assert live_scope_of_session(None) is None
    assert live_scope_of_link("no-such-token") is None
    assert Event.objects.count() == len(events)
