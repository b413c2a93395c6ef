"""Parts asked for repairs, and goods that arrive."""

from django.db import models
from django.db.models import Q

from remonta.kernel.ids import uuid7
from remonta.supply.workflow import RequisitionState, Terms


class Requisition(models.Model):
    """A part for a work order (quantity in thousandths): demand while it is wanted, then set aside, then issued.

    `unasked`: nobody asked for it, it was handed out by a scan. `purchase` is the line on which it was ordered,
    `transfer` the one on which another centre was asked for it.

    `terms` say who pays, once it is issued; `back` is how much of it came back unused; `used` what the engineer says
    was built in (thousandths), None while nothing was said. `in_place`: it took the place of approved ones that came
    back, and counts as approved itself.
    """

    uid = models.UUIDField(default=uuid7, unique=True)
    work_order = models.ForeignKey("orders.WorkOrder", models.PROTECT, related_name="+")
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    part = models.ForeignKey("catalogue.Part", models.PROTECT, related_name="+")
    quantity = models.BigIntegerField(default=1000)
    state = models.CharField(max_length=10, choices=RequisitionState, default=RequisitionState.WANTED)
    reservation = models.ForeignKey("stock.Reservation", models.PROTECT, related_name="+", null=True)
    terms = models.CharField(max_length=10, choices=Terms, blank=True)
    back = models.BigIntegerField(default=0)
    used = models.BigIntegerField(null=True)
    from_quote = models.BooleanField(default=False)
    in_place = models.BooleanField(default=False)
    unasked = models.BooleanField(default=False)
    expected_on = models.DateField(null=True)
    purchase = models.ForeignKey("supply.PurchaseLine", models.SET_NULL, related_name="requisitions", null=True)
    transfer = models.ForeignKey("stock.TransferLine", models.SET_NULL, related_name="+", null=True)
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(quantity__gt=0), name="requisition_of_something")]
        indexes = [
            models.Index(fields=["part", "centre", "id"], name="requisition_wanted", condition=Q(state="wanted")),
            models.Index(fields=["centre", "id"], name="requisition_reserved", condition=Q(state="reserved")),
            models.Index(fields=["work_order"], name="requisition_work_order"),
        ]

    def __str__(self) -> str:
        return f"{self.part_id} for {self.work_order_id}"


class GoodsReceipt(models.Model):
    """Goods received against a delivery note, and against `order` where there was one; `lines` are moves of the book of
    things. `currency` is the order's, `rate` what it was worth in the centre's own on the day."""

    uid = models.UUIDField(default=uuid7, unique=True)
    number = models.CharField(max_length=20, unique=True)
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    supplier = models.CharField(max_length=200)
    note_number = models.CharField(max_length=80, blank=True)
    order = models.ForeignKey("supply.PurchaseOrder", models.PROTECT, related_name="receipts", null=True)
    currency = models.CharField(max_length=3, blank=True)
    rate = models.DecimalField(max_digits=18, decimal_places=8, null=True)
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    received_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.number


class GoodsReceiptLine(models.Model):
    """What arrived, to which bin, at which unit cost (major units of the centre's currency).

    `price` is what one costs by the order, in its currency; `value` what the goods of the line came to in minor units
    of the centre's currency, before the costs of getting them here. `surplus` is how much of it nobody had ordered;
    `warranty_until` the last day on which the supplier answers for it, where that is known.
    """

    receipt = models.ForeignKey(GoodsReceipt, models.PROTECT, related_name="lines")
    part = models.ForeignKey("catalogue.Part", models.PROTECT, related_name="+")
    place = models.ForeignKey("stock.Place", models.PROTECT, related_name="+")
    move = models.ForeignKey("stock.Move", models.PROTECT, related_name="+")
    quantity = models.BigIntegerField()
    cost = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    purchase = models.ForeignKey("supply.PurchaseLine", models.PROTECT, related_name="deliveries", null=True)
    price = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    value = models.BigIntegerField(null=True)
    surplus = models.BigIntegerField(default=0)
    warranty_until = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.quantity} of {self.part_id}"
