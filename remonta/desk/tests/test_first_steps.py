"""A new network is set up step by step; each ticks itself off by what is there."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from remonta.catalogue.commands import add_service
from remonta.catalogue.models import Part, Price, Service
from remonta.identity.commands import create_account, set_setting
from remonta.identity.models import Account, LegalEntity
from remonta.identity.queries import all_permissions
from remonta.kernel.actor import system
from remonta.web.first_steps import steps_for
from tests.cast import intake

SETUP = system("setup", timezone.now, *(held.name for held in all_permissions()))
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def done(client):
    page = client.get("/first-steps/")
    return {step["name"]: step["done"] for step in [*page.context["steps"], *page.context["later"]]}


@pytest.fixture
def founder(db):
    """The administrator of an empty installation, signed in."""
    account = create_account(SETUP, email="ada@example.com", name="Ada", role="administrator")
    client = Client()
    client.force_login(Account.objects.get(pk=account.pk), BACKEND)
    return client


def test_an_empty_installation_begins_there_and_is_led_through(founder):
    assert founder.get("/")["Location"] == "/first-steps/"
    assert not any(done(founder).values())
    page = founder.get("/first-steps/").content.decode()
    assert "6 steps are left." in page
    assert "first: Company" in page

    entity = {"name": "Firma", "country": "pl", "currency": "pln", "tax_rates": "standard 0.23"}
    terms = {"rounding": "ROUND_HALF_UP", "cash_step": "1"}
    here = "?next=/first-steps/"
    assert founder.post(f"/network/entities/new/{here}", entity | terms)["Location"] == "/first-steps/"
    week = {name: value for name, value in founder.get("/network/calendars/new/").context["form"].initial.items()}
    assert founder.post(f"/network/calendars/new/{here}", {**week, "name": "Hours"})["Location"] == "/first-steps/"
    centre = {"name": "Kraków", "code": "KRK", "timezone": "Europe/Warsaw", "language": "pl", "kind": "own"}
    of = {"legal_entity_uid": str(LegalEntity.objects.get().uid)}
    assert founder.post(f"/centres/new/{here}", centre | of)["Location"] == "/first-steps/"
    operation = re.search(r'name="operation" value="([^"]+)"', founder.get("/warehouse/places/new/").content.decode())
    place = {"kind": "desk", "code": "D-1", "operation": operation[1]}
    assert founder.post(f"/warehouse/places/new/{here}", place)["Location"] == "/first-steps/"
    person = {"email": "rita@example.com", "name": "Rita", "language": "pl", "role": "receptionist"}
    told = founder.post("/people/new/", person)
    assert told.status_code == 303, told.content.decode()
    assert founder.post("/first-steps/catalogue/", {"trade": "appliances", **starter()})["Location"] == "/first-steps/"

    assert [name for name, is_done in done(founder).items() if not is_done] == ["cash", "label", "mail", "sms"]
    assert "Everything is there for the first order." in founder.get("/first-steps/").content.decode()
    assert founder.get("/")["Location"] != "/first-steps/"


def starter():
    return {"entity_uid": str(LegalEntity.objects.get().uid)}


def test_the_starter_catalogue_is_of_the_trade_priced_and_asked_for_twice_the_same(cast, sign_in):
    ada = sign_in("ada")
    assert ada.post("/first-steps/catalogue/", {"trade": "electronics", **starter()}).status_code == 303
    works, prices = set(Service.objects.values_list("code", flat=True)), Price.objects.count()
    assert works
    assert Part.objects.filter(name__icontains="display").exists()
    assert prices > len(works) / 2
    assert ada.post("/first-steps/catalogue/", {"trade": "electronics", **starter()}).status_code == 303
    assert (set(Service.objects.values_list("code", flat=True)), Price.objects.count()) == (works, prices)
    assert ada.post("/first-steps/catalogue/", {"trade": "space travel", **starter()}).status_code == 422


def test_the_page_stands_in_the_menu_until_it_is_taken_off(cast, sign_in):
    ada = sign_in("ada")
    assert 'href="/first-steps/"' in ada.get("/orders/").content.decode()
    assert ada.get("/")["Location"] == "/first-steps/"

    assert ada.post("/preferences/", {"first_steps": "off", "next": "/"})["Location"] == "/"

    assert 'href="/first-steps/"' not in ada.get("/orders/").content.decode()
    assert ada.get("/")["Location"] != "/first-steps/"
    assert ada.get("/first-steps/").status_code == 200
    assert 'name="first_steps"' not in ada.get("/first-steps/").content.decode()


def test_only_who_manages_the_whole_network_is_asked_to(cast, sign_in):
    hana, rita = sign_in("hana"), sign_in("rita")
    for client in (hana, rita):
        assert client.get("/")["Location"] != "/first-steps/"
        assert 'href="/first-steps/"' not in client.get("/orders/").content.decode()
    assert rita.get("/first-steps/").status_code == 403
    assert rita.post("/first-steps/catalogue/", {"trade": "all", **starter()}).status_code == 403
    assert not Service.objects.exists()


def test_gateways_and_the_label_printer_tick_themselves_off(cast, settings):
    settings.REMONTA_SMTP, settings.REMONTA_SMS = "smtp://localhost", "sms://localhost"
    set_setting(cast.ada, "documents.label_size", "62x29")
    add_service(cast.ada, code="W-1", names={"en": "Repair"})
    assert {step.name for step in steps_for(cast.ada) if not step.done} == {"cash"}


def test_the_centres_label_size_is_offered_first(cast, sign_in):
    order, rita = intake(cast), sign_in("rita")
    page = f"/orders/{order.uid}/papers/"
    assert sizes(rita.get(page))[0] == "58 × 40 mm"
    set_setting(cast.hana, "documents.label_size", "62x29", centre_uid=cast.krakow.uid)
    assert sizes(rita.get(page))[0] == "62 × 29 mm"


def sizes(answer):
    return re.findall(r"\d+ × \d+ mm", answer.content.decode())
