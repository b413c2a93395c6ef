"""Shipments and what units consist of, by program."""

from datetime import date

from remonta.api.tests.conftest import said
from remonta.catalogue.commands import add_list_line, begin_list, publish_list
from remonta.equipment.commands import Shipped, list_shipment, register_unit


def test_a_program_finds_shipments_and_makes_units_of_them(cast, program):
    begun = begin_list(cast.hana, product_uid=cast.kettle.uid)
    add_list_line(cast.hana, begun.uid, part_uid=cast.display.uid, quantity=500)
    publish_list(cast.hana, begun.uid, valid_from=date(2026, 1, 1))
    shipped = Shipped("WZ-1", date(2026, 2, 1), cast.kettle.pk, 2, ("K-1", "K-2"), "Anna Nowak")
    list_shipment(cast.hana, cast.krakow.pk, shipped)
    rita = program("rita")
    rows = rita.read("/sales?serial=k1")["items"]
    assert [(row["number"], row["serial"], row["customer"]) for row in rows] == [("WZ-1", "K-1", "Anna Nowak")]
    assert len(rita.read(f"/sales?product={cast.kettle.uid}&since=2026-02-01")["items"]) == 2
    assert rita.read("/sales?until=2026-01-31")["items"] == []
    here = f"/sales/{rows[0]['line_uid']}"
    assert len(rita.read(here)["pieces"]) == 2
    body = {"centre_uid": str(cast.krakow.uid), "pieces": [rows[0]["uid"]]}
    (unit,) = rita.make(f"{here}/register", body)
    assert (unit["serial"], unit["sold_on"]) == ("K-1", "2026-02-01")
    assert said(rita.post(f"{here}/register", body)) == (409, "RegisteredAlready")
    parts = rita.read(f"/units/{unit['uid']}/parts")
    assert [(one["number"], one["quantity"]) for one in parts["lines"]] == [("DSP-1", "0.5")]
    bare = register_unit(cast.rita, product_id=cast.kettle.pk, serial="K-8", centre_id=cast.krakow.pk)
    assert rita.read(f"/units/{bare.uid}/parts") is None
    assert rita.make(f"/units/{bare.uid}/parts")["version"] == 1
    assert program("petra").read("/sales")["items"] == []
