"""Parts taken out of customers' units, and what became of them."""

from django.db import models

from remonta.kernel.ids import uuid7
from remonta.supply.workflow import OldPartState


class OldPart(models.Model):
    """So many thousandths of a part came out of a customer's unit by `move` and wait in quarantine, until `settled`
    takes them to the maker or to scrap; `cause` is a code that says why."""

    uid = models.UUIDField(default=uuid7, unique=True)
    move = models.OneToOneField("stock.Move", models.PROTECT, related_name="+")
    work_order = models.ForeignKey("orders.WorkOrder", models.PROTECT, related_name="+")
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    part = models.ForeignKey("catalogue.Part", models.PROTECT, related_name="+")
    quantity = models.BigIntegerField()
    serials = models.JSONField(default=list)
    batch = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=OldPartState, default=OldPartState.WAITING)
    cause = models.CharField(max_length=30, blank=True)
    settled = models.ForeignKey("stock.Move", models.PROTECT, related_name="+", null=True)
    taken_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["centre", "-id"], name="old_part_centre"),
            models.Index(fields=["work_order"], name="old_part_work_order"),
        ]

    def __str__(self) -> str:
        return f"old {self.part_id} of {self.work_order_id}"
