"""Price lists of suppliers: every row accounted for, terms written, and the whole list taken back."""

from decimal import Decimal

import pytest

from remonta.catalogue.models import Part
from remonta.exchange.commands import MappingWrong, check_import, keep_check, make_import, map_import, start_import
from remonta.exchange.price_lists import amount
from remonta.exchange.queries import import_page, imports_for, kinds_open_to
from remonta.exchange.tests.conftest import drained, finished, undone
from remonta.identity.queries import rights_of
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import NotPermitted
from remonta.supply.commands import add_supplier, add_supplier_part
from remonta.supply.models import SupplierPart

LIST = """Parts Ltd – price list 2026;;;;
;;;;
Part No;Description;Unit price;MOQ;Qty
P-1;Display ;1 234,50;5;12
P-2;Battery;$7.25;;3
Part No;Description;Unit price;MOQ;Qty
P-2;Battery, other box;$7.25;;4
P-9;Nobody knows it;1;;1
P-1;Display;dear;;1
P-1;Display;1;;2&3
;Cables;;;
;;;;
"""
REASONS = {"heading": 1, "part": 1, "no_price": 1, "no_quantity": 1, "key": 1, "empty": 1}


@pytest.fixture
def supplier(cast):
    return add_supplier(cast.ada, name="Parts Ltd", currency="EUR")


@pytest.fixture
def parts(db):
    made = [Part.objects.create(number=f"P-{at}", name="Part", sort_name="part") for at in (1, 2)]
    return {part.number: part for part in made}


def bring(cast, supplier, content=LIST, by="hana", **options):
    actor = getattr(cast, by)
    run = make_import(actor, cast.krakow.uid, content=content.encode(), name="prices.csv", kind="prices")
    mapping = import_page(actor, run.uid).mapping.as_json()
    chosen = {"supplier": str(supplier.uid), **options}
    map_import(actor, run.uid, mapping=mapping | {"options": chosen})
    keep_check(actor, run.pk, found=drained(check_import(actor, run.pk)))
    start_import(actor, run.uid, here=True)
    return finished(actor, run.pk)


def test_every_row_is_accounted_for(cast, supplier, parts):
    run = bring(cast, supplier)
    assert (run.rows_read, run.created, run.skipped, run.reasons) == (9, 3, 6, REASONS)
    assert run.checked["reasons"] == REASONS
    first, second = SupplierPart.objects.order_by("number")
    assert (first.price, first.currency, first.minimum, first.available) == (Decimal("1234.5"), "EUR", 5000, 12000)
    assert (second.price, second.available) == (Decimal("7.25"), 7000)


def test_a_list_writes_over_and_is_taken_back(cast, supplier, parts):
    sold = {"part_uid": parts["P-1"].uid, "number": "P-1", "price": Decimal(9)}
    add_supplier_part(cast.ada, supplier.uid, **sold)
    run = bring(cast, supplier)
    undone(cast.hana, run.uid)
    first, second = SupplierPart.objects.order_by("number")
    assert (first.price, first.minimum, first.available, first.archived_at) == (Decimal(9), 1000, None, None)
    assert second.archived_at is not None


def test_unknown_parts_are_added_where_that_is_wanted(cast, supplier, parts):
    run = bring(cast, supplier, currency="USD", new_parts="yes")
    assert run.created == 4
    assert Part.objects.get(number="P-9").name == "Nobody knows it"
    assert SupplierPart.objects.get(number="P-9").currency == "USD"


def test_the_supplier_is_chosen_and_only_by_who_keeps_suppliers(cast, supplier, writes_nothing):
    run = make_import(cast.hana, cast.krakow.uid, content=LIST.encode(), name="p.csv", kind="prices")
    mapping = import_page(cast.hana, run.uid).mapping.as_json()
    assert (mapping["above"], mapping["columns"]["number"]) == (2, "Part No")
    with writes_nothing(), pytest.raises(MappingWrong, match="supplier"):
        map_import(cast.hana, run.uid, mapping=mapping)
    with pytest.raises(NotPermitted):
        make_import(cast.stan, cast.krakow.uid, content=LIST.encode(), name="p.csv", kind="prices")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12", "12"),
        ("1 234,50 zł", "1234.50"),
        ("$1,234.50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1,234,567", "1234567"),
        ("1,234", "1234"),
        ("1.234", "1.234"),
        ("0,125", "0.125"),
        ("€ 7", "7"),
        ("2&3", None),
        ("9 & 5", None),
        ("-1", None),
        ("dear", None),
        ("1.2.3", None),
    ],
)
def test_numbers_as_people_write_them(text, found):
    assert amount(text) == (None if found is None else Decimal(found))


def test_a_purchaser_brings_in_price_lists_and_nothing_else(cast, supplier, parts, writes_nothing):
    cast.peter = Actor("account:peter", None, frozenset(rights_of("purchaser", cast.krakow.pk, True)), cast.clock)
    cast.greta = Actor("account:greta", None, frozenset(rights_of("purchaser", cast.gdansk.pk, True)), cast.clock)
    run = bring(cast, supplier, by="peter")
    assert (run.state, run.created) == ("done", 3)
    assert kinds_open_to(cast.peter) == ("prices",)
    assert imports_for(cast.peter).get() == run
    with writes_nothing(), pytest.raises(NotPermitted):
        make_import(cast.peter, cast.krakow.uid, content=LIST.encode(), name="past.csv", kind="repairs")
    other = make_import(cast.hana, cast.krakow.uid, content=b"number,serial\n1,2\n", name="past.csv")
    assert not imports_for(cast.peter).filter(pk=other.pk).exists()
    assert not imports_for(cast.greta).exists()
    undone(cast.peter, run.uid)
    assert not SupplierPart.objects.filter(archived_at=None).exists()


def test_who_may_not_change_the_catalogue_adds_no_parts_by_a_list(cast, supplier, parts):
    rights = {one for one in rights_of("purchaser", cast.krakow.pk, True) if one[1] != "catalogue.write"}
    cast.peter = Actor("account:peter", None, frozenset(rights), cast.clock)
    with pytest.raises(NotPermitted):
        bring(cast, supplier, by="peter", new_parts="yes")
    assert not Part.objects.filter(number="P-9").exists()
