"""Requests, talks, intake, quotes, work, hand-over: a repair by program from the call to the door."""

from django.apps import apps
from django.utils import timezone

from remonta.api.tests.conftest import said
from remonta.kernel.ids import uuid7
from tests.cast import expected, intake

WHO = {"name": "Jan Kowalski", "phones": ["+48600100200"]}


def asked(cast, **more):
    return {"centre_uid": cast.krakow.uid, "contact_phone": "+48600100200", "fault": "Does not start"} | more


def taken(cast, **more):
    which = {"product_uid": cast.phone.uid, "serial": "SN-9"}
    return {"centre_uid": cast.krakow.uid, "who": WHO, "which": which, "repair": {"fault": "Dead"}} | more


def test_a_request_is_registered_promised_and_refused(cast, program):
    rita = program("rita")
    made = rita.make("/requests", asked(cast))
    assert (made["state"], made["contact_phone"]) == ("new", "+48600100200")
    price = {"amount": "320.50", "currency": "PLN"}
    told = rita.make(f"/requests/{made['uid']}/promises", {"price": price, "note": "By Friday"})
    assert told["promises"][0]["price"] == price
    refused = rita.make(f"/requests/{made['uid']}/refuse", {"reason": "price"})
    assert refused["state"] == "refused"
    assert said(rita.post(f"/requests/{made['uid']}/accept")) == (409, "RequestClash")


def test_a_request_has_a_version_too(cast, program):
    rita = program("rita")
    made = rita.post("/requests", asked(cast))
    uid, tag = made.json()["uid"], made.headers["ETag"]
    assert rita.post(f"/requests/{uid}/keep", If_Match=tag).status_code == 200
    assert said(rita.post(f"/requests/{uid}/accept", If_Match=tag)) == (412, "ChangedMeanwhile")
    assert rita.post(f"/requests/{uid}/accept", If_Match='"nonsense"').status_code == 412
    fresh = rita.get(f"/requests/{uid}").headers["ETag"]
    assert rita.post(f"/requests/{uid}/accept", If_Match=fresh).status_code == 200


def test_requests_of_others_are_not_there(cast, program, writes_nothing):
    uid = program("rita").make("/requests", asked(cast))["uid"]
    gosia = program("gosia")
    with writes_nothing():
        assert said(gosia.get(f"/requests/{uid}"))[0] == 404
        assert said(gosia.post(f"/requests/{uid}/accept"))[0] == 404
        assert said(gosia.post("/requests", asked(cast)))[0] in (403, 404)
    assert gosia.read("/requests")["items"] == []


def test_another_currency_is_refused_at_its_field(cast, program, writes_nothing):
    rita = program("rita")
    uid = rita.make("/requests", asked(cast))["uid"]
    with writes_nothing():
        for price in ({"amount": "10.00", "currency": "EUR"}, {"amount": "10.005", "currency": "PLN"}):
            answer = rita.post(f"/requests/{uid}/promises", {"price": price})
            assert said(answer) == (422, "Unfit")
            assert answer.json()["errors"][0]["field"] == "price"
        for amount in ("1e3", "10,00", " 10", "1" * 30, 10):
            assert (
                rita.post(f"/requests/{uid}/promises", {"price": {"amount": amount, "currency": "PLN"}}).status_code
                == 422
            )


def test_a_talk_is_kept(cast, program):
    body = {"centre_uid": cast.krakow.uid, "who": WHO, "talk": {"fault": "Screen", "outcome": "lead", "promise": "200"}}
    kept = program("rita").make("/talks", body)
    assert (kept["state"], kept["customer"]["name"]) == ("lead", "Jan Kowalski")


def test_a_unit_is_taken_in_once_and_found(cast, program):
    rita, key = program("rita"), uuid7(timezone.now())
    first, again = rita.make("/intake", taken(cast), key=key), rita.make("/intake", taken(cast), key=key)
    assert first["number"] == again["number"]
    assert first["state"] == "taken_in"
    answer = rita.post("/intake", taken(cast))
    assert said(answer) == (409, "AlreadyInService")
    assert first["number"] in answer.json()["detail"]
    assert [hit["kind"] for hit in rita.read(f"/search?q={first['number']}")] == ["work_order"]
    assert rita.make("/scan", {"code": first["number"]}, key="")["uid"] == first["uid"]


def test_a_whole_repair(cast, program):
    rita, emil, hana = program("rita"), program("emil"), program("hana")
    order = rita.make("/intake", taken(cast))
    here = f"/orders/{order['uid']}"
    engineer = apps.get_model("identity", "Account").objects.get(email="emil@example.com").uid
    given = hana.make(f"{here}/give", {"engineer_uid": engineer})
    emil.make(f"/dispatch/{given[0]['uid']}/answer", {"move": "accept"})
    emil.make(f"{here}/moves", {"move": "start_diagnosis"})
    bench = emil.make(f"{here}/findings", {"text": "Battery swollen"})
    assert [one["text"] for one in bench["findings"]] == ["Battery swollen"]
    emil.make(f"{here}/timer/start")
    assert emil.read("/my-work")["timer_on"] == order["uid"]
    emil.make(f"{here}/timer/stop")
    lines = [{"text": "Battery", "price": "120.5", "quantity": "1"}, {"text": "Cleaning", "price": "20"}]
    quote = hana.make(f"{here}/quotes", {"lines": lines})
    assert quote["whole"] == {"amount": "140.50", "currency": "PLN"}
    sent = hana.make(f"/quotes/{quote['uid']}/send")
    signed = {"name": "Jan", "shown_hash": sent["shown_hash"]}
    chosen = [one["uid"] for one in sent["lines"]]
    approved = rita.make(f"/quotes/{quote['uid']}/approve", {"lines": chosen, **signed})
    assert approved["approved_total"] == {"amount": "140.50", "currency": "PLN"}
    emil.make(f"{here}/moves", {"move": "finish_repair"})
    program("quinn").make(f"{here}/check", {"passed": True})
    refused = rita.post(f"{here}/hand-over", {"taken_by": "Jan"})
    assert said(refused) == (409, "WorkOrderHeld")
    assert "140.50" in refused.json()["detail"]
    cora = program("cora")
    tender = {"method": "transfer", "amount": {"amount": "140.50", "currency": "PLN"}, "reference": "R-1"}
    cora.make(f"{here}/payments", tender)
    assert cora.read(f"{here}/money")["owed"]["amount"] == "0.00"
    assert rita.make(f"{here}/hand-over", {"taken_by": "Jan"})["state"] == "closed"
    told = [line["name"] for line in rita.read(f"{here}/timeline")]
    assert {"quotes.approved", "quality.final_check_made"} <= set(told)


def test_a_quote_of_another_text_is_not_answered(cast, program, writes_nothing):
    order, wanda, rita, gosia = intake(cast), program("wanda"), program("rita"), program("gosia")
    program("emil").make(f"/orders/{order.uid}/moves", {"move": "start_diagnosis"})
    quote = wanda.make(f"/orders/{order.uid}/quotes", {"lines": [{"text": "Screen", "price": "10"}]})
    sent = wanda.make(f"/quotes/{quote['uid']}/send")
    body = {"lines": [sent["lines"][0]["uid"]], "name": "Jan", "shown_hash": "0" * 64}
    with writes_nothing():
        assert said(rita.post(f"/quotes/{quote['uid']}/approve", body)) == (409, "OtherTextShown")
        assert said(gosia.post(f"/quotes/{quote['uid']}/send"))[0] == 404


def test_an_expected_repair_comes(cast, program):
    rita = program("rita")
    made = rita.make("/intake/expected", {key: value for key, value in taken(cast).items()})
    assert made["state"] == "registered"
    assert rita.make(f"/orders/{made['uid']}/intake")["state"] == "taken_in"
    other = expected(cast, serial="SN-X")
    assert said(program("gosia").post(f"/orders/{other.uid}/intake"))[0] == 404


def test_tasks_are_given_and_ended(cast, program):
    rita = program("rita")
    task = rita.make("/tasks", {"centre_uid": cast.krakow.uid, "title": "Call Jan"})
    assert rita.read("/tasks?mine=true")["items"][0]["title"] == "Call Jan"
    assert rita.make(f"/tasks/{task['uid']}/end", {"move": "finish"})["state"] == "done"
    assert said(rita.post(f"/tasks/{task['uid']}/end", {"move": "drop"})) == (409, "TaskClash")
