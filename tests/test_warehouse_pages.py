"""The warehouse's pages: each opens for who works there, does what its buttons say, and keeps what was typed."""

from uuid import UUID

import pytest
from django.urls import reverse

from remonta.catalogue.models import Part
from remonta.identity.models import Account
from remonta.kernel.ids import uuid7
from remonta.orders.commands import move_work_order
from remonta.stock.commands import move_part, network_place
from remonta.stock.models import Balance, Place, Whereabouts
from remonta.supply.commands import ask_part, issue_part
from remonta.supply.models import GoodsReceipt, Requisition
from tests.cast import intake, operation

PLAIN = ("stock", "places", "place-new", "place-bins", "receive", "issue", "demand")


@pytest.fixture
def order(cast):
    made = intake(cast)
    move_work_order(cast.emil, made.uid, "start_diagnosis", operation=operation(cast))
    return made


@pytest.fixture
def bin_(cast):
    found = Place.objects.get(centre=cast.krakow, code="A-01-01")
    Part.objects.update(words="dsp-1 dsp1 display")
    move_part(cast.stan, cast.display.pk, 5000, network_place("supplier"), found, reason="received")
    return found


def as_(client, name):
    client.force_login(Account.objects.get(email=f"{name}@example.com"))
    return client


def post(client, route, *args, **values):
    return client.post(reverse(f"desk:{route}", args=args), {"operation": str(uuid7()), **values})


def ask(cast, order, quantity=1000):
    return ask_part(cast.emil, order.uid, part_uid=cast.display.uid, quantity=quantity, operation=operation(cast))


def held(place, part):
    return Balance.objects.filter(place=place, part=part).values_list("on_hand", "reserved").first() or (0, 0)


def test_every_page_opens_for_the_storekeeper(client, cast, order, bin_):
    issued, wanted = ask(cast, order), ask(cast, order, 9000)
    issue_part(cast.stan, issued.uid, operation=operation(cast))
    assert wanted.state == "reserved"
    post(as_(client, "stan"), "receive", supplier="Parts Ltd", **line(cast))
    receipt = GoodsReceipt.objects.get()
    pages = [
        *(reverse(f"desk:{name}") for name in PLAIN),
        reverse("desk:stock") + "?q=disp&place=A&sort=-on_hand",
        reverse("desk:places") + "?q=A&kind=bin",
        reverse("desk:receipts"),
        reverse("desk:receipt", args=[receipt.uid]),
        reverse("desk:part-stock", args=[cast.display.uid]),
        reverse("desk:place", args=[bin_.uid]),
        reverse("desk:place-contents", args=[bin_.uid]),
        reverse("desk:issue-order", args=[order.uid]),
        reverse("desk:issue-parts", args=[order.uid]),
        reverse("desk:order-parts", args=[order.uid]),
        reverse("desk:order-place", args=[order.uid]),
        reverse("desk:order-part-find", args=[order.uid]) + "?q=DSP",
        reverse("desk:receive-line") + "?code=DSP-1&bin=A-01-01",
        reverse("desk:demand") + "?here=1",
    ]
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
    assert b"DSP-1" in client.get(reverse("desk:stock")).content


def test_pages_of_an_empty_centre_say_what_they_are_for(client, cast):
    as_(client, "stan")
    for name in ("stock", "receipts", "issue", "demand"):
        assert client.get(reverse(f"desk:{name}")).status_code == 200


def line(cast, **changes):
    return {"part": str(cast.display.uid), "place": "A-01-01", "quantity": "2", "cost": "10,50"} | changes


def test_a_delivery_is_received_line_by_line(client, cast, bin_):
    answer = post(as_(client, "stan"), "receive", supplier="Parts Ltd", note_number="7", **line(cast))
    receipt = GoodsReceipt.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (303, reverse("desk:receipt", args=[receipt.uid]))
    assert held(bin_, cast.display) == (7000, 0)
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Parts Ltd" in page
    assert "10.5" not in page
    assert "10.5" in as_(client, "hana").get(answer.headers["Location"]).content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"place": "Z-9"}, "no such bin"),
        ({"part": str(UUID(int=7))}, "no such part"),
        ({"quantity": "many"}, "more than zero"),
        ({"quantity": "NaN"}, "more than zero"),
        ({"cost": "dear"}, "as a number"),
    ],
)
def test_a_line_with_a_mistake_keeps_what_was_typed(client, cast, bin_, changes, sentence):
    answer = post(as_(client, "stan"), "receive", supplier="Parts Ltd", **line(cast, **changes))
    page = answer.content.decode()
    assert (answer.status_code, GoodsReceipt.objects.count()) == (422, 0)
    assert sentence in page
    assert "Parts Ltd" in page


def test_a_delivery_without_lines_says_so(client, cast):
    answer = post(as_(client, "stan"), "receive", supplier="Parts Ltd")
    assert answer.status_code == 422
    assert "at least one part" in answer.content.decode()


def test_part_and_order_are_issued_and_taken_back(client, cast, order, bin_):
    as_(client, "stan")
    opened = client.get(reverse("desk:issue"), {"order": order.number})
    assert opened.headers["Location"] == reverse("desk:issue-order", args=[order.uid])
    assert b"No such order" in client.get(reverse("desk:issue"), {"order": "KRK-999999"}).content
    post(client, "issue-scan", order.uid, code="dsp-1", quantity="2")
    requisition = Requisition.objects.get()
    assert (requisition.state, held(bin_, cast.display)) == ("issued", (3000, 0))
    post(client, "requisition-return", requisition.uid, place=str(bin_.uid), quantity="1")
    assert held(bin_, cast.display) == (4000, 0)
    assert post(client, "issue-scan", order.uid, code="NOTHING").status_code == 404
    assert post(client, "requisition-return", requisition.uid, place="x").status_code == 400


def test_what_lies_ready_is_issued_from_the_list(client, cast, order, bin_):
    requisition = ask(cast, order)
    assert order.number.encode() in as_(client, "stan").get(reverse("desk:issue")).content
    answer = post(client, "requisition-issue", requisition.uid, next=reverse("desk:issue"))
    assert answer.headers["Location"] == reverse("desk:issue")
    assert held(bin_, cast.display) == (4000, 0)


def test_the_engineer_asks_on_the_order_page(client, cast, order, bin_):
    as_(client, "emil")
    found = client.get(reverse("desk:order-part-find", args=[order.uid]), {"q": "display"}).content.decode()
    assert str(cast.display.uid) in found
    post(client, "order-parts", order.uid, part=str(cast.display.uid), quantity="1")
    requisition = Requisition.objects.get()
    assert requisition.state == "reserved"
    post(client, "requisition-cancel", requisition.uid)
    assert held(bin_, cast.display) == (5000, 0)
    post(client, "order-old-part", order.uid, part=str(cast.display.uid))
    assert Balance.objects.get(place__kind="quarantine").on_hand == 1000
    assert post(client, "requisition-issue", requisition.uid).status_code == 403


def test_the_unit_is_moved_on_the_order_page(client, cast, order):
    shelf = Place.objects.get(centre=cast.krakow, code="S-1")
    post(as_(client, "rita"), "order-place", order.uid, place=str(shelf.uid))
    assert Whereabouts.objects.get(unit=order.unit).place == shelf
    assert b"S-1" in client.get(reverse("desk:order-place", args=[order.uid])).content
    assert order.number.encode() in client.get(reverse("desk:place", args=[shelf.uid])).content


def test_places_are_made_named_labelled_and_archived(client, cast):
    as_(client, "stan")
    post(client, "place-new", kind="shelf", code="w-1", name="Window")
    shelf = Place.objects.get(code="W-1")
    assert post(client, "place-new", kind="shelf", code="W-1").status_code == 422
    post(client, "place-bins", first="B-01", last="B-12")
    assert Place.objects.filter(code__startswith="B-").count() == 12
    assert post(client, "place-bins", first="B-12", last="B-01").status_code == 422
    post(client, "place-rename", shelf.uid, name="Door")
    post(client, "place-archive", shelf.uid)
    shelf.refresh_from_db()
    assert shelf.name == "Door"
    assert shelf.archived_at


def test_parts_are_moved_quarantined_and_scrapped(client, cast, bin_):
    as_(client, "stan")
    other = Place.objects.get(centre=cast.krakow, code="S-1")
    moved = {"source_uid": str(bin_.uid), "quantity": "1"}
    post(client, "part-move", cast.display.uid, **moved, target_uid=str(other.uid), move="place")
    post(client, "part-move", cast.display.uid, **moved, move="place")
    post(client, "part-move", cast.display.uid, **moved, move="scrap")
    assert held(bin_, cast.display) == (2000, 0)
    assert [held(place, cast.display)[0] for place in (other, Place.objects.get(kind="quarantine"))] == [1000, 1000]
    too_many = post(client, "part-move", cast.display.uid, **(moved | {"quantity": "99"}), move="scrap")
    assert too_many.status_code == 422
    assert "Only 2" in too_many.content.decode()


def test_purchasing_says_when_a_part_comes(client, cast, order):
    requisition = ask(cast, order)
    page = as_(client, "stan").get(reverse("desk:demand")).content.decode()
    assert order.number in page
    post(client, "requisition-expect", requisition.uid, expected_on="2026-12-04")
    requisition.refresh_from_db()
    assert str(requisition.expected_on) == "2026-12-04"
    assert post(client, "requisition-expect", requisition.uid, expected_on="soon").status_code == 400


def test_strangers_find_nothing(client, cast, order, bin_):
    requisition = ask(cast, order)
    as_(client, "gosia")
    for name in ("place", "issue-order", "order-parts", "order-place"):
        uid = bin_.uid if name == "place" else order.uid
        assert client.get(reverse(f"desk:{name}", args=[uid])).status_code == 404, name
    assert post(client, "requisition-issue", requisition.uid).status_code == 403
    assert held(bin_, cast.display) == (5000, 1000)
