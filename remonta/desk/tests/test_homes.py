"""Everybody's day begins at their own place of work."""

import pytest
from django.urls import reverse


@pytest.mark.parametrize(
    ("who", "home"),
    [("rita", "desk:intake"), ("emil", "desk:my-work"), ("wanda", "desk:board"), ("petra", "desk:orders")],
)
def test_the_day_begins_at_the_own_work(cast, sign_in, who, home):
    assert sign_in(who).get("/")["Location"] == reverse(home)
