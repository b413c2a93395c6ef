"""How many statements an answer costs, whatever there is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import intake

KEY = 3  # the key, its account, its posts
BUDGETS = {
    "/orders": KEY + 1,
    "/customers": KEY + 2,
    "/units": KEY + 1,
    "/requests": KEY + 1,
    "/parts": KEY + 1,
    "/products": KEY + 1,
    "/payments": KEY + 1,
    "/stock": KEY + 1,
    "/tasks": KEY + 1,
    "/places": KEY + 1,
}


@pytest.mark.parametrize("path", BUDGETS)
def test_a_list_costs_the_same_whatever_its_length(cast, program, path):
    hana = program("hana")
    costs = []
    for at in range(3):
        with CaptureQueriesContext(
            connection,
        ) as spent:
            hana.read(path)
        costs.append(len(spent))
        intake(cast, serial=f"SN-{at}", phone=f"+4860010020{at}")
    assert max(costs) <= BUDGETS[path], [one["sql"] for one in spent.captured_queries]


def test_a_number_larger_than_the_database_counts_is_refused(cast, program, writes_nothing):
    order, wanda = intake(cast), program("wanda")
    program("emil").make(f"/orders/{order.uid}/moves", {"move": "start_diagnosis"})
    line = {"text": "Gold", "price": "9999999999", "quantity": "9999999"}
    with writes_nothing():
        answer = wanda.post(f"/orders/{order.uid}/quotes", {"lines": [line] * 3})
    assert (answer.status_code, answer.json()["code"]) == (422, "NumberTooLarge")
