"""Keys, scopes, problems, and what is refused before anything is read."""

import json
from datetime import timedelta

from django.apps import apps
from django.utils import timezone

from remonta.api.rate import take
from remonta.api.tests.conftest import Program, said, token_of
from remonta.identity.commands import make_token, revoke_token
from remonta.identity.queries import actor_of
from remonta.kernel.ids import uuid7
from tests.cast import intake


def account(name):
    return apps.get_model("identity", "Account").objects.get(email=f"{name}@example.com")


def test_without_a_key_nothing_opens(cast, nobody):
    answer = nobody.get("/orders")
    assert said(answer)[0] == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_wrong_an_old_and_a_revoked_key_open_nothing(cast):
    rita = actor_of(account("rita"))
    old = make_token(rita, name="old", scopes=["*"], expires_at=timezone.now() - timedelta(minutes=1))[1]
    row, revoked = make_token(rita, name="revoked", scopes=["*"])
    revoke_token(rita, row.uid)
    for token in ("wrong", old, revoked):
        assert said(Program(token).get("/orders"))[0] == 401


def test_a_browsers_session_opens_nothing(cast, client):
    client.force_login(account("rita"))
    assert client.get("/api/v1/orders").status_code == 401


def test_a_disabled_persons_key_opens_nothing(cast, program):
    rita = program("rita")
    apps.get_model("identity", "Account").objects.filter(email="rita@example.com").update(is_active=False)
    assert said(rita.get("/orders"))[0] == 401


def test_scopes_narrow_what_a_key_may(cast, program, writes_nothing):
    order = intake(cast)
    reader = program("rita", "orders.see")
    assert reader.read(f"/orders/{order.uid}")["number"] == order.number
    with writes_nothing():
        assert said(reader.post(f"/orders/{order.uid}/notes", {"text": "Hello"}))[0] == 403
        assert said(reader.get("/customers"))[0] == 403
    room = program("rita", "orders.*")
    assert room.post(f"/orders/{order.uid}/notes", {"text": "Hello"}).status_code == 200


def test_the_problem_speaks_the_askers_language(cast, program):
    order = intake(cast)
    answer = program("emil").post(f"/orders/{order.uid}/moves", {"move": "finish_repair"}, Accept_Language="pl")
    assert answer.headers["Content-Language"] == "pl"
    assert said(answer) == (409, "StageClash")


def test_what_happens_once_asks_for_a_key_of_its_own(cast, program, writes_nothing):
    order, rita = intake(cast), program("rita")
    with writes_nothing():
        for key, code in (
            ("", "IdempotencyKeyMissing"),
            ("seven", "IdempotencyKeyUnfit"),
            ("7f1b1b4e-5f0a-4f63-9e0c-2f6f1a3a4b5c", "IdempotencyKeyUnfit"),
        ):
            assert said(rita.post(f"/orders/{order.uid}/notes", {"text": "Hello"}, key=key)) == (400, code)


def test_a_key_of_last_year_is_refused(cast, program):
    order = intake(cast)
    key = uuid7(timezone.now() - timedelta(days=100))
    answer = program("rita").post(f"/orders/{order.uid}/notes", {"text": "Hello"}, key=key)
    assert said(answer) == (409, "OperationExpired")


def test_wrong_fields_are_named(cast, program):
    order, wanda = intake(cast), program("wanda")
    answer = wanda.post(f"/orders/{order.uid}/quotes", {"lines": [{"text": "Screen", "quantity": 2, "cost": "1"}]})
    assert said(answer) == (422, "Invalid")
    assert {one["field"] for one in answer.json()["errors"]} == {"lines.0.quantity", "lines.0.cost"}


def test_what_a_body_does_not_know_is_refused(cast, program, writes_nothing):
    rita = program("rita")
    body = {"centre_uid": cast.krakow.uid, "name": "Jan", "merged_into": 1, "flags": ["vip"], "id": 7}
    with writes_nothing():
        answer = rita.post("/customers", body)
    assert {one["field"] for one in answer.json()["errors"]} == {"merged_into", "flags", "id"}


def test_nul_and_lone_surrogates_are_refused(cast, program, writes_nothing):
    order, rita = intake(cast), program("rita")
    with writes_nothing():
        assert rita.post(f"/orders/{order.uid}/notes", {"text": "a\x00b"}).status_code == 422
        assert rita.post(f"/orders/{order.uid}/notes", '{"text": "a\\ud800b"}').status_code == 422
    assert rita.get("/customers?q=a%00b").status_code == 422


def test_what_is_no_json_is_refused(cast, program):
    order, rita = intake(cast), program("rita")
    for body in ("{", '{"text": NaN}', b"\xff\xfe", "[]", '"text"'):
        answer = rita.post(f"/orders/{order.uid}/notes", body)
        assert said(answer)[0] in (400, 422), body


def test_a_body_of_ten_megabytes_is_refused(cast, program, writes_nothing):
    order, rita = intake(cast), program("rita")
    with writes_nothing():
        answer = rita.post(f"/orders/{order.uid}/notes", json.dumps({"text": "x" * 10_000_000}))
    assert said(answer) == (413, "TooLarge")


def test_numbers_out_of_bounds_are_refused(cast, program):
    rita = program("rita")
    assert rita.get("/orders?limit=0").status_code == 422
    assert rita.get("/orders?limit=1e9").status_code == 422
    assert rita.get(f"/calendars/{10**30}").status_code in (403, 404, 422)


def test_addresses_that_are_none_are_problems(cast, program):
    rita = program("rita")
    assert said(rita.get("/nothing"))[0] == 404
    assert said(rita.get("/orders/not-a-uuid"))[0] == 404
    assert said(rita.ask("DELETE", "/orders"))[0] == 405


def test_a_share_fills_evenly():
    who = "test:share"
    assert [take(who, 2, 100.0) for _ in range(2)] == [0, 0]
    assert take(who, 2, 100.0) == 30
    assert take(who, 2, 130.0) == 0


def test_too_many_requests_are_asked_to_wait(cast, settings):
    settings.REMONTA_API_RATE = 3
    rita = Program(token_of("rita"))
    answers = [rita.get("/orders") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert int(answers[-1].headers["Retry-After"]) >= 1
    assert said(answers[-1]) == (429, "TooOften")


def test_who_the_key_stands_for(cast, program):
    me = program("rita", "orders.see", "desk.enter").read("/me")
    assert me["name"] == "Rita"
    assert me["rights"] == {name: [str(cast.krakow.uid)] for name in ("desk.enter", "orders.see")}
    assert [centre["code"] for centre in me["centres"]] == ["KRK"]
