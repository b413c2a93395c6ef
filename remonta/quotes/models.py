"""Priced offers for a work order: versions, variants, lines, and the customer's answer."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remonta.kernel.ids import uuid7
from remonta.kernel.money import line_total
from remonta.quotes.workflow import QuoteState


class Quote(models.Model):
    """One version of an offer. `shown` is what the customer was shown, frozen at sending, and `shown_hash` its SHA-256.

    Amounts are minor units, tax included. Only one version of a work order is not replaced.
    """

    uid = models.UUIDField(default=uuid7, unique=True)
    work_order = models.ForeignKey("orders.WorkOrder", models.PROTECT, related_name="+")
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+", null=True)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=QuoteState, default=QuoteState.DRAFT)
    currency = models.CharField(max_length=3)
    note = models.TextField(blank=True)
    ready_at = models.DateTimeField(null=True)
    valid_until = models.DateField(null=True)
    shown = models.JSONField(null=True)
    shown_hash = models.CharField(max_length=64, blank=True)
    approved_total = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["work_order", "version"], name="quote_version_once"),
            models.UniqueConstraint(fields=["work_order"], condition=~Q(state="replaced"), name="quote_one_stands"),
        ]

    def __str__(self) -> str:
        return f"quote {self.pk} v{self.version}"


class Variant(models.TextChoices):
    NECESSARY = "necessary", _("necessary")
    RECOMMENDED = "recommended", _("recommended")


class QuoteLine(models.Model):
    """A work or a part. `recommended` lines come on top of the necessary ones.

    `price` is per unit in major units with six decimals, `quantity` in thousandths, `total` in minor units.
    `cost` (major units) is for those who may see it.
    """

    uid = models.UUIDField(default=uuid7, unique=True)
    quote = models.ForeignKey(Quote, models.CASCADE, related_name="lines")
    variant = models.CharField(max_length=12, choices=Variant, default=Variant.NECESSARY)
    service = models.ForeignKey("catalogue.Service", models.PROTECT, related_name="+", null=True)
    part = models.ForeignKey("catalogue.Part", models.PROTECT, related_name="+", null=True)
    text = models.CharField(max_length=300)
    quantity = models.BigIntegerField(default=1000)
    price = models.DecimalField(max_digits=18, decimal_places=6)
    discount = models.BigIntegerField(default=0)
    total = models.BigIntegerField()
    cost = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    tax_code = models.CharField(max_length=20, default="standard")
    minutes = models.PositiveIntegerField(default=0)
    performer = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    approved = models.BooleanField(null=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(quantity__gt=0), name="quote_line_of_something")]

    def __str__(self) -> str:
        return self.text

    @property
    def below_cost(self) -> bool:
        """Whether a part is sold for less than it costs. No statement when read through its quote."""
        if self.part_id is None or self.cost is None:
            return False
        return self.total < line_total(self.cost, self.quantity, self.quote.currency)


class Answer(models.Model):
    """What the customer decided: by whom, when, how, over exactly which text (its hash)."""

    quote = models.OneToOneField(Quote, models.PROTECT, related_name="answer")
    approved = models.BooleanField()
    name = models.CharField(max_length=200)
    reason = models.TextField(blank=True)
    means = models.CharField(max_length=20)
    shown_hash = models.CharField(max_length=64)
    actor = models.CharField(max_length=60)
    answered_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{'approved' if self.approved else 'declined'} {self.quote_id}"
