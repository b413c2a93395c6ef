"""Shipments at the desk: found by customer, product and serial number; units made of them; what units consist of."""

from datetime import date

import pytest

from remonta.catalogue.commands import add_list_line, begin_list, publish_list
from remonta.customers.commands import register_customer
from remonta.equipment.commands import Shipped, list_shipment, register_unit
from remonta.equipment.models import Unit


def shown(answer) -> str:
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


@pytest.fixture
def line(cast):
    """Two kettles to Anna and one without a number; the kettle consists of a display."""
    begun = begin_list(cast.hana, product_uid=cast.kettle.uid)
    add_list_line(cast.hana, begun.uid, part_uid=cast.display.uid, reference="D1")
    publish_list(cast.hana, begun.uid, valid_from=date(2026, 1, 1))
    cast.kettle.words = "vela boil"
    cast.kettle.save()
    register_customer(cast.rita, name="Anna Nowak", centre_id=cast.krakow.pk)
    said = Shipped("WZ-1", date(2026, 2, 1), cast.kettle.pk, 3, ("K-1", "K-2"), "Anna Nowak")
    list_shipment(cast.hana, cast.krakow.pk, Shipped("WZ-2", date(2026, 2, 9), cast.phone.pk, 1, ("P-1",), "Other Co"))
    return list_shipment(cast.hana, cast.krakow.pk, said)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"customer": "nowak"}, {"K-1", "K-2"}),
        ({"customer": "other"}, {"P-1"}),
        ({"product": "boil"}, {"K-1", "K-2"}),
        ({"q": "k1"}, {"K-1"}),
        ({"q": "WZ-2"}, {"P-1"}),
        ({"customer": "nowak", "product": "one"}, set()),
        ({"since": "2026-02-05"}, {"P-1"}),
        ({"until": "2026-02-05"}, {"K-1", "K-2"}),
        ({"made": "yes"}, set()),
        ({"made": "no"}, {"K-1", "K-2", "P-1"}),
    ],
)
def test_shipments_are_found(cast, sign_in, line, wanted, found):
    page = shown(sign_in("emil").get("/sales/", wanted))
    assert {serial for serial in ("K-1", "K-2", "P-1") if f">{serial}<" in page} == found


def test_units_are_registered_one_by_one_or_all_at_once(cast, sign_in, line):
    rita = sign_in("rita")
    here = f"/sales/{line.uid}/"
    assert "Register the units" in shown(rita.get(here))
    first = rita.post(f"{here}register/", {"piece": line.pieces.get(serial="K-2").uid})
    unit = Unit.objects.get()
    assert first["Location"] == f"/units/{unit.uid}/"
    page = shown(rita.get(f"/units/{unit.uid}/"))
    assert "DSP-1" in page
    assert "WZ-1" in page
    assert rita.post(f"{here}register/")["Location"] == here
    assert Unit.objects.count() == 3
    page = shown(rita.get(here))
    assert "Register the units" not in page
    assert "2 units registered" in page
    assert rita.post(f"{here}register/").status_code == 409


def test_a_unit_gets_its_list_by_hand_too(cast, sign_in, line):
    unit = register_unit(cast.rita, product_id=cast.kettle.pk, serial="K-7", centre_id=cast.krakow.pk)
    bare = register_unit(cast.rita, product_id=cast.phone.pk, serial="P-7", centre_id=cast.krakow.pk)
    emil, here = sign_in("emil"), f"/units/{unit.uid}/"
    assert "Copy the parts list" in shown(emil.get(here))
    assert emil.post(f"{here}parts/").status_code == 303
    assert "in force on" in shown(emil.get(here))
    assert "Copy the parts list" not in shown(emil.get(f"/units/{bare.uid}/"))


def test_strangers_and_readers(cast, sign_in, line, writes_nothing):
    assert sign_in("petra").get(f"/sales/{line.uid}/").status_code == 404
    cora = sign_in("cora")
    assert "Register the units" not in shown(cora.get(f"/sales/{line.uid}/"))
    with writes_nothing():
        assert cora.post(f"/sales/{line.uid}/register/").status_code == 403
