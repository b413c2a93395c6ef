"""Which doors open, in which language and centre, and how a refusal is answered."""

import pytest
from django.urls import path
from django.utils import timezone, translation

from remonta.identity.commands import change_own_account
from remonta.identity.models import Account
from remonta.kernel.refusals import Missing, NotPermitted, Refused, Stale
from remonta.urls import urlpatterns as usual
from remonta.web.access import ACCESS
from remonta.web.answers import go


class Full(Refused):
    text = translation.gettext_lazy("The shelf is full.")


def raising(refusal):
    def view(request):
        raise refusal

    return view


def tells(request):
    centre = request.centre and request.centre.code
    return go(request, f"/{translation.get_language()}/{timezone.get_current_timezone_name()}/{centre}")


urlpatterns = [
    *usual,
    path("full/", raising(Full()), name="full"),
    path("missing/", raising(Missing()), name="missing"),
    path("not-mine/", raising(NotPermitted()), name="not-mine"),
    path("stale/", raising(Stale()), name="stale"),
    path("tells/", tells, name="tells"),
    path("unlisted/", tells, name="unlisted"),
]


@pytest.fixture
def doors(settings, monkeypatch, client, cast):
    settings.ROOT_URLCONF = __name__
    for name in ("full", "missing", "not-mine", "stale", "tells"):
        monkeypatch.setitem(ACCESS, (name, "GET"), "signed_in")
    client.force_login(Account.objects.get(email="rita@example.com"))
    return client


def test_a_refusal_reaches_the_person_with_its_sentence(doors):
    answer = doors.get("/full/")
    assert answer.status_code == 409
    assert "The shelf is full." in answer.content.decode()
    bare = doors.get("/full/", headers={"HX-Request": "true"})
    assert (bare.status_code, bare.content.decode()) == (409, "The shelf is full.")
    problem = doors.get("/full/", headers={"Accept": "application/json"})
    assert problem.headers["Content-Type"] == "application/problem+json"
    assert problem.json()["detail"] == "The shelf is full."
    assert problem.json()["code"] == "Full"


@pytest.mark.parametrize(("door", "status"), [("missing", 404), ("not-mine", 403), ("stale", 409), ("nowhere", 404)])
def test_each_kind_of_refusal_has_its_number(doors, door, status):
    assert doors.get(f"/{door}/").status_code == status


def test_a_stale_write_under_a_condition_is_412(doors):
    assert doors.get("/stale/", headers={"If-Match": '"1"'}).status_code == 412


def test_a_door_that_is_not_in_the_table_is_closed(doors, monkeypatch):
    assert doors.get("/unlisted/").status_code == 404
    assert doors.post("/tells/").status_code == 405
    monkeypatch.delitem(ACCESS, ("tells", "GET"))
    assert doors.get("/tells/").status_code == 404


def test_a_permission_nobody_gave_closes_the_door(doors, monkeypatch):
    monkeypatch.setitem(ACCESS, ("tells", "GET"), "spine.see_jobs")
    assert doors.get("/tells/").status_code == 403
    monkeypatch.setitem(ACCESS, ("tells", "GET"), ("spine.see_jobs", "desk.enter"))
    assert doors.get("/tells/").status_code == 303


def test_strangers_are_sent_to_sign_in_and_come_back(doors):
    doors.logout()
    page = doors.get("/tells/?a=1")
    assert page.headers["Location"] == "/sign-in/?next=%2Ftells%2F%3Fa%3D1"
    part = doors.get("/tells/", headers={"HX-Request": "true"})
    assert (part.status_code, part.headers["HX-Redirect"]) == (401, "/sign-in/")
    assert doors.get("/tells/", headers={"Accept": "application/json"}).status_code == 401


def test_language_zone_and_centre_are_the_persons(doors, cast):
    said = doors.get("/tells/", headers={"Accept-Language": "ru"}).headers["Location"]
    assert said == "/en/Europe/Warsaw/KRK"
    change_own_account(cast.rita, language="pl", timezone="Asia/Tokyo")
    assert doors.get("/tells/").headers["Location"] == "/pl/Asia/Tokyo/KRK"
    assert translation.get_language() == "en"


def test_a_stranger_reads_in_the_language_of_the_cookie_or_the_browser(client, db):
    assert client.get("/sign-in/", headers={"Accept-Language": "pl"}).headers["Content-Language"] == "pl"
    client.cookies["language"] = "ru"
    assert client.get("/sign-in/", headers={"Accept-Language": "pl"}).headers["Content-Language"] == "ru"


def test_only_ones_own_centres_can_be_chosen(doors, cast):
    assert doors.post("/centre/", {"centre": cast.gdansk.uid}).status_code == 404
    assert doors.post("/centre/", {"centre": "nonsense"}).status_code == 404
    doors.force_login(Account.objects.get(email="ada@example.com"))
    assert doors.post("/centre/", {"centre": cast.gdansk.uid, "next": "/tells/"}).headers["Location"] == "/tells/"
    assert doors.get("/tells/").headers["Location"].endswith("GDN")


def test_nobody_is_led_to_another_site(doors):
    for elsewhere in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
        assert doors.post("/preferences/", {"theme": "dark", "next": elsewhere}).headers["Location"] == "/"
    assert Account.objects.get(email="rita@example.com").theme == "dark"
    fetched = doors.post("/preferences/", {"theme": "light"}, headers={"X-Requested-With": "fetch"})
    assert fetched.status_code == 204
    assert fetched.cookies["theme"].value == "light"


def test_the_frame_costs_four_statements(doors, django_assert_num_queries):
    with django_assert_num_queries(4):  # session, account, posts, centres
        doors.get("/tells/")


def test_a_form_from_another_site_is_refused(doors):
    doors.handler.enforce_csrf_checks = True
    answer = doors.post("/preferences/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "out of date" in answer.content.decode()
