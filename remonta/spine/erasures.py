"""Whose data was erased, written down outside the database: a backup from before must not bring it back."""

import json
import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

NAME = "erasures.jsonl"


@dataclass(frozen=True)
class Erasure:
    """A thing of some kind (`customer`), by its outside id, whose data was erased at that moment."""

    kind: str
    uid: UUID
    at: datetime


def note_erasures(kind: str, uids: Collection[UUID], at: datetime) -> None:
    """Writes them into the list beside the database once the transaction has committed; what stands there stays."""
    transaction.on_commit(lambda: _append([Erasure(kind, uid, at) for uid in uids]))


def noted_erasures(path: Path | None = None) -> tuple[Erasure, ...]:
    """The list of this installation, or the one in that file; empty where there is none. Raises ValueError."""
    place = path or Path(settings.HOME) / NAME
    if path is None and not place.exists():
        return ()
    with place.open(encoding="utf-8") as lines:
        return tuple(_read(line) for line in lines if line.strip())


def _append(new: Iterable[Erasure]) -> None:
    known = {(one.kind, one.uid) for one in noted_erasures()}
    lines = [_line(one) for one in new if (one.kind, one.uid) not in known]
    if not lines:
        return
    path = Path(settings.HOME) / NAME
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())


def _line(one: Erasure) -> str:
    return json.dumps({"kind": one.kind, "uid": str(one.uid), "at": one.at.isoformat()}) + "\n"


def _read(line: str) -> Erasure:
    kept = json.loads(line)
    return Erasure(kept["kind"], UUID(kept["uid"]), datetime.fromisoformat(kept["at"]))
