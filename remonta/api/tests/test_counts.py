"""Stocktakes by program, and what was there at a past moment."""

from decimal import Decimal

from django.apps import apps

from remonta.api.tests.conftest import said
from remonta.api.tests.test_goods_and_money import bin_of, delivery


def test_a_zone_is_counted_and_nobody_approves_what_they_counted(cast, program):
    stan = program("stan")
    stan.make("/deliveries", delivery(cast))
    asked = {"centre_uid": cast.krakow.uid, "scope": "zone", "prefix": "A-01-01"}
    made = stan.make("/stocktakes", asked)
    here = f"/stocktakes/{made['uid']}"
    assert (made["state"], made["progress"]["waiting"]) == ("counting", 1)
    assert said(stan.post("/stocktakes", asked)) == (409, "OverlapsCount")
    row = stan.make(f"{here}/count", {"place_uid": bin_of(cast)})
    there = f"/counted-places/{row['uid']}"
    stan.make(f"{there}/parts", {"part_uid": cast.display.uid, "quantity": "3"})
    found = stan.make(f"{there}/parts", {"part_uid": cast.display.uid})["found"]
    assert [(one["number"], one["quantity"]) for one in found] == [("DSP-1", "4")]
    assert stan.make(f"{there}/move", {"move": "close"})["state"] == "counted"
    assert stan.read(here)["differences"] == []
    done = stan.make(f"{here}/move", {"move": "finish"})
    assert [(one["difference"], one["worth"]) for one in done["differences"]] == [("-1", None)]
    assert done["worth"] is None
    assert said(stan.post(f"{here}/move", {"move": "approve"}))[0] == 403
    assert [one["state"] for one in stan.read(f"{here}/places")["items"]] == ["counted"]
    hana = program("hana")
    assert Decimal(hana.read(here)["worth"]) == Decimal("-80.25")
    assert hana.make(f"{here}/move", {"move": "approve"})["state"] == "posting"


def test_what_was_there_at_a_past_moment(cast, program):
    stan = program("stan")
    stan.make("/deliveries", delivery(cast))
    url = f"/parts/{cast.display.uid}/stock"
    assert stan.read(url)["past"] == []
    booked = apps.get_model("stock", "Move").objects.latest("pk").occurred_at
    at = booked.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    assert [(one["place_code"], one["on_hand"]) for one in stan.read(f"{url}?at={at}")["past"]] == [("A-01-01", "5")]
    assert stan.read(f"{url}?at=2020-01-01T00:00:00Z")["past"] == []
