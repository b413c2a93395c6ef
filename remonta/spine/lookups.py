"""`number__begins="KRK-0"`: the beginning of a number or code, found by the column's index on both databases.

Django's `startswith` compares without the index on SQLite, and `istartswith` on both. Numbers and codes are written in
capitals, so give capitals. On PostgreSQL the index needs `varchar_pattern_ops`, as Django gives unique text columns.
"""

from typing import Any

from django.db.models import CharField, Lookup

LAST = "\U0010ffff"


@CharField.register_lookup
class Begins(Lookup):
    lookup_name = "begins"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        if connection.vendor == "postgresql":
            like = self.rhs.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
            return f"{column} LIKE %s", (*params, f"{like}%")
        return f"({column} >= %s AND {column} < %s)", (*params, self.rhs, *params, self.rhs + LAST)
