"""Engineers, the work given to them, the time they spend, and what they found and did."""

from django.db import models
from django.db.models import F, Q

from remonta.dispatch.workflow import STANDING, DispatchState
from remonta.kernel.ids import uuid7


class Engineer(models.Model):
    """How much somebody can do in one centre: working minutes a day, and the categories they are good at."""

    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+")
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    minutes_a_day = models.PositiveIntegerField(default=420)
    skills = models.ManyToManyField("catalogue.Category", related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "centre"], name="engineer_once")]

    def __str__(self) -> str:
        return f"engineer {self.account_id} in {self.centre_id}"


class DispatchOrder(models.Model):
    """A work order given to one engineer, or to a group's pool until somebody takes it. `minutes` is the plan."""

    uid = models.UUIDField(default=uuid7, unique=True)
    work_order = models.ForeignKey("orders.WorkOrder", models.PROTECT, related_name="+")
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    group = models.ForeignKey("identity.Group", models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=10, choices=DispatchState, default=DispatchState.OFFERED)
    minutes = models.PositiveIntegerField(default=60)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    given_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DispatchState.values), name="dispatch_state_known"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")) | Q(starts_at=None), name="dispatch_ends_after_start"
            ),
        ]
        indexes = [
            models.Index(fields=["account", "starts_at"], name="dispatch_diary", condition=Q(state__in=STANDING)),
            models.Index(fields=["work_order"], name="dispatch_work_order"),
        ]

    def __str__(self) -> str:
        return f"dispatch order {self.pk}"

    @property
    def given_to(self) -> int | None:
        return self.account_id


class TimeEntry(models.Model):
    """A span of work on an order: the timer. One runs at a time per person."""

    uid = models.UUIDField(default=uuid7, unique=True)
    work_order = models.ForeignKey("orders.WorkOrder", models.PROTECT, related_name="+")
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account"], condition=Q(stopped_at=None), name="timer_runs_once"),
            models.CheckConstraint(
                condition=Q(stopped_at__gte=F("started_at")) | Q(stopped_at=None), name="timer_runs_forward"
            ),
        ]
        indexes = [models.Index(fields=["work_order"], name="time_work_order")]

    def __str__(self) -> str:
        return f"{self.account_id} on {self.work_order_id}"


class Finding(models.Model):
    """A line of the diagnosis: symptom → defect → repair, with words of the engineer."""

    uid = models.UUIDField(default=uuid7, unique=True)
    work_order = models.ForeignKey("orders.WorkOrder", models.PROTECT, related_name="+")
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    symptom = models.ForeignKey("catalogue.FaultCode", models.PROTECT, related_name="+", null=True)
    defect = models.ForeignKey("catalogue.FaultCode", models.PROTECT, related_name="+", null=True)
    repair = models.ForeignKey("catalogue.FaultCode", models.PROTECT, related_name="+", null=True)
    text = models.TextField(blank=True)
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["work_order"], name="finding_work_order")]

    def __str__(self) -> str:
        return f"finding {self.pk}"
