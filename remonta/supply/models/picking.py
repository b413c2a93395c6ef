"""Picking lists: what is set aside for repairs, to be fetched on one walk through the store."""

from django.db import models

from remonta.kernel.ids import uuid7
from remonta.supply.models.requisitions import Requisition


class PickingList(models.Model):
    """Parts to be fetched together; done when none of its requisitions is set aside any more."""

    uid = models.UUIDField(default=uuid7, unique=True)
    number = models.CharField(max_length=20, unique=True)
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["centre", "-id"], name="picking_list_of_centre")]

    def __str__(self) -> str:
        return self.number


class PickingLine(models.Model):
    """A requisition is on one list at a time."""

    picking = models.ForeignKey(PickingList, models.CASCADE, related_name="lines")
    requisition = models.OneToOneField(Requisition, models.CASCADE, related_name="picking")

    def __str__(self) -> str:
        return f"{self.requisition_id} on {self.picking_id}"
