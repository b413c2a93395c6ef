"""The pages of loaners: into the pool, lent from an order's page, taken back by its number."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from remonta.billing.commands import create_cash_desk, open_shift
from remonta.billing.models import Payment
from remonta.equipment.commands import register_unit
from remonta.identity.commands import make_link
from remonta.kernel.ids import uuid7
from remonta.orders.models import Hold
from remonta.stock.models import Loan, Loaner, Place
from tests.cast import intake


def post(client, url, **said):
    return client.post(url, {"operation": str(uuid7()), **said})


@pytest.fixture
def unit(cast):
    return register_unit(cast.hana, product_id=cast.phone.pk, serial="LOAN-77", centre_id=cast.krakow.pk)


@pytest.fixture
def till(cast):
    desk = create_cash_desk(cast.hana, cast.krakow.uid, name="Desk 1")
    open_shift(cast.rita, desk.uid, counted=0, operation=uuid7(cast.clock()))
    return desk


@pytest.fixture
def loaner(cast, sign_in, unit):
    shelf = Place.objects.get(centre=cast.krakow, code="S-1")
    said = {
        "name": "Loaner 1",
        "deposit": "200",
        "value": "800",
        "accessories": "charger\ncase",
        "place_uid": shelf.uid,
    }
    assert post(sign_in("stan"), f"/loaners/new/?unit={unit.uid}", **said).status_code == 303
    return Loaner.objects.get()


def test_a_unit_is_put_into_the_pool_by_its_number(cast, sign_in, unit):
    stan = sign_in("stan")
    assert "Serial number or our tag" in stan.get("/loaners/new/").content.decode()
    page = stan.get("/loaners/new/?code=loan77").content.decode()
    assert "LOAN-77" in page
    refused = post(stan, f"/loaners/new/?unit={unit.uid}", name="Loaner 1", condition="as new")
    assert refused.status_code == 422
    assert "Say where the unit is put" in refused.content.decode()
    assert 'value="as new"' in refused.content.decode()
    assert not Loaner.objects.exists()


def test_it_is_lent_from_the_order_and_comes_back_by_its_number(cast, sign_in, loaner, till):
    order, rita = intake(cast), sign_in("rita")
    assert "Lend" in rita.get(f"/orders/{order.uid}/loaner/").content.decode()
    page = rita.get(f"/orders/{order.uid}/lend/").content.decode()
    assert "Loaner 1 · Vela One LOAN-77" in page
    day = timezone.localdate() + timedelta(days=7)
    said = {"loaner": loaner.uid, "due_on": day.isoformat(), "method": "cash", "desk": till.uid}
    late = post(rita, f"/orders/{order.uid}/lend/", **said | {"due_on": "2020-01-01"})
    assert late.status_code == 422
    assert "Choose a day from today on" in late.content.decode()
    assert post(rita, f"/orders/{order.uid}/lend/", **said).status_code == 303
    loan = Loan.objects.get()
    assert Payment.objects.get().amount == 20_000, "left empty, the deposit is what is asked for the loaner"
    assert loan.number in rita.get(f"/loans/{loan.uid}/").content.decode()
    assert "not returned" in rita.get(f"/orders/{order.uid}/").content.decode()
    assert "Loaner 1" in rita.get("/loaners/").content.decode()
    assert rita.get("/loaners/", {"code": "LOAN-77"}).headers["Location"] == f"/loans/{loan.uid}/"
    assert rita.get("/loaners/", {"code": loan.number}).headers["Location"] == f"/loans/{loan.uid}/"
    paper = rita.post(f"/loans/{loan.uid}/print/")
    assert rita.get(paper.headers["Location"]).content.startswith(b"%PDF")
    shelf = Place.objects.get(centre=cast.krakow, code="S-1")
    wrong = post(rita, f"/loans/{loan.uid}/back/", place_uid=shelf.uid, keep="500", condition="cracked")
    assert wrong.status_code == 422
    assert "cracked" in wrong.content.decode()
    back = {"place_uid": shelf.uid, "keep": "50", "condition": "cracked", "damaged": "on", "missing": ["case"]}
    assert post(rita, f"/loans/{loan.uid}/back/", **back).status_code == 303
    loan.refresh_from_db()
    assert (loan.state, loan.damaged, loan.missing) == ("back", True, ["case"])
    assert sorted(Payment.objects.values_list("purpose", "amount")) == [
        ("kept", -5_000),
        ("pledge", 20_000),
        ("refund", -15_000),
    ]
    assert not Hold.objects.filter(lifted_at=None, code__startswith="orders.loaner").exists()
    stan = sign_in("stan")
    assert "set aside" in stan.get(f"/loaners/{loaner.uid}/").content.decode()
    assert post(stan, f"/loaners/{loaner.uid}/move/", move="make_free").status_code == 303


def test_another_day_a_later_deposit_and_letting_go_with_a_reason(cast, sign_in, loaner, till):
    order, rita = intake(cast), sign_in("rita")
    day = timezone.localdate() + timedelta(days=1)
    said = {"loaner": loaner.uid, "due_on": day.isoformat(), "method": "cash", "amount": "0"}
    assert post(rita, f"/orders/{order.uid}/lend/", **said).status_code == 303
    loan = Loan.objects.get()
    assert not Payment.objects.exists()
    assert post(rita, f"/loans/{loan.uid}/until/", due_on=(day + timedelta(days=9)).isoformat()).status_code == 303
    assert post(rita, f"/loans/{loan.uid}/deposit/", method="cash", amount="100", desk=till.uid).status_code == 303
    assert Payment.objects.get().amount == 10_000
    where = f"/orders/{order.uid}/let-go/?code=orders.loaner:{loan.pk}"
    assert rita.get(where).status_code == 403
    hana = sign_in("hana")
    assert where.split("?")[0] in hana.get(f"/orders/{order.uid}/loaner/").content.decode()
    assert post(hana, where, reason="").status_code == 422
    assert post(hana, where, reason="Agreed by phone").status_code == 303
    assert not Hold.objects.filter(lifted_at=None, code__startswith="orders.loaner").exists()
    assert "Agreed by phone" in hana.get(f"/orders/{order.uid}/").content.decode()


def test_the_customer_sees_what_is_lent_and_until_when(cast, client, sign_in, loaner):
    order, rita = intake(cast), sign_in("rita")
    day = timezone.localdate() + timedelta(days=7)
    said = {"loaner": loaner.uid, "due_on": day.isoformat(), "method": "cash", "amount": "0"}
    post(rita, f"/orders/{order.uid}/lend/", **said)
    until = timezone.now() + timedelta(days=30)
    token = make_link(cast.rita, "order", "orders.workorder", order.pk, until, language="en")[1]
    page = client.get(reverse("portal:order", args=[token])).content.decode()
    assert "Loaner 1" in page
    assert "LOAN-77" in page


def test_who_may_not_keep_the_pool_puts_nothing_into_it(cast, sign_in, unit, writes_nothing):
    emil = sign_in("emil")
    with writes_nothing():
        assert post(emil, f"/loaners/new/?unit={unit.uid}", name="Mine").status_code == 403


def test_clicks_that_arrive_twice_lend_and_take_back_once(cast, sign_in, loaner, till):
    order, rita = intake(cast), sign_in("rita")
    day = timezone.localdate() + timedelta(days=7)
    said = {"loaner": loaner.uid, "due_on": day.isoformat(), "method": "cash", "desk": till.uid}
    lend, url = {"operation": str(uuid7()), **said}, f"/orders/{order.uid}/lend/"
    first, again = rita.post(url, lend), rita.post(url, lend)
    assert (again.status_code, again.headers.get("Location")) == (303, first.headers["Location"])
    assert post(rita, url, **said).status_code == 422, "another click, and the loaner is out"
    loan = Loan.objects.get()
    back = {"place_uid": Place.objects.get(centre=cast.krakow, code="S-1").uid, "keep": "50", "damaged": "on"}
    sent = {"operation": str(uuid7()), **back}
    assert [rita.post(f"/loans/{loan.uid}/back/", sent).status_code for _twice in range(2)] == [303, 303]
    assert Payment.objects.count() == 3
