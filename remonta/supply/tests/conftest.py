"""The cast of supply: an order in repair in Kraków, a second one that waits too, and a full bin of displays."""

from collections.abc import Iterator
from contextlib import contextmanager
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
from remonta.orders.models import Hold, Request, Route, WorkOrder
from remonta.spine.models import Event, Job, Operation
from remonta.stock.commands import move_part, network_place
from remonta.stock.models import Balance, Move, Place, Reservation
from remonta.supply.models import GoodsReceipt, GoodsReceiptLine, Requisition

ROWS = (Event, Job, Operation, Move, Balance, Reservation, Requisition, GoodsReceipt, GoodsReceiptLine, Hold)


def person(name: str, role: str, centre: Centre, *, own: bool = True) -> Actor:
    """Somebody of a centre; the rights come from the policies, so no account is needed."""
    return Actor(f"account:{name}", None, frozenset(rights_of(role, centre.pk, own)), timezone.now, name=name)


def order(cast: SimpleNamespace, number: str, centre: Centre, state: str = "repair") -> WorkOrder:
    """A work order in a stage, as imports write them."""
    now = timezone.now()
    request = Request.objects.create(number=f"R{number}", centre=centre, created_at=now)
    unit = Unit.objects.create(product=cast.product, tag=f"U{number}", created_at=now)
    kept = {"unit": unit, "product": cast.product, "currency": "PLN", "stage_since": now, "created_at": now}
    return WorkOrder.objects.create(
        number=number, request=request, centre=centre, route=cast.route, state=state, **kept
    )


@pytest.fixture
def cast(db):
    """Five displays lie in A-01 of Kraków; batteries are nowhere. Gdańsk is ours too, Posnet is a partner."""
    entity = LegalEntity.objects.create(name="Remonta", country="PL", currency="PLN")
    krakow, gdansk = (
        Centre.objects.create(code=code, name=name, legal_entity=entity)
        for code, name in (("KRK", "Kraków"), ("GDA", "Gdańsk"))
    )
    posnet = Centre.objects.create(code="POS", name="Posnet", kind="partner", legal_entity=entity)
    category = Category.objects.create(code="phone")
    made = SimpleNamespace(krakow=krakow, gdansk=gdansk, posnet=posnet)
    made.product = Product.objects.create(category=category, name="Fairphone 5", sort_name="fairphone")
    made.route = Route.objects.create(code="counter", names={"en": "Counter"}, stages=["taken_in", "repair", "ready"])
    made.bin, made.other_bin, made.far_bin = (
        Place.objects.create(centre=centre, kind="bin", code=code)
        for centre, code in ((krakow, "A-01"), (krakow, "A-02"), (gdansk, "A-01"))
    )
    made.display = Part.objects.create(number="DSP-5", name="Display", sort_name="display", exchange=True)
    made.battery = Part.objects.create(number="BAT-5", name="Battery", sort_name="battery")
    made.stella = person("stella", "storekeeper", krakow)
    made.egon = person("egon", "engineer", krakow)
    made.petra = person("petra", "purchaser", krakow)
    made.gosia = person("gosia", "storekeeper", gdansk)
    made.rita = person("rita", "receptionist", krakow)
    made.piotr = person("piotr", "partner_staff", posnet, own=False)
    made.order, made.second = order(made, "KRK-1", krakow), order(made, "KRK-2", krakow)
    made.far_order = order(made, "GDA-1", gdansk)
    move_part(made.stella, made.display.pk, 5000, network_place("supplier"), made.bin, reason="received")
    return made


@pytest.fixture
def operation():
    return uuid7()


@pytest.fixture
def refused(db):
    """A denial: the refusal is raised, and once its transaction is gone no row has changed."""

    def rows():
        return {model: list(model.objects.order_by("pk").values()) for model in ROWS}

    @contextmanager
    def denied(refusal: type[Exception], match: str | None = None) -> Iterator[None]:
        before = rows()
        with pytest.raises(refusal, match=match), transaction.atomic():
            yield
        assert rows() == before

    return denied
