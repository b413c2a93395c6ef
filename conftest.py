"""What every test stands on."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection
from django.db.backends.signals import connection_created
from django.test import TransactionTestCase

from remonta.kernel.ids import uuid7
from remonta.spine.books import guard_books, release_books
from tests.cast import make_cast
from tools.sizes import STORY

STORIES = Path(__file__).parent / "tests" / "story"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where only the main line of the story is wanted, the browser's other tests are left out."""
    if STORY != "main":
        return
    left = [item for item in items if item.get_closest_marker("story") and STORIES not in item.path.parents]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item not in left]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """The tests' databases are copies of one that has been migrated, where the stages made one."""
    template = os.environ.get("REMONTA_TEST_TEMPLATE")
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = template
    elif template:
        connection_created.connect(partial(filled, template), weak=False)


def filled(template: str, connection: Any, **_said: object) -> None:
    """A new database in memory gets all that is in the file."""
    if connection.is_in_memory_db() and not connection.connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        with closing(sqlite3.connect(template)) as whole:
            whole.backup(connection.connection)


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


# --- The cast: see tests/cast.py. ---


@pytest.fixture
def cast(db: None) -> SimpleNamespace:
    """Two centres of ours, a partner's, their people, and things to repair."""
    return make_cast()


@pytest.fixture
def operation(cast: SimpleNamespace) -> Callable[[], UUID]:
    return lambda: uuid7(cast.clock())


@pytest.fixture
def writes_nothing(db: None) -> Callable[[], AbstractContextManager[None]]:
    """A denial also proves that every row of every table is as it was."""

    def rows() -> dict[type, list[dict[str, object]]]:
        return {model: list(model.objects.order_by("pk").values()) for model in apps.get_models()}

    @contextmanager
    def check() -> Iterator[None]:
        before = rows()
        yield
        assert rows() == before

    return check
