"""What is always true of parts lists: nothing is made of itself, and one version at a time is in force."""

from collections.abc import Iterator

from django.db.models import F, Q
from django.utils.translation import gettext as _

from remonta.catalogue.models import PartsList, PartsListLine
from remonta.spine.queries import Flaw, proves

BOOK = "catalogue"


@proves("nothing is made of itself")
def no_circles() -> Iterator[Flaw | int]:
    """Parts without anything below them are taken away until none is left; what then remains goes round in a circle."""
    below: dict[int, set[int]] = {}
    edges = PartsListLine.objects.exclude(parts_list__part=None).values_list("parts_list__part_id", "part_id")
    for owner, part in edges.distinct().iterator():
        below.setdefault(owner or 0, set()).add(part)
    while leaves := [owner for owner, parts in below.items() if not parts & below.keys()]:
        for owner in leaves:
            del below[owner]
    for owner in sorted(below):
        yield Flaw(BOOK, _("it is made of itself"), f"part {owner}")


@proves("one parts list at a time is in force")
def one_in_force() -> Iterator[Flaw | int]:
    """A version ends on the day on which the next one begins, and only the last one has no end."""
    rows = PartsList.objects.exclude(valid_from=None).order_by("product_id", "part_id", "valid_from")
    before: PartsList | None = None
    for row in rows.iterator():
        same = before and (before.product_id, before.part_id) == (row.product_id, row.part_id)
        if before and same and before.valid_until != row.valid_from:
            yield Flaw(BOOK, _("it does not end when the next version begins"), f"parts list {before.pk}")
        before = row
    for pk in PartsList.objects.filter(Q(valid_until__lte=F("valid_from"))).values_list("pk", flat=True):
        yield Flaw(BOOK, _("it ends before it begins"), f"parts list {pk}")
