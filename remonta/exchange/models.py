"""Imports: what was read, and what became of every row."""

from django.db import models
from django.db.models import Q

from remonta.exchange.workflow import ImportState
from remonta.kernel.ids import uuid7


class Import(models.Model):
    """One file read into the product.

    `mapping` says which column is what; `checked` what a dry run found, `checking_since` when
    one was asked for that is not done. `cursor` is the last row dealt with, written
    together with what was made of it: a run that was killed goes on behind it. `reasons` counts skipped rows by code.
    """

    uid = models.UUIDField(default=uuid7, unique=True)
    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    mapping = models.JSONField(default=dict)
    checked = models.JSONField(default=dict)
    checking_since = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.DRAFT)
    trouble = models.TextField(blank=True)
    cursor = models.BigIntegerField(default=0)
    rows_read = models.BigIntegerField(default=0)
    rows_all = models.BigIntegerField(default=0)
    created = models.BigIntegerField(default=0)
    updated = models.BigIntegerField(default=0)
    skipped = models.BigIntegerField(default=0)
    reasons = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="import_state_known"),
            models.CheckConstraint(
                condition=Q(rows_read=models.F("created") + models.F("updated") + models.F("skipped")),
                name="import_every_row_accounted",
            ),
            models.UniqueConstraint(
                fields=["centre"], condition=Q(state__in=["running", "undoing"]), name="import_one_a_centre"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ImportRow(models.Model):
    """What became of one row: created, updated, or skipped for a reason. `key` finds it in a second import.

    `values` are the row's own, exactly as they stood in the file; `before` what an update wrote over. `fate` is empty
    until an undo says: withdrawn, restored, or kept because people have worked on it.
    """

    run = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    row = models.BigIntegerField()
    key = models.CharField(max_length=120)
    outcome = models.CharField(max_length=10)
    reason = models.CharField(max_length=40, blank=True)
    values = models.JSONField(default=dict)
    before = models.JSONField(null=True)
    subject_id = models.BigIntegerField(null=True)
    fate = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "row"], name="import_row_once")]
        indexes = [
            models.Index(fields=["key"], name="import_row_key"),
            models.Index(fields=["run", "outcome", "fate", "row"], name="import_row_became"),
        ]

    def __str__(self) -> str:
        return f"row {self.row} {self.outcome}"
