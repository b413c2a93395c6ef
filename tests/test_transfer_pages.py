"""A transfer on its pages: asked for, approved, packed by scan, received by scan at the other end, settled."""

import pytest
from django.urls import reverse

from remonta.catalogue.models import Part
from remonta.identity.models import Account, Staff
from remonta.kernel.ids import uuid7
from remonta.orders.commands import move_work_order
from remonta.stock.commands import move_part, network_place
from remonta.stock.models import Balance, Place, Transfer
from remonta.supply.commands import ask_part
from remonta.supply.models import Requisition
from remonta.web.scan import Scan, answer
from tests.cast import intake, operation
from tests.test_warehouse_pages import as_, post


@pytest.fixture
def far(cast):
    """Gdańsk has a storekeeper and five displays in A-01-01."""
    account = Account.objects.create(email="greta@example.com", name="Greta", sort_name="greta")
    Staff.objects.create(account=account, centre=cast.gdansk, role="storekeeper")
    found = Place.objects.get(centre=cast.gdansk, code="A-01-01")
    Part.objects.update(words="dsp-1 dsp1 display")
    move_part(cast.ada.trusted_with("stock.move_units"), cast.display.pk, 5000, supplier(), found, reason="received")
    return found


def supplier():
    return network_place("supplier")


def asked(client, cast):
    said = {"giver": cast.gdansk.uid, "part": "DSP-1", "quantity": "3", "note": "for Monday"}
    assert post(as_(client, "stan"), "transfer-new", **said).status_code == 303
    return Transfer.objects.get()


def page(client, transfer):
    return client.get(reverse("desk:transfer", args=[transfer.uid])).content.decode()


def test_from_asking_to_settling(client, cast, far):
    made = asked(client, cast)
    near = Place.objects.get(centre=cast.krakow, code="A-01-01")
    assert "Greta" not in page(client, made)
    line = made.lines.get()
    post(as_(client, "greta"), "transfer-move", made.uid, move="approve", **{f"granted-{line.uid}": "2"})
    assert post(client, "transfer-scan", made.uid, code="DSP-1").status_code == 409
    url, headers = reverse("desk:transfer-scan", args=[made.uid]), {"HX-Request": "true"}
    answer = client.post(url, {"operation": str(uuid7()), "code": far.label}, headers=headers)
    assert f'value="{far.uid}"' in answer.content.decode()
    assert b"<html" not in answer.content
    post(client, "transfer-scan", made.uid, code="DSP-1", quantity="2", place=far.uid)
    post(client, "transfer-move", made.uid, move="send")
    assert post(client, "transfer-print", made.uid).status_code == 302
    post(as_(client, "stan"), "transfer-scan", made.uid, code="DSP-1", quantity="1", place=near.uid)
    post(client, "transfer-move", made.uid, move="arrive")
    assert "What happened" not in page(client, made)
    assert "What happened" in page(as_(client, "hana"), made)
    post(client, "transfer-settle", line.uid, way="found_here", place=near.uid, note="behind the door")
    made.refresh_from_db()
    assert made.state == "settled"
    assert Balance.objects.get(place=near, part=cast.display).on_hand == 2000
    assert "behind the door" in page(client, made)


def test_more_is_asked_refused_and_taken_out(client, cast, far):
    made = asked(client, cast)
    post(client, "transfer-line", made.uid, part="DSP-1", quantity="1")
    assert made.lines.get().asked == 1000
    post(as_(client, "greta"), "transfer-move", made.uid, move="approve")
    post(client, "transfer-scan", made.uid, code="DSP-1", place=far.uid)
    assert post(client, "transfer-move", made.uid, move="refuse", reason="ours").status_code == 409
    post(client, "transfer-unpack", made.lines.get().uid)
    assert post(client, "transfer-move", made.uid, move="refuse", reason="ours").status_code == 303
    assert "ours" in page(as_(client, "stan"), made)


def test_a_form_with_a_mistake_keeps_what_was_typed(client, cast, far):
    answer = post(as_(client, "stan"), "transfer-new", giver=cast.gdansk.uid, part="DSP-1", quantity="none", note="x")
    assert answer.status_code == 422
    assert 'value="none"' in answer.content.decode()
    assert not Transfer.objects.exists()


def test_what_a_repair_waits_for_is_asked_of_another_centre(client, cast, far):
    order = intake(cast)
    move_work_order(cast.emil, order.uid, "start_diagnosis", operation=operation(cast))
    wanted = ask_part(cast.emil, order.uid, part_uid=cast.display.uid, operation=operation(cast))
    for name, url in (("stan", reverse("desk:demand")), ("emil", reverse("desk:order-parts", args=[order.uid]))):
        assert "Ask for a transfer" in as_(client, name).get(url).content.decode()
    assert post(as_(client, "stan"), "requisition-transfer", wanted.uid, giver=cast.gdansk.uid).status_code == 303
    made = Transfer.objects.get()
    assert Requisition.objects.get(pk=wanted.pk).transfer == made.lines.get()
    assert made.number in client.get(reverse("desk:demand")).content.decode()
    part = client.get(reverse("desk:part-stock", args=[cast.display.uid])).content.decode()
    assert "Ask Gda" in part


def test_partners_and_the_counter_see_no_transfers(client, cast, far):
    made = asked(client, cast)
    for name in ("petra", "rita"):
        assert as_(client, name).get(reverse("desk:transfer", args=[made.uid])).status_code in (403, 404)
    assert client.get(reverse("desk:transfers")).status_code == 403


def test_its_number_opens_it_and_what_comes_without_a_bin_goes_where_it_is_proposed(client, cast, far):
    made = asked(client, cast)
    assert answer_to(cast.stan, made.number)["go"] == reverse("desk:transfer", args=[made.uid])
    assert not answer_to(cast.petra, made.number)["ok"]
    post(as_(client, "greta"), "transfer-move", made.uid, move="approve")
    post(client, "transfer-scan", made.uid, code="DSP-1", place=far.uid)
    post(client, "transfer-move", made.uid, move="send")
    assert post(as_(client, "stan"), "transfer-scan", made.uid, code="DSP-1").status_code == 303
    row = Balance.objects.get(part=cast.display, place__centre=cast.krakow, on_hand__gt=0)
    assert (row.on_hand, row.place.code) == (1000, "A-01-01")


def answer_to(actor, code):
    return answer(actor, Scan(code=code, also="", context="", previous="", operation=uuid7()))


def again(client, name, uid, operation, **said):
    return client.post(reverse(f"desk:{name}", args=[uid]), {"operation": operation, **said})


def test_a_scan_that_arrives_again_after_the_next_step_is_answered_as_the_first(client, cast, far):
    made, first, second = asked(client, cast), str(uuid7()), str(uuid7())
    near = Place.objects.get(centre=cast.krakow, code="A-01-01")
    post(as_(client, "greta"), "transfer-move", made.uid, move="approve")
    assert 'name="step" value="pack"' in page(client, made)
    packed = {"code": "DSP-1", "quantity": "2", "place": far.uid, "step": "pack"}
    assert again(client, "transfer-scan", made.uid, first, **packed).status_code == 303
    post(client, "transfer-move", made.uid, move="send")
    assert again(client, "transfer-scan", made.uid, first, **packed).status_code == 303
    received = {"code": "DSP-1", "quantity": "1", "place": near.uid, "step": "receive"}
    assert again(as_(client, "stan"), "transfer-scan", made.uid, second, **received).status_code == 303
    post(client, "transfer-move", made.uid, move="arrive")
    assert again(client, "transfer-scan", made.uid, second, **received).status_code == 303
    line = made.lines.get()
    assert (line.sent, line.received) == (2000, 1000)


def test_a_number_that_is_none_settles_nothing(client, cast, far):
    made = asked(client, cast)
    post(as_(client, "greta"), "transfer-move", made.uid, move="approve")
    post(client, "transfer-scan", made.uid, code="DSP-1", quantity="3", place=far.uid)
    post(client, "transfer-move", made.uid, move="send")
    post(as_(client, "stan"), "transfer-move", made.uid, move="arrive")
    line = made.lines.get()
    assert post(as_(client, "hana"), "transfer-settle", line.uid, way="lost", quantity="1x").status_code == 409
    line.refresh_from_db()
    assert line.settled == 0
