"""The final check of each repair, and what customers think of it."""

from django.db import models
from django.db.models import Q

from remonta.kernel.ids import uuid7


class FinalCheck(models.Model):
    """One passage through the quality gate; `results` are {item uid: "ok" | "bad" | "unknown"}."""

    uid = models.UUIDField(default=uuid7, unique=True)
    work_order = models.ForeignKey("orders.WorkOrder", models.PROTECT, related_name="+")
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    passed = models.BooleanField()
    results = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["work_order"], name="final_check_work_order")]

    def __str__(self) -> str:
        return f"check of {self.work_order_id}"


class Rating(models.Model):
    """The customer's score of 1 to 5 with words of their own."""

    uid = models.UUIDField(default=uuid7, unique=True)
    work_order = models.OneToOneField("orders.WorkOrder", models.PROTECT, related_name="+")
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(score__range=(1, 5)), name="rating_of_five")]

    def __str__(self) -> str:
        return f"{self.score} for {self.work_order_id}"
