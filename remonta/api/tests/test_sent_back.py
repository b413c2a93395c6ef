"""Returns to suppliers, what to order and the spare-part plan by program."""

from remonta.api.tests.conftest import said
from remonta.api.tests.test_goods_and_money import bin_of, delivery
from remonta.spine.job_runner import JobRunner
from remonta.supply.commands import add_supplier


def test_goods_go_back_and_their_credit_is_for_who_may_see_it(cast, program):
    stan, hana = program("stan"), program("hana")
    stan.make("/deliveries", delivery(cast))
    supplier = add_supplier(cast.ada, name="Vela Parts", currency="EUR", warranty_months=12)
    made = stan.make("/supplier-returns", {"centre_uid": cast.krakow.uid, "supplier_uid": supplier.uid, "note": "RMA"})
    here = f"/supplier-returns/{made['uid']}"
    assert said(stan.post(f"{here}/send", {})) == (409, "NoReturnLines")
    line = {"part_uid": cast.display.uid, "quantity": "2", "reason": "wrong", "place_uid": bin_of(cast)}
    found = stan.make(f"{here}/lines", line)["lines"]
    assert [(one["part_number"], one["quantity"], one["place"]) for one in found] == [("DSP-1", "2", "A-01-01")]
    assert stan.make(f"{here}/send", {"courier": "DPD", "tracking": "77"})["state"] == "sent"
    assert said(stan.post(f"{here}/answer", {"accepted": True}))[0] == 403
    assert hana.make(f"{here}/answer", {"accepted": True, "reference": "C-1"})["state"] == "accepted"
    done = hana.make(f"{here}/credit", {"amount": "160.50", "currency": "EUR"})
    assert (done["state"], done["credited"]["amount"]) == ("credited", "160.50")
    assert stan.read(here)["credited"] is None
    assert [one["number"] for one in stan.read("/supplier-returns?state=credited")["items"]] == [made["number"]]


def test_advice_and_plan_are_worked_out_and_read(cast, program):
    hana = program("hana")
    asked = {"centre_uid": cast.krakow.uid}
    made = hana.make("/order-advice", asked)
    assert (made["kind"], made["state"]) == ("advice", "running")
    assert hana.make(f"/calculations/{made['uid']}/stop", {})["state"] == "stopped"
    assert hana.make("/part-plan", {**asked, "months": 3})["kind"] == "plan"
    again = hana.make("/order-advice", asked)
    while JobRunner(beats=False).work_once():
        pass
    assert hana.read(f"/calculations/{again['uid']}")["state"] == "done"
    assert hana.read("/order-advice?all=true")["items"] == []
    assert hana.read("/part-plan")["items"] == []
    assert said(hana.post("/order-advice/take", {"chosen": [str(cast.display.uid)]})) == (409, "NothingChosen")
    assert said(program("emil").post("/order-advice", asked))[0] == 403
