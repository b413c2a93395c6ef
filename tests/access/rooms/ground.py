"""What every repair stands on: routes, a model, a part, places."""

from types import SimpleNamespace
from typing import Any

from django.apps import apps

from remonta.orders.commands import load_starter_routes
from remonta.stock.commands import add_place
from tests.access.world import World


def ground(world: World) -> SimpleNamespace:
    """Made once: starter routes, one model, one part, a desk, a shelf and a bin in each centre."""
    if "ground" not in world.things:
        world.things["ground"] = made(world)
    return world.things["ground"]


def made(world: World) -> SimpleNamespace:
    load_starter_routes(world.founder)
    category = row("catalogue", "Category", code="phone", names={"en": "Phone"}, asks_passcode=True)
    brand = row("catalogue", "Brand", name="Vela")
    product = row("catalogue", "Product", category=category, brand=brand, name="One", sort_name="vela one")
    part = row("catalogue", "Part", number="DSP-1", name="Display", sort_name="display")
    service = row("catalogue", "Service", code="swap", names={"en": "Swap"})
    places = {
        (name, kind): add_place(
            world.founder, centre.uid, kind=kind, code=f"{kind[0].upper()}-1", operation=world.operation()
        )
        for name, centre in world.centres.items()
        for kind in ("desk", "shelf", "bin")
    }
    return SimpleNamespace(category=category, brand=brand, product=product, part=part, service=service, places=places)


def row(room: str, model: str, **values: Any) -> Any:
    return apps.get_model(room, model).objects.create(**values)
