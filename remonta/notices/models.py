"""What colleagues are told in the product, what customers were told, and the texts they are told by."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from remonta.kernel.ids import uuid7


class Notice(models.Model):
    """One line under the bell: `code` names the sentence that `values` (codes, numbers) fill; read once opened.

    `key` names the occasion, so that nobody is told twice. `centre` is where it happened.
    """

    uid = models.UUIDField(default=uuid7, unique=True)
    account = models.ForeignKey("identity.Account", models.CASCADE, related_name="+")
    centre = models.ForeignKey("identity.Centre", models.CASCADE, related_name="+", null=True)
    code = models.CharField(max_length=60)
    key = models.CharField(max_length=80)
    values = models.JSONField(default=dict)
    subject = models.CharField(max_length=40, blank=True)
    subject_id = models.BigIntegerField(null=True)
    subject_uid = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="notice_once")]
        indexes = [
            models.Index(fields=["account", "-id"], name="notice_unread", condition=Q(read_at=None)),
            models.Index(fields=["subject_id", "code"], name="notice_subject"),
        ]

    def __str__(self) -> str:
        return self.code


class CustomerText(models.Model):
    """What a customer is written at an occasion, by a channel, in a language; a centre can have its own words."""

    code = models.CharField(max_length=60)
    channel = models.CharField(max_length=12)
    language = models.CharField(max_length=10)
    centre = models.ForeignKey("identity.Centre", models.CASCADE, related_name="+", null=True)
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("code", "channel", "language", Coalesce("centre", 0), name="customer_text_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.channel} {self.language}"


class CustomerMessage(models.Model):
    """One message to a customer at one occasion by one channel: what makes sure that nobody is told twice.

    `key` names the occasion: `quote_sent:17`. The words are in the outbox's message, which can be erased.
    """

    work_order = models.ForeignKey("orders.WorkOrder", models.CASCADE, related_name="+")
    code = models.CharField(max_length=60)
    key = models.CharField(max_length=80)
    channel = models.CharField(max_length=12)
    message = models.ForeignKey("spine.Message", models.CASCADE, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "channel"], name="customer_message_once")]

    def __str__(self) -> str:
        return f"{self.key} {self.channel}"
