"""Printed forms and their templates."""

from typing import Any

from remonta.documents.commands import print_receipt
from tests.access.rooms.people import with_operation
from tests.access.rooms.repair import one, order_of
from tests.access.subjects import ARGUMENTS, BODIES, COLLEAGUES, ELSEWHERE, NETWORKS, Principal, Sample, kind
from tests.access.world import World

THERE = (COLLEAGUES, ELSEWHERE)


@kind("paper", *THERE)
def paper(world: World, label: str, asker: Principal) -> Sample:
    """A receipt: the canaries of its order stand in the PDF."""
    found = order_of(world, label, asker)
    return Sample(print_receipt(world.actor(found.place, "head"), found.row.uid).uid, found.centre.pk)


@kind("code of a form", NETWORKS)
def code_of_form(world: World, label: str, asker: Principal) -> Sample:
    return Sample("receipt")


def chosen_places(world: World, whose: str, asker: Principal) -> dict[str, Any]:
    return {"operation": world.operation(), "chosen": one(world, "place", whose, asker)}


BODIES |= {
    ("desk:order-print", "POST"): with_operation(form="receipt:a4"),
    ("desk:place-labels", "POST"): chosen_places,
}
ARGUMENTS += [
    ("desk:paper*", "uid", "paper"),
    ("desk:form-*", "code", "code of a form"),
    ("desk:goods-print", "uid", "receipt"),
]
