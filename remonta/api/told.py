"""Which pieces or batches of a part a request means."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from remonta.api.fields import NO_NUL, Asked, Day
from remonta.stock.commands import Which

Serial = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=NO_NUL)]
Batch = Annotated[str, StringConstraints(max_length=60, pattern=NO_NUL)]


class Told(Asked):
    """Of a part kept by serial number or by batch: which."""

    serials: list[Serial] = Field(default_factory=list, max_length=500, description="Of a part kept by serial number.")
    batch: Batch = Field("", description="Of a part kept by batch.")


class ToldNew(Told):
    """A batch that is new says its last day."""

    expires_on: Day | None = Field(None, description="The last day on which the batch can be used.")


def which_of(asked: Told) -> dict[str, Any]:
    """What was asked for, with `which` as the commands take it."""
    values = asked.model_dump()
    which = Which(tuple(values.pop("serials")), values.pop("batch"), values.pop("expires_on", None))
    return {**values, "which": which}
