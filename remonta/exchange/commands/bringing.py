"""What each kind of import does with its rows: one protocol, and repairs of the past as the first that keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Protocol, cast

from remonta.exchange.commands.devices import Devices
from remonta.exchange.models import Import, ImportRow
from remonta.exchange.repairs import RepairRow
from remonta.exchange.rows import Row
from remonta.kernel.actor import Actor
from remonta.orders.commands import PastOrder, add_history, correct_history, withdraw_history


class Bringer(Protocol):
    """Makes rows so, and undoes them. Where a row cannot be brought after all, it answers with the reason's code."""

    def __init__(self, actor: Actor, run: Import) -> None: ...

    def resolved(self, rows: Sequence[Row]) -> list[Row]:
        """The rows, with what only the database knows: what they name, or the reason why they say nothing."""

    def new_kind(self, row: Row) -> str:
        """The kind of device the row would make, for the dry run; empty for none."""

    def add(self, rows: Sequence[Row]) -> list[int | str]:
        """Makes new rows so: the id of what each became, or a reason."""

    def correct(self, row: Row, subject_id: int) -> dict[str, Any] | str:
        """Writes over what an earlier import brought: what was there before, or a reason."""

    def finish(self) -> None:
        """After the last row."""

    def withdraw(self, rows: Sequence[ImportRow]) -> set[int]:
        """Takes out what was created, as far as nobody has worked on it: the subjects that are gone."""

    def restore(self, row: ImportRow) -> bool:
        """Writes back what was there before an update; False when people have worked on it."""


class Repairs:
    """Repairs of the past: closed orders without customer and serial number."""

    def __init__(self, actor: Actor, run: Import) -> None:
        self.actor, self.run = actor.trusted_with("orders.see"), run
        self.devices = Devices(self.actor)

    def resolved(self, rows: Sequence[Row]) -> list[Row]:
        return list(rows)

    def new_kind(self, row: Row) -> str:
        name = cast("RepairRow", row).category
        return "" if self.devices.knows(name) else name

    def add(self, rows: Sequence[Row]) -> list[int | str]:
        past = [self.past(row) for row in rows]
        return [*add_history(self.actor, self.run.centre_id, past, imported=str(self.run.uid))] if past else []

    def correct(self, row: Row, subject_id: int) -> dict[str, Any] | str:
        before = correct_history(self.actor, subject_id, self.past(row))
        return asdict(before) | {"happened_at": before.happened_at.isoformat()} if before else "touched"

    def finish(self) -> None:
        """Each repair is whole by itself."""

    def withdraw(self, rows: Sequence[ImportRow]) -> set[int]:
        return set(withdraw_history(self.actor, [row.subject_id for row in rows if row.subject_id]))

    def restore(self, row: ImportRow) -> bool:
        before = dict(row.before or {})
        past = PastOrder(**before | {"happened_at": datetime.fromisoformat(before["happened_at"])})
        return row.subject_id is not None and correct_history(self.actor, row.subject_id, past) is not None

    def past(self, row: Row) -> PastOrder:
        said = cast("RepairRow", row)
        assert said.at is not None
        return PastOrder(
            number=f"IMP-{self.run.pk}-{row.number}",
            happened_at=said.at,
            outcome=said.outcome,
            fault=said.problem,
            device=said.brand,
            product_id=self.devices.model_of(said.category),
        )
