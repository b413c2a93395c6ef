"""Who has a loaner that is not back is asked for it, and not after it is back."""

from datetime import timedelta

import pytest

from remonta.counter.commands import lend_loaner, take_loaner_back
from remonta.customers.models import Customer
from remonta.equipment.commands import register_unit
from remonta.kernel.ids import uuid7
from remonta.notices.models import CustomerMessage
from remonta.spine.models import Message
from remonta.spine.worker import drain
from remonta.stock.commands import CameBack, LoanerSaid, add_loaner, call_overdue_loans
from remonta.stock.models import Place
from tests.cast import intake


@pytest.fixture
def loan(cast):
    shelf = Place.objects.get(centre=cast.krakow, code="S-1")
    unit = register_unit(cast.hana, product_id=cast.phone.pk, serial="LOAN-1", centre_id=cast.krakow.pk)
    where = {"unit_uid": unit.uid, "said": LoanerSaid(name="Loaner 1"), "place_uid": shelf.uid}
    loaner = add_loaner(cast.stan, cast.krakow.uid, **where, operation=uuid7(cast.clock()))
    order = intake(cast)
    Customer.objects.filter(pk=order.customer_id).update(language="en")
    day = cast.clock().date() + timedelta(days=2)
    return lend_loaner(cast.rita, order.uid, loaner_uid=loaner.uid, due_on=day, operation=uuid7(cast.clock()))


def call(cast):
    return call_overdue_loans(cast.ada.trusted_with("stock.see_loaners", "orders.see", "orders.tasks"))


def written():
    return [message.body for message in Message.objects.filter(purpose="notices.loan_overdue").order_by("pk")]


def test_the_customer_is_asked_for_the_loaner_until_it_is_back(cast, loan):
    cast.clock.pass_(days=3)
    call(cast)
    drain(cast.clock)
    [text] = written()
    assert "Loaner 1" in text
    assert CustomerMessage.objects.filter(code="loan_overdue").count() == 1
    cast.clock.pass_(days=3)
    call(cast)
    shelf = Place.objects.get(centre=cast.krakow, code="S-1")
    take_loaner_back(cast.rita, loan.uid, back=CameBack(place_uid=shelf.uid), operation=uuid7(cast.clock()))
    drain(cast.clock)
    assert len(written()) == 1, "what came back meanwhile is not asked for"
