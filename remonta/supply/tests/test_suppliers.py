"""Suppliers, what they sell, and what their money is worth."""

from datetime import date
from decimal import Decimal

import pytest

from remonta.kernel.refusals import NotPermitted
from remonta.spine.models import Event
from remonta.supply.commands import (
    add_supplier,
    add_supplier_part,
    archive_supplier,
    change_supplier,
    change_supplier_part,
    import_rates,
    set_rate,
)
from remonta.supply.commands.refusals import (
    LotWrong,
    NoSuchCurrency,
    OwnCurrency,
    PriceWrong,
    SupplierKnown,
    SupplierPartKnown,
)
from remonta.supply.models import ExchangeRate, Supplier, SupplierPart
from remonta.supply.queries import (
    offers_of_parts,
    offers_of_supplier,
    rate_entities_for,
    rate_on,
    supplier_parts_for,
    suppliers_for,
)


@pytest.fixture
def shenzhen(cast):
    return add_supplier(cast.petra, name="Shenzhen Parts", currency="CNY", lead_days=21, email="sales@sz.example")


def sell(cast, supplier, **values):
    said = {"number": "SZ-77", "price": Decimal("88.125"), "minimum": 5000, "multiple": 5000} | values
    return add_supplier_part(cast.petra, supplier.uid, part_uid=cast.display.uid, **said)


def test_a_supplier_has_a_name_of_its_own(cast, shenzhen, refused):
    with refused(SupplierKnown):
        add_supplier(cast.petra, name="SHENZHEN  parts", currency="CNY")
    with refused(NoSuchCurrency):
        add_supplier(cast.petra, name="Other", currency="yuan")
    archive_supplier(cast.petra, shenzhen.uid)
    other = add_supplier(cast.petra, name="Shenzhen parts", currency="CNY")
    with refused(SupplierKnown):
        archive_supplier(cast.petra, shenzhen.uid, restore=True)
    assert change_supplier(cast.petra, other.uid, name="Dongguan", lead_days=9).lead_days == 9
    changed = Event.objects.get(name="supply.supplier_changed").data["fields"]
    assert sorted(changed) == ["lead_days", "name", "sort_name"]


def test_what_it_sells_has_a_price_and_lots(cast, shenzhen, refused):
    row = sell(cast, shenzhen)
    offer = offers_of_parts(cast.petra, [cast.display.pk])[cast.display.pk][0]
    assert (offer.price, offer.currency, offer.lead_days) == (Decimal("88.125"), "CNY", 21)
    assert [offer.lot(wanted) for wanted in (1000, 5000, 5001, 12000)] == [5000, 5000, 10000, 15000]
    with refused(SupplierPartKnown):
        sell(cast, shenzhen)
    with refused(PriceWrong):
        sell(cast, shenzhen, number="SZ-78", price=Decimal("0.0000001"))
    with refused(LotWrong):
        change_supplier_part(cast.petra, row.uid, multiple=0)
    change_supplier_part(cast.petra, row.uid, price=Decimal("90.8675"), lead_days=3, archived=True)
    assert offers_of_parts(cast.petra, [cast.display.pk]) == {}
    assert offers_of_supplier(cast.petra, shenzhen.pk)[0].lead_days == 3
    assert "90.8675" not in str([*Event.objects.values_list("data", flat=True)])


def test_prices_are_for_those_who_may_know(cast, shenzhen):
    sell(cast, shenzhen)
    assert offers_of_supplier(cast.stella, shenzhen.pk)[0].price is None
    assert offers_of_supplier(cast.petra, shenzhen.pk)[0].price == Decimal("88.125")


def test_suppliers_are_the_networks_and_partners_do_not_see_them(cast, shenzhen, refused):
    sell(cast, shenzhen)
    assert suppliers_for(cast.gosia).count() == 1
    assert not suppliers_for(cast.piotr).exists()
    assert not supplier_parts_for(cast.piotr).exists()
    with refused(NotPermitted):
        add_supplier(cast.stella, name="Mine", currency="PLN")
    with refused(NotPermitted):
        change_supplier(cast.stella, shenzhen.uid, name="Mine")
    assert Supplier.objects.get().name == "Shenzhen Parts"
    assert SupplierPart.objects.count() == 1


def test_a_rate_holds_until_the_next_one(cast, refused):
    entity = rate_entities_for(cast.petra)[0]
    for day, rate in ((1, "0.55"), (8, "0.56")):
        set_rate(cast.petra, entity.uid, currency="cny", day=date(2026, 5, day), rate=Decimal(rate))
    found = [rate_on(entity.id, "PLN", "CNY", date(2026, 5, day)) for day in (1, 7, 8, 30)]
    assert found == [Decimal("0.55"), Decimal("0.55"), Decimal("0.56"), Decimal("0.56")]
    assert rate_on(entity.id, "PLN", "CNY", date(2026, 4, 30)) is None
    assert rate_on(entity.id, "PLN", "PLN", date(2026, 4, 30)) == 1
    set_rate(cast.petra, entity.uid, currency="CNY", day=date(2026, 5, 8), rate=Decimal("0.57"))
    assert ExchangeRate.objects.count() == 2
    with refused(OwnCurrency):
        set_rate(cast.petra, entity.uid, currency="PLN", day=date(2026, 5, 8), rate=Decimal(1))
    with refused(NotPermitted):
        set_rate(cast.stella, entity.uid, currency="EUR", day=date(2026, 5, 8), rate=Decimal(4))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_row_of_a_table_is_kept_or_named(cast, delimiter):
    comma = "4,2711" if delimiter != "," else "4.2711"
    rows = [
        ("date", "currency", "rate"),
        ("2026-05-04", "EUR", "4.27"),
        ("05.05.2026", "eur", comma),
        ("", "", ""),
        ("2026-05-06", "EUR", "much"),
        ("2026-05-07", "EUR"),
        ("2026-05-08", "PLN", "1"),
        ("2026-13-08", "EUR", "4"),
        ("2026-05-04", "EUR", "4.28"),
    ]
    table = "\ufeff" + "\r\n".join(delimiter.join(row) for row in rows)
    entity = rate_entities_for(cast.petra)[0]
    found = import_rates(cast.petra, entity.uid, content=table.encode())
    assert (found.read, found.kept, [row for row, _why in found.left_out]) == (7, 3, [5, 6, 7, 8])
    assert rate_on(entity.id, "PLN", "EUR", date(2026, 5, 4)) == Decimal("4.28")
    assert rate_on(entity.id, "PLN", "EUR", date(2026, 5, 5)) == Decimal("4.2711")
    assert ExchangeRate.objects.count() == 2
