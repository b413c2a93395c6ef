"""Kraków and Gdańsk belong to one company. Rena receives in Kraków, Hanna heads it, Stan receives in Gdańsk, Ada
administers the network."""

from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.apps import apps

from remonta.documents.typesetter import Typesetter
from remonta.identity.models import Account, Centre, LegalEntity, Staff
from remonta.identity.queries import actor_of

ROOMS = ("documents", "spine")
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
POSTS = {"rena": ("KRK", "receptionist"), "hanna": ("KRK", "head"), "stan": ("GDN", "receptionist")}


@pytest.fixture
def shop(db):
    company = LegalEntity.objects.create(name="Serwis sp. z o.o.", country="PL", currency="PLN", tax_id="586-123-45-67")
    centres = {
        code: Centre.objects.create(code=code, name=name, legal_entity=company, timezone="Europe/Warsaw", language="pl")
        for code, name in (("KRK", "Kraków"), ("GDN", "Gdańsk"))
    }
    actors = {name: _person(name, centres[code], role) for name, (code, role) in POSTS.items()}
    actors["ada"] = _person("ada", None, "administrator")
    return SimpleNamespace(company=company, krakow=centres["KRK"], gdansk=centres["GDN"], **actors)


def _person(name, centre, role):
    account = Account.objects.create(name=name, sort_name=name, email=f"{name}@example.org")
    Staff.objects.create(account=account, centre=centre, role=role)
    return actor_of(account, lambda: NOW)


@pytest.fixture
def writes_nothing(db):
    """A denial also proves that every row that printing could touch is as it was."""

    models = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]

    def rows():
        return {model: list(model.objects.order_by("pk").values()) for model in models}

    class Check:
        def __enter__(self):
            self.before = rows()

        def __exit__(self, *_trouble):
            assert rows() == self.before

    return Check()


@pytest.fixture
def press() -> Iterator[Typesetter]:
    """A typesetter of the test's own, gone when it ends."""
    own = Typesetter()
    yield own
    own.close()
