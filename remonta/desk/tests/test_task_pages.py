"""Tasks on their pages: seen by who may, given to a colleague, done, and never twice."""

from django.test import Client

from remonta.identity.models import Account
from remonta.kernel.ids import uuid7
from remonta.orders.commands import TaskAsked, give_task
from remonta.orders.models import Task
from tests.cast import intake, operation


def as_(name):
    client = Client()
    client.force_login(Account.objects.get(email=f"{name}@example.com"))
    return client


def post(client, url, **said):
    return client.post(url, {"operation": str(uuid7()), **said})


def given(cast, **said):
    order = intake(cast)
    asked = TaskAsked(title="Ask the courier", work_order_uid=order.uid, **said)
    return give_task(cast.stan, cast.krakow.uid, asked=asked, operation=operation(cast))


def test_open_tasks_of_the_centre_stand_in_the_list_and_lead_to_their_order(cast):
    task = given(cast)
    stan = as_("stan")
    assert "Ask the courier" in stan.get("/tasks/").content.decode()
    assert task.work_order.number in stan.get(f"/tasks/{task.uid}/").content.decode()
    assert "Ask the courier" not in as_("gosia").get("/tasks/").content.decode()
    assert as_("gosia").get(f"/tasks/{task.uid}/").status_code == 404


def test_what_is_done_leaves_the_list_and_is_found_by_its_state(cast):
    task = given(cast)
    stan, page = as_("stan"), f"/tasks/{task.uid}/end/"
    assert post(stan, page, move="finish").status_code == 303
    assert post(stan, page, move="finish").status_code == 409
    assert post(stan, page, move="burn").status_code == 400
    task.refresh_from_db()
    assert task.state == "done"
    assert "Ask the courier" not in stan.get("/tasks/").content.decode()
    assert "Ask the courier" in stan.get("/tasks/", {"state": "done"}).content.decode()


def test_a_task_is_given_to_a_colleague_and_found_under_only_mine(cast):
    emil = Account.objects.get(email="emil@example.com")
    made = post(as_("stan"), "/tasks/new/", title="Clean the bench", owner_uid=str(emil.uid))
    assert made.status_code == 303
    assert Task.objects.get().owner == emil
    assert "Clean the bench" in as_("emil").get("/tasks/", {"mine": "on"}).content.decode()
    assert "Clean the bench" not in as_("stan").get("/tasks/", {"mine": "on"}).content.decode()
    empty = post(as_("stan"), "/tasks/new/", title="")
    assert empty.status_code == 422
