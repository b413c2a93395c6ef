"""Makes ready what the jobs need and says it in one line of JSON: ways in, goods, orders on the bench, samples."""

import json
import os
import random
from datetime import date, timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remonta.settings")
django.setup()

from remonta.catalogue.queries import parts_for, products_for  # noqa: E402
from remonta.cli.demo.links import LASTS, setup_actor  # noqa: E402
from remonta.customers.queries import customers_for  # noqa: E402
from remonta.equipment.queries import units_for  # noqa: E402
from remonta.identity.commands import make_sign_in_link  # noqa: E402
from remonta.identity.queries import actor_of, every_centre, people_for, posts_of  # noqa: E402
from remonta.kernel.ids import uuid7  # noqa: E402
from remonta.orders.queries import work_orders_for  # noqa: E402
from remonta.orders.workflow import APPROVAL  # noqa: E402
from remonta.quotes.commands import approve_quote  # noqa: E402
from remonta.quotes.queries import quotes_for  # noqa: E402
from remonta.stock.commands import close_day  # noqa: E402
from remonta.stock.queries import places_for  # noqa: E402
from remonta.supply.commands import Delivered, receive_goods  # noqa: E402

SAMPLES, ON_BENCH, PIECES = 400, 64, 100_000_000
ROLES = ("operator", "receptionist", "workshop_manager", "engineer", "storekeeper")


def main() -> None:
    actor = setup_actor()
    here = every_centre().get(code="KRK")
    people = dict(_people(actor, here.pk))
    part = parts_for(actor).filter(tracking="quantity").order_by("pk")[0]
    bins = places_for(actor).filter(centre_id=here.pk, kind="bin").order_by("pk")
    lines = [Delivered(part_uid=part.uid, place_uid=bins[0].uid, quantity=PIECES)]
    receive_goods(actor_of(people["storekeeper"]), here.uid, supplier="Depot", lines=lines, operation=uuid7())
    while close_day(actor):
        continue
    said = {
        "links": {role: make_sign_in_link(actor, people[role].uid, lasts=LASTS)[1] for role in ROLES},
        "centre": str(here.uid),
        "part": part.number,
        "part_uid": str(part.uid),
        "days": [str(date.today() - timedelta(days=days)) for days in range(1, 365)],
        "product": str(products_for(actor).order_by("pk")[0].uid),
        "bench": _on_bench(actor, actor_of(people["receptionist"])),
        "orders": _sample(work_orders_for(actor), "uid"),
        "serials": _sample(units_for(actor), "serial"),
        "phones": _sample(customers_for(actor).exclude(phones=None), "phones__number"),
    }
    print(json.dumps(said))


def _people(actor: Any, centre_id: int) -> Any:
    for person in people_for(actor).order_by("-pk"):
        for post in posts_of(actor, person.pk):
            if post.centre_id in (None, centre_id):
                yield post.role, person


def _on_bench(actor: Any, desk: Any) -> list[str]:
    """Open orders whose quote is approved now, so that they move and take parts."""
    waiting = quotes_for(actor).filter(work_order__state=APPROVAL).order_by("-pk").select_related("work_order")
    made = []
    for quote in waiting[:ON_BENCH]:
        chosen = [line.uid for line in quote.lines.all()]
        approve_quote(desk, quote.uid, lines=chosen, name="Owner", shown_hash=quote.shown_hash, operation=uuid7())
        made.append(str(quote.work_order.uid))
    return made[: len(made) // 8 * 8]


def _sample(rows: Any, column: str) -> list[str]:
    """Values from all over the table, always the same ones."""
    low, high = (rows.order_by(way).values_list("pk", flat=True)[0] for way in ("pk", "-pk"))
    keys = sorted(random.Random(7).sample(range(low, high + 1), min(SAMPLES * 2, high + 1 - low)))
    found = list(rows.filter(pk__in=keys).order_by("pk").values_list(column, flat=True))
    random.Random(8).shuffle(found)
    return [str(value) for value in found if value][:SAMPLES]


main()
