"""Batches to partners, own centres and makers, what is in them, and what was not as written."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remonta.kernel.ids import uuid7
from remonta.logistics.models.parcels import DifferenceKind, Parcel
from remonta.logistics.workflow import BatchState


class Purpose(models.TextChoices):
    REPAIR = "repair", _("for repair")
    BACK = "back", _("back from repair")
    CLAIM = "claim", _("claim to the maker")
    MOVE = "move", _("to another place")


class LineState(models.TextChoices):
    PACKED = "packed", _("packed")
    TAKEN_OUT = "taken_out", _("taken out")
    RECEIVED = "received", _("received")
    DAMAGED = "damaged", _("received damaged")
    MISSING = "missing", _("missing")
    RETURNED = "returned", _("came back")


class Batch(models.Model):
    """Things that travel together from `centre` to another centre or to a maker or partner outside.

    `holder` is the centre that has it in its hands. What is in it stands at `box` while it is packed and sealed and at
    `road` while it is on the way. `parent` is the batch it travels in.
    """

    uid = models.UUIDField(default=uuid7, unique=True)
    number = models.CharField(max_length=20, unique=True)
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    holder = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    to_centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+", null=True)
    to_name = models.CharField(max_length=200, blank=True)
    to_address = models.TextField(blank=True)
    purpose = models.CharField(max_length=8, choices=Purpose, default=Purpose.REPAIR)
    state = models.CharField(max_length=10, choices=BatchState, default=BatchState.OPEN)
    box = models.ForeignKey("stock.Place", models.PROTECT, related_name="+")
    road = models.ForeignKey("stock.Place", models.PROTECT, related_name="+", null=True)
    parent = models.ForeignKey("self", models.PROTECT, related_name="inner", null=True)
    seal = models.CharField(max_length=40, blank=True)
    courier = models.CharField(max_length=80, blank=True)
    tracking = models.CharField(max_length=80, blank=True)
    note = models.TextField(blank=True)
    customs_currency = models.CharField(max_length=3, blank=True)
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    due_at = models.DateTimeField(null=True)
    late_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=BatchState.values), name="batch_state_known"),
            models.CheckConstraint(condition=Q(to_centre=None) | Q(to_name=""), name="batch_goes_to_one"),
        ]
        indexes = [
            models.Index(fields=["centre", "-id"], name="batch_centre"),
            models.Index(fields=["to_centre", "-id"], name="batch_to_centre"),
            models.Index(fields=["due_at"], name="batch_due", condition=Q(state="sent")),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def destination(self) -> str:
        """Where it goes, in words."""
        return self.to_centre.name if self.to_centre else self.to_name


class BatchLine(models.Model):
    """A unit, so much (thousandths) of a part, or a sealed batch, in a batch. `before` is where it was, `task` what is
    to be done with it there. `piece` and `lot` say which, of a part kept by serial number or by batch.

    For customs: `value` (minor units of the batch's `customs_currency`), `hs_code`, `origin` (ISO 3166), `weight` (g).
    """

    uid = models.UUIDField(default=uuid7, unique=True)
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="lines")
    unit = models.ForeignKey("equipment.Unit", models.PROTECT, related_name="+", null=True)
    inside = models.ForeignKey(Batch, models.PROTECT, related_name="+", null=True)
    part = models.ForeignKey("catalogue.Part", models.PROTECT, related_name="+", null=True)
    piece = models.ForeignKey("stock.Piece", models.PROTECT, related_name="+", null=True)
    lot = models.ForeignKey("stock.Lot", models.PROTECT, related_name="+", null=True)
    quantity = models.BigIntegerField(default=1000)
    work_order = models.ForeignKey("orders.WorkOrder", models.PROTECT, related_name="+", null=True)
    before = models.ForeignKey("stock.Place", models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=10, choices=LineState, default=LineState.PACKED)
    task = models.TextField(blank=True)
    accessories = models.TextField(blank=True)
    evidence = models.JSONField(default=list)
    note = models.TextField(blank=True)
    value = models.BigIntegerField(null=True)
    hs_code = models.CharField(max_length=12, blank=True)
    origin = models.CharField(max_length=2, blank=True)
    weight = models.PositiveIntegerField(null=True)
    packed_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False, inside=None, part=None)
                | Q(unit=None, inside__isnull=False, part=None)
                | Q(unit=None, inside=None, part__isnull=False),
                name="batch_line_of_one_thing",
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="batch_line_of_something"),
            models.UniqueConstraint(fields=["unit"], condition=Q(state="packed"), name="unit_packed_once"),
            models.UniqueConstraint(fields=["inside"], condition=Q(state="packed"), name="batch_packed_once"),
        ]
        indexes = [models.Index(fields=["work_order"], name="batch_line_order")]

    def __str__(self) -> str:
        return f"{self.unit_id or self.inside_id or self.part_id} in {self.batch_id}"

    @property
    def thing(self) -> str:
        """What it is, in words; what it shows must have been read with it."""
        if self.part:
            return " ".join(filter(None, (str(self.part), str(self.piece or self.lot or ""))))
        return str(self.unit or self.inside)


class Onward(models.Model):
    """An order whose unit should go on to another centre or a maker; it waits to be proposed for a batch."""

    uid = models.UUIDField(default=uuid7, unique=True)
    work_order = models.ForeignKey("orders.WorkOrder", models.PROTECT, related_name="+")
    unit = models.ForeignKey("equipment.Unit", models.PROTECT, related_name="+")
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    to_centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+", null=True)
    to_name = models.CharField(max_length=200, blank=True)
    purpose = models.CharField(max_length=8, choices=Purpose, default=Purpose.REPAIR)
    task = models.TextField(blank=True)
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit"], condition=Q(ended_at=None), name="onward_once"),
            models.CheckConstraint(condition=Q(to_centre=None) ^ Q(to_name=""), name="onward_to_one"),
        ]
        indexes = [models.Index(fields=["centre", "asked_at"], name="onward_waiting", condition=Q(ended_at=None))]

    def __str__(self) -> str:
        return f"{self.unit_id} to {self.to_centre_id or self.to_name}"


class Difference(models.Model):
    """What was not as written when a parcel was opened or a batch received."""

    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="differences", null=True)
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="differences", null=True)
    kind = models.CharField(max_length=8, choices=DifferenceKind)
    thing = models.CharField(max_length=200)
    unit = models.ForeignKey("equipment.Unit", models.PROTECT, related_name="+", null=True)
    work_order = models.ForeignKey("orders.WorkOrder", models.PROTECT, related_name="+", null=True)
    note = models.TextField(blank=True)
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(parcel=None) ^ Q(batch=None), name="difference_of_one")]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing}"
