"""How a request can be refused. Faces turn these into answers; nobody else catches them."""

from typing import ClassVar

from remonta.kernel.spoken import said_values


class Refused(Exception):
    """The rules say no. Rooms set `text` to a lazily translated sentence; `values` fill it, `field` names the input."""

    text: ClassVar[object] = ""
    field: ClassVar[str] = ""

    def __init__(self, **values: object) -> None:
        super().__init__(values)
        self.values = values

    def __str__(self) -> str:
        return str(self.text) % said_values(self.values)

    @property
    def code(self) -> str:
        """A stable name for machines: `StageClash`."""
        return type(self).__name__


class NotPermitted(Refused):
    """The actor may see the object but may not do this to it."""


class Missing(Refused):
    """There is no such thing for this actor. Faces answer 404, as for an object that does not exist."""


class Stale(Refused):
    """Somebody else changed the thing since the actor read it. Faces answer 412 to If-Match, else 409."""
