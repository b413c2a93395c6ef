"""What clients asked for under ids of their own."""

from django.db import models


class Operation(models.Model):
    """One command asked for under the client's id, and which row came of it. `body` is the hash of what was asked."""

    actor = models.CharField(max_length=60)
    uid = models.UUIDField()
    command = models.CharField(max_length=60)
    body = models.CharField(max_length=64)
    result_id = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["uid", "actor"], name="operation_once")]
        indexes = [models.Index(fields=["made_at"], name="operation_age")]

    def __str__(self) -> str:
        return f"{self.command} {self.result_id}"
