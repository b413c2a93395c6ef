"""What every test stands on."""

from collections.abc import Iterator

import pytest
from django.test import TransactionTestCase

from remonta.spine.books import guard_books, release_books

# --- The books refuse DELETE; tests that commit empty whole tables when they end, and the triggers come back after. ---


@pytest.fixture(autouse=True, scope="session")
def books_let_go_between_tests() -> Iterator[None]:
    """Django's flush between committing tests takes the books' triggers off and sets them again."""
    flush = TransactionTestCase._fixture_teardown

    def release_and_flush(self: TransactionTestCase) -> None:
        names = self._databases_names(include_mirrors=False)
        for name in names:
            release_books(name)
        try:
            flush(self)
        finally:
            for name in names:
                guard_books(name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", release_and_flush)
        yield
