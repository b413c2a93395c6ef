"""Parts asked for, sent and received between own centres; what differs is settled by a person."""

from decimal import Decimal

import pytest
from django.db import transaction

from remonta.catalogue.models import Part
from remonta.identity.models import LegalEntity
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted
from remonta.stock.commands import (
    AlreadyPacked,
    MoreThanGranted,
    NoDifference,
    NotATransfer,
    NotForParts,
    NothingOnTransfer,
    NotOnTransfer,
    ReasonMissing,
    SerialsMissing,
    Which,
    approve_transfer,
    ask_transfer,
    cancel_transfer,
    change_asked,
    finish_receiving,
    pack_part,
    receive_parts,
    receive_transferred,
    refuse_transfer,
    send_transfer,
    settle_difference,
    unpack_part,
)
from remonta.stock.models import Balance, Move, PartCost, Piece, Place, Transfer
from remonta.stock.proofs import road_holds_what_was_sent
from remonta.stock.queries import givers_of, transfer_lines, transfers_for, under_way
from remonta.stock.tests.conftest import person
from remonta.stock.workflow import TransferClash


def held(place, part):
    row = Balance.objects.filter(place=place, part=part).first()
    return row.on_hand if row else 0


def average(cast, centre):
    return PartCost.objects.get(part=cast.display, centre=centre).average


@pytest.fixture
def giving(cast):
    """Gdańsk has ten displays at 8.00, Kraków two at 5.00; Gdańsk gives, Kraków asks."""
    with transaction.atomic():
        cost = {"currency": "PLN"}
        receive_parts(cast.gosia, [(cast.display.pk, 10000, cast.far_bin)], cast.gdansk.pk, costs=[Decimal(8)], **cost)
        receive_parts(cast.stella, [(cast.display.pk, 2000, cast.bin)], cast.krakow.pk, costs=[Decimal(5)], **cost)
    cast.hanna = person("hanna", "head", cast.krakow)
    return cast


def asked(cast, many=6000):
    lines = [(cast.display.uid, many)]
    return ask_transfer(cast.stella, cast.krakow.uid, giver_uid=cast.gdansk.uid, lines=lines, operation=uuid7())


def packed(cast, many=4000, granted=()):
    made = asked(cast)
    approve_transfer(cast.gosia, made.uid, granted=granted, operation=uuid7())
    scan = {"part_uid": cast.display.uid, "place_uid": cast.far_bin.uid, "quantity": many}
    return pack_part(cast.gosia, made.uid, **scan, operation=uuid7())


def sent(cast, many=4000):
    return send_transfer(cast.gosia, packed(cast, many).uid, operation=uuid7())


def receive(cast, made, many):
    scan = {"part_uid": cast.display.uid, "place_uid": cast.bin.uid, "quantity": many}
    return receive_transferred(cast.stella, made.uid, **scan, operation=uuid7())


def test_parts_leave_their_bin_travel_in_a_place_of_their_own_and_arrive_with_their_cost(giving):
    made = sent(giving)
    assert (made.state, held(giving.far_bin, giving.display), held(made.road, giving.display)) == ("sent", 6000, 4000)
    receive(giving, made, 4000)
    done = finish_receiving(giving.stella, made.uid, operation=uuid7())
    assert (done.state, held(giving.bin, giving.display), held(made.road, giving.display)) == ("settled", 6000, 0)
    assert average(giving, giving.krakow) == Decimal(7)
    assert average(giving, giving.gdansk) == Decimal(8)
    made.road.refresh_from_db()
    assert made.road.archived_at is not None
    assert list(road_holds_what_was_sent()) == [1]


def test_what_is_asked_before_an_answer_goes_on_to_the_same_transfer(giving):
    made = asked(giving, 1000)
    assert asked(giving, 2000).pk == made.pk
    change_asked(giving.stella, made.uid, part_uid=giving.battery.uid, quantity=3000, operation=uuid7())
    change_asked(giving.stella, made.uid, part_uid=giving.display.uid, quantity=0, operation=uuid7())
    assert [(line.number, line.asked) for line in transfer_lines(giving.stella, made)] == [("BAT-5", 3000)]
    approve_transfer(giving.gosia, made.uid, operation=uuid7())
    assert asked(giving, 1000).pk != made.pk


def test_the_giver_grants_less_and_sends_no_more_than_that(giving, refused):
    made = asked(giving)
    line = made.lines.get()
    approve_transfer(giving.gosia, made.uid, granted=[(line.uid, 3000)], operation=uuid7())
    scan = {"place_uid": giving.far_bin.uid, "operation": uuid7()}
    with refused(MoreThanGranted, "Only 3"):
        pack_part(giving.gosia, made.uid, part_uid=giving.display.uid, quantity=4000, **scan)
    with refused(NotOnTransfer):
        pack_part(giving.gosia, made.uid, part_uid=giving.battery.uid, **scan)
    bench = Place.objects.create(centre=giving.gdansk, kind="bench", code="B")
    with refused(NotForParts):
        pack_part(giving.gosia, made.uid, part_uid=giving.display.uid, place_uid=bench.uid, operation=uuid7())


def test_only_the_giver_answers_and_only_the_asker_receives(giving, refused):
    made = asked(giving)
    with refused(NotPermitted):
        approve_transfer(giving.stella, made.uid, operation=uuid7())
    with refused(NotPermitted):
        cancel_transfer(giving.gosia, made.uid, operation=uuid7())
    with refused(TransferClash):
        send_transfer(giving.gosia, made.uid, operation=uuid7())
    way = sent(giving)
    with refused(NotPermitted):
        finish_receiving(giving.gosia, way.uid, operation=uuid7())
    assert not transfers_for(giving.piotr).exists()
    assert not transfers_for(giving.marta).exists()


def test_a_refusal_says_why_and_nothing_packed_is_left_behind(giving, refused):
    made = packed(giving)
    with refused(AlreadyPacked):
        refuse_transfer(giving.gosia, made.uid, reason="needed here", operation=uuid7())
    unpack_part(giving.gosia, made.lines.get().uid, operation=uuid7())
    assert held(giving.far_bin, giving.display) == 10000
    with refused(ReasonMissing):
        refuse_transfer(giving.gosia, made.uid, reason=" ", operation=uuid7())
    done = refuse_transfer(giving.gosia, made.uid, reason="needed here", operation=uuid7())
    assert (done.state, done.reason) == ("refused", "needed here")
    with refused(NothingOnTransfer):
        send_transfer(giving.gosia, packed_none(giving).uid, operation=uuid7())


def packed_none(cast):
    made = asked(cast)
    return approve_transfer(cast.gosia, made.uid, operation=uuid7())


def test_a_shortage_is_found_or_lost_as_moves_with_a_reason(giving, refused):
    made = sent(giving)
    receive(giving, made, 1000)
    assert finish_receiving(giving.stella, made.uid, operation=uuid7()).state == "arrived"
    line = made.lines.get()
    with refused(NotPermitted):
        settle_difference(giving.stella, line.uid, way="lost", operation=uuid7())
    with refused(NoDifference):
        settle_difference(giving.hanna, line.uid, way="unknown", place_uid=giving.bin.uid, operation=uuid7())
    said = {"place_uid": giving.bin.uid, "quantity": 1000}
    settle_difference(giving.hanna, line.uid, way="found_here", **said, operation=uuid7())
    settle_difference(giving.hanna, line.uid, way="found_there", quantity=1000, operation=uuid7())
    assert list(road_holds_what_was_sent()) == [1]
    done = settle_difference(giving.hanna, line.uid, way="lost", note="van broken into", operation=uuid7())
    assert done.state == "settled"
    ways = [one.way for one in transfer_lines(giving.hanna, made)[0].settlements]
    assert ways == ["found_here", "found_there", "lost"]
    assert (held(giving.bin, giving.display), held(giving.far_bin, giving.display)) == (4000, 7000)
    lost = Move.objects.get(reason="transfer_lost")
    assert (lost.quantity, lost.cost, lost.target.kind) == (1000, Decimal(8), "difference")


@pytest.mark.parametrize(("way", "left"), [("sent_more", 5000), ("unknown", 6000)])
def test_a_surplus_is_booked_when_somebody_says_where_it_came_from(giving, way, left):
    made = sent(giving)
    receive(giving, made, 5000)
    assert held(giving.bin, giving.display) == 6000
    assert finish_receiving(giving.stella, made.uid, operation=uuid7()).state == "arrived"
    line = made.lines.get()
    done = settle_difference(giving.hanna, line.uid, way=way, place_uid=giving.bin.uid, operation=uuid7())
    assert done.state == "settled"
    assert (held(giving.bin, giving.display), held(giving.far_bin, giving.display)) == (7000, left)


def test_what_goes_on_the_road_is_what_the_lines_say(giving):
    made = sent(giving)
    assert list(road_holds_what_was_sent()) == [1]
    made.lines.update(sent=3000)
    flaws = [one for one in road_holds_what_was_sent() if not isinstance(one, int)]
    assert [one.subject for one in flaws] == [f"part {giving.display.pk} of {made.number}"]


def test_partners_and_centres_with_other_money_give_nothing(giving, refused):
    lines = [(giving.display.uid, 1000)]
    for name in ("posnet", "krakow"):
        with refused(NotATransfer):
            giver = getattr(giving, name).uid
            ask_transfer(giving.stella, giving.krakow.uid, giver_uid=giver, lines=lines, operation=uuid7())
    giving.gdansk.legal_entity = LegalEntity.objects.create(name="Remonta CZ", country="CZ", currency="CZK")
    giving.gdansk.save()
    with refused(NotATransfer):
        ask_transfer(giving.stella, giving.krakow.uid, giver_uid=giving.gdansk.uid, lines=lines, operation=uuid7())
    assert not Transfer.objects.exists()


def test_who_else_has_a_part_and_what_is_under_way(giving):
    offers = givers_of(giving.stella, [giving.display.pk], giving.krakow.pk)[giving.display.pk]
    assert [(one.centre, one.free) for one in offers] == [("Gdańsk", 10000)]
    key = (giving.display.pk, giving.krakow.pk)
    made = asked(giving, 5000)
    assert under_way([giving.display.pk]) == {key: 5000}
    approve_transfer(giving.gosia, made.uid, granted=[(made.lines.get().uid, 4000)], operation=uuid7())
    assert under_way([giving.display.pk]) == {key: 4000}
    scan = {"part_uid": giving.display.uid, "place_uid": giving.far_bin.uid, "quantity": 3000}
    pack_part(giving.gosia, made.uid, **scan, operation=uuid7())
    send_transfer(giving.gosia, made.uid, operation=uuid7())
    receive(giving, made, 1000)
    assert under_way([giving.display.pk], giving.krakow.pk) == {key: 2000}


def test_pieces_are_named_by_their_serial_numbers_on_the_way(giving, refused):
    part = Part.objects.create(number="BRD-5", name="Board", sort_name="board", tracking="serial")
    told = [Which(serials=(one,)) for one in ("SN1", "SN2")]
    with transaction.atomic():
        receive_parts(giving.gosia, [(part.pk, 1000, giving.far_bin)] * 2, giving.gdansk.pk, which=told)
    lines = [(part.uid, 1000)]
    made = ask_transfer(giving.stella, giving.krakow.uid, giver_uid=giving.gdansk.uid, lines=lines, operation=uuid7())
    approve_transfer(giving.gosia, made.uid, operation=uuid7())
    scan = {"part_uid": part.uid, "place_uid": giving.far_bin.uid}
    with refused(SerialsMissing):
        pack_part(giving.gosia, made.uid, **scan, operation=uuid7())
    pack_part(giving.gosia, made.uid, **scan, which=Which(serials=("SN2",)), operation=uuid7())
    send_transfer(giving.gosia, made.uid, operation=uuid7())
    receive_transferred(giving.stella, made.uid, part_uid=part.uid, place_uid=giving.bin.uid, operation=uuid7())
    places = dict(Piece.objects.values_list("serial", "place__centre__code"))
    assert places == {"SN1": "GDA", "SN2": "KRK"}
