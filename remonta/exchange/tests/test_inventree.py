"""InvenTree's tables: parts, lists of several levels, serialised stock and suppliers' numbers; summed independently."""

import csv
import os
from collections import defaultdict
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from remonta.catalogue.commands import add_part
from remonta.catalogue.models import Part, PartsList, PartsListLine
from remonta.catalogue.queries import list_on, needed, used_in
from remonta.equipment.models import Unit
from remonta.equipment.queries import unit_parts
from remonta.exchange.commands import check_import, keep_check, make_import, start_import
from remonta.exchange.tests.conftest import drained, finished, undone
from remonta.spine.verify import verify
from remonta.supply.models import Supplier, SupplierPart

PARTS = """part_id,name,IPN,description,units,trackable
1,Lamp,L-1,A lamp,,True
2,Socket,S-1,A socket,,False
3,Wire_red,,Red wire,m,False
4,Lacquer,,Clear lacquer,litres,False
5,Plug,,,,False
6,Lamp,L-1,The same number again,,False
7,,,No name,,False
"""
BOM = """assembly_id,component_id,quantity,reference,optional,consumable
1,2,2.00000,S1,False,False
1,3,0.50000,,True,False
2,3,0.12500,W1,False,False
2,5,3.00000,,False,False
2,4,0.25000,,False,True
2,1,1.00000,,False,False
2,99,1.00000,,False,False
2,5,none,,False,False
"""
STOCK = """stock_id,part_id,quantity,serial,batch,status,customer
1,1,1.00000,101,B7,10,
2,1,1.00000,102,,55,Anna Nowak
3,3,250.00000,,,10,
4,77,1.00000,9,,10,
"""
SUPPLIERS = """part_id,supplier,SKU,MPN
3,Wirey,WR-1,
3,Wirey,WR-2,
5,Mouser,M-5,
99,Mouser,M-9,
"""


def brought(cast, content, size=3):
    data = content if isinstance(content, bytes) else content.encode()
    run = make_import(cast.ada, cast.krakow.uid, content=data, name="inventree.csv", kind="inventree")
    keep_check(cast.ada, run.pk, found=drained(check_import(cast.ada, run.pk)))
    start_import(cast.ada, run.uid, here=True)
    return finished(cast.ada, run.pk, size)


def test_parts_come_in_with_a_number_of_their_own(cast):
    run = brought(cast, PARTS)
    assert (run.rows_read, run.created, run.reasons) == (7, 6, {"key": 1})
    rows = Part.objects.exclude(pk=cast.display.pk).order_by("pk")
    assert [(one.number, one.name, one.measure, one.tracking) for one in rows] == [
        ("L-1", "Lamp", "pc", "serial"),
        ("S-1", "Socket", "pc", "quantity"),
        ("Wire_red", "Red wire", "m", "quantity"),
        ("Lacquer", "Clear lacquer", "l", "quantity"),
        ("Plug", "Plug", "pc", "quantity"),
        ("L-1 #6", "Lamp", "pc", "quantity"),
    ]
    assert brought(cast, PARTS).reasons == {"here": 6, "key": 1}


def test_lists_are_in_force_and_circles_and_strangers_are_left_out(cast):
    brought(cast, PARTS)
    run = brought(cast, BOM)
    assert (run.created, run.reasons) == (5, {"circle": 1, "part": 1, "quantity": 1})
    lamp = Part.objects.get(number="L-1")
    top = list_on(cast.clock().date(), part_id=lamp.pk)
    assert {one.number: one.quantity for one in needed(cast.emil, top.uid)} == {
        "S-1": Decimal(2),
        "Wire_red": Decimal("0.75"),
        "Plug": Decimal(6),
        "Lacquer": Decimal("0.5"),
    }
    assert list(verify()) == []


def test_serialised_stock_becomes_units_with_what_they_consist_of(cast):
    for content in (PARTS, BOM):
        brought(cast, content)
    run = brought(cast, STOCK)
    assert (run.created, run.reasons) == (2, {"bulk": 1, "part": 1})
    one, two = Unit.objects.order_by("pk")
    assert (one.serial, one.batch, two.note) == ("101", "B7", "damaged, Anna Nowak")
    assert str(one.product) == "Lamp"
    assert unit_parts(cast.emil, one.pk) is None
    assert [row.name for row in used_in(cast.emil, Part.objects.get(number="Plug").pk)] == ["Socket", "Lamp", "Lamp"]


def test_suppliers_and_their_numbers(cast):
    brought(cast, PARTS)
    run = brought(cast, SUPPLIERS)
    assert (run.created, run.reasons) == (3, {"part": 1})
    assert sorted(SupplierPart.objects.values_list("supplier__name", "number", "part__number")) == [
        ("Mouser", "M-5", "Plug"),
        ("Wirey", "WR-1", "Wire_red"),
        ("Wirey", "WR-2", "Wire_red"),
    ]
    undone(cast.ada, run.uid)
    assert not SupplierPart.objects.filter(archived_at=None).exists()
    assert brought(cast, SUPPLIERS).created == 3
    assert SupplierPart.objects.filter(archived_at=None).count() == 3


def test_all_of_it_is_undone_from_the_last_to_the_first(cast):
    runs = [brought(cast, content) for content in (PARTS, BOM, STOCK)]
    for run in reversed(runs[1:]):
        undone(cast.ada, run.uid)
    assert not Unit.objects.exists()
    kept = PartsListLine.objects.exclude(parts_list__product=None)
    assert [line.part.number for line in kept] == ["L-1"]
    assert not PartsList.objects.exclude(part=None).exists()
    undone(cast.ada, runs[0].uid)
    assert set(runs[0].rows.exclude(fate="").values_list("key", "fate")) == {
        ("part:1", "kept"),
        *((f"part:{pk}", "withdrawn") for pk in (2, 3, 4, 5, 6)),
    }
    assert list(verify()) == []


def test_a_changed_part_is_corrected_and_restored(cast):
    brought(cast, PARTS)
    run = brought(cast, PARTS.replace("A socket", "Socket").replace("5,Plug,,,", "5,Plug,PL-9,,"))
    assert (run.updated, run.skipped) == (2, 5)
    assert Part.objects.filter(number="PL-9").exists()
    undone(cast.ada, run.uid)
    assert Part.objects.filter(number="Plug").exists()


def test_a_version_that_an_import_had_replaced_is_in_force_again(cast):
    brought(cast, PARTS)
    first = brought(cast, BOM)
    cast.clock.pass_(days=1)
    second = brought(cast, BOM.replace("1,2,2.00000,S1", "1,2,2.00000,S2"))
    lamp = Part.objects.get(number="L-1")
    assert (second.created, list_on(cast.clock().date(), part_id=lamp.pk).version) == (1, 2)
    undone(cast.ada, second.uid)
    assert list(verify()) == []
    assert first.created == 5


# --- The demo catalogue itself, where it is at hand. ---

BESIDE = Path(__file__).resolve().parents[4] / "shared" / "data"
DATA = Path(os.environ.get("REMONTA_SHARED_DATA", BESIDE)) / "catalog" / "inventree"
at_hand = pytest.mark.skipif(not DATA.is_dir(), reason="the demo catalogue of InvenTree is not here")


def rows_of(name):
    with (DATA / f"{name}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def summed(bom):
    """By assembly and part, how much of it is below over all levels: a plain recursion over the file."""
    lines = defaultdict(list)
    for row in bom:
        lines[row["assembly_id"]].append((row["component_id"], Decimal(row["quantity"])))

    @cache
    def below(part):
        total = defaultdict(Decimal)
        for component, quantity in lines.get(part, ()):
            total[component] += quantity
            for deeper, many in below(component).items():
                total[deeper] += quantity * many
        return dict(total)

    return {assembly: below(assembly) for assembly in list(lines)}


@at_hand
def test_the_demo_catalogue_comes_in_whole_and_its_sums_are_those_of_the_file(cast):
    runs = {name: brought(cast, (DATA / f"{name}.csv").read_bytes(), 1000) for name in ("parts", "bom")}
    assert (runs["parts"].created, runs["parts"].skipped) == (414, 0)
    assert (runs["bom"].created, runs["bom"].skipped) == (228, 0)
    became = {row.key.partition(":")[2]: row.subject_id for row in runs["parts"].rows.all()}
    expected = summed(rows_of("bom"))
    assert len(expected) == PartsList.objects.count() == 20
    day = cast.clock().date()
    for assembly, parts in expected.items():
        top = list_on(day, part_id=became[assembly])
        assert {one.part_id: one.quantity for one in needed(cast.emil, top.uid)} == {
            became[part]: quantity for part, quantity in parts.items()
        }
    uids = dict(Part.objects.values_list("uid", "pk"))
    for part in {part for parts in expected.values() for part in parts}:
        found = {uids[one.part_uid]: one.quantity for one in used_in(cast.emil, became[part]) if one.part_uid}
        assert found == {became[top]: parts[part] for top, parts in expected.items() if part in parts}
    stock = brought(cast, (DATA / "stock_serials.csv").read_bytes(), 1000)
    assert (stock.rows_read, stock.created, stock.reasons) == (1106, 299, {"bulk": 807})
    assert Unit.objects.count() == 299
    suppliers = brought(cast, (DATA / "supplier_parts.csv").read_bytes(), 1000)
    assert (suppliers.created, Supplier.objects.count(), SupplierPart.objects.count()) == (773, 11, 773)
    assert list(verify()) == []


def test_the_sum_of_the_file_is_not_the_sum_of_the_code():
    """The plain recursion knows a small file by heart."""
    bom = [
        {"assembly_id": "1", "component_id": "2", "quantity": "2"},
        {"assembly_id": "1", "component_id": "3", "quantity": "0.5"},
        {"assembly_id": "2", "component_id": "3", "quantity": "0.125"},
    ]
    assert summed(bom)["1"] == {"2": Decimal(2), "3": Decimal("0.75")}


def test_a_part_of_ours_keeps_its_number(cast):
    add_part(cast.hana, number="Plug", name="Our plug")
    brought(cast, PARTS)
    assert Part.objects.get(number="Plug").name == "Our plug"
    assert Part.objects.filter(number="Plug #5").exists()
