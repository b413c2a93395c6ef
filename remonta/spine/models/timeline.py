"""The timeline: the first of the three books."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Now


class Event(models.Model):
    """One line of the timeline: append-only, gapless per subject.

    `thread_id` is the work order the line belongs to, `actor` a label and never a name, `data` a fact's ids, codes and
    amounts. `xact` is PostgreSQL's transaction id, by which readers stay behind what is still being committed.
    """

    subject = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    seq = models.PositiveIntegerField()
    name = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    data = models.JSONField(encoder=DjangoJSONEncoder)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, blank=True)
    thread_id = models.BigIntegerField(null=True)
    centre_id = models.BigIntegerField(null=True)
    account_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=60)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    xact = models.BigIntegerField(db_default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "subject_id", "seq"], name="event_gapless")]
        indexes = [
            models.Index(fields=["thread_id", "id"], name="event_thread", condition=models.Q(thread_id__isnull=False)),
            models.Index(fields=["xact", "id"], name="event_commit_order"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id} #{self.seq} {self.name}"
