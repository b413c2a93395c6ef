"""Shipments of sold products: who got what, units made from them with the parts they really have, repairs in them."""

from datetime import date, timedelta

import pytest

from remonta.catalogue.commands import add_list_line, add_part, begin_list, publish_list, replace_part
from remonta.customers.commands import register_customer
from remonta.equipment.commands import (
    ListedAlready,
    MoreSerialsThanPieces,
    NoListToCopy,
    RegisteredAlready,
    Shipped,
    correct_shipment,
    fit_in_unit,
    list_shipment,
    list_unit_parts,
    register_shipped,
    register_unit,
    take_back_from_unit,
    withdraw_shipments,
)
from remonta.equipment.models import Shipment, ShipmentLine, ShippedPiece, Unit, UnitPart
from remonta.equipment.queries import shipments_for, shipped_pieces_for, shipped_with, unit_parts
from remonta.kernel.refusals import NotPermitted

DAY = date(2026, 2, 1)


@pytest.fixture
def parts(cast):
    return {one: add_part(cast.hana, number=one, name=one.title()) for one in ("BODY", "LID", "SCREW", "SEAL")}


@pytest.fixture
def listed(cast, parts):
    """The kettle is a body and a lid; the lid has a seal and four screws."""
    for of, lines in (
        ({"part_uid": parts["LID"].uid}, (("SEAL", 1000), ("SCREW", 4000))),
        ({"product_uid": cast.kettle.uid}, (("BODY", 1000), ("LID", 1000))),
    ):
        begun = begin_list(cast.hana, **of)
        for number, quantity in lines:
            add_list_line(cast.hana, begun.uid, part_uid=parts[number].uid, quantity=quantity, reference=number[:1])
        publish_list(cast.hana, begun.uid, valid_from=DAY)


@pytest.fixture
def ship(cast):
    """ship(serials=("K-1",)): a line of document WZ-1 to Anna, of kettles."""

    def made(**more):
        said = {"number": "WZ-1", "shipped_on": DAY, "product_id": cast.kettle.pk, "customer_name": "Anna Nowak"}
        return list_shipment(cast.hana, cast.krakow.pk, Shipped(**said | more))

    return made


def inside(cast, unit):
    return [(one.depth, one.number, one.quantity) for one in unit_parts(cast.emil, unit.pk).lines]


def test_a_unit_is_made_from_a_line_in_one_action_with_the_list_of_its_day(cast, parts, listed, ship):
    anna = register_customer(cast.rita, name="Anna Nowak", centre_id=cast.krakow.pk)
    newer = begin_list(cast.hana, product_uid=cast.kettle.uid)
    add_list_line(cast.hana, newer.uid, part_uid=parts["SEAL"].uid)
    publish_list(cast.hana, newer.uid, valid_from=DAY + timedelta(days=1))
    line = ship(quantity=3, serials=("K-1", "k 2"))
    one, two, rest = register_shipped(cast.rita, line.uid, centre_id=cast.krakow.pk)
    assert [(unit.serial, unit.quantity, unit.sold_on, unit.owner_id) for unit in (one, two, rest)] == [
        ("K-1", 1, DAY, anna.pk),
        ("k 2", 1, DAY, anna.pk),
        ("", 1, DAY, anna.pk),
    ]
    whole = [(0, "BODY", 1000), (0, "LID", 1000), (1, "SEAL", 1000), (1, "SCREW", 4000)]
    assert inside(cast, one) == inside(cast, rest) == whole
    assert (unit_parts(cast.emil, one.pk).source, unit_parts(cast.emil, one.pk).version) == ("list", 1)
    assert shipped_with(cast.emil, two.pk).line == line
    with pytest.raises(RegisteredAlready):
        register_shipped(cast.rita, line.uid, centre_id=cast.krakow.pk)


def test_the_parts_really_used_come_before_the_list(cast, parts, listed, ship):
    built = [
        {"part": parts["BODY"].pk, "quantity": 1000, "serial": "B-77"},
        {"part": parts["SEAL"].pk, "quantity": 2000},
    ]
    line = ship(serials=("K-1",), built_with=built)
    (unit,) = register_shipped(cast.rita, line.uid, centre_id=cast.krakow.pk)
    assert inside(cast, unit) == [(0, "BODY", 1000), (0, "SEAL", 2000)]
    found = unit_parts(cast.emil, unit.pk)
    assert (found.source, found.lines[0].serial) == ("built", "B-77")


def test_some_pieces_can_be_registered_and_a_known_serial_is_that_unit(cast, ship):
    known = register_unit(cast.rita, product_id=cast.kettle.pk, serial="K-2", centre_id=cast.krakow.pk)
    line = ship(quantity=2, serials=("K-1", "K-2"))
    piece = line.pieces.get(serial="K-2")
    assert register_shipped(cast.rita, line.uid, centre_id=cast.krakow.pk, pieces=[piece.uid]) == [known]
    known.refresh_from_db()
    assert known.sold_on == DAY
    assert line.pieces.filter(unit=None).get().serial == "K-1"
    assert unit_parts(cast.emil, known.pk) is None


def test_a_unit_gets_its_list_later_too(cast, parts, listed):
    unit = register_unit(cast.rita, product_id=cast.kettle.pk, serial="K-9", centre_id=cast.krakow.pk, sold_on=DAY)
    phone = register_unit(cast.rita, product_id=cast.phone.pk, serial="P-9", centre_id=cast.krakow.pk)
    list_unit_parts(cast.emil, unit.uid)
    assert len(inside(cast, unit)) == 4
    with pytest.raises(ListedAlready):
        list_unit_parts(cast.emil, unit.uid)
    with pytest.raises(NoListToCopy):
        list_unit_parts(cast.emil, phone.uid)
    assert unit_parts(cast.emil, phone.pk) is None


def test_a_repair_puts_a_part_in_the_place_of_the_old_one_and_takes_it_back(cast, parts, listed, ship):
    better = add_part(cast.hana, number="SEAL-2", name="Seal of silicone")
    replace_part(cast.hana, parts["SEAL"].uid, new_uid=better.uid, supersedes=True)
    (unit,) = register_shipped(cast.rita, ship(serials=("K-1",)).uid, centre_id=cast.krakow.pk)
    fit_in_unit(cast.emil, unit.pk, part_id=better.pk, quantity=1000, order_id=7)
    fit_in_unit(cast.emil, unit.pk, part_id=parts["SCREW"].pk, quantity=1000, order_id=7)
    found = unit_parts(cast.emil, unit.pk)
    assert sorted((one.number, one.quantity, one.fitted_order) for one in found.lines) == [
        ("BODY", 1000, None),
        ("LID", 1000, None),
        ("SCREW", 1000, 7),
        ("SCREW", 3000, None),
        ("SEAL-2", 1000, 7),
    ]
    assert [one.depth for one in found.lines if one.number == "SEAL-2"] == [1]
    assert sorted((one.number, one.quantity) for one in found.gone) == [("SCREW", 1000), ("SEAL", 1000)]
    take_back_from_unit(cast.emil, unit.pk, part_id=better.pk, quantity=1000, order_id=7)
    take_back_from_unit(cast.emil, unit.pk, part_id=parts["SCREW"].pk, quantity=1000, order_id=7)
    found = unit_parts(cast.emil, unit.pk)
    total = {}
    for one in found.lines:
        total[one.number] = total.get(one.number, 0) + one.quantity
    assert total == {"BODY": 1000, "LID": 1000, "SEAL": 1000, "SCREW": 4000}
    assert found.gone == ()


def test_part_of_what_was_fitted_comes_back(cast, parts, listed, ship):
    (unit,) = register_shipped(cast.rita, ship(serials=("K-1",)).uid, centre_id=cast.krakow.pk)
    fit_in_unit(cast.emil, unit.pk, part_id=parts["SCREW"].pk, quantity=4000, order_id=7)
    take_back_from_unit(cast.emil, unit.pk, part_id=parts["SCREW"].pk, quantity=1000, order_id=7)
    screws = UnitPart.objects.filter(unit=unit, part=parts["SCREW"])
    told = sorted((row.quantity, row.fitted_order or 0, row.removed_order or 0) for row in screws)
    assert told == [(1000, 0, 0), (3000, 0, 7), (3000, 7, 0)]


def test_what_has_no_place_in_the_list_is_added(cast, parts, listed, ship):
    odd = add_part(cast.hana, number="WHISTLE", name="Whistle")
    (unit,) = register_shipped(cast.rita, ship(serials=("K-1",)).uid, centre_id=cast.krakow.pk)
    fit_in_unit(cast.emil, unit.pk, part_id=odd.pk, quantity=1000, order_id=7)
    assert inside(cast, unit)[-1] == (0, "WHISTLE", 1000)
    take_back_from_unit(cast.emil, unit.pk, part_id=odd.pk, quantity=1000, order_id=7)
    assert len(inside(cast, unit)) == 4


def test_a_line_is_corrected_and_withdrawn_until_something_is_registered(cast, ship):
    line, other = ship(serials=("K-1",)), ship(serials=("K-5",))
    said = Shipped("WZ-2", DAY, cast.kettle.pk, 2, ("K-1", "K-2"), "Anna Nowak")
    before = correct_shipment(cast.hana, line.pk, said)
    assert (before.number, before.serials) == ("WZ-1", ("K-1",))
    line.refresh_from_db()
    assert (line.shipment.number, line.pieces.count()) == ("WZ-2", 2)
    register_shipped(cast.rita, line.uid, centre_id=cast.krakow.pk)
    assert correct_shipment(cast.hana, line.pk, said) is None
    assert withdraw_shipments(cast.hana, [line.pk, other.pk]) == {other.pk}
    assert list(Shipment.objects.values_list("number", flat=True)) == ["WZ-2"]
    assert ShipmentLine.objects.get() == line
    assert ShippedPiece.objects.count() == Unit.objects.count() == 2


def test_more_numbers_than_pieces_are_refused(cast, ship, writes_nothing):
    with writes_nothing(), pytest.raises(MoreSerialsThanPieces):
        ship(quantity=1, serials=("K-1", "K-2"))
    assert ship(quantity=1, serials=("K-1", "k1", " ")).pieces.count() == 1


def test_two_customers_of_one_name_are_nobody(cast, ship):
    for phone in ("+48600100201", "+48600100202"):
        register_customer(cast.rita, name="Anna Nowak", phones=[phone], centre_id=cast.krakow.pk)
    assert ship().shipment.customer is None
    assert ship(customer_name="Nobody Known").shipment.customer_name == "Nobody Known"


def test_a_customer_met_later_owns_the_units(cast, ship):
    line = ship(serials=("K-1",))
    assert line.shipment.customer is None
    anna = register_customer(cast.rita, name="ANNA NOWAK", centre_id=cast.krakow.pk)
    (unit,) = register_shipped(cast.rita, line.uid, centre_id=cast.krakow.pk)
    assert unit.owner_id == anna.pk
    assert Shipment.objects.get().customer == anna


def test_partners_see_no_shipments_of_ours_and_readers_register_nothing(cast, ship, writes_nothing):
    line = ship(serials=("K-1",))
    assert not shipments_for(cast.petra).exists()
    assert not shipped_pieces_for(cast.petra).exists()
    assert shipments_for(cast.gosia).exists()
    with writes_nothing(), pytest.raises(ShipmentLine.DoesNotExist):
        register_shipped(cast.petra, line.uid, centre_id=cast.wroclaw.pk)
    with writes_nothing(), pytest.raises(NotPermitted):
        register_shipped(cast.cora, line.uid, centre_id=cast.krakow.pk)
