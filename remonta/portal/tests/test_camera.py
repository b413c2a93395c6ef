"""A colleague's phone as camera: for half an hour, one order, photos only."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from remonta.identity.commands import disable_person
from remonta.identity.models import Account
from remonta.notices.commands import make_camera_link
from remonta.spine.models import Attachment, Event
from tests.cast import intake


def shot(colour="red"):
    picture = BytesIO()
    Image.new("RGB", (8, 6), colour).save(picture, "PNG")
    return SimpleUploadedFile("shot.png", picture.getvalue(), "image/png")


def test_photos_arrive_at_the_order_in_the_name_of_who_made_the_link(cast, client, order, at):
    url = at("camera", make_camera_link(cast.emil, order.uid))
    assert order.number in client.get(url).content.decode()
    assert client.post(url, {"photo": shot()}).status_code == 201
    kept = Attachment.objects.get()
    assert (kept.subject_id, kept.actor) == (order.pk, cast.emil.label)
    event = Event.objects.get(name="orders.photo_added")
    assert (event.account_id, event.thread_id) == (cast.emil.account_id, order.pk)  # wakes the order's page


def test_the_camera_page_shows_nothing_of_the_customer(cast, client, order, at):
    page = client.get(at("camera", make_camera_link(cast.rita, order.uid))).content.decode()
    assert "Kowalski" not in page
    assert "600100200" not in page


def test_the_link_ends_after_half_an_hour_or_with_its_makers_post(cast, client, order, at):
    url = at("camera", make_camera_link(cast.emil, order.uid))
    disable_person(cast.ada, Account.objects.get(pk=cast.emil.account_id).uid)
    assert client.post(url, {"photo": shot()}).status_code == 404
    cast.clock.at -= timedelta(minutes=31)
    assert client.post(at("camera", make_camera_link(cast.ewa, order.uid)), {"photo": shot()}).status_code == 404
    assert not Attachment.objects.exists()


def test_neither_link_opens_the_others_door(cast, client, order, link, at):
    camera = make_camera_link(cast.emil, order.uid)
    assert client.get(at("order", camera)).status_code == 404
    assert client.get(at("camera", link(order))).status_code == 404
    assert client.get(at("file", camera, order.uid)).status_code == 404


def test_what_is_no_picture_is_said_in_words(cast, client, order, at):
    url = at("camera", make_camera_link(cast.emil, order.uid))
    broken = SimpleUploadedFile("x.png", b"\x89PNG\r\n\x1a\nnothing", "image/png")
    answer = client.post(url, {"photo": broken}, headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 409
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert not Attachment.objects.exists()


def test_strangers_make_no_camera_of_it(cast, order, writes_nothing):
    from remonta.orders.models import WorkOrder  # noqa: PLC0415 - only its DoesNotExist

    with writes_nothing(), pytest.raises(WorkOrder.DoesNotExist):
        make_camera_link(cast.gosia, order.uid)


def test_a_camera_of_one_order_adds_nothing_to_another(cast, client, order, at):
    other = intake(cast, serial="SN-2")
    client.post(at("camera", make_camera_link(cast.emil, order.uid)), {"photo": shot()})
    assert not Attachment.objects.filter(subject_id=other.pk).exists()
