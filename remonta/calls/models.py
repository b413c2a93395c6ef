"""Phone calls as the exchange reports them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remonta.kernel.ids import uuid7


class CallState(models.TextChoices):
    RINGING = "ringing", _("ringing")
    ANSWERED = "answered", _("answered")
    ENDED = "ended", _("ended")
    MISSED = "missed", _("missed")


class Call(models.Model):
    """One call. `external_id` is the exchange's own, by which repeated and disordered reports are one call."""

    uid = models.UUIDField(default=uuid7, unique=True)
    exchange = models.CharField(max_length=40, default="default")
    external_id = models.CharField(max_length=120)
    incoming = models.BooleanField(default=True)
    number = models.CharField(max_length=20, blank=True)
    line = models.CharField(max_length=40, blank=True)
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+", null=True)
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+", null=True)
    request = models.ForeignKey("orders.Request", models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=10, choices=CallState, default=CallState.RINGING)
    called_back_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exchange", "external_id"], name="call_once")]
        indexes = [
            models.Index(fields=["started_at"], name="call_standing", condition=Q(state__in=["ringing", "answered"])),
            models.Index(
                fields=["centre", "-id"], name="call_missed", condition=Q(state="missed", called_back_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.state}"
