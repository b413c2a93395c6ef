"""Printing, and how papers look."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

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


def test_the_companys_mark_is_shown_replaced_and_removed(cast, sign_in, png, settings, tmp_path):
    settings.HOME, settings.FILES_URL = tmp_path, ""
    page, ada = f"/network/entities/{cast.entity.uid}/mark/", sign_in("ada")
    assert "No mark yet" in ada.get(page).text
    assert ada.post(page, {"file": png}).status_code == 303
    shown = ada.get(page)
    picture = ada.get(re.search(r'company-mark" src="([^"]+)"', shown.text)[1])
    assert (picture.status_code, picture.headers["Content-Type"]) == (200, "image/png")
    assert b"".join(picture.streaming_content)
    order = intake(cast)
    sign_in("rita").post(f"/orders/{order.uid}/print/", {"form": "receipt:a4"})
    assert Document.objects.latest("pk").data["logo"]
    assert ada.post(f"{page}remove/").status_code == 303
    assert "No mark yet" in ada.get(page).text


def test_what_is_no_picture_stands_at_the_field(cast, sign_in):
    broken = SimpleUploadedFile("mark.png", b"<script>alert(1)</script>", "image/png")
    refused = sign_in("ada").post(f"/network/entities/{cast.entity.uid}/mark/", {"file": broken})
    assert refused.status_code == 422
    assert "Choose a PNG or JPEG file" in refused.text


def test_a_head_sees_the_mark_of_the_network_and_does_not_change_it(cast, sign_in, png):
    page, hana = f"/network/entities/{cast.entity.uid}/mark/", sign_in("hana")
    assert "multipart/form-data" not in hana.get(page).text
    assert hana.post(page, {"file": png}).status_code == 403
    assert sign_in("rita").get(page).status_code == 403
