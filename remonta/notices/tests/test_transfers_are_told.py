"""The store that is asked for parts learns of it, and whoever asked learns how it goes."""

import pytest

from remonta.identity.models import Account, Staff
from remonta.identity.queries import actor_of
from remonta.notices.queries import notice_lines, notices_for
from remonta.stock.commands import (
    approve_transfer,
    ask_transfer,
    move_part,
    network_place,
    pack_part,
    refuse_transfer,
    send_transfer,
)
from remonta.stock.models import Place
from tests.cast import operation


@pytest.fixture
def greta(cast):
    """The storekeeper of Gdańsk, whose bin has five displays."""
    account = Account.objects.create(email="greta@example.com", name="Greta", sort_name="greta")
    Staff.objects.create(account=account, centre=cast.gdansk, role="storekeeper")
    far = Place.objects.get(centre=cast.gdansk, code="A-01-01")
    move_part(cast.ada, cast.display.pk, 5000, network_place("supplier"), far, reason="received")
    return actor_of(account, cast.clock)


def lines(actor):
    return [line.text for line in notice_lines(notices_for(actor).order_by("pk"))]


def asked(cast):
    said = {"giver_uid": cast.gdansk.uid, "lines": [(cast.display.uid, 1000)], "operation": operation(cast)}
    return ask_transfer(cast.emil, cast.krakow.uid, **said)


def test_the_giver_is_asked_and_who_asked_hears_that_it_comes(cast, greta, work):
    made = asked(cast)
    work()
    assert lines(greta) == [f"Transfer {made.number}: another centre asks you for parts"]
    assert lines(cast.emil) == lines(cast.gosia) == []
    approve_transfer(greta, made.uid, operation=operation(cast))
    far = Place.objects.get(centre=cast.gdansk, code="A-01-01")
    pack_part(greta, made.uid, part_uid=cast.display.uid, place_uid=far.uid, operation=operation(cast))
    send_transfer(greta, made.uid, operation=operation(cast))
    work()
    for told in (cast.emil, cast.stan):
        assert lines(told) == [f"Transfer {made.number} is on the way to you"]


def test_a_refusal_reaches_who_asked(cast, greta, work):
    made = asked(cast)
    refuse_transfer(greta, made.uid, reason="needed here", operation=operation(cast))
    work()
    assert f"Transfer {made.number} is refused" in lines(cast.emil)
