"""The bell and the texts in the browser."""

import pytest
from django.urls import reverse
from django.utils import timezone

from remonta.identity.models import Account
from remonta.notices.commands import give_notices
from remonta.notices.models import CustomerText, Notice
from remonta.notices.queries import text_for
from tests.cast import intake


@pytest.fixture
def order(cast):
    cast.clock.at = timezone.now()
    order = intake(cast)
    about = ("orders.workorder", order.pk, order.uid)
    values = {"number": order.number}
    give_notices(
        cast.ada, [cast.emil.account_id], "order_late", key="k", about=about, centre_id=order.centre_id, values=values
    )
    return order


@pytest.fixture
def enter(client):
    def sign_in(name):
        client.force_login(Account.objects.get(email=f"{name}@example.com"))
        return client

    return sign_in


def at(route, *args):
    return reverse(f"desk:{route}", args=args)


def test_the_bell_counts_and_the_page_shows_without_marking_as_read(order, enter, writes_nothing):
    client = enter("emil")
    assert ">1</span>" in client.get(at("notice-count")).content.decode()
    with writes_nothing():
        assert f"{order.number} is late" in client.get(at("notices")).content.decode()


def test_opening_one_reads_it_and_leads_to_the_order(order, enter):
    client = enter("emil")
    answer = client.post(at("notice-open", Notice.objects.get().uid))
    assert answer.headers["Location"] == at("order", order.uid)
    assert "hidden" in client.get(at("notice-count")).content.decode()


def test_notices_of_others_cannot_be_opened_or_read(order, enter):
    client = enter("ewa")
    assert client.post(at("notice-open", Notice.objects.get().uid)).status_code == 404
    client.post(at("notices-read"))
    assert Notice.objects.get().read_at is None
    assert order.number not in client.get(at("notices")).content.decode()


def test_a_head_changes_the_texts_of_the_own_centre_and_goes_back(cast, order, enter):
    client = enter("hana")
    assert "as delivered" in client.get(at("customer-texts")).content.decode()
    here = f"{at('customer-text', 'ready')}?centre={cast.krakow.uid}&language=pl"
    assert "gotowe do odbioru" in client.get(here).content.decode()
    said = {"channel": "sms", "sms-body": "Gotowe: {number} {link}", "sms-active": "on"}
    assert client.post(here, said).status_code == 303
    assert text_for("ready", "sms", "pl", cast.krakow.pk).body == "Gotowe: {number} {link}"
    client.post(here, {"channel": "sms", "restore": "1"})
    assert not CustomerText.objects.exists()


def test_an_unknown_place_stands_at_the_text_which_is_kept(cast, order, enter):
    here = f"{at('customer-text', 'ready')}?centre={cast.krakow.uid}&language=pl"
    answer = enter("hana").post(here, {"channel": "sms", "sms-body": "Dear {name}", "sms-active": "on"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Dear {name}" in page
    assert "nothing to fill in for {name}" in page


@pytest.mark.parametrize(("who", "status"), [("rita", 403), ("gosia", 403)])
def test_others_do_not_change_texts(cast, order, enter, who, status):
    client = enter(who)
    assert client.get(at("customer-texts")).status_code == status
    assert client.post(at("customer-text", "ready"), {"channel": "sms", "sms-body": "x"}).status_code == status
    assert not CustomerText.objects.exists()


def test_another_centres_texts_are_not_found(cast, order, enter):
    here = f"{at('customer-text', 'ready')}?centre={cast.gdansk.uid}"
    assert enter("hana").post(here, {"channel": "sms", "sms-body": "x"}).status_code == 404
