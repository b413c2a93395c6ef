"""An open counter, and a card terminal that can be asked."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest

from remonta.billing.commands import Tender
from remonta.billing.simulated_terminal import SimulatedTerminal
from tests.till import Till


@pytest.fixture
def till(cast: SimpleNamespace) -> Till:
    return Till(cast)


@pytest.fixture
def terminal(till: Till) -> Iterator[SimulatedTerminal]:
    """The card terminal at the till, in this process; whoever is slow with their card takes no time."""
    with SimulatedTerminal(slow_seconds=0.0) as terminal:
        till.desk.terminal = terminal.url
        till.desk.save()
        yield terminal


@pytest.fixture
def tender() -> Callable[..., Tender]:
    return lambda **values: Tender(**values)
