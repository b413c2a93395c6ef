"""The cast of the warehouse: two own centres with their places, a partner, two parts and a customer's unit."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.utils import timezone

from remonta.catalogue.models import Category, Part, Product
from remonta.equipment.models import Unit
from remonta.identity.models import Centre, LegalEntity
from remonta.identity.queries import rights_of
from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.spine.models import Event, Operation
from remonta.stock.commands import Which, move_part, network_place, receive_parts
from remonta.stock.models import Balance, Move, Place, Reservation, Whereabouts

BOOKS = (Event, Operation, Move, Whereabouts, Balance, Reservation, Place)


def person(name: str, role: str, centre: Centre, *, own: bool = True) -> Actor:
    """Somebody of a centre; the rights come from the policies, so no account is needed."""
    return Actor(f"account:{name}", None, frozenset(rights_of(role, centre.pk, own)), timezone.now, name=name)


@pytest.fixture
def cast(db):
    """Kraków has bins A-01 and A-02, a shelf and a bench; Gdańsk a bin; both are ours. Posnet is a partner."""
    entity = LegalEntity.objects.create(name="Remonta", country="PL", currency="PLN")
    krakow, gdansk = (
        Centre.objects.create(code=code, name=name, legal_entity=entity)
        for code, name in (("KRK", "Kraków"), ("GDA", "Gdańsk"))
    )
    posnet = Centre.objects.create(code="POS", name="Posnet", kind="partner", legal_entity=entity)
    product = Product.objects.create(
        category=Category.objects.create(code="phone"), name="Fairphone 5", sort_name="fairphone"
    )
    made = SimpleNamespace(krakow=krakow, gdansk=gdansk, posnet=posnet, product=product)
    for name, centre, kind, code in (
        ("bin", krakow, "bin", "A-01"),
        ("other_bin", krakow, "bin", "A-02"),
        ("shelf", krakow, "shelf", "B-03"),
        ("bench", krakow, "bench", "BENCH-1"),
        ("far_bin", gdansk, "bin", "A-01"),
        ("partner_shelf", posnet, "shelf", "P-01"),
    ):
        setattr(made, name, Place.objects.create(centre=centre, kind=kind, code=code))
    made.display = Part.objects.create(number="DSP-5", name="Display", sort_name="display", exchange=True)
    made.battery = Part.objects.create(number="BAT-5", name="Battery", sort_name="battery")
    made.unit = Unit.objects.create(product=product, tag="U000001", created_at=timezone.now())
    made.stella = person("stella", "storekeeper", krakow)
    made.egon = person("egon", "engineer", krakow)
    made.gosia = person("gosia", "storekeeper", gdansk)
    made.piotr = person("piotr", "partner_staff", posnet, own=False)
    made.marta = person("marta", "marketing", krakow)
    return made


@pytest.fixture
def stocked(cast):
    """Five displays in A-01."""
    move_part(cast.stella, cast.display.pk, 5000, network_place("supplier"), cast.bin, reason="received")
    return cast


@pytest.fixture
def tracked(cast):
    """In A-01: three displays by serial number, A, B and C; ten batteries of two batches."""
    type(cast.display).objects.filter(pk=cast.display.pk).update(tracking="serial")
    type(cast.display).objects.filter(pk=cast.battery.pk).update(tracking="batch")
    lines = [(cast.display.pk, 1000, cast.bin)] * 3 + [(cast.battery.pk, 5000, cast.bin)] * 2
    which = [Which((serial,)) for serial in ("SN-A", "SN-B", "SN-C")]
    which += [Which(batch="late", expires_on=date(2030, 1, 1)), Which(batch="soon", expires_on=date(2027, 1, 1))]
    receive_parts(cast.stella, lines, cast.krakow.pk, which=which)
    return cast


@pytest.fixture
def operation():
    return uuid7()


@pytest.fixture
def refused(db):
    """A denial: the refusal is raised, and once its transaction is gone no book and no place has changed."""

    def rows():
        return {model: list(model.objects.order_by("pk").values()) for model in BOOKS}

    @contextmanager
    def denied(refusal: type[Exception], match: str | None = None) -> Iterator[None]:
        before = rows()
        with pytest.raises(refusal, match=match), transaction.atomic():
            yield
        assert rows() == before

    return denied
