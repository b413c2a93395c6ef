"""The ground floor; keeps the books append-only and the search text indexed in the database itself."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from remonta.spine.books import guard_books
from remonta.spine.lookups import Begins as Begins
from remonta.spine.search_index import index_search
from remonta.spine.written import money_written as money_written


class SpineConfig(AppConfig):
    name = "remonta.spine"

    def ready(self) -> None:
        post_migrate.connect(guard_books, sender=self)
        post_migrate.connect(index_search, sender=self)
