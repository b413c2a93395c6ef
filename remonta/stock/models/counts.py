"""Stocktakes: which places are counted, by whom, what was found, and what the book said at that very moment."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remonta.kernel.ids import uuid7
from remonta.stock.models.book import Lot, Move, Piece, Place
from remonta.stock.workflow import PlaceCount, StocktakeState

COUNTED_NOW = (PlaceCount.WAITING, PlaceCount.COUNTING, PlaceCount.COUNTED)


class CountScope(models.TextChoices):
    WHOLE = "whole", _("the whole store")
    ZONE = "zone", _("a zone")
    VALUE = "value", _("in turn, the most valuable first")


class Stocktake(models.Model):
    """A count of places of one centre. `prefix` is what the addresses of a zone begin with; `job_uid` the work that
    posts its differences."""

    uid = models.UUIDField(default=uuid7, unique=True)
    number = models.CharField(max_length=20, unique=True)
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    scope = models.CharField(max_length=8, choices=CountScope)
    prefix = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=StocktakeState, default=StocktakeState.COUNTING)
    begun_by = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    approved_by = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    job_uid = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    posted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["centre", "-id"], name="stocktake_of_centre")]

    def __str__(self) -> str:
        return self.number


class CountedPlace(models.Model):
    """One place of a stocktake; `mark` is the last move of the place that its count knows of. A place is counted in one
    stocktake at a time."""

    uid = models.UUIDField(default=uuid7, unique=True)
    stocktake = models.ForeignKey(Stocktake, models.PROTECT, related_name="places")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=PlaceCount, default=PlaceCount.WAITING)
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    counter = models.CharField(max_length=60, blank=True)
    mark = models.BigIntegerField(default=0)
    again = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stocktake", "place"], name="place_in_stocktake_once"),
            models.UniqueConstraint(
                fields=["place"], condition=Q(state__in=COUNTED_NOW), name="place_counted_in_one_stocktake"
            ),
        ]
        indexes = [models.Index(fields=["stocktake", "state", "id"], name="counted_place_state")]

    def __str__(self) -> str:
        return f"{self.place_id} in {self.stocktake_id}"

    @property
    def centre_id(self) -> int:
        return self.stocktake.centre_id


class CountLine(models.Model):
    """What was found of one part (thousandths), of one batch of it (`lot`), of one piece (`piece`) or one unit (1000 or
    0); a part kept by batch or by serial number has lines for its batches or pieces only. `expected` is what the book
    said when the place was closed, `cost` what one of the part cost then; `move` what was posted."""

    counted = models.ForeignKey(CountedPlace, models.CASCADE, related_name="lines")
    part = models.ForeignKey("catalogue.Part", models.PROTECT, related_name="+", null=True)
    unit = models.ForeignKey("equipment.Unit", models.PROTECT, related_name="+", null=True)
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="+", null=True)
    piece = models.ForeignKey(Piece, models.PROTECT, related_name="+", null=True)
    quantity = models.BigIntegerField()
    expected = models.BigIntegerField(null=True)
    cost = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    mark = models.BigIntegerField(default=0)
    move = models.ForeignKey(Move, models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(unit=None) ^ Q(part=None), name="count_of_one_thing"),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="count_not_below_zero"),
            models.UniqueConstraint(
                fields=["counted", "part"], condition=Q(lot=None, piece=None), name="count_of_part_once"
            ),
            models.UniqueConstraint(fields=["counted", "lot"], name="count_of_lot_once"),
            models.UniqueConstraint(fields=["counted", "piece"], name="count_of_piece_once"),
            models.UniqueConstraint(fields=["counted", "unit"], name="count_of_unit_once"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.part_id or self.unit_id} in {self.counted_id}"
