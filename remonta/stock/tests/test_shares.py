"""Shared amounts come to the whole, to the last minor unit; averages stay between what they are made of."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from remonta.kernel.shares import shared
from remonta.stock.commands.costs import mixed

AMOUNTS = st.integers(-(10**12), 10**12)
WEIGHTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=40)
COSTS = st.decimals(0, 10**6, places=6)


@given(AMOUNTS, WEIGHTS)
def test_the_shares_come_to_the_whole(amount, weights):
    shares = shared(amount, weights)
    assert sum(shares) == amount
    assert len(shares) == len(weights)


@given(AMOUNTS, WEIGHTS)
def test_no_share_is_further_than_one_unit_from_its_part(amount, weights):
    bearing = weights if any(weights) else [1] * len(weights)
    for share, weight in zip(shared(amount, weights), bearing, strict=True):
        assert abs(Decimal(share) - Decimal(amount) * weight / sum(bearing)) < 1


@given(AMOUNTS, WEIGHTS)
def test_taking_back_is_the_same_the_other_way_round(amount, weights):
    assert shared(-amount, weights) == [-share for share in shared(amount, weights)]


def test_nothing_bears_nothing():
    assert shared(100, []) == []
    assert shared(100, [0, 0, 0]) == [34, 33, 33]


@given(COSTS, st.integers(0, 10**9), COSTS, st.integers(1, 10**9))
def test_an_average_lies_between_what_it_is_made_of(average, there, cost, came):
    found = mixed(average, there, cost, came)
    assert min(average, cost) - Decimal("0.000001") <= found <= max(average, cost) + Decimal("0.000001")
    assert abs(found * (there + came) - average * there - cost * came) <= Decimal("0.000001") * (there + came)
