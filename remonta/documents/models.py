"""Templates of print forms, and the documents drawn from them with the data frozen at that moment."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from remonta.kernel.ids import uuid7


class FormTemplate(models.Model):
    """One version of a form in Typst; never edited. `kit` is what it shares with the other forms, as it was then.

    Delivered templates are rows too, found by `sha256`, so that a document keeps the very look it was issued with. Of
    the others one is active for a centre, a legal entity or the whole network; the nearest counts.
    """

    uid = models.UUIDField(default=uuid7, unique=True)
    code = models.CharField(max_length=30)
    version = models.PositiveIntegerField()
    source = models.TextField()
    kit = models.TextField()
    sha256 = models.CharField(max_length=64)
    built_in = models.BooleanField(default=False)
    active = models.BooleanField(default=False)
    legal_entity = models.ForeignKey("identity.LegalEntity", models.PROTECT, related_name="+", null=True)
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+", null=True)
    actor = models.CharField(max_length=60)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="form_template_version_once"),
            models.UniqueConstraint(fields=["code", "sha256"], condition=Q(built_in=True), name="form_built_in_once"),
            models.UniqueConstraint(
                "code",
                Coalesce("legal_entity", 0),
                Coalesce("centre", 0),
                condition=Q(active=True),
                name="form_template_one_active",
            ),
            models.CheckConstraint(condition=Q(legal_entity=None) | Q(centre=None), name="form_template_of_one_layer"),
            models.CheckConstraint(condition=~Q(built_in=True, active=True), name="form_built_in_needs_no_mark"),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"


class Document(models.Model):
    """What was printed: `data` frozen with its SHA-256, drawn again from these two at any time, byte for byte alike.

    `subject` and `subject_id` name the row it is about, `thread_id` the work order in whose log it is shown.
    """

    uid = models.UUIDField(default=uuid7, unique=True)
    code = models.CharField(max_length=30)
    template = models.ForeignKey(FormTemplate, models.PROTECT, related_name="documents")
    paper = models.CharField(max_length=12)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    number = models.CharField(max_length=60, blank=True)
    subject = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    thread_id = models.BigIntegerField(null=True)
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    data = models.JSONField()
    sha256 = models.CharField(max_length=64)
    actor = models.CharField(max_length=60)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "subject_id", "template", "sha256"], name="document_once")
        ]
        indexes = [
            models.Index(fields=["thread_id", "id"], name="document_thread", condition=Q(thread_id__isnull=False)),
            models.Index(fields=["centre", "-id"], name="document_centre"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.number}"
