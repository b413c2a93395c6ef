"""How much of a part a centre, or one of its places, should have."""

from django.db import models
from django.db.models import F, Q

from remonta.kernel.ids import uuid7
from remonta.stock.models.book import Place


class Level(models.Model):
    """Below `minimum` (thousandths) more of the part is needed, up to `maximum`; in one place, or in the whole centre
    when it names none."""

    uid = models.UUIDField(default=uuid7, unique=True)
    part = models.ForeignKey("catalogue.Part", models.PROTECT, related_name="+")
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", null=True)
    minimum = models.BigIntegerField()
    maximum = models.BigIntegerField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["part", "centre"], condition=Q(place=None), name="level_of_centre_once"),
            models.UniqueConstraint(fields=["part", "place"], condition=~Q(place=None), name="level_of_place_once"),
            models.CheckConstraint(condition=Q(minimum__gte=0, maximum__gte=F("minimum")), name="level_in_order"),
        ]
        indexes = [models.Index(fields=["centre", "part"], name="level_of_centre")]

    def __str__(self) -> str:
        return f"{self.minimum}–{self.maximum} of {self.part_id}"
