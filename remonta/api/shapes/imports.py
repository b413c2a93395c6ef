"""Imports of the past."""

from datetime import datetime
from typing import Any
from uuid import UUID

from remonta.api.fields import Label, Shape


class ImportShape(Shape):
    """An import in a list."""

    uid: UUID
    kind: str
    name: str
    centre: str
    state: str
    rows_read: int
    created: int
    updated: int
    skipped: int
    made_at: datetime
    done_at: datetime | None


class AccountShape(Shape):
    """What became of the rows: every one of them is created, updated, or skipped for a reason."""

    read: int
    all: int
    created: int
    updated: int
    skipped: int
    reasons: dict[str, int]
    kinds: list[str]
    words: list[str]


class ImportOut(Shape):
    """An import with its mapping and its account."""

    uid: UUID
    kind: str
    name: str
    state: str
    state_label: Label
    centre: str
    by: str
    made_at: datetime
    done_at: datetime | None
    trouble: str
    under_way: bool
    checking: bool
    mapping: dict[str, Any]
    account: AccountShape
    checked: AccountShape | None
    withdrawn: int
    kept: int


class ImportRowShape(Shape):
    """A row of the file, and what became of it."""

    row: int
    key: str
    outcome: str
    reason: str
    fate: str
    values: dict[str, Any]
