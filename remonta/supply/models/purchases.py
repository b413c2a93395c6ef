"""Buying: what is to be bought, orders at suppliers with their lines, and what it costs to get the goods here."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remonta.kernel.ids import uuid7
from remonta.supply.models.requisitions import GoodsReceipt, GoodsReceiptLine
from remonta.supply.models.suppliers import Supplier, SupplierPart
from remonta.supply.workflow import PurchaseState, RequestState


class PurchaseOrder(models.Model):
    """An order at a supplier in one currency. `reference` is what the supplier calls it."""

    uid = models.UUIDField(default=uuid7, unique=True)
    number = models.CharField(max_length=20, unique=True)
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="orders")
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=10, choices=PurchaseState, default=PurchaseState.DRAFT)
    reference = models.CharField(max_length=80, blank=True)
    note = models.TextField(blank=True)
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "supplier", "currency"], condition=Q(state="draft"), name="purchase_one_draft"
            )
        ]
        indexes = [models.Index(fields=["centre", "-id"], name="purchase_of_centre")]

    def __str__(self) -> str:
        return self.number


class PurchaseLine(models.Model):
    """So many thousandths of a part at a price for one (major units of the order's currency).

    `confirmed` and `expected_on` are the supplier's answer; `closed` says that nothing more is to come.
    """

    uid = models.UUIDField(default=uuid7, unique=True)
    order = models.ForeignKey(PurchaseOrder, models.CASCADE, related_name="lines")
    part = models.ForeignKey("catalogue.Part", models.PROTECT, related_name="+")
    supplier_part = models.ForeignKey(SupplierPart, models.PROTECT, related_name="+", null=True)
    number = models.CharField(max_length=80, blank=True)
    quantity = models.BigIntegerField()
    price = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    confirmed = models.BigIntegerField(null=True)
    expected_on = models.DateField(null=True)
    received = models.BigIntegerField(default=0)
    closed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "part"], name="purchase_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="purchase_of_something"),
            models.CheckConstraint(condition=Q(received__gte=0), name="purchase_received_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.part_id}"


class PurchaseRequest(models.Model):
    """Somebody asks purchasing for a part which no repair waits for: for stock, or for a reason in words."""

    uid = models.UUIDField(default=uuid7, unique=True)
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    part = models.ForeignKey("catalogue.Part", models.PROTECT, related_name="+")
    quantity = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.OPEN)
    reason = models.CharField(max_length=200, blank=True)
    wanted_by = models.DateField(null=True)
    line = models.ForeignKey(PurchaseLine, models.SET_NULL, related_name="requests", null=True)
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(quantity__gt=0), name="purchase_request_of_something")]
        indexes = [models.Index(fields=["centre", "id"], name="purchase_request_open", condition=Q(state="open"))]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.part_id}"


class CostKind(models.TextChoices):
    FREIGHT = "freight", _("freight")
    DUTY = "duty", _("duty")
    OTHER = "other", _("other cost")


class SharedBy(models.TextChoices):
    VALUE = "value", _("by value")
    QUANTITY = "quantity", _("by quantity")


class LandedCost(models.Model):
    """What it cost to get a delivery here: `amount` in minor units of `currency`, at `rate` of the day `value` in minor
    units of the centre's own currency, which its shares come to exactly. A mistake is put right by a negative amount.
    """

    uid = models.UUIDField(default=uuid7, unique=True)
    receipt = models.ForeignKey(GoodsReceipt, models.PROTECT, related_name="landed")
    kind = models.CharField(max_length=10, choices=CostKind)
    shared_by = models.CharField(max_length=10, choices=SharedBy)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    rate = models.DecimalField(max_digits=18, decimal_places=8)
    value = models.BigIntegerField()
    note = models.CharField(max_length=200, blank=True)
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="landed_cost_of_something")]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount} {self.currency}"


class LandedShare(models.Model):
    """What one line of the delivery bears of a cost, in minor units of the centre's currency."""

    cost = models.ForeignKey(LandedCost, models.PROTECT, related_name="shares")
    line = models.ForeignKey(GoodsReceiptLine, models.PROTECT, related_name="shares")
    value = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cost", "line"], name="landed_share_once")]

    def __str__(self) -> str:
        return f"{self.value} of {self.cost_id}"
