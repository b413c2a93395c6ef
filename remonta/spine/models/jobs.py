"""Background work as leased rows."""

from django.db import models
from django.db.models import Q


class JobState(models.TextChoices):
    READY = "ready"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"
    STOPPED = "stopped"


class Job(models.Model):
    """One piece of background work.

    The attempt is counted when a worker claims the row; `worker` and `attempt` together fence a worker that lost its
    lease. Attempts since `fresh_from`, where work last got on, decide when a job is dead. Long work writes `done_steps`
    of `all_steps` and, in `result`, the cursor from which it goes on; it obeys `stop_asked`. One job of a `unique_key`
    waits at a time.
    """

    uid = models.UUIDField(unique=True)
    name = models.CharField(max_length=80)
    args = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.READY)
    run_at = models.DateTimeField()
    attempt = models.PositiveIntegerField(default=0)
    fresh_from = models.PositiveIntegerField(default=0)
    worker = models.CharField(max_length=60, blank=True)
    leased_until = models.DateTimeField(null=True)
    unique_key = models.CharField(max_length=120, null=True)  # noqa: DJ001 - unique where there is one
    error = models.TextField(blank=True)
    actor = models.CharField(max_length=60, blank=True)
    account_id = models.BigIntegerField(null=True)
    done_steps = models.BigIntegerField(default=0)
    all_steps = models.BigIntegerField(default=0)
    stop_asked = models.BooleanField(default=False)
    result = models.JSONField(null=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["run_at", "id"], name="job_waiting", condition=Q(state="ready")),
            models.Index(fields=["leased_until"], name="job_leased", condition=Q(state="running")),
            models.Index(fields=["account_id", "id"], name="job_asked_by", condition=Q(account_id__isnull=False)),
            models.Index(fields=["finished_at"], name="job_age", condition=Q(state__in=["done", "stopped"])),
        ]
        constraints = [
            models.UniqueConstraint(fields=["unique_key"], condition=Q(state="ready"), name="job_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"


class Schedule(models.Model):
    """When a job of that name is enqueued next; leased by advancing `next_at`."""

    name = models.CharField(max_length=80, unique=True)
    every_seconds = models.PositiveIntegerField()
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} every {self.every_seconds} s"
