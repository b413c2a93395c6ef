"""Orders at suppliers on paper and by mail."""

from decimal import Decimal

import pytest

from remonta.catalogue.models import Part
from remonta.documents.commands import NoAddress, print_purchase, send_purchase_by_mail
from remonta.documents.models import Document
from remonta.documents.queries import documents_for, pdf_of
from remonta.kernel.refusals import NotPermitted
from remonta.spine.models import Message
from remonta.supply.commands import (
    Chosen,
    add_supplier,
    add_supplier_part,
    ask_part,
    order_wanted,
)
from remonta.supply.workflow import PurchaseClash
from tests.cast import intake
from tests.cast import operation as new


@pytest.fixture
def order(cast):
    return intake(cast)


@pytest.fixture
def purchase(cast, order):
    """A battery for a repair, on the draft for a German supplier."""
    supplier = add_supplier(cast.ada, name="Ersatzteile GmbH", currency="EUR", email="order@et.example", lead_days=5)
    battery = Part.objects.create(number="BAT-9", name="Battery", sort_name="battery")
    sold = {"number": "ET-99", "price": Decimal("12.3456")}
    add_supplier_part(cast.ada, supplier.uid, part_uid=battery.uid, **sold)
    wanted = ask_part(cast.hana, order.uid, part_uid=battery.uid, quantity=2000, operation=new(cast))
    chosen = [Chosen("repair", wanted.uid, supplier.uid)]
    return order_wanted(cast.hana, chosen=chosen, operation=new(cast))


def test_an_order_is_printed_with_the_suppliers_numbers(cast, purchase):
    document = print_purchase(cast.hana, purchase.uid)
    line = document.data["lines"][0]
    assert (line["number"], line["quantity"], line["price"]) == ("ET-99", "2", "12.3456")
    assert document.data["totals"] == [["Total", "€24.69", True]]
    assert pdf_of(cast.hana, document.uid).startswith(b"%PDF")


def test_it_is_seen_by_those_who_may_see_costs(cast, purchase, writes_nothing):
    document = print_purchase(cast.hana, purchase.uid)
    assert documents_for(cast.hana).filter(pk=document.pk).exists()
    assert not documents_for(cast.stan).filter(pk=document.pk).exists()
    with writes_nothing(), pytest.raises(NotPermitted):
        print_purchase(cast.stan, purchase.uid)


def test_it_goes_to_the_supplier_by_mail_once(cast, purchase, writes_nothing):
    sent = send_purchase_by_mail(cast.hana, purchase.uid, operation=new(cast))
    message = Message.objects.get(purpose="supply.purchase")
    assert (sent.state, message.recipient) == ("sent", "order@et.example")
    assert message.title == f"Purchase order {purchase.number} from Remonta Polska"
    assert message.attachments[0]["args"] == {"document": Document.objects.get(code="purchase_order").pk}
    with writes_nothing(), pytest.raises(PurchaseClash):
        send_purchase_by_mail(cast.hana, purchase.uid, operation=new(cast))


def test_a_wrong_address_sends_nothing(cast, purchase, writes_nothing):
    with writes_nothing(), pytest.raises(NoAddress):
        send_purchase_by_mail(cast.hana, purchase.uid, email="nobody", operation=new(cast))
    with writes_nothing(), pytest.raises(NotPermitted):
        send_purchase_by_mail(cast.stan, purchase.uid, operation=new(cast))
