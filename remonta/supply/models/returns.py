"""Goods that go back to their supplier: wrong, surplus or failed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remonta.kernel.ids import uuid7
from remonta.supply.models.purchases import PurchaseLine
from remonta.supply.models.requisitions import GoodsReceipt
from remonta.supply.models.suppliers import Supplier
from remonta.supply.workflow import ReturnState


class ReturnReason(models.TextChoices):
    WRONG = "wrong", _("wrong part")
    SURPLUS = "surplus", _("surplus")
    FAILED = "failed", _("failed")


class SupplierReturn(models.Model):
    """Goods of a centre for one supplier. `courier` and `tracking` say how they went, `reference` is the supplier's own
    number of the case, `answer` what it said. A credit is `credited` minor units of `currency`; goods that came instead
    stand on `receipt`."""

    uid = models.UUIDField(default=uuid7, unique=True)
    number = models.CharField(max_length=20, unique=True)
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="returns")
    state = models.CharField(max_length=10, choices=ReturnState, default=ReturnState.ASKED)
    note = models.CharField(max_length=200, blank=True)
    courier = models.CharField(max_length=80, blank=True)
    tracking = models.CharField(max_length=80, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    answer = models.CharField(max_length=200, blank=True)
    credited = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    receipt = models.ForeignKey(GoodsReceipt, models.PROTECT, related_name="+", null=True)
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(credited=None) | Q(credited__gt=0), name="return_credit_above_zero")
        ]
        indexes = [models.Index(fields=["centre", "-id"], name="supplier_return_of_centre")]

    def __str__(self) -> str:
        return self.number


class SupplierReturnLine(models.Model):
    """So many thousandths of a part that lie at `place` until they leave by the move `out`. `purchase` is the line by
    which they were bought, as far as that is known; `note` what is wrong with them; `named` the serial number, or the
    batch, of parts kept so."""

    uid = models.UUIDField(default=uuid7, unique=True)
    goods_return = models.ForeignKey(SupplierReturn, models.CASCADE, related_name="lines")
    part = models.ForeignKey("catalogue.Part", models.PROTECT, related_name="+")
    place = models.ForeignKey("stock.Place", models.PROTECT, related_name="+")
    quantity = models.BigIntegerField()
    reason = models.CharField(max_length=10, choices=ReturnReason)
    purchase = models.ForeignKey(PurchaseLine, models.PROTECT, related_name="returns", null=True)
    note = models.CharField(max_length=200, blank=True)
    named = models.CharField(max_length=80, blank=True)
    out = models.ForeignKey("stock.Move", models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(quantity__gt=0), name="return_of_something")]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.part_id}"
