"""The pages of parts by serial number and by batch: received scan after scan, issued, found again, counted, moved."""

from datetime import date

import pytest
from django.urls import reverse

from remonta.equipment.commands import register_unit
from remonta.orders.commands import move_work_order
from remonta.stock.commands import Which, begin_stocktake, open_count, receive_unit
from remonta.stock.models import Balance, LotBalance, Piece, Place
from remonta.supply.commands import Delivered, ask_part, issue_part, receive_goods
from remonta.supply.models import Requisition
from tests.cast import intake, operation
from tests.test_warehouse_pages import as_, post

GTIN = "05901234123457"


@pytest.fixture
def told(cast):
    """Screens S-100 and S-200, glue of a batch that has expired and of one that has not, all in A-01-01."""
    make = type(cast.display).objects.create
    same = {"sort_name": "x"}
    cast.screen = make(number="SCR-1", name="Screen", tracking="serial", gtin=GTIN, words="scr-1 screen", **same)
    cast.glue = make(number="GLU-1", name="Glue", tracking="batch", words="glu-1 glue", **same)
    cast.bin = Place.objects.get(centre=cast.krakow, code="A-01-01")
    lines = [
        Delivered(cast.screen.uid, cast.bin.uid, 2000, which=Which(("S-100", "S-200"))),
        Delivered(cast.glue.uid, cast.bin.uid, 3000, which=Which(batch="OLD", expires_on=date(2020, 1, 1))),
        Delivered(cast.glue.uid, cast.bin.uid, 3000, which=Which(batch="NEW", expires_on=date(2090, 1, 1))),
    ]
    said = {"supplier": "Parts Ltd", "lines": lines, "operation": operation(cast)}
    receive_goods(cast.stan, cast.krakow.uid, **said)
    cast.order = intake(cast)
    move_work_order(cast.emil, cast.order.uid, "start_diagnosis", operation=operation(cast))
    return cast


def ask(cast, part):
    return ask_part(cast.emil, cast.order.uid, part_uid=part.uid, operation=operation(cast))


def where(serial):
    return Piece.objects.select_related("place").get(serial=serial).place.code


def test_a_scanned_barcode_says_which_piece_came(client, told):
    stan = as_(client, "stan")
    url = reverse("desk:receive-line")
    page = stan.get(url, {"code": f"01{GTIN}17301231\x1d10B7\x1d21S-300", "bin": "A-01-01"}).content.decode()
    assert ">S-300</textarea>" in page
    assert 'name="batch" value="B7"' in page
    assert 'name="expires_on" value="2030-12-31"' in page
    after = stan.get(url, {"code": "S-400", "bin": "A-01-01", "after": str(told.screen.uid)}).content.decode()
    assert ">S-400</textarea>" in after
    assert "no part we know" in stan.get(url, {"code": "S-400"}).content.decode()


def test_a_delivery_is_received_with_its_numbers(client, told):
    lines = {
        "part": [str(told.screen.uid), str(told.glue.uid)],
        "place": ["A-01-01"] * 2,
        "quantity": ["1", "2"],
        "cost": ["", ""],
        "serials": ["S-300\nS-400", ""],
        "batch": ["", "NEW"],
        "expires_on": ["", ""],
    }
    stan = as_(client, "stan")
    missing = post(stan, "receive", supplier="Parts Ltd", **(lines | {"serials": ["", ""], "batch": ["", ""]}))
    assert missing.status_code == 422
    assert "Scan the serial numbers" in missing.content.decode()
    answer = post(stan, "receive", supplier="Parts Ltd", **lines)
    assert answer.status_code == 303
    page = stan.get(answer.url).content.decode()
    assert all(text in page for text in ("S-300", "S-400", "NEW"))
    assert where("S-400") == "A-01-01"
    assert LotBalance.objects.get(lot__code="NEW", place=told.bin).on_hand == 5000


def test_the_order_names_what_was_built_in(client, told):
    asked, glue = ask(told, told.screen), ask(told, told.glue)
    stan = as_(client, "stan")
    page = stan.get(reverse("desk:issue-order", args=[told.order.uid])).content.decode()
    assert page.index("OLD ×") < page.index("NEW ×")
    assert "accept_expired" in page
    assert post(stan, "requisition-issue", asked.uid).status_code == 409
    assert post(stan, "requisition-issue", asked.uid, serials="s 200").status_code == 303
    assert post(stan, "requisition-issue", glue.uid, batch="OLD").status_code == 409
    assert post(stan, "requisition-issue", glue.uid, batch="OLD", accept_expired="on").status_code == 303
    emil = as_(client, "emil").get(reverse("desk:order-parts", args=[told.order.uid])).content.decode()
    assert "S-200" in emil
    assert "OLD" in emil
    back = {"place": str(told.bin.uid), "serials": "S-200"}
    assert post(as_(client, "stan"), "requisition-return", asked.uid, **back).status_code == 303
    assert where("S-200") == "A-01-01"


def test_a_piece_is_issued_by_its_number_and_found_again(client, told):
    stan = as_(client, "stan")
    assert post(stan, "issue-scan", told.order.uid, code="S-100").status_code == 303
    assert Requisition.objects.get().state == "issued"
    found = stan.get("/palette/", {"q": "S-100"}).content.decode()
    piece = Piece.objects.get(serial="S-100")
    assert reverse("desk:piece", args=[piece.uid]) in found
    page = stan.get(reverse("desk:piece", args=[piece.uid])).content.decode()
    assert told.order.number in page
    assert "in the repair" in page
    assert as_(client, "petra").get(reverse("desk:piece", args=[piece.uid])).status_code in (403, 404)


def test_the_part_and_its_bin_say_what_lies_there(client, told):
    stan = as_(client, "stan")
    screens = stan.get(reverse("desk:part-stock", args=[told.screen.uid])).content.decode()
    glue = stan.get(reverse("desk:part-stock", args=[told.glue.uid])).content.decode()
    bin_ = stan.get(reverse("desk:place", args=[told.bin.uid])).content.decode()
    assert all(text in screens for text in ("S-100", "S-200", "serials"))
    assert all(text in glue for text in ("OLD", "NEW", "expired"))
    assert "S-100, S-200" in bin_
    said = {"source_uid": str(told.bin.uid), "quantity": "", "move": "place"}
    assert post(stan, "part-move", told.screen.uid, **said).status_code == 422
    assert post(stan, "part-move", told.screen.uid, **said, serials="S-100").status_code == 303
    assert where("S-100") == "QUARANTINE"


def test_pieces_are_counted_scan_after_scan(client, told):
    take = begin_stocktake(told.stan, told.krakow.uid, scope="zone", prefix="A-01-01", operation=operation(told))
    stan = as_(client, "stan")
    open_count(told.stan, take.uid, place_uid=told.bin.uid, operation=operation(told))
    asks = post(stan, "counting-scan", take.uid, code="SCR-1").content.decode()
    assert "Now scan the serial number" in asks
    assert post(stan, "counting-scan", take.uid, code="X-900", of=str(told.screen.uid)).status_code == 200
    assert post(stan, "counting-scan", take.uid, code="S-100").status_code == 200
    batch = post(stan, "counting-scan", take.uid, code="NEW", of=str(told.glue.uid), quantity="3")
    page = batch.content.decode()
    assert all(text in page for text in ("X-900", "S-100", "NEW"))


def test_an_issued_part_can_be_taken_out_by_its_number(client, told):
    emil = as_(client, "emil")
    assert post(emil, "order-old-part", told.order.uid, part=str(told.screen.uid)).status_code == 409
    said = {"part": str(told.screen.uid), "serials": "OLD-9"}
    assert post(emil, "order-old-part", told.order.uid, **said).status_code == 303
    assert where("OLD-9") == "QUARANTINE"


def test_what_is_issued_by_the_command_shows_its_number(client, told):
    asked = ask(told, told.screen)
    issue_part(told.stan, asked.uid, which=Which(("S-100",)), operation=operation(told))
    page = as_(client, "stan").get(reverse("desk:issue-order", args=[told.order.uid])).content.decode()
    assert "S-100" in page


def test_a_unit_is_taken_apart_on_its_page(client, cast):
    bin_ = Place.objects.get(centre=cast.krakow, code="A-01-01")
    unit = register_unit(cast.rita, product_id=cast.phone.pk, serial="DONOR-1", centre_id=cast.krakow.pk)
    receive_unit(cast.rita, unit.pk, Place.objects.get(centre=cast.krakow, code="S-1").pk)
    hana = as_(client, "hana")
    url = reverse("desk:take-apart", args=[unit.uid])
    assert url in hana.get(reverse("desk:unit", args=[unit.uid])).content.decode()
    assert 'name="cost"' in hana.get(url).content.decode()
    assert "DSP-1" in hana.get(reverse("desk:take-apart-line"), {"code": "DSP-1", "bin": "A-01-01"}).content.decode()
    line = {"part": str(cast.display.uid), "place": "A-01-01", "quantity": "2"}
    wrong = post(hana, "take-apart", unit.uid, **(line | {"place": "NOWHERE"}))
    assert wrong.status_code == 422
    assert "at least one part" in post(hana, "take-apart", unit.uid).content.decode()
    answer = post(hana, "take-apart", unit.uid, **line, note="Broken frame")
    page = hana.get(answer.url).content.decode()
    assert all(text in page for text in ("KRK-D00001", "Broken frame", "DSP-1"))
    assert Balance.objects.get(part=cast.display, place=bin_).on_hand == 2000
    assert "KRK-D00001" in hana.get(reverse("desk:unit", args=[unit.uid])).content.decode()
    assert as_(client, "emil").get(url).status_code == 403


def test_a_day_that_no_calendar_has_is_refused(client, told):
    stan = as_(client, "stan")
    page = stan.get(reverse("desk:part-stock", args=[told.glue.uid]), {"on": "2026-02-31"})
    assert page.status_code == 200
    line = {"part": str(told.glue.uid), "place": "A-01-01", "quantity": "2", "batch": "B", "expires_on": "2027-02-31"}
    assert post(stan, "receive", supplier="Parts Ltd", **line).status_code == 422
    asked = ask(told, told.screen)
    assert post(stan, "requisition-expect", asked.uid, expected_on="2027-02-31").status_code == 400
