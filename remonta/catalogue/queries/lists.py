"""Reading parts lists: level by level, summed over all levels, from the part up, and version against version."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet

from remonta.catalogue.models import Part, PartsList, PartsListLine
from remonta.catalogue.workflow import DRAFT, ListState
from remonta.kernel.actor import Actor

MOST_LEVELS = 30
ONE = 1000
IN_FORCE, COMING, PAST = "in_force", "coming", "past"


@dataclass(frozen=True)
class Version:
    """A version of a list; `standing` says what it is on the reader's day: draft, coming, in_force or past."""

    id: int
    uid: UUID
    number: int
    state: str
    standing: str
    valid_from: date | None
    valid_until: date | None
    note: str


@dataclass(frozen=True)
class ListLine:
    """One line (quantity in thousandths); `below` is the list in force of a part that is an assembly itself."""

    id: int
    part_id: int
    part_uid: UUID
    number: str
    name: str
    measure: str
    quantity: int
    reference: str
    optional: bool
    note: str
    below: UUID | None = None


@dataclass(frozen=True)
class ListHead:
    """A list with what it is of: a model, or a part (`number` is empty for a model)."""

    id: int
    uid: UUID
    version: Version
    product_id: int | None
    product_uid: UUID | None
    part_id: int | None
    part_uid: UUID | None
    number: str
    name: str


@dataclass(frozen=True)
class Needed:
    """How much of a part one piece needs over all levels (pieces, exact); `level` is the highest it stands on."""

    part_id: int
    part_uid: UUID
    number: str
    name: str
    measure: str
    quantity: Decimal
    level: int
    assembly: bool


@dataclass(frozen=True)
class UsedIn:
    """Where a part is used: in a model or an assembly, how much over all levels (pieces, exact), how far below it."""

    list_uid: UUID
    version: int
    product_uid: UUID | None
    part_uid: UUID | None
    number: str
    name: str
    quantity: Decimal
    level: int
    reference: str


@dataclass(frozen=True)
class Difference:
    """A part of which two versions have different quantities (thousandths) or references; `change` is a code."""

    part_uid: UUID
    number: str
    name: str
    before: int
    after: int
    references_before: str
    references_after: str
    change: str = field(default="changed")


def parts_lists_for(actor: Actor) -> QuerySet[PartsList]:
    """All versions of all lists, for who reads the catalogue."""
    return PartsList.objects.all() if actor.may_somewhere("catalogue.see") else PartsList.objects.none()


def list_head(actor: Actor, uid: UUID) -> ListHead:
    """A list and what it is of. One statement. Raises DoesNotExist."""
    one = parts_lists_for(actor).select_related("product__brand", "part").get(uid=uid)
    of, model = one.part, one.product
    return ListHead(
        id=one.pk,
        uid=one.uid,
        version=_version(one, actor.now().date()),
        product_id=one.product_id,
        product_uid=model.uid if model else None,
        part_id=one.part_id,
        part_uid=of.uid if of else None,
        number=of.number if of else "",
        name=of.name if of else str(model),
    )


def versions_of(
    actor: Actor, *, product_id: int | None = None, part_id: int | None = None, day: date | None = None
) -> tuple[Version, ...]:
    """The versions of the list of a model or a part, the newest first. One statement."""
    rows = parts_lists_for(actor).filter(_of(product_id, part_id)).order_by("-version")
    return tuple(_version(row, day or actor.now().date()) for row in rows)


def list_on(day: date, *, product_id: int | None = None, part_id: int | None = None) -> PartsList | None:
    """The list of a model or a part that is in force on a day. One statement."""
    return PartsList.objects.filter(in_force(day), _of(product_id, part_id)).first()


def below_on(day: date, part_ids: Collection[int]) -> dict[int, list[PartsListLine]]:
    """By assembly, the lines of its list in force on a day, in order; for commands of rooms above. One statement."""
    rows = PartsListLine.objects.filter(_in_force_below(day), parts_list__part__in=part_ids)
    found: dict[int, list[PartsListLine]] = {}
    for row in rows.select_related("parts_list").order_by("position", "pk"):
        found.setdefault(row.parts_list.part_id or 0, []).append(row)
    return found


def list_lines(actor: Actor, uid: UUID, *, day: date | None = None) -> tuple[ListLine, ...]:
    """The lines of one level in order, each with the list below it that is in force on the day. Two statements."""
    rows = PartsListLine.objects.filter(parts_list__in=parts_lists_for(actor).filter(uid=uid)).select_related("part")
    lines = [_line(row) for row in rows.order_by("position", "pk")]
    below = _lists_in_force({line.part_id for line in lines}, day or actor.now().date())
    return tuple(replace(line, below=below.get(line.part_id)) for line in lines)


def needed(actor: Actor, uid: UUID, *, day: date | None = None) -> tuple[Needed, ...]:
    """How much of every part one piece needs, assemblies and what they are made of, by number.

    One statement a level, and two. A list below counts as it is in force on the day.
    """
    root = parts_lists_for(actor).values_list("pk", flat=True).get(uid=uid)
    total: dict[int, Decimal] = defaultdict(Decimal)
    levels: dict[int, int] = {}
    assemblies: set[int] = set()
    own = PartsListLine.objects.filter(parts_list_id=root).values_list("part_id", "quantity")
    here = _sums((part, Decimal(quantity) / ONE) for part, quantity in own)
    for level in range(1, MOST_LEVELS + 1):
        for part_id, quantity in here.items():
            total[part_id] += quantity
            levels.setdefault(part_id, level)
        lines = PartsListLine.objects.filter(_in_force_below(day or actor.now().date()), parts_list__part__in=here)
        rows = list(lines.values_list("parts_list__part_id", "part_id", "quantity"))
        assemblies |= {owner for owner, _part, _quantity in rows if owner}
        if not rows:
            break
        here = _sums((part, here[owner] * quantity / ONE) for owner, part, quantity in rows if owner)
    parts = Part.objects.in_bulk(list(total))
    found = [_needed(parts[pk], total[pk], levels[pk], pk in assemblies) for pk in total]
    return tuple(sorted(found, key=lambda one: (one.level, one.number)))


def used_in(actor: Actor, part_id: int, *, day: date | None = None) -> tuple[UsedIn, ...]:
    """Every model and assembly whose list in force on the day has the part on some level, the nearest first.

    One statement a level.
    """
    if not actor.may_somewhere("catalogue.see"):
        return ()
    when = day or actor.now().date()
    found: dict[int, UsedIn] = {}
    here = {part_id: Decimal(1)}
    for level in range(1, MOST_LEVELS + 1):
        lines = PartsListLine.objects.filter(_in_force_below(when), part__in=here).order_by("parts_list_id", "pk")
        rows = list(lines.select_related("parts_list__product__brand", "parts_list__part"))
        above: dict[int, Decimal] = defaultdict(Decimal)
        for row in rows:
            quantity = here[row.part_id] * row.quantity / ONE
            known = found.get(row.parts_list_id) or _used_in(row, level)
            found[row.parts_list_id] = replace(known, quantity=known.quantity + quantity)
            if row.parts_list.part_id:
                above[row.parts_list.part_id] += quantity
        if not above:
            break
        here = dict(above)
    return tuple(sorted(found.values(), key=lambda one: (one.level, one.number, one.name)))


def differences(actor: Actor, before: UUID, after: UUID) -> tuple[Difference, ...]:
    """What differs between two lists, by part number; a part that stands twice is summed. Two statements."""
    old, new = _by_part(list_rows(actor, before)), _by_part(list_rows(actor, after))
    found = []
    for pk in {**old, **new}:
        was, now = old.get(pk), new.get(pk)
        one = now or was
        assert one is not None
        said = (was[1] if was else 0, now[1] if now else 0, was[2] if was else "", now[2] if now else "")
        if (said[0], said[2]) != (said[1], said[3]):
            change = "added" if was is None else "removed" if now is None else "changed"
            found.append(Difference(one[0].uid, one[0].number, one[0].name, *said, change))
    return tuple(sorted(found, key=lambda one: one.number))


def list_rows(actor: Actor, uid: UUID) -> list[PartsListLine]:
    """The bare lines of a list in order. One statement."""
    lists = parts_lists_for(actor).filter(uid=uid)
    return list(PartsListLine.objects.filter(parts_list__in=lists).select_related("part").order_by("position", "pk"))


def way_down(part_id: int, wanted: int) -> tuple[str, ...]:
    """The numbers from a part down to a wanted one below it, in any version; empty when it is not there.

    One statement a level, and one.
    """
    parent: dict[int, int | None] = {part_id: None}
    here = {part_id}
    while here and wanted not in parent:
        rows = PartsListLine.objects.filter(parts_list__part__in=here).values_list("parts_list__part_id", "part_id")
        edges = [(owner, part) for owner, part in rows if part not in parent]
        parent.update({part: owner for owner, part in edges})
        here = {part for _owner, part in edges}
    if wanted not in parent:
        return ()
    way: list[int] = []
    at: int | None = wanted
    while at is not None:
        way.append(at)
        at = parent[at]
    numbers = dict(Part.objects.filter(pk__in=way).values_list("pk", "number"))
    return tuple(numbers[pk] for pk in (wanted, *reversed(way)))


def in_force(day: date, prefix: str = "") -> Q:
    """Lists that are in force on a day; `prefix` is the way to the list."""
    begun = Q(**{f"{prefix}valid_from__lte": day})
    still = Q(**{f"{prefix}valid_until": None}) | Q(**{f"{prefix}valid_until__gt": day})
    return begun & still


def _of(product_id: int | None, part_id: int | None) -> Q:
    return Q(product=product_id) if product_id else Q(part=part_id or 0)


def _in_force_below(day: date) -> Q:
    return in_force(day, "parts_list__")


def _lists_in_force(part_ids: Collection[int], day: date) -> dict[int, UUID]:
    rows = PartsList.objects.filter(in_force(day), part__in=part_ids).values_list("part_id", "uid")
    return {pk: uid for pk, uid in rows if pk}


def _sums(rows: Iterable[tuple[int, Decimal]]) -> dict[int, Decimal]:
    total: dict[int, Decimal] = defaultdict(Decimal)
    for part_id, quantity in rows:
        total[part_id] += quantity
    return dict(total)


def _by_part(rows: Sequence[PartsListLine]) -> dict[int, tuple[Part, int, str]]:
    found: dict[int, tuple[Part, int, str]] = {}
    for row in rows:
        part, quantity, references = found.get(row.part_id, (row.part, 0, ""))
        both = ", ".join(one for one in (references, row.reference) if one)
        found[row.part_id] = (part, quantity + row.quantity, both)
    return found


def _version(row: PartsList, day: date) -> Version:
    begun, ended = row.valid_from is not None and row.valid_from <= day, row.valid_until and row.valid_until <= day
    standing = str(DRAFT) if row.state == ListState.DRAFT else PAST if ended else IN_FORCE if begun else COMING
    return Version(row.pk, row.uid, row.version, row.state, standing, row.valid_from, row.valid_until, row.note)


def _line(row: PartsListLine) -> ListLine:
    part = row.part
    said = (part.pk, part.uid, part.number, part.name, part.measure)
    return ListLine(row.pk, *said, row.quantity, row.reference, row.optional, row.note)


def _needed(part: Part, quantity: Decimal, level: int, assembly: bool) -> Needed:
    return Needed(part.pk, part.uid, part.number, part.name, part.measure, quantity, level, assembly)


def _used_in(row: PartsListLine, level: int) -> UsedIn:
    of = row.parts_list
    return UsedIn(
        list_uid=of.uid,
        version=of.version,
        product_uid=of.product.uid if of.product else None,
        part_uid=of.part.uid if of.part else None,
        number=of.part.number if of.part else of.product.code if of.product else "",
        name=of.part.name if of.part else str(of.product),
        quantity=Decimal(0),
        level=level,
        reference=row.reference if level == 1 else "",
    )
