"""Stocktakes on their pages: begun, counted by scan without seeing the book, finished, approved by another, posted."""

import pytest
from django.urls import reverse
from django.utils import timezone

from remonta.catalogue.models import Part
from remonta.kernel.ids import uuid7
from remonta.orders.commands import move_work_order
from remonta.spine.models import Job
from remonta.stock.commands import move_part, network_place, post_piece
from remonta.stock.models import CountedPlace, CountLine, Place, Stocktake
from remonta.supply.commands import ask_part
from tests.cast import intake, operation
from tests.test_warehouse_pages import as_, post


@pytest.fixture
def bins(cast):
    """Five displays in A-01-01."""
    found = Place.objects.get(centre=cast.krakow, code="A-01-01")
    Part.objects.update(words="dsp-1 dsp1 display")
    move_part(cast.stan, cast.display.pk, 5000, network_place("supplier"), found, reason="received")
    return found


def begun(client):
    answer = post(as_(client, "stan"), "count-new", scope="zone", prefix="A-01-01", at_most="20")
    assert answer.status_code == 303
    return Stocktake.objects.get()


def scan(client, count, code, quantity="1"):
    return post(client, "counting-scan", count.uid, code=code, quantity=quantity)


def test_counted_by_scan_and_posted(client, cast, bins):
    count = begun(client)
    assert scan(client, count, cast.display.number).status_code == 409
    assert scan(client, count, bins.label).status_code == 303
    for _ in range(2):
        scan(client, count, cast.display.number)
    page = client.get(reverse("desk:counting", args=[count.uid])).content.decode()
    assert cast.display.number in page
    assert 'value="2"' in page
    row = CountedPlace.objects.get()
    post(client, "counting-correct", row.uid, part=cast.display.uid, quantity="3,5")
    assert CountLine.objects.get().quantity == 3500
    post(client, "counting-close", row.uid, move="close")
    assert "Nobody sees what differs" in client.get(reverse("desk:count", args=[count.uid])).content.decode()
    post(client, "count-move", count.uid, move="finish")
    page = client.get(reverse("desk:count", args=[count.uid])).content.decode()
    assert "-1.5" in page.replace("−", "-")
    assert "All differences come to" not in page
    assert post(client, "count-move", count.uid, move="approve").status_code == 403
    assert not Job.objects.filter(name="stock.post_counts").exists()


def test_htmx_gets_the_place_alone_and_refusals_as_sentences(client, cast, bins):
    count = begun(client)
    said = {"operation": str(uuid7()), "code": bins.code}
    url = reverse("desk:counting-scan", args=[count.uid])
    answer = client.post(url, said, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert b'id="counting"' in answer.content
    assert b"<html" not in answer.content
    answer = client.post(url, {"operation": str(uuid7()), "code": "nonsense-1"}, headers={"HX-Request": "true"})
    assert answer.status_code == 409


def test_a_zone_without_places_is_refused_at_its_field(client, cast, bins):
    answer = post(as_(client, "stan"), "count-new", scope="zone", prefix="ZZ", at_most="20")
    assert answer.status_code == 422
    assert "There is nothing to count here" in answer.content.decode()
    assert client.get(reverse("desk:counts")).status_code == 200


def test_a_part_shows_what_was_there_on_a_past_day(client, cast, bins):
    url = reverse("desk:part-stock", args=[cast.display.uid])
    today = timezone.localdate().isoformat()
    shown = as_(client, "stan").get(url, {"on": today})
    assert [(row.place_code, row.on_hand) for row in shown.context["past"]] == [("A-01-01", 5000)]
    assert "There was nothing on that day." in client.get(url, {"on": "2020-01-01"}).content.decode()
    assert client.get(url, {"on": "nonsense"}).context["past"] == ()


def test_what_a_repair_had_set_aside_and_no_count_finds_is_wanted_again(client, cast, bins):
    order = intake(cast)
    move_work_order(cast.emil, order.uid, "start_diagnosis", operation=operation(cast))
    asked = ask_part(cast.emil, order.uid, part_uid=cast.display.uid, quantity=2000, operation=operation(cast))
    assert asked.state == "reserved"
    count = begun(client)
    scan(client, count, bins.label)
    post(client, "counting-close", CountedPlace.objects.get().uid, move="close")
    post(client, "count-move", count.uid, move="finish")
    assert post(as_(client, "hana"), "count-move", count.uid, move="approve").status_code == 303
    post_piece(cast.hana.trusted_with("stock.post_counts"), count.pk)
    asked.refresh_from_db()
    assert (asked.state, asked.reservation_id) == ("wanted", None)
    assert order.holds.filter(code=f"supply.part:{asked.pk}", lifted_at=None).exists()
