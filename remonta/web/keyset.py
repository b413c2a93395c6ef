"""Pages of a sorted list without counting or skipping: each begins behind the last row of the one before."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import BadRequest, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, Model, Q, QuerySet

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Order:
    """By one column (`customer__sort_name` too) and then by key; `nulls`: it can be empty, and empty ones come last."""

    column: str = "pk"
    descending: bool = False
    nulls: bool = False


@dataclass(frozen=True)
class Piece:
    """Some rows, and the mark behind which the next ones begin; None at the end."""

    rows: list[Any]
    after: str | None


def piece_of(rows: QuerySet[M], order: Order, *, after: str = "", size: int = 50) -> Piece:
    """The next `size` rows behind the mark. One statement. Raises BadRequest for a mark that is none of ours."""
    try:
        if after:
            rows = rows.filter(_behind(order, *_unmarked(after)))
        found = list(rows.order_by(*_sorting(order))[: size + 1])
    except (ValueError, TypeError, ValidationError) as error:
        raise BadRequest("after") from error
    kept = found[:size]
    return Piece(kept, _mark(order, kept[-1]) if len(found) > size else None)


def _sorting(order: Order) -> list[Any]:
    if order.column == "pk":
        return ["-pk" if order.descending else "pk"]
    column = F(order.column)
    last = {"nulls_last": True} if order.nulls else {}
    by = column.desc(**last) if order.descending else column.asc(**last)
    return [by, "-pk" if order.descending else "pk"]


def _behind(order: Order, value: Any, key: int) -> Q:
    side = "lt" if order.descending else "gt"
    later = Q(**{f"pk__{side}": key})
    if order.column == "pk":
        return later
    if value is None:
        return Q(**{f"{order.column}__isnull": True}) & later
    further = Q(**{f"{order.column}__{side}": value}) | (Q(**{order.column: value}) & later)
    return further | Q(**{f"{order.column}__isnull": True}) if order.nulls else further


def _mark(order: Order, row: Any) -> str:
    value = row
    for name in order.column.split("__"):
        value = getattr(value, name, None)
    said = json.dumps([value, row.pk], cls=ExactJSON, separators=(",", ":"))
    return urlsafe_b64encode(said.encode()).decode().rstrip("=")


def _unmarked(mark: str) -> tuple[Any, int]:
    try:
        value, key = json.loads(urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
    except ValueError as error:
        raise BadRequest("after") from error
    if not isinstance(key, int) or isinstance(value, dict | list):
        raise BadRequest("after")
    return value, key


class ExactJSON(DjangoJSONEncoder):
    """Times to the microsecond: Django's own cuts them to milliseconds, and rows would be met twice."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if hasattr(o, "isoformat") else super().default(o)
