"""Warehouse and money by program."""

from django.apps import apps
from django.utils import timezone

from remonta.api.tests.conftest import said
from remonta.equipment.commands import register_unit
from remonta.kernel.ids import uuid7
from remonta.stock.commands import receive_unit
from tests.cast import intake
from tests.till import Till

PLN = {"currency": "PLN"}


def bin_of(cast, centre="krakow"):
    return apps.get_model("stock", "Place").objects.get(centre=getattr(cast, centre), code="A-01-01").uid


def delivery(cast, quantity="5"):
    line = {"part_uid": cast.display.uid, "place_uid": bin_of(cast), "quantity": quantity, "cost": "80.25"}
    return {"centre_uid": cast.krakow.uid, "supplier": "Vela Parts", "note_number": "D-1", "lines": [line]}


def test_a_delivery_is_booked_once(cast, program):
    stan, key = program("stan"), uuid7(timezone.now())
    first, again = stan.make("/deliveries", delivery(cast), key=key), stan.make("/deliveries", delivery(cast), key=key)
    assert first["number"] == again["number"]
    assert said(stan.post("/deliveries", delivery(cast, "6"), key=key)) == (409, "OperationTaken")
    assert [(row["number"], row["on_hand"]) for row in stan.read("/stock")["items"]] == [("DSP-1", "5")]
    stock = stan.read(f"/parts/{cast.display.uid}/stock")
    assert stock["centres"][0]["free"] == "5"
    assert stock["purchases"][0]["supplier"] == "Vela Parts"


def test_a_part_is_asked_for_issued_and_given_back(cast, program):
    order, stan, emil = intake(cast), program("stan"), program("emil")
    wanted = emil.make(f"/orders/{order.uid}/parts", {"part_uid": cast.display.uid, "quantity": "1"})
    assert wanted["state"] == "wanted"
    assert stan.read("/demand")[0]["wanted"] == "1"
    here = f"/requisitions/{wanted['uid']}"
    assert stan.make(f"{here}/expect", {"expected_on": "2030-01-05"})["expected_on"] == "2030-01-05"
    stan.make("/deliveries", delivery(cast))
    assert [row["uid"] for row in stan.read(f"/picking?centre={cast.krakow.uid}")] == [wanted["uid"]]
    assert stan.make(f"{here}/issue")["state"] == "issued"
    assert stan.read(f"/orders/{order.uid}/built-in")[0]["on_hand"] == "1"
    assert stan.make(f"{here}/return", {"place_uid": bin_of(cast)})["state"] == "returned"
    assert said(stan.post(f"{here}/issue")) == (409, "RequisitionClash")
    gosia = program("gosia")
    assert said(gosia.get(here))[0] == 404


def test_a_part_moves_and_is_thrown_away(cast, program):
    stan = program("stan")
    stan.make("/deliveries", delivery(cast))
    stan.make("/places", {"centre_uid": cast.krakow.uid, "kind": "bin", "code": "A-01-02"})
    target = stan.read("/places?q=A-01-02")["items"][0]["uid"]
    body = {"source_uid": bin_of(cast), "target_uid": target, "quantity": "2"}
    assert stan.make(f"/parts/{cast.display.uid}/moves", body)[0]["quantity"] == "2"
    scrap = {"way": "scrap", "source_uid": target, "quantity": "0.5"}
    assert stan.make(f"/parts/{cast.display.uid}/moves", scrap)[0]["target"]
    contents = stan.read(f"/places/{target}/contents")
    assert contents["parts"][0]["on_hand"] == "1.5"
    assert said(stan.post(f"/parts/{cast.display.uid}/moves", body | {"quantity": "99"})) == (409, "NotEnough")
    assert stan.post(f"/parts/{cast.display.uid}/moves", body | {"quantity": "0.0001"}).status_code == 422
    assert stan.post("/places", {"centre_uid": cast.krakow.uid, "kind": "customer", "code": "X"}).status_code == 422


def test_a_unit_is_put_by_two_scans(cast, program):
    order, rita = intake(cast, serial="SN-42"), program("rita")
    shelf = apps.get_model("stock", "Place").objects.get(centre=cast.krakow, kind="shelf")
    put = rita.make("/scan/put", {"thing": order.number, "place": shelf.label})
    assert put["uid"] == str(shelf.uid)
    assert rita.read(f"/orders/{order.uid}/place")["code"] == "S-1"
    assert said(rita.post("/scan/put", {"thing": "unknown", "place": shelf.label}))[0] == 404
    moves = rita.read(f"/orders/{order.uid}/moves-of-things")
    assert len(moves) == 2
    back = rita.make(f"/moves/{moves[0]['uid']}/undo", {})
    assert (back["target"], back["reason"]) == ("D-1", "taken_back")
    assert said(rita.post(f"/moves/{moves[0]['uid']}/undo", {})) == (409, "MovedSince")


def test_a_cash_desk_is_archived_when_it_is_closed_and_empty(cast, program):
    till, hana = Till(cast), program("hana")
    shift, here = till.open(counted=500), f"/cash-desks/{till.desk.uid}"
    assert said(hana.post(f"{here}/archive", {})) == (409, "DeskOpenStill")
    till.close(shift, 0)
    assert hana.post(f"{here}/archive", {}).status_code == 204
    assert hana.read(f"/cash-desks?centre={cast.krakow.uid}") == []


def test_money_is_taken_once_and_given_back(cast, program, settings):
    till, cora, hana = Till(cast), program("cora"), program("hana")
    order = till.order("100.00")
    here = f"/orders/{order.uid}"
    desk = cora.read(f"/cash-desks?centre={cast.krakow.uid}")[0]
    opened = cora.make(f"/cash-desks/{desk['uid']}/open", {"counted": {"amount": "50.00", **PLN}})
    tender = {"method": "cash", "amount": {"amount": "100.00", **PLN}, "desk_uid": desk["uid"]}
    tender["tendered"] = {"amount": "200.00", **PLN}
    key = uuid7(timezone.now())
    paid, again = cora.make(f"{here}/payments", tender, key=key), cora.make(f"{here}/payments", tender, key=key)
    assert paid["uid"] == again["uid"]
    assert paid["change"] == {"amount": "100.00", **PLN}
    assert said(cora.post(f"{here}/payments", tender)) == (409, "MoreThanOwed")
    back = hana.make(f"/payments/{paid['uid']}/refund", {"amount": {"amount": "30.00", **PLN}, "desk_uid": desk["uid"]})
    assert back["amount"] == {"amount": "-30.00", **PLN}
    assert cora.read(f"/payments/{paid['uid']}")["left"]["amount"] == "70.00"
    lines = cora.make(f"/shifts/{opened['shift_uid']}/moves", {"kind": "to_safe", "amount": {"amount": "20.00", **PLN}})
    assert len(lines) >= 3
    cora.make(f"/shifts/{opened['shift_uid']}/close", {"counted": {"amount": "100.00", **PLN}})
    assert cora.read(f"/shifts?centre={cast.krakow.uid}")[0]["difference"]["amount"] == "0.00"


def test_money_of_others_is_not_there(cast, program, writes_nothing):
    order = Till(cast).order("100.00")
    gosia, stan = program("gosia"), program("stan")
    tender = {"method": "transfer", "amount": {"amount": "1.00", **PLN}, "reference": "R"}
    with writes_nothing():
        assert said(gosia.get(f"/orders/{order.uid}/money"))[0] in (403, 404)
        assert said(gosia.post(f"/orders/{order.uid}/deposits", tender))[0] in (403, 404)
        assert said(stan.get(f"/orders/{order.uid}/money"))[0] == 403
        assert said(stan.post(f"/orders/{order.uid}/payments", tender))[0] == 403


def test_an_invoice_is_issued_and_corrected(cast, program):
    order, hana = Till(cast).order("123.00"), program("hana")
    invoice = hana.make(f"/orders/{order.uid}/invoice")
    assert (invoice["total"], invoice["tax"]) == ({"amount": "123.00", **PLN}, {"amount": "23.00", **PLN})
    assert said(hana.post(f"/orders/{order.uid}/invoice")) == (409, "InvoicedAlready")
    correction = hana.make(f"/invoices/{invoice['uid']}/correct", {"reason": "goodwill"})
    assert correction["correction"] is True
    assert hana.read(f"/invoices/{invoice['uid']}")["corrected_by"] == correction["uid"]
    assert len(hana.read(f"/invoices?order={order.uid}")["items"]) == 2


def test_papers_are_printed_and_read(cast, program):
    order, rita = intake(cast), program("rita")
    paper = rita.make(f"/orders/{order.uid}/papers", {"code": "receipt"})
    pdf = rita.get(f"/papers/{paper['uid']}/pdf")
    assert (pdf.status_code, pdf.headers["Content-Type"], pdf.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert [row["uid"] for row in rita.read(f"/orders/{order.uid}/papers")] == [paper["uid"]]
    assert said(rita.post(f"/orders/{order.uid}/papers", {"code": "nonsense"}))[0] == 422
    assert said(program("gosia").get(f"/papers/{paper['uid']}/pdf"))[0] == 404


def test_labels_of_places_come_as_a_pdf(cast, program):
    answer = program("stan").post("/places/labels", {"places": [bin_of(cast)]})
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")


def test_a_unit_is_taken_apart_once_however_often_that_is_said(cast, program):
    unit = register_unit(cast.rita, product_id=cast.phone.pk, serial="DONOR-1", centre_id=cast.krakow.pk)
    shelf = apps.get_model("stock", "Place").objects.get(centre=cast.krakow, code="S-1")
    receive_unit(cast.rita, unit.pk, shelf.pk)
    line = {"part_uid": cast.display.uid, "place_uid": bin_of(cast), "quantity": "1", "share": "1"}
    body = {"lines": [line], "cost": {"amount": "40.00", **PLN}}
    here, key, hana = f"/units/{unit.uid}/take-apart", uuid7(timezone.now()), program("hana")
    below = body | {"cost": {"amount": "-40.00", **PLN}}
    assert said(hana.post(here, below))[1] == "CostBelowZero"
    first, again = hana.make(here, body, key=key), hana.make(here, body, key=key)
    assert (first["number"], first["cost"]) == (again["number"], again["cost"])
