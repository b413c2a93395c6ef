"""The customer's link and messages on the order page."""

import re
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from remonta.customers.models import Customer
from remonta.identity.models import Account, SecretLink
from remonta.identity.queries import lent_actor, link_actor
from remonta.kernel.ids import uuid7
from remonta.orders.models import Note
from remonta.spine.commands import store
from remonta.spine.models import Message
from tests.cast import intake

HTMX = {"HX-Request": "true"}


@pytest.fixture
def order(cast):
    cast.clock.at = timezone.now()
    return intake(cast)


@pytest.fixture
def enter(client):
    def sign_in(name):
        client.force_login(Account.objects.get(email=f"{name}@example.com"))
        return client

    return sign_in


def put_away(answer):
    """Closes the file of an answer, and not the test’s connection as `close` would."""
    for close in answer._resource_closers:
        close()


def at(route, *args):
    return reverse(f"desk:{route}", args=args)


def test_a_link_is_shown_once_with_its_code_and_opens_this_order(order, enter):
    client = enter("rita")
    answer = client.post(at("order-link-make", order.uid), headers=HTMX)
    page = answer.content.decode()
    token = re.search(r"/s/([\w-]{32})", page)[1]
    assert link_actor(token, "order").granted("orders.workorder") == {order.pk}
    assert '<svg class="qr" viewBox="-4 -4' in page
    assert "no-store" in answer.headers["Cache-Control"]
    panel = client.get(at("order-link", order.uid)).content.decode()
    assert token not in panel
    assert "Rita" in panel


def test_links_are_closed_together(order, enter):
    client = enter("rita")
    token = re.search(r"/s/([\w-]{32})", client.post(at("order-link-make", order.uid)).content.decode())[1]
    answer = client.post(at("order-link-revoke", order.uid), headers=HTMX)
    assert "No link is open" in answer.content.decode()
    assert link_actor(token, "order") is None


def test_the_link_goes_by_mail_where_there_is_an_address(order, enter):
    Customer.objects.filter(pk=order.customer_id).update(email="jan@example.com")
    said = {"channel": "email", "operation": uuid7()}
    for _click in range(2):
        assert enter("rita").post(at("order-link-send", order.uid), said, headers=HTMX).status_code == 200
    assert Message.objects.filter(purpose="notices.link", channel="email").count() == 1


def test_an_impossible_way_is_said_in_words(order, enter):
    said = {"channel": "email", "operation": uuid7()}
    answer = enter("rita").post(at("order-link-send", order.uid), said, headers=HTMX)
    assert answer.status_code == 409
    assert "cannot be reached this way" in answer.content.decode()


@pytest.mark.parametrize(
    "route", ["order-link-make", "order-link-revoke", "order-link-send", "order-camera", "order-message"]
)
@pytest.mark.parametrize(("who", "status"), [("gosia", 404), ("petra", 404)])
def test_strangers_to_the_centre_neither_see_nor_make_anything(order, enter, writes_nothing, route, who, status):
    client = enter(who)
    assert client.get(at("order-link", order.uid)).status_code == 404
    assert client.get(at("order-messages", order.uid)).status_code == 404
    with writes_nothing():
        said = {"channel": "sms", "text": "x", "operation": uuid7()}
        assert client.post(at(route, order.uid), said).status_code == status


def test_a_message_stands_beside_the_order_at_once_and_markup_stays_text(order, enter):
    said = {"text": "We found <b>dust</b>.", "operation": uuid7()}
    page = enter("emil").post(at("order-message", order.uid), said, headers=HTMX).content.decode()
    assert Note.objects.get().kind == "to_customer"
    assert "We found &lt;b&gt;dust&lt;/b&gt;." in page
    assert "Emil" in page


def test_an_empty_message_stands_in_its_form(order, enter):
    answer = enter("emil").post(at("order-message", order.uid), {"text": " ", "operation": uuid7()}, headers=HTMX)
    assert answer.status_code == 422
    assert not Note.objects.exists()


def test_the_camera_code_lends_only_photos_of_this_order(order, enter):
    page = enter("emil").post(at("order-camera", order.uid), headers=HTMX).content.decode()
    token = re.search(r"/camera/([\w-]{32})/", page)[1]
    lent = lent_actor(token, "camera", "orders.write")
    assert {right for _place, right in lent.rights} == {"orders.write"}
    assert lent.granted("orders.workorder") == {order.pk}
    assert SecretLink.objects.get(purpose="camera").expires_at <= timezone.now() + timezone.timedelta(minutes=30)


def test_photos_of_a_request_are_for_who_may_see_the_request(cast, order, enter):
    case = order.request
    drawn = BytesIO()
    Image.new("RGB", (8, 6), "red").save(drawn, "PNG")
    about = {"subject": "orders.request", "subject_id": case.pk, "kind": "unit"}
    photo = store(cast.rita, drawn.getvalue(), name="a.png", **about)
    client = enter("rita")
    assert str(photo.uid) in client.get(at("request-photos", case.uid)).content.decode()
    answer = client.get(reverse("web:file", args=[photo.uid]))
    assert answer.status_code == 200
    put_away(answer)
    stranger = enter("gosia")
    assert stranger.get(at("request-photos", case.uid)).status_code == 404
    assert stranger.get(reverse("web:file", args=[photo.uid])).status_code == 404
