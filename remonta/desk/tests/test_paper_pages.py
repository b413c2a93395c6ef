"""Printing, and how papers look."""

import pytest

from remonta.documents.models import Document, FormTemplate
from tests.cast import intake


@pytest.mark.parametrize("form", ["receipt:a4", "receipt:roll80", "work_order:a4", "label:58x40"])
def test_a_button_makes_the_paper_and_the_browser_shows_it(form, cast, sign_in):
    order = intake(cast)
    client = sign_in("rita")
    page = client.post(f"/orders/{order.uid}/print/", {"form": form}, follow=True)
    assert page.headers["Content-Type"] == "application/pdf"
    assert page.content.startswith(b"%PDF")
    assert "/papers/" in client.get(f"/orders/{order.uid}/papers/").text


def test_a_strangers_paper_is_not_there(cast, sign_in):
    order = intake(cast)
    sign_in("rita").post(f"/orders/{order.uid}/print/", {"form": "receipt:a4"})
    uid = Document.objects.get().uid
    assert sign_in("gosia").get(f"/papers/{uid}.pdf").status_code == 404
    assert sign_in("gosia").post(f"/orders/{order.uid}/print/", {"form": "receipt:a4"}).status_code == 404


def test_a_template_is_previewed_saved_and_restored(cast, sign_in):
    client = sign_in("hana")
    assert client.get("/forms/").status_code == 200
    page = client.get("/forms/receipt/")
    assert page.status_code == 200
    source = page.context["form"].initial["source"]
    assert "data:image/png" in client.post("/forms/receipt/preview/", {"source": source}).text
    assert "data:image/png" not in client.post("/forms/receipt/preview/", {"source": "#broken("}).text
    said = {"source": source + "\n// ours", "centre_uid": str(cast.krakow.uid)}
    broken = client.post("/forms/receipt/", said | {"source": "#broken("})
    assert (broken.status_code, FormTemplate.objects.filter(centre=cast.krakow).count()) == (422, 0)
    assert client.post("/forms/receipt/", said).status_code == 303
    assert client.post("/forms/receipt/", said | {"restore": "1"}).status_code == 303
    assert not FormTemplate.objects.filter(centre=cast.krakow, active=True).exists()
    assert sign_in("rita").get("/forms/").status_code == 403
