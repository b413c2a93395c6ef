"""People, network, settings, messages, files and events by program."""

import io

import pytest
from django.apps import apps
from django.db import transaction
from PIL import Image

from remonta.api.tests.conftest import PREFIX, said
from remonta.spine.commands import send
from tests.cast import intake, soon


def test_people_are_managed_within_ones_rights(cast, program, writes_nothing):
    hana, rita = program("hana"), program("rita")
    body = {"email": "new@example.com", "name": "New", "role": "engineer", "centre_uid": cast.krakow.uid}
    made = hana.make("/people", body)
    assert [role["role"] for role in made["roles"]] == ["engineer"]
    with writes_nothing():
        assert said(rita.post("/people", body))[0] == 403
        assert said(hana.post("/people", body | {"email": "b@example.com", "centre_uid": cast.gdansk.uid}))[0] == 403
        assert said(hana.post("/people", body)) == (409, "EmailTaken")
    changed = hana.ask("PATCH", f"/people/{made['uid']}", {"phone": "123"}).json()
    assert (changed["phone"], changed["name"]) == ("123", "New")
    assert hana.make(f"/people/{made['uid']}/disable")["is_active"] is False


def test_ones_own_account(cast, program, writes_nothing):
    rita = program("rita")
    assert rita.ask("PATCH", "/me", {"language": "pl"}).json()["language"] == "pl"
    with writes_nothing():
        assert rita.ask("PATCH", "/me", {"email": "other@example.com"}).status_code == 422
        assert rita.ask("PATCH", "/me", {"is_active": False}).status_code == 422


def test_centres_groups_and_calendars(cast, program, writes_nothing):
    ada, hana = program("ada"), program("hana")
    week = {"0": [["09:00", "17:00"]]}
    calendar = ada.make("/calendars", {"name": "Mondays", "week": week})
    assert calendar["week"] == week
    day = ada.make(f"/calendars/{calendar['id']}/days", {"day": "2026-12-24", "hours": []})
    assert day["days"] == [{"day": "2026-12-24", "hours": []}]
    centre = hana.ask("PATCH", f"/centres/{cast.krakow.uid}", {"city": "Kraków", "calendar_id": calendar["id"]})
    assert centre.status_code in (200, 404)
    group = hana.make("/groups", {"name": "Phones", "centre_uid": cast.krakow.uid})
    emil = str(apps.get_model("identity", "Account").objects.get(email="emil@example.com").uid)
    joined = hana.make(f"/groups/{group['uid']}/join", {"account_uid": emil})
    assert [member["uid"] for member in joined["members"]] == [emil]
    with writes_nothing():
        assert said(hana.post("/regions", {"name": "North"}))[0] == 403
        assert said(hana.ask("PATCH", f"/centres/{cast.gdansk.uid}", {"city": "X"}))[0] == 404
    assert ada.make("/regions", {"name": "North"})["name"] == "North"
    entity = {"name": "Firma", "country": "PL", "currency": "PLN", "tax_rates": {"standard": "0.23"}}
    assert ada.make("/entities", entity)["tax_rates"] == {"standard": "0.23"}


def test_settings_are_read_and_set_by_layer(cast, program, writes_nothing):
    hana = program("hana")
    path = f"/settings?centre={cast.krakow.uid}"
    before = {row["key"]: row for row in hana.read(path)}
    assert before["links.days"]["value"] == 90
    body = {"value": 30, "centre_uid": cast.krakow.uid}
    assert hana.ask("PUT", "/settings/links.days", body).status_code == 204
    after = {row["key"]: row for row in hana.read(path)}
    assert (after["links.days"]["value"], after["links.days"]["own"]) == (30, True)
    with writes_nothing():
        assert said(hana.ask("PUT", "/settings/links.days", {"value": "30", **{"centre_uid": cast.krakow.uid}})) == (
            409,
            "ValueUnfit",
        )
        assert said(hana.ask("PUT", "/settings/links.days", {"value": 30}))[0] == 403
        assert said(hana.ask("PUT", "/settings/no.such", body))[0] == 404
        assert said(hana.get("/settings"))[0] == 403


def test_messages_wait_for_a_person(cast, program):
    with transaction.atomic():
        row = send(
            cast.hana, channel="email", recipient="a@example.com", body="Secret", purpose="t", centre_id=cast.krakow.pk
        )
    hana = program("hana")
    shown = hana.read(f"/messages/{row.uid}")
    assert "Secret" not in str(shown)
    assert hana.make(f"/messages/{row.uid}/cancel")["state"] == "cancelled"
    assert said(program("gosia").get("/messages"))[0] == 403


def test_the_companys_mark_is_set_and_removed(cast, program):
    ada, kept = program("ada"), io.BytesIO()
    Image.new("RGB", (900, 300), "teal").save(kept, "PNG")
    kept.seek(0)
    kept.name = "mark.png"
    here, headers = f"/entities/{cast.entity.uid}/mark", {"Authorization": f"Bearer {ada.token}"}
    assert ada.read(here) is None
    made = ada.client.post(f"{PREFIX}{here}", {"file": kept}, headers=headers)
    assert (made.status_code, made.json()["media_type"]) == (201, "image/png")
    assert ada.read(here)["uid"] == made.json()["uid"]
    assert ada.ask("DELETE", here).status_code == 204
    assert ada.read(here) is None


def test_a_photo_is_sent_and_read(cast, program):
    order, rita = intake(cast), program("rita")
    kept = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(kept, "PNG")
    kept.seek(0)
    kept.name = "photo.png"
    headers = {"Authorization": f"Bearer {rita.token}"}
    made = rita.client.post(f"{PREFIX}/orders/{order.uid}/photos", {"photo": kept, "kind": "damage"}, headers=headers)
    assert made.status_code == 201, made.content
    shown = rita.read(f"/orders/{order.uid}/photos")
    assert [(one["name"], one["kind"]) for one in shown] == [("photo.png", "damage")]
    file = rita.get(f"/files/{shown[0]['uid']}")
    assert (file.status_code, file.headers["Content-Type"]) == (200, "image/png")
    assert b"".join(file.streaming_content).startswith(b"\x89PNG")
    assert said(program("gosia").get(f"/files/{shown[0]['uid']}"))[0] == 404


@pytest.mark.django_db(transaction=True)  # PostgreSQL shows events of transactions that are over
def test_events_are_followed_by_a_mark(cast, program):
    rita, gosia = program("rita"), program("gosia")
    start = rita.read("/events")["next"]
    order = intake(cast)

    def told() -> bool:
        items = rita.read(f"/events?after={start}")["items"]
        return ("orders.workorder", str(order.uid)) in {(one["subject"], one["uid"]) for one in items}

    assert soon(told)
    found = rita.read(f"/events?after={start}")
    assert rita.read(f"/events?after={found['next']}")["items"] == []
    hidden = gosia.read(f"/events?after={start}")
    assert "orders.workorder" not in {one["subject"] for one in hidden["items"]}
    assert hidden["next"] == found["next"]
    assert rita.get("/events?after=x").status_code == 422
    narrow = program("rita", "catalogue.see").read(f"/events?after={start}")
    assert narrow["items"] == []


def test_the_customers_link_and_texts(cast, program):
    order, rita, hana = intake(cast), program("rita"), program("hana")
    assert "/s/" in rita.make(f"/orders/{order.uid}/link")["address"]
    assert rita.post(f"/orders/{order.uid}/link/revoke").status_code == 204
    assert said(program("gosia").post(f"/orders/{order.uid}/link"))[0] == 404
    path = "/customer-texts/ready/sms/en"
    body = {"body": "{number} is ready", "centre_uid": cast.krakow.uid}
    assert hana.ask("PUT", path, body).json()["body"] == "{number} is ready"
    assert len(hana.read(f"/customer-texts?centre={cast.krakow.uid}")) == 1
    assert hana.ask("DELETE", f"{path}?centre={cast.krakow.uid}").status_code == 204
    assert hana.read(f"/customer-texts?centre={cast.krakow.uid}") == []
    assert said(hana.ask("PUT", path, {"body": "x"}))[0] == 403


def test_figures_are_read_as_tables(cast, program):
    order, hana = intake(cast), program("hana")
    names = [one["name"] for one in hana.read("/reports")]
    assert {"late", "brands", "engineers"} <= set(names)
    for name in names:
        found = hana.read(f"/reports/{name}?centre={cast.krakow.uid}&since=2026-01-01&until=2026-12-31")
        assert all(len(line["values"]) == len(found["columns"]) for line in found["lines"])
    cast.clock.pass_(days=400)
    assert str(order.uid) in [line["order_uid"] for line in hana.read("/reports/idle?silent_days=1")["lines"]]
    assert said(hana.get("/reports/nonsense"))[0] == 404
    assert said(program("hana", "orders.*").get("/reports/late"))[0] == 403
