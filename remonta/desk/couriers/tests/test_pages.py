"""The pages of couriers: booking, following, accounts, rounds planned and driven."""

import base64
import re
from io import BytesIO

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from remonta.kernel.ids import uuid7
from remonta.logistics.commands.couriers import add_courier
from tests.cast import intake

FORM = {"name": "Anna Nowak", "city": "Gdańsk", "country": "pl", "pieces": "2", "weight": "1,25", "length": "30"}


def browser(name):
    client = Client()
    client.force_login(
        apps.get_model("identity", "Account").objects.get(email=f"{name}@example.com"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    return client


def send(client, path, **data):
    return client.post(path, {"operation": str(uuid7(timezone.now())), **data})


def account(cast, driver="own", **more):
    return add_courier(cast.hana, cast.krakow.uid, name=driver, driver=driver, **more, operation=uuid7(cast.clock()))


def newest(model):
    return apps.get_model("logistics", model).objects.latest("pk")


def picture():
    content = BytesIO()
    Image.new("RGB", (8, 8), "white").save(content, "PNG")
    return content.getvalue()


def test_a_shipment_is_booked_and_followed(cast):
    stan, courier = browser("stan"), account(cast)
    answer = send(stan, "/shipments/new/", courier=str(courier.uid), **FORM)
    shipment = newest("Shipment")
    assert answer.headers["Location"] == f"/shipments/{shipment.uid}/"
    assert shipment.parcels == [{"weight": 1250, "length": 300, "width": 0, "height": 0}] * 2
    assert shipment.receiver["country"] == "PL"
    page = stan.get(f"/shipments/{shipment.uid}/").content.decode()
    assert "Anna Nowak" in page
    assert "2500" in page
    assert shipment.number in stan.get("/shipments/?q=anna").content.decode()
    assert shipment.number not in stan.get("/shipments/?late=on").content.decode()
    assert send(stan, f"/shipments/{shipment.uid}/cancel/").status_code == 303
    assert shipment.number in stan.get("/shipments/?state=cancelled").content.decode()
    assert shipment.number not in stan.get("/shipments/?state=lost").content.decode()


def test_mistakes_stand_at_their_field_and_the_rest_is_kept(cast):
    courier = account(cast)
    answer = send(browser("stan"), "/shipments/new/", courier=str(courier.uid), **{**FORM, "name": "", "weight": "1"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Say to whom it goes" in page
    assert 'value="Gdańsk"' in page
    assert not apps.get_model("logistics", "Shipment").objects.exists()


def test_an_order_fills_the_receiver_in(cast):
    order = intake(cast, name="Jan Kowalski")
    page = browser("rita").get(f"/shipments/new/?order={order.uid}").content.decode()
    assert 'value="Jan Kowalski"' in page
    assert f'value="{order.uid}"' in page


def test_an_unclear_booking_is_settled_on_the_page(cast):
    stan = browser("stan")
    send(stan, "/shipments/new/", courier=str(account(cast).uid), **FORM)
    apps.get_model("logistics", "Shipment").objects.update(state="unclear")
    shipment = newest("Shipment")
    assert "Asked the courier on the phone?" in stan.get(f"/shipments/{shipment.uid}/").content.decode()
    refused = send(stan, f"/shipments/{shipment.uid}/settle/", booked="yes")
    assert (refused.status_code, "Write the number" in refused.content.decode()) == (422, True)
    assert send(stan, f"/shipments/{shipment.uid}/settle/", booked="yes", outside_number="7").status_code == 303
    assert newest("Shipment").outside_number == "7"


def test_accounts_are_set_up_and_their_secrets_not_shown(cast):
    hana = browser("hana")
    form = {"name": "Lockers", "secret_token": "very secret", "secret_organization": "42", "sender_city": "Kraków"}
    assert "secret_token" in hana.get("/couriers/new/?driver=inpost").content.decode()
    missing = send(hana, "/couriers/new/", driver="inpost", **{**form, "secret_token": ""})
    assert missing.status_code == 422
    send(hana, "/couriers/new/", driver="inpost", **form)
    made = newest("CourierAccount")
    page = hana.get(f"/couriers/{made.uid}/").content.decode()
    assert "very secret" not in page
    [address] = set(re.findall(r"/hooks/couriers/[0-9a-f-]+/[0-9a-f]{32}/", page))
    assert send(hana, f"/couriers/{made.uid}/", name="Boxes", sender_city="Tarnów").status_code == 303
    made.refresh_from_db()
    assert (made.name, made.sender["city"]) == ("Boxes", "Tarnów")
    hana.post(f"/couriers/{made.uid}/hook/")
    assert address not in hana.get(f"/couriers/{made.uid}/").content.decode()
    hana.post(f"/couriers/{made.uid}/archive/")
    assert f"/couriers/{made.uid}/" not in hana.get("/couriers/").content.decode()
    assert browser("stan").get("/couriers/").status_code == 403


@pytest.fixture
def driven(cast):
    """A round of Emil's with one shipment."""
    stan, hana = browser("stan"), browser("hana")
    send(stan, "/shipments/new/", courier=str(account(cast).uid), **FORM)
    emil = apps.get_model("identity", "Account").objects.get(email="emil@example.com")
    chosen = str(newest("Shipment").uid)
    answer = send(hana, "/rounds/new/", driver_uid=str(emil.uid), day=str(timezone.now().date()), shipments=chosen)
    assert answer.status_code == 303, answer.content.decode()
    return newest("DriverRoute")


def stops_of(route):
    return list(route.stops.order_by("position"))


def test_a_round_is_driven_on_the_phone(driven):
    emil = browser("emil")
    collect, deliver = stops_of(driven)
    assert driven.number in emil.get("/rounds/mine/").content.decode()
    assert "Picked up" in emil.get(f"/rounds/{driven.uid}/stops/{collect.uid}/").content.decode()
    assert send(emil, f"/rounds/{driven.uid}/stops/{collect.uid}/").status_code == 303
    unsigned = send(emil, f"/rounds/{driven.uid}/stops/{deliver.uid}/")
    assert (unsigned.status_code, "Let the person sign" in unsigned.content.decode()) == (422, True)
    signature = "data:image/png;base64," + base64.b64encode(picture()).decode()
    photo = SimpleUploadedFile("door.png", picture(), "image/png")
    send(emil, f"/rounds/{driven.uid}/stops/{deliver.uid}/", signature=signature, photo=photo)
    shipment = newest("Shipment")
    assert shipment.state == "delivered"
    page = browser("stan").get(f"/shipments/{shipment.uid}/").content.decode()
    [first, second] = sorted(set(re.findall(r"/files/[0-9a-f-]{36}/", page)))
    for path in (first, second):
        assert b"".join(emil.get(path)).startswith(b"\x89PNG")
    assert browser("gosia").get(first).status_code == 404


def test_what_did_not_work_is_marked(driven):
    emil, [collect, _deliver] = browser("emil"), stops_of(driven)
    assert send(emil, f"/rounds/{driven.uid}/stops/{collect.uid}/", missed="1", failed="Closed").status_code == 303
    assert "Closed" in emil.get(f"/rounds/{driven.uid}/").content.decode()
    assert newest("Shipment").state == "booked"


def test_stops_change_places_and_are_dropped(driven):
    hana, [collect, deliver] = browser("hana"), stops_of(driven)
    data = {"stops": [str(collect.uid), str(deliver.uid)], "moved": str(deliver.uid), "to": "up"}
    assert hana.post(f"/rounds/{driven.uid}/order/", data).status_code == 303
    assert stops_of(driven) == [deliver, collect]
    assert hana.post(f"/rounds/{driven.uid}/order/", {**data, "stops": ["x"]}).status_code == 400
    assert browser("emil").post(f"/rounds/{driven.uid}/order/", data).status_code == 403
    hana.post(f"/rounds/{driven.uid}/drop/", {"stop": str(collect.uid)})
    assert stops_of(driven) == []
    send(hana, f"/rounds/{driven.uid}/stops/", shipments=str(newest("Shipment").uid))
    assert len(stops_of(driven)) == 2
    assert browser("stan").get(f"/rounds/{driven.uid}/").status_code == 200
    assert driven.number in browser("stan").get("/rounds/").content.decode()


def test_other_centres_see_nothing(driven, writes_nothing):
    gosia, shipment, [collect, _deliver] = browser("gosia"), newest("Shipment"), stops_of(driven)
    with writes_nothing():
        for path in (f"/shipments/{shipment.uid}/", f"/shipments/{shipment.uid}/label/", f"/rounds/{driven.uid}/"):
            assert gosia.get(path).status_code == 404
        assert send(gosia, f"/shipments/{shipment.uid}/cancel/").status_code == 404
        assert send(gosia, f"/rounds/{driven.uid}/stops/{collect.uid}/").status_code == 404
        assert shipment.number not in gosia.get("/shipments/").content.decode()
