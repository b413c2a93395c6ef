"""The ground floor; keeps the books append-only in the database itself."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from remonta.spine.books import guard_books


class SpineConfig(AppConfig):
    name = "remonta.spine"

    def ready(self) -> None:
        post_migrate.connect(guard_books, sender=self)
