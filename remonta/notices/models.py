"""What colleagues are told in the product, and the texts customers are told by."""

from django.db import models
from django.db.models import Q

from remonta.kernel.ids import uuid7


class Notice(models.Model):
    """One line under the bell: `text` is a message id filled by `values` (codes, numbers); read once opened."""

    uid = models.UUIDField(default=uuid7, unique=True)
    account = models.ForeignKey("identity.Account", models.CASCADE, related_name="+")
    code = models.CharField(max_length=60)
    values = models.JSONField(default=dict)
    subject = models.CharField(max_length=40, blank=True)
    subject_id = models.BigIntegerField(null=True)
    link = models.CharField(max_length=200, blank=True)
    event_id = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "event_id", "code"], name="notice_once", condition=Q(event_id__isnull=False)
            )
        ]
        indexes = [models.Index(fields=["account", "-id"], name="notice_unread", condition=Q(read_at=None))]

    def __str__(self) -> str:
        return self.code


class CustomerText(models.Model):
    """What a customer is written at an occasion, by a channel, in a language; a centre can have its own words."""

    code = models.CharField(max_length=60)
    channel = models.CharField(max_length=12)
    language = models.CharField(max_length=10)
    centre = models.ForeignKey("identity.Centre", models.CASCADE, related_name="+", null=True)
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "channel", "language", "centre"], name="customer_text_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.channel} {self.language}"
