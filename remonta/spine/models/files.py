"""Files by their content, and what they are attached to."""

from django.db import models
from django.db.models import Q


class StoredFile(models.Model):
    """Bytes kept once, found by their SHA-256 (hex). `media_type` is what we made of them, never what was claimed."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=80)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.media_type} {self.sha256[:12]}"


class Attachment(models.Model):
    """A file attached to a subject of some room; that room decides who may see it."""

    uid = models.UUIDField(unique=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="attachments")
    thumbnail = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)
    subject = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    thread_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=255)
    for_customer = models.BooleanField(default=False)
    actor = models.CharField(max_length=60)
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "subject_id"], name="attachment_subject"),
            models.Index(fields=["thread_id"], name="attachment_thread", condition=Q(thread_id__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name
