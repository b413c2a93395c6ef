"""The access table: every route and method, and the right it asks. What is not here is closed.

A row is `(route, METHOD): asks`. It asks for a permission by name, one of several (a tuple), "signed_in" for any
account, or "public" for everybody. Each module of this package holds the ROWS of one face or room.
"""

from importlib import import_module
from pkgutil import iter_modules

Asks = str | tuple[str, ...]
PUBLIC, SIGNED_IN = "public", "signed_in"


def _collected() -> dict[tuple[str, str], Asks]:
    table: dict[tuple[str, str], Asks] = {}
    for module in iter_modules(__path__, f"{__name__}."):
        rows = import_module(module.name).ROWS
        assert not table.keys() & rows.keys(), f"{module.name} repeats rows of another table"
        table |= rows
    return table


ACCESS = _collected()
