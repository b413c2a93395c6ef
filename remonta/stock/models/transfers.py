"""Transfers of parts from one own centre to another: what was asked, sent and received, and how differences ended."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from remonta.kernel.ids import uuid7
from remonta.stock.models.book import Move, Place
from remonta.stock.workflow import TransferState


class Transfer(models.Model):
    """Parts that `centre` asks of `giver`. `road` is where they are on the way; `reason` why nothing is sent."""

    uid = models.UUIDField(default=uuid7, unique=True)
    number = models.CharField(max_length=20, unique=True)
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    giver = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=TransferState, default=TransferState.ASKED)
    road = models.ForeignKey(Place, models.PROTECT, related_name="+", null=True)
    note = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(centre=F("giver")), name="transfer_between_two")]
        indexes = [
            models.Index(fields=["centre", "-id"], name="transfer_to_centre"),
            models.Index(fields=["giver", "-id"], name="transfer_from_centre"),
        ]

    def __str__(self) -> str:
        return self.number


class TransferLine(models.Model):
    """One part of a transfer, in thousandths: asked for, granted (None until approved), sent, received, and how much of
    the difference between the two is settled. `cost` is what one cost the giver, in major units."""

    uid = models.UUIDField(default=uuid7, unique=True)
    transfer = models.ForeignKey(Transfer, models.CASCADE, related_name="lines")
    part = models.ForeignKey("catalogue.Part", models.PROTECT, related_name="+")
    asked = models.BigIntegerField(default=0)
    granted = models.BigIntegerField(null=True)
    sent = models.BigIntegerField(default=0)
    received = models.BigIntegerField(default=0)
    settled = models.BigIntegerField(default=0)
    cost = models.DecimalField(max_digits=18, decimal_places=6, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["transfer", "part"], name="transfer_line_once"),
            models.CheckConstraint(
                condition=Q(asked__gte=0, sent__gte=0, received__gte=0, settled__gte=0), name="transfer_not_below_zero"
            ),
        ]
        indexes = [models.Index(fields=["part"], name="transfer_line_part")]

    def __str__(self) -> str:
        return f"{self.asked} of {self.part_id}"

    @property
    def difference(self) -> int:
        """Thousandths still to be settled: less than zero when fewer arrived than were sent."""
        open_ = self.received - self.sent
        return open_ - self.settled if open_ > 0 else open_ + self.settled


class Settling(models.TextChoices):
    FOUND_HERE = "found_here", _("found here after all")
    FOUND_THERE = "found_there", _("never sent: it still lies with the giver")
    LOST = "lost", _("lost on the way")
    SENT_MORE = "sent_more", _("sent without being scanned")
    UNKNOWN = "unknown", _("nobody knows where it came from")


SHORTAGE = (Settling.FOUND_HERE, Settling.FOUND_THERE, Settling.LOST)
SURPLUS = (Settling.SENT_MORE, Settling.UNKNOWN)


class TransferSettlement(models.Model):
    """How so many thousandths of a difference ended, by whose word, and the move that posted it."""

    line = models.ForeignKey(TransferLine, models.PROTECT, related_name="settlements")
    way = models.CharField(max_length=12, choices=Settling)
    quantity = models.BigIntegerField()
    move = models.ForeignKey(Move, models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    settled_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(quantity__gt=0), name="settlement_of_something")]

    def __str__(self) -> str:
        return f"{self.way} {self.quantity} of {self.line_id}"
