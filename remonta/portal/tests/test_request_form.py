"""The public form: people get through, programs do not, and only listed sites may frame it."""

import re
from hashlib import sha256
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from remonta.identity.commands import change_centre, set_setting
from remonta.logistics.models import Parcel
from remonta.orders.models import Request
from remonta.portal import proof, request_views
from remonta.portal.proof import new_challenge, proven, solves
from remonta.spine.models import Attachment, Operation

SAID = {"name": "Ola Nowak", "phone": "600 100 300", "device": "Vela One", "fault": "Falls asleep", "consent": "on"}


@pytest.fixture(autouse=True)
def light_work(monkeypatch):
    """Little work and no waiting, so that tests show what the other fences hold."""
    monkeypatch.setattr(proof, "BITS", 6)
    monkeypatch.setattr(proof, "MOST_BITS", 6)
    monkeypatch.setattr(proof, "YOUNGEST", proof.OLDEST * 0)


def solved(text, bits):
    return next(str(n) for n in range(10**9) if solves(text, str(n), bits))


def paid(client, url="/request/", **address):
    """What a browser adds: the token of a fresh page and the solution of its challenge."""
    page = client.get(url, **address).content.decode()
    [token] = re.findall(r'name="token" value="([^"]+)"', page)
    [text] = re.findall(r'data-proof="([0-9a-f]+)"', page)
    [bits] = re.findall(r'data-bits="(\d+)"', page)
    return {"token": token, "solution": solved(text, int(bits))}


def test_a_person_gets_a_number_and_learns_what_happens_next(cast, client):
    answer = client.post("/request/KRK/", {**SAID, **paid(client, "/request/KRK/")})
    assert answer.status_code == 303
    made = Request.objects.get()
    assert (made.channel, made.wants_call, made.centre_id) == ("web", True, cast.krakow.pk)
    assert (made.contact_phone, made.contact_name, made.responsible_id) == ("+48600100300", "Ola Nowak", None)
    page = client.get(answer.headers["Location"]).content.decode()
    assert made.number in page
    assert "Nowak" not in page


def test_photos_go_along_and_are_for_colleagues_only(cast, client):
    picture = BytesIO()
    Image.new("RGB", (8, 6), "red").save(picture, "PNG")
    photo = SimpleUploadedFile("a.png", picture.getvalue(), "image/png")
    client.post("/request/KRK/", {**SAID, **paid(client, "/request/KRK/"), "photos": [photo]})
    kept = Attachment.objects.get()
    assert (kept.subject, kept.subject_id, kept.for_customer) == ("orders.request", Request.objects.get().pk, False)


def test_of_a_thousand_scripted_posts_at_most_five_become_requests(client, cast):
    """With work that costs next to nothing: paid and unpaid, replayed, from one neighbourhood, with forged headers."""
    once = {**SAID, **paid(client, "/request/KRK/")}
    for number in range(1000):
        address = {"REMOTE_ADDR": f"192.0.2.{number % 250}"}
        forged = {"HTTP_X_FORWARDED_FOR": f"10.{number % 200}.{number % 100}.7"}
        said = {**SAID, "phone": f"+48600{100000 + number}", "fault": f"Fault {number}"}
        kind = number % 10
        if kind < 6:  # programs that do not trouble to read the page
            client.post("/request/KRK/", {**said, "token": "x", "solution": "1"}, **address, **forged)
        elif kind < 8:  # one page, sent again and again
            client.post("/request/KRK/", {**once, **said, **{k: once[k] for k in ("token", "solution")}}, **address)
        else:  # a program that does all a browser does
            client.post("/request/KRK/", {**said, **paid(client, "/request/KRK/")}, **address, **forged)
    assert 1 <= Request.objects.count() <= 5


def test_one_form_serves_once_and_a_double_click_is_one_request(client, cast):
    whole = {**SAID, **paid(client, "/request/KRK/")}
    first, second = (client.post("/request/KRK/", whole) for _click in range(2))
    assert first.status_code == second.status_code == 303
    assert first.headers["Location"] == second.headers["Location"]
    assert Request.objects.count() == 1
    other = client.post("/request/KRK/", {**whole, "fault": "Something else"})
    assert other.status_code == 422
    assert Request.objects.count() == 1


@pytest.mark.parametrize(
    "spoilt",
    [{"solution": ""}, {"solution": "0x"}, {"solution": "-1"}, {"token": ""}, {"token": "a:b"}, {"website": "x"}],
)
def test_what_is_not_paid_for_writes_nothing_and_keeps_the_words(client, cast, spoilt):
    answer = client.post("/request/KRK/", {**SAID, **paid(client, "/request/KRK/"), **spoilt})
    assert answer.status_code in (409, 422)
    assert "Falls asleep" in answer.content.decode()
    assert not Request.objects.exists()
    assert not Operation.objects.filter(actor="system:public form").exists()


def test_a_form_too_old_or_too_fresh_is_asked_for_once_more(monkeypatch, cast):
    challenge = new_challenge(cast.clock(), 0)
    answer = solved(challenge.text, challenge.bits)
    assert proven(challenge.token, answer, cast.clock())
    with pytest.raises(proof.FormTooOld):
        proven(challenge.token, answer, cast.clock() + proof.OLDEST * 2)
    monkeypatch.setattr(proof, "YOUNGEST", proof.OLDEST)
    with pytest.raises(proof.FormUnproven):
        proven(challenge.token, answer, cast.clock())


def test_a_challenge_gets_dearer_while_many_come(monkeypatch, cast):
    monkeypatch.setattr(proof, "BITS", 17)
    monkeypatch.setattr(proof, "MOST_BITS", 23)
    assert [new_challenge(cast.clock(), busy).bits for busy in (0, 3, 4, 9, 50)] == [17, 17, 18, 23, 23]


def test_the_solution_is_a_hash_with_leading_zeros():
    number = solved("a", 8)
    assert sha256(f"a:{number}".encode()).digest()[0] == 0
    assert not solves("b", number, 8)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"phone": "12"}, "not a number we can call"),
        ({"consent": ""}, "Without your consent"),
        ({"fault": ""}, "required"),
        ({"call_at": "2020-01-01T10:00"}, "within the next thirty days"),
    ],
)
def test_what_is_missing_stands_at_its_field(client, cast, said, words):
    answer = client.post("/request/KRK/", {**SAID, **paid(client, "/request/KRK/"), **said})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Request.objects.exists()


def test_the_nearest_centre_is_offered_first(client, cast, monkeypatch):
    change_centre(cast.ada, cast.gdansk.uid, latitude=54.35, longitude=18.65)
    change_centre(cast.ada, cast.krakow.uid, latitude=50.06, longitude=19.94)
    monkeypatch.setattr(request_views, "nearest_centres", lambda _city, centres: [(next(iter(centres)), 12.4)])
    page = client.get("/request/centres/", {"city": "Sopot"}).content.decode()
    assert "The nearest centres" in page
    assert "12 km" in page
    assert page.count("checked") == 1


def test_a_request_lands_at_the_centre_that_was_chosen(client, cast):
    client.post("/request/", {**SAID, **paid(client), "centre": cast.gdansk.uid})
    assert Request.objects.get().centre_id == cast.gdansk.pk


def test_only_listed_sites_may_frame_the_form_and_nothing_else(client, cast):
    assert client.get("/request/").headers["X-Frame-Options"] == "DENY"
    set_setting(cast.ada, "portal.frame_sites", value="https://www.example.com javascript:alert(1) *")
    answer = client.get("/request/?frame=1")
    assert "frame-ancestors 'self' https://www.example.com" in answer.headers["Content-Security-Policy"]
    assert "javascript" not in answer.headers["Content-Security-Policy"].split("frame-ancestors")[1]
    assert "X-Frame-Options" not in answer.headers
    assert client.get("/s/unknown").headers["X-Frame-Options"] == "DENY"


def test_the_form_works_in_a_frame_where_cookies_are_blocked(cast):
    from django.test import Client  # noqa: PLC0415 - only this one checks cookies

    strict = Client(enforce_csrf_checks=True)
    whole = {**SAID, **paid(strict, "/request/KRK/?frame=1&language=pl")}
    strict.cookies.clear()
    answer = strict.post("/request/KRK/?frame=1&language=pl", whole)
    assert answer.status_code == 303
    assert "language=pl" in answer.headers["Location"]
    assert '<html lang="pl"' in strict.get(answer.headers["Location"]).content.decode()


def test_the_form_speaks_the_language_it_is_asked_for(client, cast):
    for language in ("en", "ru", "pl", "zh-hans"):
        answer = client.get("/request/", {"language": language})
        assert f'<html lang="{language}"' in answer.content.decode()


def test_the_embed_script_is_plain_javascript_for_other_sites(client, cast):
    answer = client.get("/request/embed.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "iframe" in answer.content.decode()


def test_a_centre_that_is_not_there_and_a_forged_number_are_not_found(client, cast):
    assert client.get("/request/XXX/").status_code == 404
    assert client.get("/request/sent/forged:abc/").status_code == 404


def test_asking_for_the_form_writes_nothing(client, cast, writes_nothing):
    with writes_nothing():
        assert client.get("/request/").status_code == 200
        assert client.get("/request/centres/", {"city": "Kraków"}).status_code == 200


def test_people_without_javascript_are_told_a_number(client, cast):
    change_centre(cast.ada, cast.krakow.uid, phone="+48123456789")
    page = client.get("/request/").content.decode()
    assert "tel:+48123456789" in page.split("<noscript>")[1].split("</noscript>")[0]


def test_who_sends_it_in_waits_for_a_check_and_is_told_what_comes(client, cast):
    said = {**SAID, "way": "send", "address": "ul. Nowa 1, 30-002 Kraków", "email": "ola@example.com"}
    answer = client.post("/request/KRK/?language=pl", {**said, **paid(client, "/request/KRK/")})
    made = Request.objects.get()
    parcel = Parcel.objects.get(request=made)
    assert (parcel.state, parcel.language, parcel.address) == ("unchecked", "pl", said["address"])
    assert not made.wants_call
    assert parcel.number not in client.get(answer.headers["Location"]).content.decode()


def test_who_sends_it_in_needs_a_mailbox_and_an_address(client, cast):
    page = client.post("/request/KRK/", {**SAID, "way": "send", **paid(client, "/request/KRK/")}).content.decode()
    assert "We need your e-mail address" in page
    assert "Write the address to which the device goes back." in page
    assert not Request.objects.exists()
