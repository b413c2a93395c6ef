"""Which other centres can give what repairs wait for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from remonta.stock.queries import Giver, givers_of
from remonta.supply.queries import RequisitionLine
from remonta.web.requests import Request


@dataclass(frozen=True)
class LineWithGivers:
    """A part asked for a repair, and the centres that can be asked for it by who looks."""

    line: RequisitionLine
    givers: tuple[Giver, ...]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.line, name)


def with_givers(request: Request, lines: Iterable[RequisitionLine]) -> list[LineWithGivers]:
    """Those lines with who can give what is wanted and comes from nowhere. Three statements a centre."""
    rows = list(lines)
    open_ = [row for row in rows if _open(request, row)]
    found: dict[tuple[int, int], tuple[Giver, ...]] = {}
    for centre_id in {row.centre_id for row in open_}:
        parts = {row.part_id for row in open_ if row.centre_id == centre_id}
        for part_id, givers in givers_of(request.actor, parts, centre_id).items():
            found[part_id, centre_id] = givers
    return [LineWithGivers(row, found.get((row.part_id, row.centre_id), ()) if row in open_ else ()) for row in rows]


def _open(request: Request, row: RequisitionLine) -> bool:
    nowhere = row.state == "wanted" and not row.transfer and not row.purchase_id
    return nowhere and request.actor.may_at("stock.ask_transfers", row.centre_id)
