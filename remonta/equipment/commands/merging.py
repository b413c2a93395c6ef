"""Two entries of one unit become one."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from remonta.equipment.commands.finding import forget, index_again
from remonta.equipment.commands.units import lock_unit
from remonta.equipment.facts import UnitsMerged
from remonta.equipment.models import KnownUnit, Unit
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Refused
from remonta.spine.commands import command, record

LEARNT = ("owner_id", "sold_on", "warranty_until", "second_serial", "batch")


class UnitMergedIntoItself(Refused):
    text = _("Choose another unit: one cannot be merged into itself.")
    field = "into"


@command
def merge_units(actor: Actor, uid: UUID, *, into_uid: UUID) -> Unit:
    """The first was the same device as the second, under which both are found from now on. Returns the second.

    Rows above keep pointing to the duplicate and are read through `unit_family`. The survivor learns the serial number
    when it has none, and what else it lacks. Both are locked, the older first. Raises UnitMergedIntoItself.
    """
    if uid == into_uid:
        raise UnitMergedIntoItself
    pair = {one: lock_unit(actor, one, "equipment.retire") for one in sorted((uid, into_uid))}
    duplicate, kept = pair[uid], pair[into_uid]
    duplicate.merged_into = kept
    duplicate.save(update_fields=["merged_into"])
    Unit.objects.filter(merged_into=duplicate).update(merged_into=kept)
    _learn(kept, duplicate)
    forget(duplicate)
    index_again(kept)
    record(actor, duplicate, UnitsMerged(unit_id=duplicate.pk, into_id=kept.pk))
    record(actor, kept, UnitsMerged(unit_id=duplicate.pk, into_id=kept.pk))
    return kept


def _learn(kept: Unit, duplicate: Unit) -> None:
    lacking = [field for field in LEARNT if not getattr(kept, field) and getattr(duplicate, field)]
    for field in lacking:
        setattr(kept, field, getattr(duplicate, field))
    if not kept.serial_normal and duplicate.product_id == kept.product_id:
        kept.serial, kept.serial_normal = duplicate.serial, duplicate.serial_normal
    kept.save(update_fields=[*lacking, "serial", "serial_normal"])
    known = KnownUnit.objects.filter(unit=duplicate).values_list("centre_id", flat=True)
    KnownUnit.objects.bulk_create([KnownUnit(unit=kept, centre_id=at) for at in known], ignore_conflicts=True)
