"""What should be there, and what there is of it."""

from collections.abc import Iterable

from django.db.models import BigIntegerField, Case, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from remonta.identity.queries import in_reach
from remonta.kernel.actor import Actor
from remonta.stock.models import STORES, Balance, Level


def levels_for(actor: Actor) -> QuerySet[Level]:
    """The levels of the centres whose places the actor may see."""
    return Level.objects.filter(in_reach(actor, "stock.see_places"))


def whole_levels(centre_ids: Iterable[int] | None = None) -> QuerySet[Level]:
    """All levels of those centres, for rules that must see everything."""
    rows = Level.objects.all()
    return rows if centre_ids is None else rows.filter(centre__in=list(centre_ids))


def with_what_is_there(levels: QuerySet[Level]) -> QuerySet[Level]:
    """Those levels with `on_hand` and `reserved` (thousandths) of their place, or of all stores of their centre."""
    kept = Balance.objects.filter(part=OuterRef("part"), place__kind__in=STORES, place__centre=OuterRef("centre"))
    here = kept.filter(Q(place=OuterRef("place")) | Q(place__centre=OuterRef("limit")))
    alone = Case(When(place=None, then=F("centre_id")), default=Value(0), output_field=BigIntegerField())
    found = levels.annotate(limit=alone)
    sums = (here.order_by().values("part").annotate(sum=Sum(name)).values("sum") for name in ("on_hand", "reserved"))
    on_hand, reserved = (Coalesce(Subquery(one), 0) for one in sums)
    return found.annotate(on_hand=on_hand, reserved=reserved)
