"""Minimum and maximum on their pages; the stock of all centres on a past day; what is here for a time."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from remonta.catalogue.models import Part
from remonta.stock.commands import receive_parts
from remonta.stock.models import Level, Place
from remonta.supply.models import PurchaseRequest
from tests.cast import intake
from tests.test_warehouse_pages import as_, post


@pytest.fixture
def bin_(cast):
    """Five displays at 8.25 in A-01-01."""
    found = Place.objects.get(centre=cast.krakow, code="A-01-01")
    Part.objects.update(words="dsp-1 dsp1 display")
    with transaction.atomic():
        lines = [(cast.display.pk, 5000, found)]
        receive_parts(cast.stan, lines, cast.krakow.pk, costs=[Decimal("8.25")], currency="PLN")
    return found


def html(client, name, *args, **query):
    return client.get(reverse(f"desk:{name}", args=args), query).content.decode()


def test_a_minimum_is_set_on_the_parts_page_and_what_is_missing_is_asked_for(client, cast, bin_):
    post(as_(client, "stan"), "store-level", cast.display.uid, minimum="6", maximum="10")
    assert "6 – 10" in html(client, "part-stock", cast.display.uid)
    assert "DSP-1" in html(client, "store-levels")
    assert "Ask for what is missing" in html(client, "store-below")
    assert post(client, "store-fill").status_code == 303
    assert PurchaseRequest.objects.get().quantity == 5000
    assert "Nothing is below its minimum" in html(client, "store-below")
    assert post(client, "store-level", cast.display.uid, minimum="x").status_code == 409
    post(client, "store-level", cast.display.uid, minimum="0")
    assert not Level.objects.exists()


def test_a_table_is_brought_in_row_by_row(client, cast, bin_):
    file = SimpleUploadedFile("levels.csv", b"part,min,max\nDSP-1,2,4\nNOPE,1,2\n")
    answer = post(as_(client, "stan"), "store-levels-file", file=file)
    assert "2 rows read, 1 kept" in answer.content.decode()
    assert "NOPE" in answer.content.decode()
    assert Level.objects.get().maximum == 4000
    assert post(client, "store-levels-file").status_code == 422


def test_the_stock_of_all_centres_on_a_day_shows_values_to_few(client, cast, bin_):
    page = html(as_(client, "stan"), "store-query", q="display")
    assert "A-01-01" in page
    assert "8.25" not in page
    assert "41.25" in html(as_(client, "hana"), "store-query", q="display")
    assert "A-01-01" not in html(client, "store-query", day="2026-03-01")
    assert "41.25" in html(client, "store-query", day="2026-03-02")
    file = client.get(reverse("desk:store-query"), {"export": "csv", "q": "display"})
    assert b"DSP-1" in b"".join(file) if file.streaming else b"DSP-1" in file.content


def test_customers_units_are_listed_with_their_place_and_order(client, cast):
    order = intake(cast)
    page = html(as_(client, "stan"), "store-temporary", what="customers")
    assert order.number in page
    assert order.number not in html(client, "store-temporary", what="ours")
    assert order.number not in html(client, "store-temporary", days="3000")


def test_who_may_not_see_places_finds_nothing(client, cast, bin_):
    assert as_(client, "petra").get(reverse("desk:store-query")).status_code == 200
    assert "DSP-1" not in html(client, "store-query")
    assert post(as_(client, "rita"), "store-level", cast.display.uid, minimum="1").status_code == 403
    assert post(client, "store-fill").status_code == 403
