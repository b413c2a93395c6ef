"""What tests of the customers' pages stand on."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from remonta.identity.commands import make_link
from remonta.quotes.commands import LineAsked, send_quote, write_quote
from tests.cast import intake, operation


@pytest.fixture(autouse=True)
def now_is_now(cast: SimpleNamespace) -> None:
    """Browsers and their links live by the real clock."""
    cast.clock.at = timezone.now()


@pytest.fixture
def order(cast: SimpleNamespace):
    return intake(cast)


@pytest.fixture
def link(cast: SimpleNamespace):
    """The token of a customer's link: link(order), link(order, purpose="camera", by="emil", days=-1)."""

    def make(order, *, purpose="order", by="rita", days=30, language="en"):
        until = cast.clock() + timezone.timedelta(days=days)
        return make_link(getattr(cast, by), purpose, "orders.workorder", order.pk, until, language=language)[1]

    return make


@pytest.fixture
def quoted(cast: SimpleNamespace):
    """A sent quote: 320 necessary, 80 recommended."""

    def make(order):
        lines = [
            LineAsked(text="Display", price=Decimal("320")),
            LineAsked(text="New battery", price=Decimal("80"), variant="recommended"),
        ]
        written = write_quote(cast.wanda, order.uid, lines=lines, operation=operation(cast))
        return send_quote(cast.wanda, written.uid, operation=operation(cast))

    return make


@pytest.fixture
def at():
    return lambda route, *args: reverse(f"portal:{route}", args=args)
