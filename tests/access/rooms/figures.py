"""Imports and reports."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from remonta.exchange.commands import Runner, check_import, keep_check, make_import, start_import
from tests.access.rooms.ground import ground
from tests.access.subjects import (
    ARGUMENTS,
    BODIES,
    COLLEAGUES,
    ELSEWHERE,
    Principal,
    Sample,
    centre_for,
    kind,
    place_for,
)
from tests.access.world import World

HEAD = "id,product_category,brand,repair_status,event_date,problem"


@kind("import", COLLEAGUES, ELSEWHERE)
def brought_in(world: World, label: str, asker: Principal) -> Sample:
    """One repair of the past, brought in by the head of that centre; its file, brand and fault are canaries."""
    place, centre = place_for(label, asker), centre_for(world, label, asker)
    ground(world)
    name, secret = (world.canary(word, "exchange.import", centre.pk) for word in ("file", "oldno"))
    brand = world.canary("marque", ("exchange.import", "reports.see"), centre.pk)
    fault = world.canary("oldfault", ("exchange.import", "orders.see"), centre.pk)
    head = world.actor(place, "head")
    content = f"{HEAD}\n{secret},Lamp,{brand},Fixed,2019-01-10,{fault}\n".encode()
    run = make_import(head, centre.uid, content=content, name=f"{name}.csv")
    keep_check(head, run.pk, found=_drained(check_import(head, run.pk)))
    start_import(head, run.uid, here=True)
    with transaction.atomic():
        Runner(head, run.pk).piece()
    return Sample(run.uid, centre.pk)


@kind("report name", "-")
def report_name(world: World, label: str, asker: Principal) -> Sample:
    return Sample("brands")


def _drained(pieces: Any) -> Any:
    while True:
        try:
            next(pieces)
        except StopIteration as end:
            return end.value


def uploaded(world: World, whose: str, asker: Principal) -> dict[str, Any]:
    content = f"{HEAD}\n1,Lamp,Vela,Fixed,2019-01-10,Dark\n".encode()
    return {"centre": world.centres[asker.place].uid, "file": SimpleUploadedFile("old.csv", content)}


BODIES |= {
    ("desk:import-new", "POST"): uploaded,
    ("desk:import-move", "POST"): lambda _world, _whose, _asker: {"move": "undo"},
    ("desk:import-mapping", "POST"): lambda _world, _whose, _asker: {
        "column-date": "event_date",
        "column-outcome": "repair_status",
        "word-0": "fixed",
        "dates": "iso",
        "encoding": "utf-8",
        "delimiter": ",",
    },
}
ARGUMENTS += [("desk:import*", "uid", "import"), ("desk:report", "name", "report name")]
