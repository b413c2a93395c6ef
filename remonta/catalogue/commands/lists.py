"""Parts lists: what a model or an assembly consists of, version after version."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _

from remonta.catalogue.commands.entries import added, lock, permit
from remonta.catalogue.facts import EntryChanged, EntryWithdrawn
from remonta.catalogue.models import Part, PartsList, PartsListLine
from remonta.catalogue.queries import parts_for, parts_lists_for, products_for
from remonta.catalogue.queries.lists import way_down
from remonta.catalogue.workflow import DRAFT, PARTS_LIST, PUBLISHED
from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import Refused
from remonta.kernel.texts import clean
from remonta.spine.commands import command, record, take_turn

NOBODY = UUID(int=0)
TURN = "catalogue.parts_lists"
FIELDS = ("part_id", "position", "quantity", "reference", "optional", "note")


class ContainsItself(Refused):
    text = _("“%(part)s” cannot stand in this list, for then it would contain itself: %(way)s.")
    field = "part"


class NothingInList(Refused):
    text = _("There is nothing in this list yet. Add its parts, then publish it.")


class PublishedTooEarly(Refused):
    text = _("Version %(version)s is in force since %(day)s. Choose a later day.")
    field = "valid_from"


class QuantityMissing(Refused):
    text = _("Say how much of the part there is, more than zero.")
    field = "quantity"


@command
def begin_list(
    actor: Actor, *, product_uid: UUID | None = None, part_uid: UUID | None = None, note: str = ""
) -> PartsList:
    """A draft of the list of a model, or of a part that is put together: with the lines of the newest version.

    Where a draft is begun already, that one. Raises DoesNotExist.
    """
    permit(actor)
    if product_uid is not None:
        of: dict[str, Any] = {"product": lock(products_for(actor), product_uid)}
    else:
        of = {"part": parts_for(actor).select_for_update(of=("self",)).filter(uid=part_uid or NOBODY).get()}
    every = PartsList.objects.filter(**of)
    if draft := every.filter(state=DRAFT).first():
        return draft
    newest = every.order_by("-version").first()
    made = {"uid": uuid7(actor.now()), "created_at": actor.now(), "note": clean(note)[:300]}
    begun = PartsList.objects.create(version=newest.version + 1 if newest else 1, **of, **made)
    if newest:
        _copy(newest.lines.order_by("position", "pk"), begun)
    return added(actor, begun)


@command
def add_list_line(
    actor: Actor,
    uid: UUID,
    *,
    part_uid: UUID,
    quantity: int = 1000,
    reference: str = "",
    optional: bool = False,
    note: str = "",
) -> PartsListLine:
    """One more line, last, of a draft; `quantity` in thousandths. Raises ListClash, ContainsItself, QuantityMissing."""
    draft = _draft(actor, uid)
    part = parts_for(actor).get(uid=part_uid)
    check_line(draft, part, quantity)
    last = draft.lines.aggregate(last=Max("position"))["last"] or 0
    said = {"reference": clean(reference)[:300], "optional": optional, "note": clean(note)[:300]}
    line = PartsListLine.objects.create(parts_list=draft, part=part, position=last + 1, quantity=quantity, **said)
    _say(actor, draft)
    return line


@command
def change_list_line(
    actor: Actor,
    uid: UUID,
    *,
    line_id: int,
    quantity: int,
    reference: str = "",
    optional: bool = False,
    note: str = "",
    position: int | None = None,
) -> PartsListLine:
    """Corrects a line of a draft. Raises ListClash, QuantityMissing."""
    draft = _draft(actor, uid)
    line = draft.lines.select_related("part").get(pk=line_id)
    if quantity <= 0:
        raise QuantityMissing
    line.quantity, line.reference, line.optional = quantity, clean(reference)[:300], optional
    line.note, line.position = clean(note)[:300], line.position if position is None else position
    line.save(update_fields=["quantity", "reference", "optional", "note", "position"])
    _say(actor, draft)
    return line


@command
def remove_list_line(actor: Actor, uid: UUID, *, line_id: int) -> PartsList:
    """Takes a line out of a draft; taking it out twice is taking it out once. Raises ListClash."""
    draft = _draft(actor, uid)
    if draft.lines.filter(pk=line_id).delete()[0]:
        _say(actor, draft)
    return draft


@command
def publish_list(actor: Actor, uid: UUID, *, valid_from: date) -> PartsList:
    """The draft is in force from that day on, and the version before until then.

    Raises ListClash, NothingInList, PublishedTooEarly, ContainsItself.
    """
    draft = _draft(actor, uid, "publish")
    lines = list(draft.lines.select_related("part"))
    if not lines:
        raise NothingInList
    for line in lines:
        check_line(draft, line.part, line.quantity)
    same = {"product": draft.product_id} if draft.product_id else {"part": draft.part_id or 0}
    others = PartsList.objects.filter(**same, valid_from__isnull=False)
    before = others.select_for_update(of=("self",)).order_by("-valid_from").first()
    if before and before.valid_from and before.valid_from >= valid_from:
        raise PublishedTooEarly(version=before.version, day=before.valid_from)
    if before and before.state == PUBLISHED:
        PARTS_LIST.apply("replace", before, actor)
        before.valid_until = valid_from
        before.save(update_fields=["state", "valid_until"])
        record(actor, before, EntryChanged(kind="partslist", entry_id=before.pk, fields=("state", "valid_until")))
    draft.valid_from = valid_from
    draft.save(update_fields=["state", "valid_from"])
    record(actor, draft, EntryChanged(kind="partslist", entry_id=draft.pk, fields=("state", "valid_from")))
    return draft


@command
def discard_list(actor: Actor, uid: UUID) -> None:
    """The draft is thrown away; published versions stay. Raises ListClash."""
    draft = _draft(actor, uid, "discard")
    record(actor, draft, EntryWithdrawn(kind="partslist", entry_id=draft.pk))
    draft.delete()


def check_line(owner: PartsList, part: Part, quantity: int) -> None:
    """Raises QuantityMissing, and ContainsItself when the list's own part stands anywhere below the new one.

    Nobody else changes what consists of what until the command is over.
    """
    if quantity <= 0:
        raise QuantityMissing
    if owner.part_id:
        take_turn(TURN)
    way = way_down(part.pk, owner.part_id) if owner.part_id else ()
    if way:
        raise ContainsItself(part=part.number, way=" → ".join(way))


def _draft(actor: Actor, uid: UUID, move: str = "change") -> PartsList:
    """The list, locked, if that may be done to it. Raises DoesNotExist, NotPermitted, ListClash."""
    permit(actor)
    found = lock(parts_lists_for(actor), uid)
    PARTS_LIST.apply(move, found, actor)
    return found


def _copy(lines: QuerySet[PartsListLine], into: PartsList) -> None:
    rows: Iterable[dict[str, Any]] = lines.values(*FIELDS)
    PartsListLine.objects.bulk_create([PartsListLine(parts_list=into, **row) for row in rows])


def _say(actor: Actor, draft: PartsList) -> None:
    record(actor, draft, EntryChanged(kind="partslist", entry_id=draft.pk, fields=("lines",)))
