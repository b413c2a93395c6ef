"""Counts ten thousand bins with a difference in each and posts them as the worker does; says how long posting took."""

import json
import os
import time
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remonta.settings")
django.setup()

from remonta.catalogue.queries import parts_for  # noqa: E402
from remonta.cli.demo.links import setup_actor  # noqa: E402
from remonta.identity.queries import actor_of, every_centre, people_for, posts_of  # noqa: E402
from remonta.kernel.ids import uuid7  # noqa: E402
from remonta.stock.commands import (  # noqa: E402
    add_bins,
    approve_stocktake,
    begin_stocktake,
    finish_counting,
    post_piece,
)
from remonta.stock.models import CountedPlace, CountLine  # noqa: E402
from remonta.stock.queries import count_progress  # noqa: E402
from remonta.stock.workflow import POSTING, PlaceCount  # noqa: E402

PREFIX, RACKS, FOUND = "X-", range(10, 20), 3000  # a thousand bins in each rack


def main() -> None:
    actor = setup_actor()
    here = every_centre().get(code="KRK")
    counter, head = (actor_of(_person(actor, role, here.pk)) for role in ("storekeeper", "head"))
    for rack in RACKS:
        first, last = f"{PREFIX}{rack}-01-01", f"{PREFIX}{rack}-20-50"
        add_bins(actor, here.uid, first=first, last=last, operation=uuid7())
    begun = begin_stocktake(head, here.uid, scope="zone", prefix=PREFIX, operation=uuid7())
    part = parts_for(actor).filter(tracking="quantity").order_by("pk")[0]
    counted = CountedPlace.objects.filter(stocktake=begun.pk)
    lines = [CountLine(counted=row, part=part, quantity=FOUND, expected=0) for row in counted]
    CountLine.objects.bulk_create(lines, batch_size=500)  # what people count for days
    counted.update(state=PlaceCount.COUNTED, counter=counter.label, counted_at=counter.now())
    finish_counting(head, begun.uid, operation=uuid7())
    approve_stocktake(head, begun.uid, operation=uuid7())
    started, pieces = time.monotonic(), 0
    while post_piece(actor, begun.pk).state == POSTING:
        pieces += 1
    taken = round(time.monotonic() - started, 1)
    posted = count_progress(begun.pk).posted
    print(json.dumps({"name": f"posting a stocktake of {posted} bins", "seconds": taken, "most": 60, "pieces": pieces}))


def _person(actor: Any, role: str, centre_id: int) -> Any:
    for person in people_for(actor).order_by("-pk"):
        if any(post.role == role and post.centre_id in (None, centre_id) for post in posts_of(actor, person.pk)):
            return person
    raise LookupError(role)


main()
