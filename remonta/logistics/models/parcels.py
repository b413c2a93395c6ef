"""Parcels that customers send in, and parcels that go back to them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remonta.kernel.ids import uuid7
from remonta.logistics.workflow import ParcelState


class Way(models.TextChoices):
    IN = "in", _("comes in")
    OUT = "out", _("goes out")


class DifferenceKind(models.TextChoices):
    MISSING = "missing", _("missing")
    EXTRA = "extra", _("too much")
    DAMAGED = "damaged", _("damaged")
    OTHER = "other", _("otherwise than written")


class Parcel(models.Model):
    """One parcel. `number` is on its document; `place` holds what is in it while it is on the way.

    Of one that comes in, `due_at` is when it is missed; of one that goes out, when it should have been delivered.
    `hint` is the path the checker thinks likely, in words for the arrival station; `question` what was asked back.
    """

    uid = models.UUIDField(default=uuid7, unique=True)
    number = models.CharField(max_length=20, unique=True)
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    way = models.CharField(max_length=3, choices=Way)
    state = models.CharField(max_length=10, choices=ParcelState)
    request = models.ForeignKey("orders.Request", models.PROTECT, related_name="+", null=True)
    place = models.ForeignKey("stock.Place", models.PROTECT, related_name="+", null=True)
    sender_name = models.CharField(max_length=200, blank=True)
    sender_phone = models.CharField(max_length=40, blank=True)
    sender_email = models.EmailField(blank=True)
    address = models.TextField(blank=True)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    courier = models.CharField(max_length=80, blank=True)
    tracking = models.CharField(max_length=80, blank=True)
    hint = models.TextField(blank=True)
    question = models.TextField(blank=True)
    note = models.TextField(blank=True)
    responsible = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    matched = models.ForeignKey("self", models.PROTECT, related_name="+", null=True)
    due_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    late_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ParcelState.values), name="parcel_state_known"),
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(way="in", state__in=["unchecked", "asked", "expected"]),
                name="parcel_awaited_once",
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "state", "-id"], name="parcel_centre_state"),
            models.Index(fields=["due_at"], name="parcel_due", condition=Q(state__in=["expected", "sent"])),
        ]

    def __str__(self) -> str:
        return self.number


class ParcelItem(models.Model):
    """A unit that came in a parcel, or goes in one."""

    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="items")
    work_order = models.ForeignKey("orders.WorkOrder", models.PROTECT, related_name="+")
    unit = models.ForeignKey("equipment.Unit", models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["parcel", "work_order"], name="parcel_item_once")]
        indexes = [models.Index(fields=["work_order"], name="parcel_item_order")]

    def __str__(self) -> str:
        return f"{self.work_order_id} in {self.parcel_id}"
