"""Django's PostgreSQL backend that notices writes outside transactions."""

from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL

from remonta.spine.write_guard import GuardsWrites


class DatabaseWrapper(GuardsWrites, PostgreSQL):
    """A connection to PostgreSQL."""
