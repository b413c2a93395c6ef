"""Filling an empty database with the demo: every order is made by the same commands people use."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

from django.utils import timezone

from remonta.catalogue.queries import parts_for, products_for, services_for
from remonta.cli.demo.buying import buy_first, buy_now, open_suppliers
from remonta.cli.demo.lending import fill_pools, lend_some
from remonta.cli.demo.lives import Demo, live_one_order
from remonta.cli.demo.network import Clock, make_places
from remonta.cli.demo.road import put_some_on_the_road
from remonta.identity.queries import all_permissions, every_centre
from remonta.kernel.actor import system
from remonta.kernel.ids import uuid7
from remonta.stock.queries import places_for
from remonta.supply.commands import Delivered, receive_goods

ORDERS = 400
WEEKS = 8


def needs_demo() -> bool:
    """Whether the database is empty: no centre yet."""
    return not every_centre().exists()


def load_demo(*, say: Callable[[str], None] = print, orders: int = ORDERS, seed: int = 7) -> None:
    """A network that has worked for eight weeks. Takes about a minute; says how far it is."""
    clock = Clock(timezone.now() - timedelta(weeks=WEEKS))
    setup = system("setup", clock, *(held.name for held in all_permissions()))
    say("Making a network to look around in …")
    places = make_places(setup, clock)
    demo = Demo(
        random=Random(seed),
        clock=clock,
        places=places,
        products=list(products_for(setup).select_related("category", "brand")),
        services=list(services_for(setup)),
        parts=list(parts_for(setup)),
    )
    _fill_bins(demo)
    open_suppliers(demo, setup)
    buy_first(demo)
    fill_pools(demo)
    step = (timezone.now() - clock.at - timedelta(hours=2)) / orders
    start = clock.at
    for number in range(orders):
        clock.at = start + step * number
        live_one_order(demo, number, orders)
        if (number + 1) % 100 == 0:
            say(f"  {number + 1} of {orders} orders")
    clock.at = timezone.now() - timedelta(days=3)
    lend_some(demo)
    buy_now(demo)
    put_some_on_the_road(demo)


def _fill_bins(demo: Demo) -> None:
    """Some of each part in every centre, so that there is something to issue, and something to wait for."""
    for place in demo.places:
        keeper = place.one("storekeeper")
        bins = list(places_for(keeper).filter(centre_id=place.row.pk, kind="bin").order_by("code"))
        lines = [
            Delivered(part_uid=part.uid, place_uid=bins[at % len(bins)].uid, quantity=1000 * demo.random.randint(2, 12))
            for at, part in enumerate(demo.parts)
            if part.tracking == "quantity" and demo.random.random() < 0.8
        ]
        receive_goods(
            keeper,
            place.row.uid,
            supplier="Parts Depot",
            note_number="PD-1",
            lines=lines,
            operation=uuid7(demo.clock()),
        )
