"""Who pays for an issued part, on the order's page: shown, changed with a reason, printed on the right note."""

import pytest

from remonta.kernel.ids import uuid7
from remonta.orders.models import Note
from remonta.stock.commands import receive_parts
from remonta.stock.models import Place
from remonta.supply.commands import issue_scanned
from remonta.supply.models import Requisition
from tests.cast import intake, operation


def post(client, url, **said):
    return client.post(url, {"operation": str(uuid7()), **said})


@pytest.fixture
def part(cast):
    """Three displays issued to a repair, free of charge."""
    where = Place.objects.get(centre=cast.krakow, code="A-01-01")
    receive_parts(cast.stan, [(cast.display.pk, 5_000, where)], cast.krakow.pk)
    order = intake(cast)
    said = {"part_uid": cast.display.uid, "quantity": 3000}
    return issue_scanned(cast.stan, order.uid, **said, operation=operation(cast))


def test_terms_are_shown_changed_with_a_reason_and_printed(cast, sign_in, part):
    hana, order = sign_in("hana"), part.work_order
    assert "free of charge" in hana.get(f"/orders/{order.uid}/parts/").content.decode()
    where = f"/warehouse/requisitions/{part.uid}/terms/"
    assert "Who pays for DSP-1" in hana.get(where).content.decode()
    refused = post(hana, where, terms="paid", reason="sold")
    assert refused.status_code == 422, "there is no price"
    assert "has no price yet" in refused.content.decode()
    assert post(hana, where, terms="warranty", reason="").status_code == 422
    assert post(hana, where, terms="warranty", reason="The maker pays").status_code == 303
    assert Requisition.objects.get().terms == "warranty"
    assert Note.objects.filter(text="The maker pays").exists()
    page = hana.get(f"/orders/{order.uid}/").content.decode()
    assert "free of charge, now under warranty" in page
    paper = hana.post(f"/orders/{order.uid}/issue-note/", {"form": "issue_note"})
    assert hana.get(paper.headers["Location"]).content.startswith(b"%PDF")
    assert hana.post(f"/orders/{order.uid}/issue-note/", {"form": "sales_note"}).status_code == 409
    assert hana.post(f"/orders/{order.uid}/issue-note/", {"form": "other"}).status_code == 400


def test_the_engineer_says_what_was_built_in_and_the_store_sees_what_comes_back(cast, sign_in, part):
    emil, stan, order = sign_in("emil"), sign_in("stan"), part.work_order
    assert emil.get(f"/warehouse/requisitions/{part.uid}/terms/").status_code == 403
    assert post(emil, f"/warehouse/requisitions/{part.uid}/used/", used="1").status_code == 303
    assert "to come back" in emil.get(f"/orders/{order.uid}/parts/").content.decode()
    assert "to come back" in stan.get(f"/warehouse/issue/{order.uid}/").content.decode()
    assert post(emil, f"/warehouse/requisitions/{part.uid}/used/", used="many").status_code == 400
    assert post(emil, f"/warehouse/requisitions/{part.uid}/used/", used="0").status_code == 303


def test_a_scan_can_sell_what_nobody_asked_for(cast, sign_in, part):
    stan = sign_in("stan")
    said = {"code": "DSP-1", "quantity": "1", "terms": "warranty"}
    assert post(stan, f"/warehouse/issue/{part.work_order.uid}/scan/", **said).status_code == 303
    assert Requisition.objects.order_by("-pk").first().terms == "warranty"
    said = {"code": "DSP-1", "quantity": "1", "terms": "nobody knows"}
    assert post(stan, f"/warehouse/issue/{part.work_order.uid}/scan/", **said).status_code == 409
