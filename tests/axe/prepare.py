"""Fills a running product with things of every kind, and prints as one line of JSON every page there is to look at."""

import json
import os
from collections.abc import Iterator
from random import Random
from types import SimpleNamespace
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remonta.settings")
django.setup()

from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.http.response import HttpResponseBase  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from remonta.catalogue.queries import parts_for, products_for, services_for  # noqa: E402
from remonta.cli.demo.links import setup_actor  # noqa: E402
from remonta.cli.demo.lives import STAGES, Demo, _live  # noqa: E402
from remonta.cli.demo.network import Clock, Place  # noqa: E402
from remonta.identity.queries import actor_of, every_centre, people_for, posts_of  # noqa: E402
from remonta.kernel.refusals import Refused  # noqa: E402
from remonta.stock.commands import add_place  # noqa: E402
from remonta.web.access import ACCESS, PUBLIC, SIGNED_IN  # noqa: E402
from tests.access.matrix import Route, bare_arguments, labels_of, routes, samples_of  # noqa: E402
from tests.access.subjects import NOBODY  # noqa: E402
from tests.access.world import Principal, World, build  # noqa: E402

FIRST = ("administrator", "head", "workshop_manager", "engineer", "receptionist", "storekeeper", "cashier", "quality")
WHOM = {"desk:my-work": "engineer", "desk:my-rounds": "engineer", "desk:round-stop": "engineer"}
"""Pages that are empty for the first who may see them."""
MORE: dict[str, tuple[str, ...]] = {
    "desk:board": ("?look=table", "?look=calendar"),
    "desk:prices": ("?kind=part",),
    "desk:customers": ("?q=Nobody+is+called+so",),
}
"""Other looks of a page, by what is asked in its address."""


def main() -> None:
    actor = setup_actor()
    live_some_orders(actor)
    world = build()
    world.things["ground"] = ground(actor, world)
    bare = [f"{route}: {name}" for route, name in bare_arguments() if (route, "GET") in ACCESS]
    stand_in(world.people["administrator"], "KRK")
    print(json.dumps({"bare": bare, "pages": list(pages(world))}))


def live_some_orders(actor: Any) -> None:
    """One order for each stage of the way, in a centre of ours."""
    here = next(centre for centre in every_centre() if centre.code == "KRK")
    place = Place(here)
    for person in people_for(actor):
        for post in posts_of(actor, person.pk):
            if post.centre_name == here.name:
                place.people.setdefault(post.role, []).append(actor_of(person))
    goods = {
        "products": list(products_for(actor).select_related("category", "brand")),
        "services": list(services_for(actor)),
        "parts": list(parts_for(actor).filter(tracking="quantity")),
    }
    demo = Demo(random=Random(7), clock=Clock(timezone.now()), places=[place], **goods)
    for goal in [*range(len(STAGES)), *range(len(STAGES))]:
        try:
            _live(demo, place, goal)
        except Refused:
            continue


def stand_in(who: Principal, code: str) -> None:
    """Works in the centre where there is most to see from now on."""
    kept = SessionStore(who.session)
    kept["centre"] = next(centre.pk for centre in every_centre() if centre.code == code)
    kept.save()


def ground(actor: Any, world: World) -> SimpleNamespace:
    """What the samples stand on, from the starter catalogue; places are the centres' own."""
    products = products_for(actor).select_related("category", "brand")
    product = products.filter(category__asks_passcode=True).first()
    places = {
        (name, kind): add_place(actor, centre.uid, kind=kind, code=f"{kind[0].upper()}-1", operation=world.operation())
        for name, centre in world.centres.items()
        for kind in ("desk", "shelf", "bin")
    }
    return SimpleNamespace(
        category=product.category,
        brand=product.brand,
        product=product,
        part=parts_for(actor).filter(tracking="quantity").first(),
        service=services_for(actor).first(),
        places=places,
    )


def pages(world: World) -> Iterator[dict[str, Any]]:
    """Every address that answers with a whole page."""
    bare = {route for route, _name in bare_arguments()}
    for route in routes():
        asks = ACCESS.get((route.name, "GET"))
        if asks and not route.api and route.name not in bare:
            who = world.people[WHOM[route.name]] if route.name in WHOM else asker_for(world, asks)
            yield from looks(world, route, who)


def asker_for(world: World, asks: str | tuple[str, ...]) -> Principal:
    """Whoever of the roles may see it first; a stranger at the public doors."""
    if asks == PUBLIC:
        return NOBODY
    if asks == SIGNED_IN:
        return world.people["administrator"]
    names = (asks,) if isinstance(asks, str) else asks
    able = (world.people[role] for role in FIRST)
    return next(who for who in able if any(who.actor.may_somewhere(name) for name in names))


def looks(world: World, route: Route, asker: Principal) -> Iterator[dict[str, Any]]:
    made = samples_of(world, route, labels_of(route)[0], asker)
    path = reverse(route.name, kwargs={name: sample.value for name, sample in made.items()})
    for query in ("", *MORE.get(route.name, ())):
        client = Client()
        if asker.session:
            client.cookies["sessionid"] = asker.session
        response = client.get(path + query, follow=True)
        if is_page(response):
            answer = response.status_code
            yield {"route": route.name, "path": path + query, "session": asker.session, "answer": answer}


def is_page(response: HttpResponseBase) -> bool:
    kind = response.headers.get("Content-Type", "")
    return kind.startswith("text/html") and b"<!doctype html" in response.content[:200].lower()


main()
