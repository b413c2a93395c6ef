"""What was thrown away, and the act that says so."""

from typing import Any, Literal
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from remonta.api.documents import paper_of
from remonta.api.fields import Asked
from remonta.api.paging import Page, Paging, each, page_of
from remonta.api.shapes.papers import Paper
from remonta.api.shapes.stock import WrittenOffShape
from remonta.api.spoken import op
from remonta.documents.commands import print_write_off
from remonta.stock.queries import Move, thrown_away, written_off_for
from remonta.web.requests import Request

router = Router()


class WrittenOffFilter(Paging):
    """What was thrown away: in a centre."""

    centre: UUID | None = None


class WriteOffAsked(Asked):
    """The moves that stand on one act, all out of one centre."""

    move_uids: list[UUID] = Field(min_length=1, max_length=500)
    language: Literal["", "en", "ru", "pl", "zh-hans"] = ""


@router.get("/written-off", **op("written-off", Page[WrittenOffShape]))
def listed(request: Request, asked: Query[WrittenOffFilter]) -> Any:
    """What was thrown away in pages, newest first."""
    rows = written_off_for(request.actor)
    return page_of(rows.filter(source__centre__uid=asked.centre) if asked.centre else rows, asked, each(gone))


@router.post("/written-off/paper", **op("write-off-paper", Paper, status=201))
def print_it(request: Request, asked: WriteOffAsked) -> Any:
    """Prints one write-off act for those moves."""
    return paper_of(print_write_off(request.actor, asked.move_uids, language=asked.language))


def gone(row: Move) -> dict[str, Any]:
    """One move to scrap. No statement."""
    thing = thrown_away(row)
    return {
        "uid": row.uid,
        "at": row.occurred_at,
        "part_number": thing.number,
        "part_name": thing.name,
        "serial": thing.serial,
        "quantity": row.quantity,
        "place": row.source.code,
        "centre": row.source.centre.name if row.source.centre else "",
    }
