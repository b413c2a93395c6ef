"""The cast of people and network tests: one own network of two centres, and a partner."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from remonta.identity.commands import create_account, create_centre, create_legal_entity
from remonta.identity.models import Account
from remonta.identity.queries import actor_of, all_permissions
from remonta.kernel.actor import Actor, system


@pytest.fixture
def founder() -> Actor:
    """Who sets a network up: may do everything everywhere."""
    return system("setup", timezone.now, *(held.name for held in all_permissions()))


@pytest.fixture
def cast(db: None, founder: Actor) -> SimpleNamespace:
    """Ada administers the network. Kraków: Hanna heads, Egon repairs. Gdańsk: Hugo heads. Posnet, a partner: Piotr."""
    entity = create_legal_entity(founder, name="Remonta Polska", country="pl", currency="pln")
    terms = {"legal_entity_uid": entity.uid, "timezone": "Europe/Warsaw"}
    krakow = create_centre(founder, code="krk", name="Kraków", **terms)
    gdansk = create_centre(founder, code="gda", name="Gdańsk", **terms)
    posnet = create_centre(founder, code="pos", name="Posnet", kind="partner", **terms)
    posts: dict[str, tuple[str, Any]] = {
        "ada": ("administrator", None),
        "hanna": ("head", krakow),
        "egon": ("engineer", krakow),
        "hugo": ("head", gdansk),
        "piotr": ("partner_staff", posnet),
    }
    accounts = {
        name: create_account(
            founder,
            email=f"{name}@example.com",
            name=name.title(),
            role=role,
            centre_uid=centre.uid if centre else None,
        )
        for name, (role, centre) in posts.items()
    }
    people = SimpleNamespace(krakow=krakow, gdansk=gdansk, posnet=posnet, entity=entity, accounts=accounts)
    for name, account in accounts.items():
        setattr(people, name, actor_of(Account.objects.get(pk=account.pk)))
    return people


@pytest.fixture
def writes_nothing(db: None) -> Callable[[], AbstractContextManager[None]]:
    """A denial also proves that every row of every table is as it was."""

    def rows() -> dict[str, list[Any]]:
        models = [model for model in apps.get_models() if model._meta.label_lower != "sessions.session"]
        return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in models}

    @contextmanager
    def check() -> Iterator[None]:
        before = rows()
        yield
        assert rows() == before

    return check
