"""The whole story in commands: from the counter to the hand-over, paid."""

from decimal import Decimal

import pytest

from remonta.billing.commands import Tender, create_cash_desk, open_shift, take_payment
from remonta.billing.models import Posting
from remonta.catalogue.models import Price, Service
from remonta.counter.commands import Given, hand_over
from remonta.orders.commands import move_work_order
from remonta.orders.models import WorkOrder
from remonta.orders.workflow import WorkOrderHeld
from remonta.quotes.commands import LineAsked, approve_quote, decline_quote, send_quote, write_quote
from remonta.stock.models import Whereabouts
from tests.cast import intake


@pytest.fixture
def service(cast):
    made = Service.objects.create(code="DISPLAY", names={"en": "Display replaced"}, minutes=60)
    Price.objects.create(
        legal_entity=cast.entity, service=made, amount=Decimal("320"), cost=Decimal("100"), since="2026-01-01"
    )
    return made


def test_a_unit_goes_out_only_when_it_is_paid(cast, operation, service):
    order = intake(cast)
    move_work_order(cast.emil, order.uid, "start_diagnosis", operation=operation())
    quote = write_quote(cast.emil, order.uid, lines=[LineAsked(service_uid=service.uid)], operation=operation())
    quote = send_quote(cast.rita, quote.uid, operation=operation())
    line = quote.lines.get()
    signed = {"name": "Jan Kowalski", "shown_hash": quote.shown_hash}
    approve_quote(cast.rita, quote.uid, lines=[line.uid], **signed, operation=operation())
    move_work_order(cast.emil, order.uid, "finish_repair", operation=operation())
    WorkOrder.objects.filter(pk=order.pk).update(state="ready")
    with pytest.raises(WorkOrderHeld, match="320"):
        hand_over(cast.rita, order.uid, given=Given(taken_by="Jan"), operation=operation())
    desk = create_cash_desk(cast.hana, cast.krakow.uid, name="Front")
    open_shift(cast.cora, desk.uid, counted=0, operation=operation())
    tender = Tender(method="cash", amount=32000, desk_uid=desk.uid)
    take_payment(cast.cora, order.uid, tender=tender, operation=operation())
    hand_over(cast.rita, order.uid, given=Given(taken_by="Jan"), operation=operation())
    order.refresh_from_db()
    assert order.state == "closed"
    assert Whereabouts.objects.get(unit=order.unit).place.kind == "customer"
    assert sum(Posting.objects.values_list("amount", flat=True)) == 0


def test_a_declined_quote_sends_the_unit_back(cast, operation, service):
    order = intake(cast)
    quote = write_quote(cast.emil, order.uid, lines=[LineAsked(service_uid=service.uid)], operation=operation())
    quote = send_quote(cast.rita, quote.uid, operation=operation())
    decline_quote(cast.rita, quote.uid, name="Jan", shown_hash=quote.shown_hash, operation=operation())
    order.refresh_from_db()
    assert (order.state, order.outcome) == ("ready", "unrepaired")
