"""Whom parts are bought from, at which prices, and what foreign money is worth."""

from django.db import models
from django.db.models import Q

from remonta.kernel.ids import uuid7


class Supplier(models.Model):
    """Somebody parts are bought from, by the whole network. `minimum` is what an order must come to (minor units),
    `warranty_months` for how long it answers for what it delivers."""

    uid = models.UUIDField(default=uuid7, unique=True)
    name = models.CharField(max_length=200)
    sort_name = models.CharField(max_length=120)
    currency = models.CharField(max_length=3)
    lead_days = models.PositiveIntegerField(default=0)
    minimum = models.BigIntegerField(default=0)
    warranty_months = models.PositiveSmallIntegerField(default=0)
    contact = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    address = models.TextField(blank=True)
    tax_id = models.CharField(max_length=40, blank=True)
    our_number = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=10, default="en")
    notes = models.TextField(blank=True)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sort_name"], condition=Q(archived_at=None), name="supplier_name_once"),
            models.CheckConstraint(condition=Q(minimum__gte=0), name="supplier_minimum_not_below_zero"),
        ]

    def __str__(self) -> str:
        return self.name


class SupplierPart(models.Model):
    """What a supplier calls one of our parts, and what it costs there.

    `price` is for one, in major units of `currency`; `minimum` and `multiple` are thousandths; without `lead_days` or
    `warranty_months` the supplier's own count. `available` is how much the supplier said it has.
    """

    uid = models.UUIDField(default=uuid7, unique=True)
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="parts")
    part = models.ForeignKey("catalogue.Part", models.PROTECT, related_name="+")
    number = models.CharField(max_length=80, blank=True)
    price = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    currency = models.CharField(max_length=3)
    minimum = models.BigIntegerField(default=1000)
    multiple = models.BigIntegerField(default=1000)
    lead_days = models.PositiveIntegerField(null=True)
    warranty_months = models.PositiveSmallIntegerField(null=True)
    available = models.BigIntegerField(null=True)
    priced_on = models.DateField(null=True)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["supplier", "part", "number"], name="supplier_part_once"),
            models.CheckConstraint(condition=Q(minimum__gt=0, multiple__gt=0), name="supplier_part_lots"),
            models.CheckConstraint(condition=Q(price=None) | Q(price__gte=0), name="supplier_part_price"),
        ]
        indexes = [models.Index(fields=["part"], name="supplier_part_part")]

    def __str__(self) -> str:
        return self.number or str(self.part_id)


class ExchangeRate(models.Model):
    """What one unit of a foreign currency is worth in the legal entity's own on a day, and until the next rate."""

    legal_entity = models.ForeignKey("identity.LegalEntity", models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3)
    day = models.DateField()
    rate = models.DecimalField(max_digits=18, decimal_places=8)
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["legal_entity", "currency", "day"], name="exchange_rate_once"),
            models.CheckConstraint(condition=Q(rate__gt=0), name="exchange_rate_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.rate} on {self.day}"


class PriceChange(models.Model):
    """What a price list wrote over: `before` are the old terms, None where the supplier did not sell the part yet."""

    sold = models.ForeignKey(SupplierPart, models.CASCADE, related_name="changes")
    source = models.CharField(max_length=60)
    before = models.JSONField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sold", "source"], name="price_change_once")]

    def __str__(self) -> str:
        return f"{self.sold_id} by {self.source}"
