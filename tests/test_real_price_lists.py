"""Real tables as people keep them, where the checkout has them beside it: every row is accounted for."""

import os
from pathlib import Path

import pytest
from django.db.models import Sum

from remonta.catalogue.models import Part
from remonta.exchange.commands import (
    TableUnreadable,
    check_import,
    keep_check,
    make_import,
    map_import,
    start_import,
)
from remonta.exchange.mapping import PRICE_FIELDS
from remonta.exchange.queries import head_of, import_page
from remonta.exchange.tests.conftest import drained, finished
from remonta.supply.commands import add_supplier
from remonta.supply.models import SupplierPart

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"
FOLDER = Path(os.environ.get("REMONTA_SHARED_DATA", BESIDE)) / "xlsx"
STOCK_SHEET = "apache_pcb_boards_cupboard.xlsx"
# One is locked with a password, one has more columns than any list.
UNREADABLE = {"poi_sheet_password.xlsx", "poi_53105.xlsx"}
pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="the real tables are not beside this checkout")


def brought(cast, path):
    """A table as a price list, its first column being the number where no heading says which is."""
    supplier = add_supplier(cast.ada, name="Parts Ltd", currency="EUR")
    run = make_import(cast.hana, cast.krakow.uid, content=path.read_bytes(), name=path.name, kind="prices")
    mapping, head = import_page(cast.hana, run.uid).mapping.as_json(), head_of(cast.hana, run.uid)
    mapping["columns"].setdefault("number", next(name for name in head if name not in mapping["columns"].values()))
    mapping["options"] = {"supplier": str(supplier.uid), "new_parts": "yes"}
    map_import(cast.hana, run.uid, mapping=mapping)
    keep_check(cast.hana, run.pk, found=drained(check_import(cast.hana, run.pk)))
    start_import(cast.hana, run.uid, here=True)
    return finished(cast.hana, run.pk)


def test_the_stock_sheet_is_read_to_the_last_piece(cast):
    run = brought(cast, FOLDER / STOCK_SHEET)
    assert (run.rows_read, run.created, run.skipped, run.reasons) == (52, 50, 2, {"no_quantity": 2})
    assert SupplierPart.objects.aggregate(all=Sum("available"))["all"] == 95_000
    refused = run.rows.filter(reason="no_quantity").values_list("values", flat=True)
    assert sorted(row["QTY"] for row in refused) == ["2&3", "9&5"]
    assert not [part.name for part in Part.objects.all() if part.name != part.name.strip()]


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("*")) if FOLDER.exists() else [])
def test_every_row_is_accounted_for(cast, name):
    try:
        run = brought(cast, FOLDER / name)
    except TableUnreadable:
        assert name in UNREADABLE
        return
    account = run.checked
    assert run.state == "done", run.trouble
    assert run.rows_read == run.created + run.updated + run.skipped == account["read"]
    assert run.skipped == sum(run.reasons.values())
    assert run.rows.count() == run.rows_read
    assert set(run.mapping["columns"]) <= PRICE_FIELDS.keys()
