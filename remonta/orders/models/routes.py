"""How orders of a kind run: routes and a centre's own statuses, both data."""

from django.db import models
from django.db.models.functions import Coalesce

from remonta.kernel.ids import uuid7
from remonta.orders.workflow import Stage


class Route(models.Model):
    """The stages a kind of order passes, in order: the status bar. Without a region and centre, a template to copy."""

    uid = models.UUIDField(default=uuid7, unique=True)
    code = models.CharField(max_length=40)
    names = models.JSONField(default=dict)
    stages = models.JSONField(default=list)
    needs_unit = models.BooleanField(default=True)
    needs_customer = models.BooleanField(default=True)
    region = models.ForeignKey("identity.Region", models.PROTECT, related_name="+", null=True)
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+", null=True)
    copied_from = models.ForeignKey("self", models.PROTECT, related_name="copies", null=True)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("code", Coalesce("region", 0), Coalesce("centre", 0), name="route_once")]

    def __str__(self) -> str:
        return self.code


class Status(models.Model):
    """A centre's own step within a stage: name, colour, time norm in working minutes, words for the customer."""

    uid = models.UUIDField(default=uuid7, unique=True)
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+", null=True)
    stage = models.CharField(max_length=20, choices=Stage)
    names = models.JSONField(default=dict)
    for_customer = models.JSONField(default=dict)
    colour = models.CharField(max_length=12, default="blue")
    norm_minutes = models.PositiveIntegerField(null=True)
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.names.get("en", self.stage))
