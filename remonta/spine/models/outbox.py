"""What leaves the process: mail, SMS and webhooks wait here until a worker has sent them."""

from django.db import models
from django.db.models import Q


class MessageState(models.TextChoices):
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNCLEAR = "unclear"
    DEAD = "dead"
    CANCELLED = "cancelled"


class Message(models.Model):
    """One message to the outside, both history and queue.

    `uid` goes along with every attempt, so that a gateway that can recognise repeats does. A send that was interrupted
    at a gateway that cannot is `unclear` and waits for a person. `body` and `recipient` are erased when a person asks.
    """

    uid = models.UUIDField(unique=True)
    channel = models.CharField(max_length=12)
    recipient = models.CharField(max_length=320)
    title = models.CharField(max_length=255, blank=True)
    body = models.TextField(blank=True)
    html = models.TextField(blank=True)
    attachments = models.JSONField(default=list)
    purpose = models.CharField(max_length=60)
    subject = models.CharField(max_length=40, blank=True)
    subject_id = models.BigIntegerField(null=True)
    thread_id = models.BigIntegerField(null=True)
    centre_id = models.BigIntegerField(null=True)
    customer_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=MessageState, default=MessageState.WAITING)
    gateway = models.CharField(max_length=60, blank=True)
    gateway_reference = models.CharField(max_length=120, blank=True)
    attempt = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()
    worker = models.CharField(max_length=60, blank=True)
    leased_until = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_at", "id"], name="message_waiting", condition=Q(state="waiting")),
            models.Index(fields=["leased_until"], name="message_leased", condition=Q(state="sending")),
            models.Index(fields=["thread_id", "id"], name="message_thread", condition=Q(thread_id__isnull=False)),
            models.Index(fields=["centre_id", "id"], name="message_centre"),
            models.Index(fields=["id"], name="message_in_trouble", condition=Q(state__in=["unclear", "dead"])),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.purpose} {self.state}"
