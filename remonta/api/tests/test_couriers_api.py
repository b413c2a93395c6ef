"""Programs send things, follow them, and plan and drive rounds."""

from datetime import date

from remonta.api.tests.conftest import said
from remonta.kernel.ids import uuid7
from remonta.logistics.commands.couriers import add_courier

TO = {"name": "Anna Nowak", "city": "Gdańsk", "postcode": "80-827", "country": "PL"}


def account(cast, driver="own", **more):
    return add_courier(cast.hana, cast.krakow.uid, name=driver, driver=driver, **more, operation=uuid7(cast.clock()))


def book(someone, courier, **more):
    body = {"courier_uid": courier.uid, "receiver": TO, "parcels": [{"weight": 1200}], **more}
    return someone.post("/shipments", body)


def test_a_program_sends_and_calls_off(cast, program):
    stan, courier = program("stan"), account(cast)
    made = book(stan, courier)
    assert made.status_code == 201, made.content
    uid = made.json()["uid"]
    assert (made.json()["state"], made.json()["receiver"]["city"]) == ("booked", "Gdańsk")
    assert [row["uid"] for row in stan.get("/shipments?state=booked").json()["items"]] == [uid]
    assert stan.get("/shipments?state=lost").json()["items"] == []
    assert stan.get(f"/shipments/{uid}").json()["number"] == made.json()["number"]
    assert stan.get(f"/shipments/{uid}/label").status_code == 404
    assert said(stan.post(f"/shipments/{uid}/ask")) == (409, "NothingToAsk")
    assert said(stan.post(f"/shipments/{uid}/settle", {"booked": False})) == (409, "ShipmentClash")
    assert stan.post(f"/shipments/{uid}/cancel").json()["state"] == "cancelled"


def test_what_cannot_be_carried_is_refused(cast, program, writes_nothing):
    stan, gosia, emil, courier = program("stan"), program("gosia"), program("emil"), account(cast)
    with writes_nothing():
        assert said(book(stan, courier, receiver={"city": "Gdańsk"})) == (409, "ReceiverMissing")
        assert said(book(stan, courier, parcels=[{"weight": 0}]))[0] == 422
        assert said(book(stan, courier, parcels=[]))[0] == 422
        assert book(gosia, courier).status_code == 404
        assert book(emil, courier).status_code == 403


def test_a_program_sets_accounts_up_and_reads_no_secret(cast, program):
    hana = program("hana")
    body = {"centre_uid": cast.krakow.uid, "driver": "inpost", "name": "Lockers"}
    assert said(hana.post("/couriers", body)) == (409, "SecretMissing")
    made = hana.post("/couriers", {**body, "secrets": {"token": "very secret", "organization": "42"}})
    assert made.status_code == 201, made.content
    uid = made.json()["uid"]
    assert made.json()["secrets"] == ["organization", "token"]
    assert "very secret" not in hana.get(f"/couriers/{uid}").content.decode()
    changed = hana.ask("PUT", f"/couriers/{uid}", {"name": "Boxes", "sender": {"city": "Tarnów"}}).json()
    assert (changed["name"], changed["sender"]["city"], changed["secrets"]) == (
        "Boxes",
        "Tarnów",
        ["organization", "token"],
    )
    assert hana.post(f"/couriers/{uid}/hook").json()["hook_url"] != changed["hook_url"]
    assert [row["name"] for row in program("stan").get("/couriers").json()] == ["Boxes"]
    assert program("stan").get(f"/couriers/{uid}").status_code == 403
    assert hana.post(f"/couriers/{uid}/archive").json()["archived"]
    assert program("stan").get("/couriers").json() == []


def test_a_round_is_planned_and_driven(cast, program, writes_nothing):
    stan, hana, emil = program("stan"), program("hana"), program("emil")
    courier = account(cast)
    uids = [book(stan, courier).json()["uid"] for _ in range(2)]
    person = emil.get("/me").json()["uid"]
    body = {"centre_uid": cast.krakow.uid, "driver_uid": person, "day": date(2026, 3, 3), "shipments": uids[:1]}
    made = hana.post("/rounds", body)
    assert made.status_code == 201, made.content
    path = f"/rounds/{made.json()['uid']}"
    assert len(hana.post(f"{path}/stops", {"shipments": uids[1:]}).json()["stops"]) == 4
    stops = [stop["uid"] for stop in hana.get(path).json()["stops"]]
    turned = hana.ask("PUT", f"{path}/stops", {"stops": stops[::-1]}).json()["stops"]
    assert [stop["uid"] for stop in turned] == stops[::-1]
    dropped = hana.post(f"{path}/drop", {"stop_uid": stops[1]}).json()["stops"]
    assert {stop["shipment_uid"] for stop in dropped} == {uids[1]} or {stop["shipment_uid"] for stop in dropped} == {
        uids[0]
    }
    collect = next(stop for stop in dropped if stop["kind"] == "collect")
    assert [row["number"] for row in emil.get("/rounds?mine=true").json()["items"]] == [made.json()["number"]]
    done = mark(emil, path, collect["uid"])
    assert done.status_code == 200, done.content
    assert done.json()["stops_done"] == 1
    assert emil.get(f"/shipments/{collect['shipment_uid']}").json()["state"] == "picked_up"
    with writes_nothing():
        assert mark(hana, path, collect["uid"]).status_code == 403
        assert said(mark(emil, path, collect["uid"])) == (409, "StopMade")


def mark(someone, path, stop_uid, **more):
    headers = {"Authorization": f"Bearer {someone.token}", "Idempotency-Key": str(uuid7())}
    return someone.client.post(f"/api/v1{path}/made", {"stop_uid": stop_uid, **more}, headers=headers)
