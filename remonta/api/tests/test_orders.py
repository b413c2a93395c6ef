"""Work orders over the API."""

from datetime import timedelta

from django.utils import timezone

from remonta.api.tests.conftest import said
from remonta.kernel.ids import uuid7
from tests.cast import expected, intake


def test_an_order_is_read_with_its_steps_holds_and_moves(cast, program):
    order = intake(cast)
    shown = program("rita").read(f"/orders/{order.uid}")
    assert shown["number"] == order.number
    assert shown["state"] == "taken_in"
    assert [step["stage"] for step in shown["steps"] if step["current"]] == ["taken_in"]
    assert shown["preauthorised"] == {"amount": "0.00", "currency": "PLN"}


def test_the_list_comes_in_pages_with_a_mark(cast, program):
    orders = [intake(cast, serial=f"SN-{at}") for at in range(5)]
    first = program("rita").read("/orders?limit=3")
    then = program("rita").read(f"/orders?limit=3&after={first['next']}")
    numbers = [row["number"] for row in first["items"] + then["items"]]
    assert numbers == [order.number for order in reversed(orders)]
    assert then["next"] is None


def test_a_mark_that_is_none_of_ours_is_refused(cast, program):
    assert program("rita").get("/orders?after=bm9uc2Vuc2U").status_code == 400


def test_an_order_of_another_centre_is_not_there(cast, program, writes_nothing):
    order = intake(cast)
    gosia = program("gosia")
    with writes_nothing():
        assert said(gosia.get(f"/orders/{order.uid}"))[0] == 404
        assert said(gosia.post(f"/orders/{order.uid}/notes", {"text": "Hello"}))[0] == 404
        assert said(gosia.post(f"/orders/{order.uid}/moves", {"move": "start_diagnosis"}))[0] == 404
    assert gosia.read("/orders")["items"] == []


def test_a_move_is_made_once_whatever_the_network_does(cast, program):
    order, key = intake(cast), uuid7(timezone.now())
    emil = program("emil")
    first = emil.make(f"/orders/{order.uid}/moves", {"move": "start_diagnosis"}, key=key)
    again = emil.make(f"/orders/{order.uid}/moves", {"move": "start_diagnosis"}, key=key)
    assert first["state"] == again["state"] == "diagnosis"
    assert first["version"] == again["version"]


def test_the_same_key_with_another_body_is_refused(cast, program):
    order, key = intake(cast), uuid7(timezone.now())
    rita = program("rita")
    rita.make(f"/orders/{order.uid}/notes", {"text": "One"}, key=key)
    assert said(rita.post(f"/orders/{order.uid}/notes", {"text": "Two"}, key=key)) == (409, "OperationTaken")


def test_a_move_that_does_not_start_here_is_refused_with_its_sentence(cast, program):
    order = intake(cast)
    answer = program("emil").post(f"/orders/{order.uid}/moves", {"move": "finish_repair"})
    assert said(answer) == (409, "StageClash")


def test_a_version_somebody_else_has_changed_is_not_overwritten(cast, program):
    order, hana = intake(cast), program("hana")
    tag = hana.get(f"/orders/{order.uid}").headers["ETag"]
    later = (timezone.now() + timedelta(days=900)).isoformat()
    assert hana.post(f"/orders/{order.uid}/ready-date", {"due_at": later}, If_Match=tag).status_code == 200
    for path, body in (
        ("ready-date", {"due_at": later}),
        ("fault", {"fault": "Broken"}),
        ("moves", {"move": "start_diagnosis"}),
        ("priority", {"priority": 1}),
    ):
        answer = hana.post(f"/orders/{order.uid}/{path}", body, If_Match=tag)
        assert said(answer) == (412, "ChangedMeanwhile"), path


def test_a_conditional_operation_can_be_repeated(cast, program):
    order, hana, key = intake(cast), program("hana"), uuid7(timezone.now())
    tag = hana.get(f"/orders/{order.uid}").headers["ETag"]
    for _time in range(2):
        answer = hana.post(f"/orders/{order.uid}/fault", {"fault": "Broken"}, key=key, If_Match=tag)
        assert answer.status_code == 200, answer.content
    assert answer.json()["confirmed_fault"] == "Broken"


def test_filters_have_names_of_their_own(cast, program):
    one = intake(cast, serial="SN-A")
    intake(cast, serial="SN-B")
    rita = program("rita")
    assert [row["number"] for row in rita.read(f"/orders?number={one.number}")["items"]] == [one.number]
    assert rita.read("/orders?stage=closed")["items"] == []
    assert said(rita.get("/orders?customer__name__startswith=J")) == (422, "Invalid")
    assert said(rita.get("/orders?stage=nonsense")) == (422, "Invalid")


def test_a_passcode_is_shown_to_who_may_see_it(cast, program):
    order = intake(cast)
    assert said(program("rita").post(f"/orders/{order.uid}/passcode/look")) == (409, "NoPasscode")
    assert said(program("cora").post(f"/orders/{order.uid}/passcode/look"))[0] == 403


def test_an_expected_unit_is_taken_in(cast, program):
    order = expected(cast)
    rita = program("rita")
    taken = rita.make(f"/orders/{order.uid}/intake", {"looks": "scratched", "accessories": ["charger"]})
    assert taken["state"] == "taken_in"
    side = rita.read(f"/orders/{order.uid}/unit")
    assert [one["name"] for one in side["accessories"]] == ["charger"]
