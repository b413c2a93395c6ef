"""The purchaser's pages: suppliers, what they sell, exchange rates."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from remonta.catalogue.models import Part
from remonta.supply.models import ExchangeRate, Supplier, SupplierPart

SAID = {"name": "Shenzhen Parts", "currency": "cny", "lead_days": "21", "minimum": "500", "language": "en"}


@pytest.fixture
def buyer(cast, sign_in):
    return sign_in("hana")


@pytest.fixture
def display(db):
    return Part.objects.create(number="DSP-9", name="Display", sort_name="display", words="dsp-9 display")


def test_a_supplier_is_added_and_sells_a_part(buyer, display):
    refused = buyer.post("/buying/suppliers/new/", SAID | {"currency": "yuan"})
    assert refused.status_code == 422
    assert "Shenzhen Parts" in refused.content.decode()
    assert buyer.post("/buying/suppliers/new/", SAID).status_code == 303
    one = Supplier.objects.get()
    assert (one.currency, one.minimum) == ("CNY", 50000)
    url = f"/buying/suppliers/{one.uid}/parts/"
    terms = {"number": "SZ-1", "price": "88,125", "currency": "CNY", "minimum": "5", "multiple": "5"}
    assert "There is no such part" in buyer.post(url, terms | {"part": "nothing"}).content.decode()
    assert buyer.post(url, terms | {"part": "dsp-9"}).status_code == 303
    assert SupplierPart.objects.get().price == Decimal("88.125")
    page = buyer.get(f"/buying/suppliers/{one.uid}/").content.decode()
    assert "SZ-1" in page
    assert "88.125" in page
    assert str(one.uid) in buyer.get("/buying/suppliers/?q=shen").content.decode()
    assert str(one.uid) not in buyer.get("/buying/suppliers/?q=dong").content.decode()


def test_rates_are_typed_and_read(cast, buyer):
    entity = cast.krakow.legal_entity.uid
    said = {"entity": entity, "currency": "EUR", "day": "2026-05-04", "rate": "4,27"}
    assert buyer.post("/buying/rates/new/", said).status_code == 303
    table = SimpleUploadedFile("rates.csv", b"date,currency,rate\n2026-05-05,EUR,4.28\n2026-05-06,EUR,dear\n")
    page = buyer.post("/buying/rates/file/", {"entity": entity, "file": table}).content.decode()
    assert "1 of 2 rows kept" in page
    assert sorted(ExchangeRate.objects.values_list("rate", flat=True)) == [Decimal("4.27"), Decimal("4.28")]
    assert "4.28" in buyer.get("/buying/rates/").content.decode()


def test_others_are_kept_out(cast, sign_in, buyer):
    buyer.post("/buying/suppliers/new/", SAID)
    emil = sign_in("emil")
    assert emil.get("/buying/suppliers/").status_code == 403
    assert emil.post("/buying/suppliers/new/", SAID | {"name": "Mine"}).status_code == 403
    assert Supplier.objects.count() == 1


def test_a_price_list_is_uploaded_and_mapped(cast, buyer, display, settings, tmp_path):
    settings.HOME = tmp_path
    buyer.post("/buying/suppliers/new/", SAID)
    listed = SimpleUploadedFile("list.csv", b"Prices 2026;;\nPart No;Unit price;Qty\nDSP-9;12,50;4\n")
    sent = {"kind": "prices", "centre": cast.krakow.uid, "file": listed}
    url = buyer.post("/imports/new/", sent).headers["Location"]
    page = buyer.get(url).content.decode()
    assert "Shenzhen Parts" in page
    chosen = {"column-number": "Part No", "column-price": "Unit price", "column-quantity": "Qty", "dates": "iso"}
    file = {"encoding": "utf-8", "delimiter": ";", "sheet": "", "above": "1"}
    refused = buyer.post(url, chosen | file | {"option-supplier": ""})
    assert refused.status_code == 422
    supplier = {"option-supplier": Supplier.objects.get().uid, "option-new_parts": ""}
    assert buyer.post(url, chosen | file | supplier).status_code == 303
