"""Taking out again what an import brought into the catalogue, as far as nobody uses it."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from remonta.catalogue.commands.entries import permit
from remonta.catalogue.facts import EntryChanged, EntryWithdrawn
from remonta.catalogue.models import Part, PartsList, PartsListLine
from remonta.catalogue.workflow import DRAFT, PARTS_LIST, PUBLISHED
from remonta.kernel.actor import Actor
from remonta.spine.commands import command, forget_entry, record


@command
def withdraw_parts(actor: Actor, part_ids: Iterable[int]) -> set[int]:
    """Takes parts out that stand in no list, price, stock or order; the ids of those that are gone."""
    permit(actor)
    gone = set()
    for part in Part.objects.select_for_update(of=("self",)).filter(pk__in=list(part_ids)).order_by("-pk"):
        touched = part.fits.exists() or part.prices.exists() or part.successors.exists() or part.predecessors.exists()
        if not touched and _deleted(actor, part, "part"):
            forget_entry("part", part.pk or 0)
            gone.add(part.pk)
    return gone


@command
def withdraw_list_lines(actor: Actor, line_ids: Iterable[int]) -> set[int]:
    """Takes lines out of lists that nothing has followed; an empty list goes too, and the one before is in force again.

    The ids of the lines that are gone.
    """
    permit(actor)
    gone = set()
    rows = PartsListLine.objects.filter(pk__in=list(line_ids), parts_list__state__in=(DRAFT, PUBLISHED))
    for line in rows.select_related("parts_list").order_by("-pk"):
        if _line_gone(actor, line):
            gone.add(line.pk)
    return gone


def _line_gone(actor: Actor, line: PartsListLine) -> bool:
    parts_list, kept = line.parts_list, line.pk
    try:
        with transaction.atomic():
            PartsListLine.objects.filter(pk=kept).delete()
            if parts_list.lines.exists():
                record(actor, parts_list, EntryChanged(kind="partslist", entry_id=parts_list.pk, fields=("lines",)))
                return True
            return _deleted(actor, parts_list, "partslist") and _reopened(actor, parts_list)
    except ProtectedError:
        return False


def _reopened(actor: Actor, gone: PartsList) -> bool:
    of = {"product_id": gone.product_id, "part_id": gone.part_id}
    before = PartsList.objects.filter(**of, valid_until=gone.valid_from).exclude(valid_until=None).first()
    if before:
        PARTS_LIST.apply("reopen", before, actor)
        before.valid_until = None
        before.save(update_fields=["state", "valid_until"])
        record(actor, before, EntryChanged(kind="partslist", entry_id=before.pk, fields=("state", "valid_until")))
    return True


def _deleted(actor: Actor, row: Any, kind: str) -> bool:
    key = row.pk
    try:
        with transaction.atomic():
            record(actor, row, EntryWithdrawn(kind=kind, entry_id=key))
            type(row).objects.filter(pk=key).delete()
    except ProtectedError:
        if kind == "partslist":
            raise
        return False
    return True
