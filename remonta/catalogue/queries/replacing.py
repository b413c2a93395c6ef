"""Reading which part can be used in place of which."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from remonta.catalogue.models import Part, PartFit, Product, Replacement
from remonta.catalogue.queries.goods import having, parts_for, products_for
from remonta.kernel.actor import Actor
from remonta.kernel.texts import serial_normal

MOST_STEPS = 20


@dataclass(frozen=True)
class StandIn:
    """Another part and how the two stand: `newer` says that it is the one that takes the place."""

    uid: UUID
    part_uid: UUID
    number: str
    name: str
    newer: bool
    supersedes: bool
    both_ways: bool
    note: str


@dataclass(frozen=True)
class Offer:
    """A part to choose: the number of the one that superseded it, and of the one in place of which it is offered."""

    part: Part
    superseded_by: str = ""
    instead_of: str = ""


def replacements_for(actor: Actor) -> QuerySet[Replacement]:
    """Every pair of parts of which one can be used in place of the other."""
    return Replacement.objects.filter(old__in=parts_for(actor))


def stand_ins(actor: Actor, part_id: int) -> tuple[StandIn, ...]:
    """What can be used in place of a part, and in place of what it can be used. One statement."""
    rows = replacements_for(actor).filter(Q(old_id=part_id) | Q(new_id=part_id)).select_related("old", "new")
    found = []
    for row in rows.order_by("-supersedes", "pk"):
        newer = row.old_id == part_id
        other = row.new if newer else row.old
        told = (newer, row.supersedes, row.both_ways, row.note)
        found.append(StandIn(row.uid, other.uid, other.number, other.name, *told))
    return tuple(found)


def successors(part_ids: Collection[int]) -> dict[int, Part]:
    """By part, the one that has taken its place in the end; who has no successor is left out. One statement a step."""
    last: dict[int, Part] = {}
    ends = {pk: pk for pk in part_ids}
    for _step in range(MOST_STEPS):
        rows = Replacement.objects.filter(supersedes=True, old__in=set(ends.values())).select_related("new")
        follows = {row.old_id: row.new for row in rows}
        moved = {pk: follows[end] for pk, end in ends.items() if end in follows and follows[end].pk != pk}
        if not moved:
            break
        last |= moved
        ends = {pk: part.pk for pk, part in moved.items()}
    return last


def interchangeable(part_id: int) -> frozenset[int]:
    """The parts that a part can take the place of, itself among them: older ones, and both ways. One statement."""
    older = Q(new_id=part_id) | Q(old_id=part_id, both_ways=True)
    rows = Replacement.objects.filter(older).values_list("old_id", "new_id")
    return frozenset({part_id, *(one for pair in rows for one in pair)})


def find_part(actor: Actor, text: str, limit: int = 10, *, led: bool = True) -> tuple[Part, ...]:
    """Parts by number, GTIN or words of the name; the number itself comes first, and what superseded it before it.

    `led=False` stays with the very parts, for goods that lie in the hand. Two statements, and one a step.
    """
    found = parts_for(actor).filter(having(text), archived_at=None).order_by("sort_name", "pk")
    number = serial_normal(text)
    best = sorted(found[: limit * 4], key=lambda part: serial_normal(part.number) != number)[:limit]
    return with_successors(best)[:limit] if led else tuple(best)


def with_successors(found: Iterable[Part]) -> tuple[Part, ...]:
    """Each part once, the one that has taken its place before it. One statement, and one a step."""
    parts = list(found)
    newer = successors([part.pk for part in parts]) if parts else {}
    several = [one for part in parts for one in ((newer[part.pk], part) if part.pk in newer else (part,))]
    return tuple({part.pk: part for part in several}.values())


def offers(found: Iterable[Part]) -> tuple[Offer, ...]:
    """The parts to choose from, each once: what superseded one before it, what can be used in its place behind it.

    Two statements, and one a step of succession.
    """
    parts = with_successors(found)
    newer = successors([part.pk for part in parts]) if parts else {}
    instead = _substitutes([part.pk for part in parts])
    listed = {}
    for part in parts:
        listed[part.pk] = Offer(part, newer[part.pk].number if part.pk in newer else "")
    for part in parts:
        for one in instead.get(part.pk, ()):
            listed.setdefault(one.pk, Offer(one, instead_of=part.number))
    return tuple(listed.values())


def _substitutes(part_ids: Collection[int]) -> dict[int, list[Part]]:
    ways = Q(old__in=part_ids) | Q(new__in=part_ids, both_ways=True)
    rows = Replacement.objects.filter(ways, supersedes=False).select_related("old", "new").order_by("pk")
    found: dict[int, list[Part]] = {}
    for row in rows:
        if row.old_id in part_ids and row.new.archived_at is None:
            found.setdefault(row.old_id, []).append(row.new)
        if row.both_ways and row.new_id in part_ids and row.old.archived_at is None:
            found.setdefault(row.new_id, []).append(row.old)
    return found


def models_fitted(actor: Actor, part_id: int) -> tuple[Product, ...]:
    """The models a part fits, by name. One statement."""
    fits = PartFit.objects.filter(part_id=part_id).values("product_id")
    return tuple(products_for(actor).filter(pk__in=fits).order_by("sort_name", "pk"))
