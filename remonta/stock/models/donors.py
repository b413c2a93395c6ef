"""Units taken apart: what was got out of them, where it lies, and what share of their cost it bears."""

from django.db import models
from django.db.models import Q

from remonta.kernel.ids import uuid7
from remonta.stock.models.book import Move, Place


class Dismantling(models.Model):
    """A bought-out or written-off unit was taken apart. `cost` is what it had cost us, in minor units of the centre's
    `currency`, where that is known."""

    uid = models.UUIDField(default=uuid7, unique=True)
    number = models.CharField(max_length=20, unique=True)
    unit = models.OneToOneField("equipment.Unit", models.PROTECT, related_name="+")
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    cost = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3)
    note = models.CharField(max_length=200, blank=True)
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(cost=None) | Q(cost__gte=0), name="dismantling_cost_not_below_zero")
        ]
        indexes = [models.Index(fields=["centre", "-id"], name="dismantling_of_centre")]

    def __str__(self) -> str:
        return self.number


class SalvagedPart(models.Model):
    """So many thousandths of a part got out of it into a bin; `value` is its share of the cost in minor units, `move`
    the (first) move by which it came."""

    dismantling = models.ForeignKey(Dismantling, models.PROTECT, related_name="lines")
    part = models.ForeignKey("catalogue.Part", models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    quantity = models.BigIntegerField()
    value = models.BigIntegerField(null=True)
    move = models.ForeignKey(Move, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(quantity__gt=0), name="salvaged_something")]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.part_id}"
