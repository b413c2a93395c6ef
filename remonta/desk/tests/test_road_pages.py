"""The pages of the road: a request is checked, a parcel opened and sent back, a batch received at the other end."""

from decimal import Decimal

import pytest
from django.test import Client

from remonta.equipment.commands import register_unit
from remonta.identity.models import Account
from remonta.kernel.ids import uuid7
from remonta.logistics import commands
from remonta.logistics.commands.couriers import add_courier
from remonta.logistics.models import Batch, Difference, Parcel
from remonta.logistics.queries import batch_page
from remonta.orders.commands import Asked, register_request
from remonta.orders.models import WorkOrder
from remonta.stock.commands import Salvaged, receive_unit, scrap_part, take_apart
from remonta.stock.models import Balance, Move, Place
from remonta.stock.queries import whereabouts
from remonta.supply.commands import Delivered, receive_goods
from tests.cast import intake, operation

SENDER = commands.Sender(address="ul. Długa 5", email="jan@example.com", language="pl")


def as_(name):
    client = Client()
    client.force_login(Account.objects.get(email=f"{name}@example.com"))
    return client


def post(client, cast, url, **said):
    return client.post(url, {"operation": str(uuid7()), **said})


@pytest.fixture
def parcel(cast):
    asked = Asked(channel="web", contact_name="Jan", contact_phone="+48600100200", device="One", fault="Dead since May")
    request = register_request(cast.rita, cast.krakow.uid, asked=asked, operation=operation(cast))
    return commands.announce_parcel(cast.rita, request.uid, sender=SENDER, operation=operation(cast))


def test_a_send_in_goes_from_the_check_to_the_shelf(cast, parcel):
    rita, stan = as_("rita"), as_("stan")
    page = rita.get("/logistics/check/").content.decode()
    assert parcel.number in page
    assert "Dead since May" in page
    said = {"name": "Jan", "email": "jan@example.com", "language": "pl", "fault": "Dead", "route": "counter"}
    refused = post(rita, cast, f"/logistics/check/{parcel.uid}/accept/", **said)
    assert refused.status_code == 422
    assert "Choose the model" in refused.content.decode()
    assert 'value="jan@example.com"' in refused.content.decode()
    done = post(rita, cast, f"/logistics/check/{parcel.uid}/accept/", **said, product_uid=cast.phone.uid, serial="SN-5")
    assert done.status_code == 303
    order = WorkOrder.objects.get()
    assert stan.get("/logistics/arrivals/", {"find": parcel.number}).headers["Location"].endswith(f"{parcel.uid}/")
    assert order.number in stan.get(f"/logistics/parcels/{parcel.uid}/").content.decode()
    values = {"came": order.uid, f"with-{order.uid}": "Charger, bag", "kind": "damaged", "thing": "Box", "why": "wet"}
    assert post(stan, cast, f"/logistics/parcels/{parcel.uid}/open/", **values).status_code == 303
    assert whereabouts([order.unit_id])[order.unit_id].code == "D-1"
    assert order.accessories.count() == 2
    page = stan.get(f"/logistics/parcels/{parcel.uid}/").content.decode()
    assert "Box" in page
    papers = rita.post(f"/logistics/parcels/{parcel.uid}/print/", {"form": "send_in"})
    assert rita.get(papers.headers["Location"]).content.startswith(b"%PDF")


def test_asking_back_needs_words_and_keeps_the_page(cast, parcel):
    rita = as_("rita")
    empty = post(rita, cast, f"/logistics/check/{parcel.uid}/answer/", move="ask_back", question="")
    assert empty.status_code == 422
    assert "Write what the customer is to answer." in empty.content.decode()
    assert post(rita, cast, f"/logistics/check/{parcel.uid}/answer/", move="refuse", question="No.").status_code == 303
    assert Parcel.objects.get().state == "refused"


def test_staff_announces_a_parcel_on_the_page_of_the_request(cast, parcel):
    rita = as_("rita")
    case = parcel.request
    assert parcel.number in rita.get(f"/requests/{case.uid}/").content.decode()
    Parcel.objects.update(state="refused")
    assert "The customer will send it in" in rita.get(f"/requests/{case.uid}/").content.decode()
    done = post(rita, cast, f"/requests/{case.uid}/send-in/", address="ul. Nowa 1", email="a@example.com")
    made = Parcel.objects.order_by("-pk").first()
    assert done.headers["Location"].endswith(f"/logistics/check/{made.uid}/")


def test_the_operator_writes_down_that_it_will_be_sent_in(cast):
    said = {"centre_uid": cast.krakow.uid, "name": "Jan", "email": "jan@example.com", "fault": "Dead", "device": "One"}
    olga = as_("olga")
    empty = post(olga, cast, "/calls/", **said, outcome="send_in")
    assert empty.status_code == 422
    assert "Write the address to which the device goes back." in empty.content.decode()
    assert post(olga, cast, "/calls/", **said, outcome="send_in", address="ul. Nowa 1").status_code == 303
    made = Parcel.objects.get()
    assert (made.state, made.address, made.sender_email) == ("unchecked", "ul. Nowa 1", "jan@example.com")
    assert made.request.state == "new"


def test_a_parcel_without_a_document_is_set_aside(cast):
    stan = as_("stan")
    assert post(stan, cast, "/logistics/arrivals/aside/", courier="DPD").status_code == 422
    assert post(stan, cast, "/logistics/arrivals/aside/", sender_name="J. K.").status_code == 303
    page = stan.get(f"/logistics/parcels/{Parcel.objects.get().uid}/").content.decode()
    assert "Whose is it?" in page


def test_the_exit_station_checks_what_is_packed(cast):
    order = intake(cast)
    WorkOrder.objects.filter(pk=order.pk).update(state="ready")
    stan, url = as_("stan"), f"/logistics/exit/{order.uid}/"
    assert stan.get("/logistics/exit/", {"order": order.number}).headers["Location"] == url
    missing = post(stan, cast, url, address="ul. Długa 5")
    assert missing.status_code == 422
    assert "Not everything is in the parcel" in missing.content.decode()
    sent = post(stan, cast, url, address="ul. Długa 5", scanned=order.number).headers["Location"]
    assert "Waiting for the courier" in stan.get("/logistics/exit/").content.decode()
    assert post(stan, cast, f"{sent}move/", move="pick_up", courier="InPost", tracking="680").status_code == 303
    assert "680" in stan.get(sent).content.decode()
    assert post(stan, cast, f"{sent}move/", move="deliver").status_code == 303
    assert WorkOrder.objects.get().state == "closed"


def test_a_batch_is_packed_here_and_received_there_by_scan(cast):
    order, lost = intake(cast, serial="SN-1"), intake(cast, serial="SN-2")
    stan, petra = as_("stan"), as_("petra")
    refused = post(stan, cast, "/logistics/batches/new/", purpose="repair")
    assert "Say where the batch goes" in refused.content.decode()
    url = post(stan, cast, "/logistics/batches/new/", purpose="repair", to_centre_uid=cast.wroclaw.uid).headers[
        "Location"
    ]
    post(stan, cast, f"{url}scan/", code="SN-1")
    post(stan, cast, f"{url}scan/", code=lost.number)
    assert post(stan, cast, f"{url}scan/", code="SN-404").status_code == 409
    assert petra.get(url).status_code == 404
    post(stan, cast, f"{url}move/", move="seal", seal="S-7")
    post(stan, cast, f"{url}move/", move="send", courier="Own van")
    assert "on the way" in stan.get(url).content.decode()
    post(petra, cast, f"{url}move/", move="arrive")
    post(petra, cast, f"{url}scan/", code="SN-1", damage="Cracked")
    post(petra, cast, f"{url}move/", move="finish")
    assert set(Difference.objects.values_list("kind", flat=True)) == {"damaged", "missing"}
    assert whereabouts([order.unit_id])[order.unit_id].centre_id == cast.wroclaw.pk
    for form in ("waybill", "packing_list", "transfer_act"):
        printed = petra.post(f"{url}print/", {"form": form})
        assert printed.status_code == 302
    assert b"%PDF" in stan.get(stan.post(f"{url}print/", {"form": "transfer_act"}).headers["Location"]).content[:8]


def test_a_scan_sent_twice_is_answered_twice_and_nothing_is_extra(cast):
    intake(cast, serial="SN-1")
    stan, petra, again = as_("stan"), as_("petra"), str(uuid7())
    asked = {"purpose": "repair", "to_centre_uid": cast.wroclaw.uid}
    url = post(stan, cast, "/logistics/batches/new/", **asked).headers["Location"]
    post(stan, cast, f"{url}scan/", code="SN-1")
    post(stan, cast, f"{url}move/", move="seal")
    post(stan, cast, f"{url}move/", move="send", courier="DPD")
    post(petra, cast, f"{url}move/", move="arrive")
    for _time in range(2):
        assert petra.post(f"{url}scan/", {"operation": again, "code": "SN-1"}).status_code == 303
    assert post(petra, cast, f"{url}scan/", code="SN-1").status_code == 409
    assert not Difference.objects.exists()


def test_parts_are_packed_and_received_by_scan_in_the_quantity_typed(cast):
    place = Place.objects.get(centre=cast.krakow, code="A-01-01")
    lines = [Delivered(part_uid=cast.display.uid, place_uid=place.uid, quantity=5000)]
    receive_goods(cast.stan, cast.krakow.uid, supplier="Depot", lines=lines, operation=operation(cast))
    stan, petra = as_("stan"), as_("petra")
    asked = {"purpose": "move", "to_centre_uid": cast.wroclaw.uid}
    url = post(stan, cast, "/logistics/batches/new/", **asked).headers["Location"]
    assert post(stan, cast, f"{url}scan/", code="DSP-1", quantity="9").status_code == 409
    assert post(stan, cast, f"{url}scan/", code="DSP-1", quantity="3", place=place.uid).status_code == 303
    assert "× 3" in stan.get(url).content.decode()
    post(stan, cast, f"{url}move/", move="seal")
    post(stan, cast, f"{url}move/", move="send", courier="DPD")
    post(petra, cast, f"{url}move/", move="arrive")
    assert post(petra, cast, f"{url}scan/", code="DSP-1", quantity="2o").status_code == 409
    assert post(petra, cast, f"{url}scan/", code="DSP-1", quantity="2", damage=" ").status_code == 303
    there = Place.objects.get(centre=cast.wroclaw, code="A-01-01")
    assert Balance.objects.get(part=cast.display, place=there).on_hand == 2000
    post(petra, cast, f"{url}move/", move="finish")
    assert Difference.objects.get().kind == "missing"


def test_what_was_scrapped_is_put_on_an_act(cast):
    place = Place.objects.get(centre=cast.krakow, code="A-01-01")
    lines = [Delivered(part_uid=cast.display.uid, place_uid=place.uid, quantity=5000)]
    receive_goods(cast.stan, cast.krakow.uid, supplier="Depot", lines=lines, operation=operation(cast))
    said = {"quantity": 2000, "source_uid": place.uid}
    move = scrap_part(cast.stan, cast.display.pk, **said, operation=operation(cast))
    stan, page = as_("stan"), "/warehouse/written-off/"
    assert str(move.uid) in stan.get(page).content.decode()
    assert str(move.uid) not in as_("gosia").get(page).content.decode()
    printed = stan.post(f"{page}print/", {"chosen": [str(move.uid)]})
    assert stan.get(printed.headers["Location"]).content[:5] == b"%PDF-"
    assert stan.post(f"{page}print/", {"chosen": []}).status_code == 409


def test_a_unit_taken_apart_is_put_on_an_act(cast):
    place = Place.objects.get(centre=cast.krakow, code="A-01-01")
    unit = register_unit(cast.rita, product_id=cast.phone.pk, centre_id=cast.krakow.pk, serial="SN-WRECK")
    hand = cast.stan.trusted_with("stock.take_apart", "stock.move_units", "equipment.see")
    receive_unit(hand, unit.pk, place.pk)
    salvaged = Salvaged(cast.display.uid, place.uid, share=Decimal(1))
    take_apart(hand, unit.uid, lines=[salvaged], operation=operation(cast))
    stan, page = as_("stan"), "/warehouse/written-off/"
    body = stan.get(page, {"q": "sn-wr"}).content.decode()
    assert ("SN-WRECK" in body, str(cast.phone) in body) == (True, True)
    assert "SN-WRECK" not in stan.get(page, {"q": "sn-other"}).content.decode()
    assert "SN-WRECK" not in as_("gosia").get(page).content.decode()
    move = Move.objects.get(unit=unit, target__kind="scrap")
    printed = stan.post(f"{page}print/", {"chosen": [str(move.uid)]})
    assert stan.get(printed.headers["Location"]).content[:5] == b"%PDF-"


def test_customs_are_filled_in_and_the_pro_forma_is_printed(cast):
    order = intake(cast)
    stan = as_("stan")
    url = post(stan, cast, "/logistics/batches/new/", purpose="claim", to_name="Vela", to_address="Berlin").headers[
        "Location"
    ]
    post(stan, cast, f"{url}scan/", code=order.number)
    line = Batch.objects.get().lines.get().uid
    wrong = stan.post(f"{url}customs/", {"currency": "EUR", f"value-{line}": "much"})
    assert (wrong.status_code, "much" in wrong.content.decode()) == (422, True)
    said = {f"value-{line}": "120,5", f"hs_code-{line}": "8517.13", f"origin-{line}": "cn", f"weight-{line}": "0.4"}
    assert stan.post(f"{url}customs/", {"currency": "eur", **said}).status_code == 303
    assert "8517.13" in stan.get(f"{url}customs/").content.decode()
    assert stan.post(f"{url}customs/", {"currency": "EUR", f"weight-{line}": "9999999999"}).status_code == 422
    exact = {**said, f"weight-{line}": "1234.567"}
    assert stan.post(f"{url}customs/", {"currency": "EUR", **exact}).status_code == 303
    assert "1234.567" in stan.get(f"{url}customs/").content.decode()
    assert as_("emil").get(f"{url}customs/").status_code == 403
    printed = stan.post(f"{url}print/", {"form": "pro_forma", "language": "zh-hans"})
    assert stan.get(printed.headers["Location"]).content[:5] == b"%PDF-"


def test_a_batch_is_sent_with_a_courier_whose_form_knows_the_address(cast):
    order, stan = intake(cast), as_("stan")
    asked = {"purpose": "repair", "to_centre_uid": cast.wroclaw.uid}
    url = post(stan, cast, "/logistics/batches/new/", **asked).headers["Location"]
    post(stan, cast, f"{url}scan/", code=order.number)
    post(stan, cast, f"{url}move/", move="seal")
    batch = Batch.objects.get()
    assert f"/shipments/new/?batch={batch.uid}" in stan.get(url).content.decode()
    form = stan.get("/shipments/new/", {"batch": batch.uid}).content.decode()
    assert form.count("Wrocław") >= 2
    said = {"name": "Own van", "driver": "own"}
    account = add_courier(cast.hana, cast.krakow.uid, **said, operation=operation(cast))
    sent = {"courier": account.uid, "batch": batch.uid, "company": "Wrocław", "city": "Wrocław", "weight": "2"}
    page = post(stan, cast, "/shipments/new/", **sent, pieces="1").headers["Location"]
    assert "Own van" in stan.get(url).content.decode()
    label = stan.post(f"{page}print/")
    assert stan.get(label.headers["Location"]).content[:5] == b"%PDF-"


def test_a_unit_is_sent_on_from_its_order_and_proposed(cast):
    order = intake(cast)
    wanda, stan = as_("wanda"), as_("stan")
    page = wanda.get(f"/orders/{order.uid}/road/").content.decode()
    assert "Send on to another centre or a maker" in page
    post(wanda, cast, f"/orders/{order.uid}/send-on/", to_name="Vela service", purpose="claim", task="Board")
    assert "Vela service" in stan.get("/logistics/").content.decode()
    assert "It stays here" in wanda.get(f"/orders/{order.uid}/road/").content.decode()


def test_the_lists_show_what_there_is(cast, parcel):
    rita = as_("rita")
    assert parcel.number in rita.get("/logistics/parcels/").content.decode()
    batch = commands.begin_batch(
        cast.stan, cast.krakow.uid, asked=commands.BatchAsked(to_name="Vela"), operation=operation(cast)
    )
    assert batch.number in rita.get("/logistics/batches/").content.decode()
    assert Batch.objects.count() == 1
    assert batch_page(cast.rita, batch.uid).packs


def test_a_step_that_cannot_be_made_gives_back_what_was_typed(cast, sign_in):
    hana = sign_in("hana")
    hana.post("/logistics/batches/new/", {"operation": uuid7(), "to_name": "Maker", "purpose": "repair"})
    batch = Batch.objects.get()
    asked = {"operation": uuid7(), "move": "send", "courier": "x" * 2_000, "tracking": "T-1"}
    refused = hana.post(f"/logistics/batches/{batch.uid}/move/", asked)
    assert refused.status_code == 422
    assert 'value="T-1"' in refused.content.decode()
    assert Batch.objects.get().state == batch.state
