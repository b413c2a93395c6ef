"""Pages of customers, units and the catalogue: they open, change, refuse at the field, and keep others out."""

import pytest
from django.test import Client

from remonta.catalogue.commands import load_starter_catalogue
from remonta.catalogue.models import Category, ChecklistItem, FaultCode, Part, Price, Product, Service
from remonta.customers.commands import register_customer
from remonta.customers.models import Customer
from remonta.customers.queries import customer_card
from remonta.equipment.commands import register_unit
from remonta.equipment.models import Unit
from remonta.equipment.queries import unit_card
from remonta.identity.models import Account

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def sign_in(cast):
    def make(name):
        client = Client()
        client.force_login(Account.objects.get(email=f"{name}@example.com"), BACKEND)
        return client

    return make


@pytest.fixture
def anna(cast):
    return register_customer(cast.rita, name="Anna Nowak", phones=["601234567"], centre_id=cast.krakow.pk)


@pytest.fixture
def unit(cast, anna):
    return register_unit(cast.rita, product_id=cast.phone.pk, serial="SN-1", owner_id=anna.pk, centre_id=cast.krakow.pk)


def texts(name, **said):
    return {f"{name}_{language.replace('_', '-')}": text for language, text in said.items()}


def test_a_customer_is_added_found_and_changed(cast, sign_in):
    rita = sign_in("rita")
    new = {"name": "Jan Łuczak", "phone": "602 111 222", "kind": "person", "language": "pl", "may_contact": ["sms"]}
    refused = rita.post("/customers/new/", new | {"phone": "12"})
    assert refused.status_code == 422
    assert "is not a number that can be called" in refused.content.decode()
    assert "Jan Łuczak" in refused.content.decode()
    assert rita.post("/customers/new/", new).status_code == 303
    jan = Customer.objects.get(name="Jan Łuczak")
    assert jan.may_contact == {"sms": True, "email": False, "call": False, "marketing": False}
    for wanted in ("luczak", "602111222", "2222"):
        assert ("Jan Łuczak" in rita.get("/customers/", {"q": wanted}).content.decode()) is (wanted != "2222")
    here = f"/customers/{jan.uid}/"
    assert "+48" in rita.get(here).content.decode()
    changed = {"name": "Jan Łuczyński", "kind": "person", "language": "ru"}
    assert rita.post(f"{here}edit/", changed).status_code == 303
    jan.refresh_from_db()
    assert (jan.name, jan.language) == ("Jan Łuczyński", "ru")


def test_phones_addresses_flags_and_relations(cast, sign_in, anna):
    rita, here = sign_in("rita"), f"/customers/{anna.uid}/"
    other = register_customer(cast.rita, name="Piotr Nowak", centre_id=cast.krakow.pk)
    for path, body in (
        ("phones/", {"phone": "603 000 000", "label": "work"}),
        ("addresses/", {"lines": "Długa 1", "city": "Kraków"}),
        ("flags/", {"flag": "prepay"}),
        ("relations/", {"other": str(other.uid), "kind": "household"}),
    ):
        assert rita.post(here + path, body).status_code == 303
    card = customer_card(cast.rita, anna.uid)
    assert (len(card.phones), card.flags[0][0], card.related[0].name) == (2, "prepay", "Piotr Nowak")
    address = f"{here}addresses/{card.addresses[0].uid}/"
    assert "Długa 1" in rita.get(address).content.decode()
    assert rita.post(address, {"lines": "Krótka 2"}).status_code == 303
    assert "Piotr Nowak" in rita.get(f"{here}relations/", {"q": "piotr"}).content.decode()
    page = rita.get(here).content.decode()
    assert all(text in page for text in ("Krótka 2", "work", "Piotr Nowak", "Pays in advance only"))
    rita.post(f"{here}relations/drop/", {"other": str(other.uid), "kind": "household"})
    rita.post(f"{here}phones/{card.phones[1].id}/drop/")
    rita.post(f"{here}flags/", {"flag": "prepay", "off": "1"})
    card = customer_card(cast.rita, anna.uid)
    assert (len(card.phones), card.flags, card.related) == (1, (), ())


def test_customers_entered_twice_are_merged_by_who_may(cast, sign_in, anna):
    double = register_customer(cast.rita, name="Nowak Anna", phones=["601234567"], centre_id=cast.krakow.pk)
    assert sign_in("rita").get(f"/customers/{double.uid}/merge/").status_code == 403
    hana = sign_in("hana")
    assert "Anna Nowak" in hana.get(f"/customers/{double.uid}/merge/").content.decode()
    assert hana.post(f"/customers/{double.uid}/merge/", {"into": "nonsense"}).status_code == 400
    done = hana.post(f"/customers/{double.uid}/merge/", {"into": str(anna.uid)})
    assert done["Location"] == f"/customers/{anna.uid}/"
    assert hana.get(f"/customers/{double.uid}/").status_code == 404


def test_a_partner_sees_neither_customer_nor_unit_of_others(cast, sign_in, anna, unit, writes_nothing):
    petra = sign_in("petra")
    with writes_nothing():
        assert petra.get(f"/customers/{anna.uid}/").status_code == 404
        assert petra.get(f"/units/{unit.uid}/").status_code == 404
        assert petra.post(f"/customers/{anna.uid}/edit/", {"name": "Mine"}).status_code == 404
    assert "Anna" not in petra.get("/customers/").content.decode()
    assert "SN-1" not in petra.get("/units/", {"q": "SN"}).content.decode()


def test_a_unit_is_registered_changed_and_given(cast, sign_in, anna):
    rita = sign_in("rita")
    new = {"product": "vela ONE", "serial": "X 1", "quantity": "1"}
    refused = rita.post("/units/new/", new | {"product": "Nothing"})
    assert (refused.status_code, "There is no such model" in refused.content.decode()) == (422, True)
    assert rita.post("/units/new/", new).status_code == 303
    unit = Unit.objects.get(serial_normal="X1")
    here = f"/units/{unit.uid}/"
    assert (
        rita.post(f"{here}edit/", {"product": "Vela One", "serial": "X2", "quantity": "1", "batch": "B7"}).status_code
        == 303
    )
    assert "Anna Nowak" in rita.get(f"{here}owner/", {"q": "anna"}).content.decode()
    rita.post(f"{here}owner/", {"owner": str(anna.uid)})
    card = unit_card(cast.rita, unit.uid)
    assert (card.serial, card.batch, card.owner) == ("X2", "B7", "Anna Nowak")
    assert "Anna Nowak" in rita.get(here).content.decode()
    assert "X2" in rita.get("/units/", {"q": "x2"}).content.decode()
    assert (
        "X2" in rita.get("/units/", {"q": "vela"}).content.decode() or not Product.objects.get(pk=cast.phone.pk).words
    )


def test_units_are_linked_merged_and_retired(cast, sign_in, unit, writes_nothing):
    other = register_unit(cast.rita, product_id=cast.phone.pk, serial="SN-2", centre_id=cast.krakow.pk)
    rita, hana, here = sign_in("rita"), sign_in("hana"), f"/units/{unit.uid}/"
    assert "SN-2" in rita.get(f"{here}links/", {"q": "SN-2"}).content.decode()
    rita.post(f"{here}links/", {"other": str(other.uid), "kind": "replaced_by"})
    assert "replaced by" in rita.get(here).content.decode()
    with writes_nothing():
        assert rita.post(f"{here}move/", {"move": "deactivate"}).status_code == 403
    assert hana.post(f"{here}move/", {"move": "deactivate", "reason": "lost"}).status_code == 303
    assert hana.post(f"{here}move/", {"move": "deactivate"}).status_code == 409
    assert hana.post(f"{here}move/", {"move": "reactivate"}).status_code == 303
    done = hana.post(f"{here}merge/", {"into": str(other.uid)})
    assert done["Location"] == f"/units/{other.uid}/"


PAGES = (
    "/catalogue/",
    "/catalogue/parts/",
    "/catalogue/services/",
    "/catalogue/prices/",
    "/catalogue/prices/?kind=part",
    "/catalogue/categories/",
    "/catalogue/checklists/",
    "/catalogue/codes/",
)
NEW = ("models/new/", "parts/new/", "services/new/", "categories/new/", "checklists/new/", "codes/new/")


def test_the_catalogue_opens_for_readers_and_its_forms_for_keepers(cast, sign_in):
    load_starter_catalogue(cast.ada, cast.entity.pk, "machinery")
    rita, hana = sign_in("rita"), sign_in("hana")
    rows = (
        *(
            (f"/catalogue/{name}/", model)
            for name, model in (("models", Product), ("parts", Part), ("services", Service))
        ),
        ("/catalogue/categories/", Category),
        ("/catalogue/codes/", FaultCode),
    )
    details = [f"{path}{model.objects.latest('pk').uid}/" for path, model in rows]
    for page in (*PAGES, *details):
        assert rita.get(page).status_code == hana.get(page).status_code == 200, page
    line = ChecklistItem.objects.latest("pk")
    for page in (*(f"/catalogue/{name}" for name in NEW), f"/catalogue/checklists/{line.uid}/"):
        assert (rita.get(page).status_code, hana.get(page).status_code) == (403, 200), page


def test_each_thing_of_the_catalogue_is_added_and_changed(cast, sign_in):
    hana, category = sign_in("hana"), str(cast.phone.category_id)
    bodies = {
        "models/new/": {"brand": "Norda", "name": "Fjell", "code": "F", "category_id": category},
        "parts/new/": {"number": "P-1", "name": "Screw", "measure": "pc", "gtin": "96385074", "tracking": "serial"},
        "services/new/": {"code": "W-1", "minutes": "30", **texts("names", en="Glue", ru="Склейка")},
        "categories/new/": {
            "code": "lamp",
            **texts("names", en="Lamp"),
            "accessories_en": ["Bulb", ""],
            "accessories_ru": ["Лампочка", ""],
            "accessories_pl": ["", ""],
            "accessories_zh-hans": ["", ""],
        },
        "checklists/new/": {"moment": "final", **texts("names", en="Shines"), "required": "on"},
        "codes/new/": {"kind": "symptom", "code": "X1", **texts("names", pl="Migocze")},
    }
    for path, body in bodies.items():
        assert hana.post(f"/catalogue/{path}", {}).status_code == 422, path
        assert hana.post(f"/catalogue/{path}", body).status_code == 303, path
        again = hana.post(f"/catalogue/{path}", body)
        assert again.status_code == (303 if path.startswith("checklists") else 422), path
    assert Category.objects.get(code="lamp").accessories == [{"en": "Bulb", "ru": "Лампочка"}]
    assert Service.objects.get(code="W-1").names == {"en": "Glue", "ru": "Склейка"}
    model, part = Product.objects.get(name="Fjell"), Part.objects.get(number="P-1")
    here = f"/catalogue/models/{model.uid}/"
    assert "P-1" in hana.get(here, {"part": "screw"}).content.decode()
    hana.post(f"{here}parts/", {"part": str(part.uid)})
    hana.post(
        f"{here}faults/", {**texts("symptoms", en="Flickers"), "service": str(Service.objects.get(code="W-1").uid)}
    )
    page = hana.get(here).content.decode()
    assert all(text in page for text in ("P-1", "Flickers", "Glue"))
    hana.post(f"{here}archive/")
    assert "Fjell" not in hana.get("/catalogue/", {"q": "fjell"}).content.decode().split("<tbody>")[-1]


def test_a_line_of_a_checklist_is_changed_and_taken_out(cast, sign_in):
    hana = sign_in("hana")
    hana.post("/catalogue/checklists/new/", {"moment": "final", **texts("names", en="Shines"), "required": "on"})
    item = ChecklistItem.objects.filter(names__en="Shines").latest("pk")
    hana.post(f"/catalogue/checklists/{item.uid}/", {**texts("names", en="Glows"), "position": "2"})
    assert "Glows" in hana.get("/catalogue/checklists/").content.decode()
    hana.post(f"/catalogue/checklists/{item.uid}/drop/")
    assert "Glows" not in hana.get("/catalogue/checklists/").content.decode()
    assert ChecklistItem.objects.get(pk=item.pk).archived_at


def test_a_price_is_changed_in_place_and_cost_is_hidden(cast, sign_in, writes_nothing):
    load_starter_catalogue(cast.ada, cast.entity.pk, "machinery")
    part = Part.objects.get(number="BLD-TM40")
    url = f"/catalogue/prices/{cast.entity.uid}/part/{part.uid}/"
    hana, rita = sign_in("hana"), sign_in("rita")
    saved = hana.post(url, {"amount": "131.25", "cost": "40"}, headers={"HX-Request": "true"})
    assert (saved.status_code, "131.25" in saved.content.decode()) == (200, True)
    price = Price.objects.filter(part=part).latest("since")
    assert (str(price.amount), price.cost) == ("131.250000", 40)
    with writes_nothing():
        assert hana.post(url, {"amount": "much"}).status_code == 422
        assert rita.post(url, {"amount": "1"}).status_code == 403
    page = "/catalogue/prices/?kind=part&q=BLD-TM40"
    assert "Costs us" in hana.get(page).content.decode()
    seen = rita.get(page).content.decode()
    assert ("131.25" in seen, "Costs us" in seen) == (True, False)
    answer = rita.get(f"{page}&export=csv")
    file = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "131.25" in file
    assert "40" not in file.split("131.25")[-1]
