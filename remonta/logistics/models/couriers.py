"""Courier accounts, shipments with what couriers report of them, and the rounds of our own drivers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remonta.kernel.ids import uuid7
from remonta.logistics.couriers.choice import DriverCode
from remonta.logistics.couriers.workflow import ShipmentState

WAYS = ["asked", "unclear", "booked", "picked_up", "on_way", "at_point"]


class CourierAccount(models.Model):
    """A centre's account with a courier; `sender` is who sends unless a shipment says otherwise.

    `secrets` is encrypted JSON; `hook_turn` counts changes of the hook's secret.
    """

    uid = models.UUIDField(default=uuid7, unique=True)
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    driver = models.CharField(max_length=12, choices=DriverCode)
    url = models.CharField(max_length=200, blank=True)
    service = models.CharField(max_length=60, blank=True)
    sender = models.JSONField(default=dict)
    secrets = models.BinaryField(default=bytes, blank=True)
    hook_turn = models.PositiveIntegerField(default=1)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "name"], condition=Q(archived_at=None), name="courier_account_once"
            ),
            models.CheckConstraint(condition=Q(driver__in=DriverCode.values), name="courier_driver_known"),
        ]

    def __str__(self) -> str:
        return self.name


class Shipment(models.Model):
    """Something a courier carries; `uid` goes along with the booking, so that it is never booked twice.

    `subject` and `subject_id` name what is in it (a parcel, a batch), `work_order` whose customer is told. `parcels`
    are grams and millimetres, `price` minor units. `state` follows the newest report by the courier's clock.
    """

    uid = models.UUIDField(default=uuid7, unique=True)
    number = models.CharField(max_length=20, unique=True)
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    account = models.ForeignKey(CourierAccount, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ShipmentState, default=ShipmentState.ASKED)
    service = models.CharField(max_length=60, blank=True)
    point = models.CharField(max_length=60, blank=True)
    contents = models.CharField(max_length=200, blank=True)
    sender = models.JSONField(default=dict)
    receiver = models.JSONField(default=dict)
    parcels = models.JSONField(default=list)
    subject = models.CharField(max_length=40, blank=True)
    subject_id = models.BigIntegerField(null=True)
    work_order = models.ForeignKey("orders.WorkOrder", models.PROTECT, related_name="+", null=True)
    outside_number = models.CharField(max_length=60, blank=True)
    tracking_number = models.CharField(max_length=60, blank=True)
    price = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    label = models.ForeignKey("spine.Attachment", models.PROTECT, related_name="+", null=True)
    refusal = models.CharField(max_length=300, blank=True)
    cancel_asked_at = models.DateTimeField(null=True)
    asked_by = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    late_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=ShipmentState.values), name="shipment_state_known")]
        indexes = [
            models.Index(fields=["centre", "-id"], name="shipment_centre"),
            models.Index(fields=["subject", "subject_id"], name="shipment_subject"),
            models.Index(fields=["work_order"], name="shipment_order", condition=Q(work_order__isnull=False)),
            models.Index(fields=["account", "outside_number"], name="shipment_outside"),
            models.Index(fields=["tracking_number"], name="shipment_tracking"),
            models.Index(fields=["asked_at"], name="shipment_standing", condition=Q(state__in=WAYS)),
        ]

    def __str__(self) -> str:
        return self.number


class ShipmentEvent(models.Model):
    """One report of the courier, kept once under its id however often it comes; `status` is empty for mere notes."""

    shipment = models.ForeignKey(Shipment, models.CASCADE, related_name="events")
    outside_id = models.CharField(max_length=120)
    at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=ShipmentState, blank=True)
    text = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=120, blank=True)
    heard_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shipment", "outside_id"], name="shipment_event_once")]
        indexes = [models.Index(fields=["shipment", "at"], name="shipment_event_time")]

    def __str__(self) -> str:
        return f"{self.status} {self.at}"


class DriverRoute(models.Model):
    """A round of one of our own drivers on a day of the centre."""

    uid = models.UUIDField(default=uuid7, unique=True)
    number = models.CharField(max_length=20, unique=True)
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    driver = models.ForeignKey("identity.Account", models.PROTECT, related_name="+")
    day = models.DateField()
    made_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["centre", "-day"], name="driver_route_centre"),
            models.Index(fields=["driver", "-day"], name="driver_route_driver"),
        ]

    def __str__(self) -> str:
        return self.number


class StopKind(models.TextChoices):
    COLLECT = "collect", _("pick up")
    DELIVER = "deliver", _("deliver")


class RouteStop(models.Model):
    """One stop of a round: a shipment is picked up or delivered there. `failed` says why it was not."""

    uid = models.UUIDField(default=uuid7, unique=True)
    route = models.ForeignKey(DriverRoute, models.CASCADE, related_name="stops")
    shipment = models.ForeignKey(Shipment, models.PROTECT, related_name="stops")
    kind = models.CharField(max_length=8, choices=StopKind)
    position = models.PositiveIntegerField()
    done_at = models.DateTimeField(null=True)
    signed_by = models.CharField(max_length=120, blank=True)
    failed = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shipment", "kind"], condition=Q(failed=""), name="stop_of_shipment_once"),
        ]
        indexes = [models.Index(fields=["route", "position"], name="stop_in_order")]

    def __str__(self) -> str:
        return f"{self.kind} {self.shipment_id}"
