"""What is set aside for several repairs is fetched on one walk, past the bins in their order."""

import pytest
from django.db import connection
from django.utils import timezone

from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted
from remonta.stock.commands import move_part, network_place, rename_place
from remonta.stock.models import Place
from remonta.stock.queries import put_away
from remonta.supply.commands import ask_part, begin_picking, cancel_requisition, end_picking, pick_part
from remonta.supply.commands.refusals import NothingToPick, NotOnList
from remonta.supply.models import PickingLine, PickingList, Requisition
from remonta.supply.queries import open_pickings, picking_list, walk_of


@pytest.fixture
def spread(cast):
    """Displays in A-01, batteries in A-10 and A-9; each of two orders has asked for one of both."""
    cast.ten, cast.nine = (Place.objects.create(centre=cast.krakow, kind="bin", code=code) for code in ("A-10", "A-9"))
    for place in (cast.ten, cast.nine):
        move_part(cast.stella, cast.battery.pk, 1000, network_place("supplier"), place, reason="received")
    for order in (cast.order, cast.second):
        for part in (cast.display, cast.battery):
            ask_part(cast.egon, order.uid, part_uid=part.uid, operation=uuid7())
    return cast


def begin(cast, actor=None, rows=()):
    return begin_picking(actor or cast.stella, cast.krakow.uid, requisitions=rows, operation=uuid7())


def bins(made):
    return [line.bin for line in walk_of(made).ahead]


def test_one_walks_by_address_unless_bins_are_numbered(spread):
    made = begin(spread)
    assert bins(made) == ["A-01", "A-01", "A-9", "A-10"]
    rename_place(spread.stella, spread.ten.uid, name="", zone="", walk=1, operation=uuid7())
    assert bins(made) == ["A-10", "A-01", "A-01", "A-9"]
    rename_place(spread.stella, spread.ten.uid, name="", zone="Z", walk=None, operation=uuid7())
    assert bins(made) == ["A-01", "A-01", "A-9", "A-10"]
    assert [line.bin for line in picking_list(spread.stella, spread.krakow.pk)] == bins(made)


def test_bin_and_part_issue_to_the_repair_of_the_line(spread, refused):
    made = begin(spread)
    scan = {"place_uid": spread.nine.uid, "part_uid": spread.display.uid}
    with refused(NotOnList):
        pick_part(spread.stella, made.uid, **scan, operation=uuid7())
    pick_part(spread.stella, made.uid, place_uid=spread.bin.uid, part_uid=spread.display.uid, operation=uuid7())
    assert Requisition.objects.filter(state="issued").values_list("work_order__number", flat=True)[0] == "KRK-1"
    assert len(walk_of(made).fetched) == 1
    assert [(one.left, one.every) for one in open_pickings(spread.stella, spread.krakow.pk)] == [(3, 4)]


def test_a_part_is_on_one_list_until_that_is_closed(spread, refused):
    first = Requisition.objects.order_by("pk").first()
    made = begin(spread, rows=[first.uid])
    with refused(NothingToPick):
        begin(spread, rows=[first.uid])
    end_picking(spread.stella, made.uid, operation=uuid7())
    assert not PickingLine.objects.exists()
    assert begin(spread, rows=[first.uid]).lines.count() == 1
    cancel_requisition(spread.egon, first.uid, operation=uuid7())
    assert not open_pickings(spread.stella, spread.krakow.pk).exists()


def test_engineers_and_strangers_make_no_lists(spread, refused):
    with refused(NotPermitted):
        begin(spread, spread.egon)
    made = begin(spread)
    with refused(type(made).DoesNotExist):
        end_picking(spread.gosia, made.uid, operation=uuid7())


def test_what_comes_is_put_with_its_like_where_it_was_last_or_into_an_empty_bin(spread):
    here = spread.stella, spread.krakow.pk
    assert put_away(*here, spread.display.pk) == spread.bin
    move_part(spread.stella, spread.display.pk, 3000, spread.bin, network_place("scrap"), reason="scrapped")
    new = spread.display.__class__.objects.create(number="NEW", name="New", sort_name="new")
    assert put_away(*here, new.pk) == spread.other_bin
    Place.objects.create(centre=spread.krakow, kind="bin", code="B-01")
    assert put_away(*here, new.pk, "B").code == "B-01"
    move_part(spread.stella, new.pk, 1000, network_place("supplier"), spread.nine, reason="received")
    move_part(spread.stella, new.pk, 1000, spread.nine, network_place("scrap"), reason="scrapped")
    assert put_away(*here, new.pk) == spread.nine
    assert put_away(*here, new.pk, "Q") == spread.nine


def test_what_somebody_else_has_put_on_a_list_meanwhile_is_left_to_them(spread, refused):
    """Two begin at once: the second waits for the rows, and the lines of the first stand when it has them."""
    done = []

    def meanwhile(execute, sql, params, many, context):
        found = execute(sql, params, many, context)
        if sql.startswith("SELECT") and 'FROM "supply_requisition"' in sql and not done:
            done.append(sql)
            other = PickingList.objects.create(number="P1", centre=spread.krakow, created_at=timezone.now())
            rows = Requisition.objects.order_by("pk")
            PickingLine.objects.bulk_create([PickingLine(picking=other, requisition=row) for row in rows])
        return found

    first = Requisition.objects.order_by("pk").first()
    with refused(NothingToPick), connection.execute_wrapper(meanwhile):
        begin(spread, rows=[first.uid])
    assert done
