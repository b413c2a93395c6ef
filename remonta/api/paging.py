"""Pages of lists: so many rows behind a mark that only the API reads. Nothing is counted."""

from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import QuerySet
from pydantic import BaseModel, Field, StringConstraints

from remonta.web.keyset import Order, piece_of

T = TypeVar("T")
NEWEST = Order("pk", descending=True)


class Paging(BaseModel):
    """How much, and from where on."""

    limit: int = Field(50, ge=1, le=200, description="Rows of the page.")
    after: Annotated[str, StringConstraints(max_length=600, pattern=r"^[A-Za-z0-9_\-]*$")] = Field(
        "", description="`next` of the page before."
    )


class Page(BaseModel, Generic[T]):
    """A page. `next` is null on the last one."""

    items: list[T]
    next: str | None


def page_of(
    rows: QuerySet[Any],
    paging: Paging,
    shape: Callable[[Sequence[Any]], Iterable[Any]] = list,
    order: Order = NEWEST,
) -> dict[str, Any]:
    """The page's rows, shaped together. One statement, and those of `shape`. Raises BadRequest for a foreign mark."""
    piece = piece_of(rows, order, after=paging.after, size=paging.limit)
    return {"items": list(shape(piece.rows)), "next": piece.after}


def each(shape: Callable[[Any], Any]) -> Callable[[Sequence[Any]], list[Any]]:
    """A shape for one row as a shape for many."""
    return lambda rows: [shape(row) for row in rows]
