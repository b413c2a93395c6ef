"""Writes belong inside `atomic`: a statement that writes outside is noticed, and refused where the settings say so."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.transaction import TransactionManagementError

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    Base = BaseDatabaseWrapper
else:
    Base = object

WRITES = re.compile(
    r"\s*(?:--[^\n]*\n\s*|/\*.*?\*/\s*)*"
    r"(?:INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE|WITH\b.*?\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\b)\b",
    re.IGNORECASE | re.DOTALL,
)
# Django itself notes there, outside any transaction, that a migration without one is done.
OWN_NOTES = "django_migrations"


_strict: ContextVar[bool] = ContextVar("strict", default=False)


@contextmanager
def loose_writes_refused() -> Iterator[None]:
    """For tests: refuses loose writes here, and does not count the transaction that a test case wraps around itself."""
    before = _strict.set(True)
    try:
        yield
    finally:
        _strict.reset(before)


class LooseWrite(TransactionManagementError):
    """A statement would write outside a transaction; it was not sent to the database."""


class GuardsWrites(Base):
    """A connection that knows writes from reads. `REFUSE_WRITES_OUTSIDE_ATOMIC` makes it refuse the loose ones."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(self._guard)

    def _guard(self, execute: Any, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        strict = _strict.get()
        inside = self._asked_for() if strict else self.in_atomic_block
        if inside or not WRITES.match(str(sql)):
            return execute(sql, params, many, context)
        refuses = strict or getattr(settings, "REFUSE_WRITES_OUTSIDE_ATOMIC", False)
        if refuses and OWN_NOTES not in str(sql):
            raise LooseWrite(f"This statement writes outside transaction.atomic(): {str(sql)[:200]}")
        return self.write_loose(execute, sql, params, many, context)

    def _asked_for(self) -> bool:
        return any(not getattr(block, "_from_testcase", False) for block in self.atomic_blocks)

    def write_loose(self, execute: Any, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        """Runs a writing statement that is a transaction of its own."""
        return execute(sql, params, many, context)
