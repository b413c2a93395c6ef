"""Taking units out again that an import registered, as far as nobody has worked on them."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import ProtectedError

from remonta.equipment.commands.finding import forget
from remonta.equipment.facts import UnitWithdrawn
from remonta.equipment.models import Unit
from remonta.equipment.queries import units_for
from remonta.kernel.actor import Actor
from remonta.spine.commands import command, record


@command
def withdraw_units(actor: Actor, unit_ids: Iterable[int]) -> set[int]:
    """Units without orders, places, links and shipments go; the ids of those that are gone."""
    gone = set()
    rows = units_for(actor, "equipment.write").select_for_update(of=("self",))
    for unit in rows.filter(pk__in=list(unit_ids)).order_by("-pk"):
        if _gone(actor, unit):
            gone.add(unit.pk)
    return gone


def _gone(actor: Actor, unit: Unit) -> bool:
    try:
        with transaction.atomic():
            record(actor, unit, UnitWithdrawn(unit_id=unit.pk))
            Unit.objects.filter(pk=unit.pk).delete()
            forget(unit)
    except ProtectedError:
        return False
    return True
