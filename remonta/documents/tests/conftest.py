"""What tests of printing stand on, beside the cast."""

from collections.abc import Iterator

import pytest

from remonta.documents.typesetter import Typesetter


@pytest.fixture
def press() -> Iterator[Typesetter]:
    """A typesetter of the test's own, gone when it ends."""
    own = Typesetter()
    yield own
    own.close()
