"""Imports: what was read, and what became of every row."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from remonta.kernel.ids import uuid7


class ImportState(models.TextChoices):
    DRAFT = "draft", _("mapping")
    CHECKED = "checked", _("dry run done")
    RUNNING = "running", _("running")
    STOPPED = "stopped", _("stopped")
    DONE = "done", _("done")
    UNDONE = "undone", _("undone")


class Import(models.Model):
    """One file read into the product. `mapping` says which column is what; `cursor` is the last row dealt with."""

    uid = models.UUIDField(default=uuid7, unique=True)
    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    mapping = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.DRAFT)
    cursor = models.BigIntegerField(default=0)
    rows_read = models.BigIntegerField(default=0)
    created = models.BigIntegerField(default=0)
    updated = models.BigIntegerField(default=0)
    skipped = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class ImportRow(models.Model):
    """What became of one row: created, updated, or skipped for a reason. `key` finds it in a second import."""

    run = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    row = models.BigIntegerField()
    key = models.CharField(max_length=120)
    outcome = models.CharField(max_length=10)
    reason = models.CharField(max_length=40, blank=True)
    values = models.JSONField(default=dict)
    subject_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "row"], name="import_row_once")]
        indexes = [models.Index(fields=["key"], name="import_row_key")]

    def __str__(self) -> str:
        return f"row {self.row} {self.outcome}"
