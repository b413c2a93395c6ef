"""Customers, units and the catalogue by program."""

from remonta.api.tests.conftest import said
from tests.cast import intake


def new(cast, **more):
    return {"centre_uid": cast.krakow.uid, "name": "Jan Kowalski", "phones": ["600 100 200"]} | more


def test_a_customer_is_registered_changed_and_found(cast, program):
    rita = program("rita")
    made = rita.make("/customers", new(cast))
    assert [phone["number"] for phone in made["phones"]] == ["+48600100200"]
    changed = rita.ask("PATCH", f"/customers/{made['uid']}", {"email": "Jan@Example.com", "may_contact": {"sms": True}})
    assert (changed.json()["name"], changed.json()["may_contact"]) == ("Jan Kowalski", {"sms": True})
    assert [row["uid"] for row in rita.read("/customers?q=kowalski")["items"]] == [made["uid"]]
    assert rita.read("/customers?q=nobody")["items"] == []


def test_what_hangs_on_a_customer(cast, program):
    rita = program("rita")
    jan, ola = rita.make("/customers", new(cast)), rita.make("/customers", new(cast, name="Ola", phones=[]))
    here = f"/customers/{jan['uid']}"
    rita.make(f"{here}/phones", {"phone": "+48601202303", "label": "work"})
    card = rita.make(f"{here}/addresses", {"lines": "ul. Nowa 1", "city": "Kraków"})
    moved = rita.ask("PATCH", f"{here}/addresses/{card['addresses'][0]['uid']}", {"lines": "ul. Stara 2"}).json()
    assert (moved["addresses"][0]["lines"], moved["addresses"][0]["city"]) == ("ul. Stara 2", "Kraków")
    assert rita.make(f"{here}/relations", {"other_uid": ola["uid"], "kind": "household"})["related"][0]["name"] == "Ola"
    dropped = rita.ask("DELETE", f"{here}/phones/{card['phones'][0]['id']}").json()
    assert [phone["number"] for phone in dropped["phones"]] == ["+48601202303"]
    assert said(rita.post(f"{here}/phones", {"phone": "abc"})) == (409, "PhoneUnclear")
    assert said(rita.post(f"{here}/flags", {"flag": "no-such"})) == (409, "UnknownFlag")
    flag = next(iter(rita.read("/customer-flags")))
    assert rita.make(f"{here}/flags", {"flag": flag})["flags"] == [flag]


def test_partners_see_only_customers_of_their_own(cast, program, writes_nothing):
    jan = program("rita").make("/customers", new(cast))
    petra = program("petra")
    with writes_nothing():
        assert said(petra.get(f"/customers/{jan['uid']}"))[0] == 404
        assert said(petra.ask("PATCH", f"/customers/{jan['uid']}", {"name": "Mine"}))[0] == 404
    assert petra.read("/customers")["items"] == []


def test_two_entries_become_one(cast, program):
    hana = program("hana")
    one, two = hana.make("/customers", new(cast)), hana.make("/customers", new(cast))
    assert hana.make(f"/customers/{one['uid']}/merge", {"into_uid": two["uid"]})["uid"] == two["uid"]
    assert hana.get(f"/customers/{one['uid']}").status_code == 404


def test_a_unit_and_its_history(cast, program):
    order, rita = intake(cast, serial="SN-7"), program("rita")
    found = rita.read("/units?q=sn-7")["items"]
    assert [row["serial"] for row in found] == ["SN-7"]
    here = f"/units/{found[0]['uid']}"
    assert [row["number"] for row in rita.read(f"{here}/history")] == [order.number]
    assert rita.read(f"{here}/place")["kind"] == "desk"
    changed = rita.ask("PATCH", here, {"batch": "B-1", "sold_on": "2026-01-05"}).json()
    assert (changed["batch"], changed["sold_on"]) == ("B-1", "2026-01-05")
    assert rita.ask("PATCH", here, {"sold_on": None}).json()["sold_on"] is None
    assert rita.make(f"{here}/owner", {"owner_uid": None})["owner_uid"] is None
    assert program("petra").get(here).status_code == 404


def test_the_catalogue_is_for_who_keeps_it(cast, program, writes_nothing):
    category = cast.phone.category.uid
    body = {"category_uid": category, "name": "Two", "brand": "Vela"}
    ada, rita = program("ada"), program("rita")
    with writes_nothing():
        assert said(rita.post("/products", body))[0] == 403
    made = ada.make("/products", body)
    assert made["full_name"] == "Vela Two"
    assert said(ada.post("/products", body)) == (409, "AlreadyThere")
    part = ada.make("/parts", {"number": "BAT-2", "name": "Battery"})
    assert ada.make(f"/products/{made['uid']}/parts", {"part_uid": part["uid"]})["parts"][0]["number"] == "BAT-2"
    fault = ada.make(f"/products/{made['uid']}/faults", {"symptoms": {"en": "Swells"}, "remedy": {"en": "Swap"}})
    dropped = ada.ask("DELETE", f"/products/{made['uid']}/faults/{fault['faults'][0]['id']}").json()
    assert dropped["faults"] == []
    assert ada.make(f"/products/{made['uid']}/archive")["archived_at"]
    assert made["uid"] not in [row["uid"] for row in ada.read("/products")["items"]]


def test_works_codes_and_checklists(cast, program):
    ada = program("ada")
    work = ada.make("/services", {"code": "swap", "names": {"en": "Swap", "pl": "Wymiana"}, "minutes": 30})
    assert ada.get(f"/services/{work['uid']}", **{"Accept-Language": "pl"}).json()["name"] == "Wymiana"
    code = ada.make("/fault-codes", {"kind": "symptom", "code": "S1", "names": {"en": "Dead"}})
    assert ada.read("/fault-codes?kind=symptom")["items"][0]["uid"] == code["uid"]
    line = ada.make("/checklist-lines", {"moment": "intake", "names": {"en": "Screen whole"}, "required": True})
    changed = ada.ask("PUT", f"/checklist-lines/{line['uid']}", {"names": {"en": "Glass whole"}, "position": 2})
    assert changed.json()["text"] == "Glass whole"
    assert ada.ask("DELETE", f"/checklist-lines/{line['uid']}").status_code == 204
    assert ada.read("/checklist-lines") == []
    assert ada.post("/services", {"code": "x", "names": {"xx": "Strange"}}).status_code == 422


def test_prices_are_read_and_set(cast, program, writes_nothing):
    ada, rita = program("ada"), program("rita")
    entity, part = cast.entity.uid, cast.display.uid
    path = f"/price-lists/{entity}/part/{part}"
    priced = ada.ask("PUT", path, {"amount": "120.123456", "cost": "80"}).json()
    assert (priced["amount"], priced["cost"], priced["currency"]) == ("120.123456", "80", "PLN")
    read = rita.read(f"/price-lists/{entity}?kind=part")["items"]
    assert [(row["code"], row["amount"], row["cost"]) for row in read] == [("DSP-1", "120.123456", None)]
    with writes_nothing():
        assert said(rita.ask("PUT", path, {"amount": "1"}))[0] == 403
        assert ada.ask("PUT", path, {"amount": 120.5}).status_code == 422
        assert ada.ask("PUT", path, {"amount": "-1"}).status_code == 422
        assert ada.ask("PUT", f"/price-lists/{entity}/nonsense/{part}", {"amount": "1"}).status_code == 422
