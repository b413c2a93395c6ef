"""A picking list on its page: chosen on the page Issue, walked by scan, printed, closed."""

from django.urls import reverse

from remonta.kernel.ids import uuid7
from remonta.stock.models import Place
from remonta.supply.models import PickingList, Requisition
from tests.test_warehouse_pages import as_, ask, bin_, order, post

__all__ = ["bin_", "order"]


def test_chosen_parts_are_fetched_by_scan(client, cast, order, bin_):
    first, second = ask(cast, order), ask(cast, order, 2000)
    post(as_(client, "stan"), "store-picking-new", chosen=[first.uid, second.uid])
    made = PickingList.objects.get()
    assert made.number in client.get(reverse("desk:issue")).content.decode()
    url = reverse("desk:store-picking-scan", args=[made.uid])
    assert post(client, "store-picking-scan", made.uid, code="DSP-1").status_code == 409
    answer = client.post(url, {"operation": str(uuid7()), "code": bin_.label}, headers={"HX-Request": "true"})
    assert f'value="{bin_.uid}"' in answer.content.decode()
    for _ in range(2):
        post(client, "store-picking-scan", made.uid, code="DSP-1", place=bin_.uid)
    assert set(Requisition.objects.values_list("state", flat=True)) == {"issued"}
    assert "All of it is fetched" in client.get(reverse("desk:store-picking", args=[made.uid])).content.decode()


def test_it_is_printed_and_closed(client, cast, order, bin_):
    ask(cast, order)
    post(as_(client, "stan"), "store-picking-new")
    made = PickingList.objects.get()
    assert post(client, "store-picking-print", made.uid).status_code == 302
    assert post(client, "store-picking-end", made.uid).status_code == 303
    assert not made.lines.exists()
    assert post(as_(client, "emil"), "store-picking-new").status_code == 403


def test_a_bin_is_proposed_for_what_comes(client, cast, bin_):
    page = as_(client, "stan").get(reverse("desk:receive-line"), {"code": "DSP-1", "bin": ""})
    assert "A-01-01" in page.content.decode()


def test_a_place_has_its_zone_and_number_on_the_walk(client, cast, bin_):
    post(as_(client, "stan"), "place-rename", bin_.uid, name="Drawer", zone="small", walk="7")
    bin_.refresh_from_db()
    assert (bin_.zone, bin_.walk) == ("SMALL", 7)
    post(client, "place-bins", first="C-01", last="C-03", zone="c")
    assert Place.objects.filter(zone="C").count() == 3
