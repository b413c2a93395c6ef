"""The product archive: every unit ever serviced, by serial number or by our own tag."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remonta.equipment.workflow import UnitState
from remonta.kernel.ids import uuid7


class Unit(models.Model):
    """One physical device. `serial` as written, `serial_normal` as compared; without one, `tag` is our own number."""

    uid = models.UUIDField(default=uuid7, unique=True)
    product = models.ForeignKey("catalogue.Product", models.PROTECT, related_name="+")
    serial = models.CharField(max_length=80, blank=True)
    serial_normal = models.CharField(max_length=80, blank=True)
    second_serial = models.CharField(max_length=80, blank=True)
    tag = models.CharField(max_length=20, blank=True)
    quantity = models.PositiveIntegerField(default=1)
    batch = models.CharField(max_length=60, blank=True)
    owner = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+", null=True)
    sold_on = models.DateField(null=True)
    warranty_until = models.DateField(null=True)
    note = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=UnitState, default=UnitState.ACTIVE)
    merged_into = models.ForeignKey("self", models.PROTECT, related_name="duplicates", null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["product", "serial_normal"],
                condition=~Q(serial_normal="") & Q(merged_into=None),
                name="unit_serial_once",
            ),
            models.UniqueConstraint(fields=["tag"], condition=~Q(tag=""), name="unit_tag_once"),
        ]
        indexes = [
            models.Index(
                fields=["serial_normal"],
                name="unit_serial",
                condition=~Q(serial_normal=""),
                opclasses=["varchar_pattern_ops"],
            ),
            models.Index(fields=["owner"], name="unit_owner"),
            models.Index(fields=["product"], name="unit_product"),
        ]

    def __str__(self) -> str:
        return self.serial or self.tag

    @property
    def centre_id(self) -> None:
        """Units belong to the network; who has had them where stands in KnownUnit."""
        return None


class LinkKind(models.TextChoices):
    PART_OF = "part_of", _("part of")
    REPLACED_BY = "replaced_by", _("replaced by")
    LOANED_FOR = "loaned_for", _("loaned for")


class UnitLink(models.Model):
    """How two units belong together."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="links")
    other = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=LinkKind)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.unit_id} {self.kind} {self.other_id}"


class KnownUnit(models.Model):
    """A centre that has had the unit: what a partner centre may see hangs on this row."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="known_at")
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "centre"], name="known_unit_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} at {self.centre_id}"


class Shipment(models.Model):
    """A sales document by which products went to a customer; `customer_name` is as the sales system wrote it.

    `customer` is set when exactly one of ours is meant.
    """

    uid = models.UUIDField(default=uuid7, unique=True)
    number = models.CharField(max_length=80)
    shipped_on = models.DateField()
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+", null=True)
    customer_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "number"], name="shipment_once")]
        indexes = [models.Index(fields=["customer", "shipped_on"], name="shipment_of_customer")]

    def __str__(self) -> str:
        return self.number


class ShipmentLine(models.Model):
    """So many pieces of a product. `built_with` are the parts really used in building them, if the system knew:
    [{"part": id, "quantity": thousandths, "reference": text, "serial": text}]."""

    uid = models.UUIDField(default=uuid7, unique=True)
    shipment = models.ForeignKey(Shipment, models.CASCADE, related_name="lines")
    product = models.ForeignKey("catalogue.Product", models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField(default=1)
    built_with = models.JSONField(default=list)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(quantity__gt=0), name="shipped_something")]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.product_id}"


class ShippedPiece(models.Model):
    """One piece by its serial number, or all those of a line that have none (`quantity`); the unit it became."""

    uid = models.UUIDField(default=uuid7, unique=True)
    line = models.ForeignKey(ShipmentLine, models.CASCADE, related_name="pieces")
    serial = models.CharField(max_length=80, blank=True)
    serial_normal = models.CharField(max_length=80, blank=True)
    quantity = models.PositiveIntegerField(default=1)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="shipped", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line", "serial_normal"], condition=~Q(serial_normal=""), name="shipped_serial_once"
            ),
        ]
        indexes = [models.Index(fields=["serial_normal"], name="shipped_serial", condition=~Q(serial_normal=""))]

    def __str__(self) -> str:
        return self.serial or str(self.quantity)


class ListSource(models.TextChoices):
    BUILT = "built", _("as it was built")
    LIST = "list", _("from the parts list")


class UnitList(models.Model):
    """That a unit has a parts list of its own, and whence: the parts really used, or the model's list of a day."""

    unit = models.OneToOneField(Unit, models.CASCADE, related_name="parts_list")
    source = models.CharField(max_length=10, choices=ListSource)
    copied_from = models.ForeignKey("catalogue.PartsList", models.PROTECT, related_name="+", null=True)
    day = models.DateField(null=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.source}"


class UnitPart(models.Model):
    """So much (thousandths) of a part is in a unit, below another one if that is an assembly.

    A repair puts a new row in the place of what it takes out (`replaces`): the old row stays with `removed_at`.
    `fitted_order` and `removed_order` are keys of work orders.
    """

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="parts")
    above = models.ForeignKey("self", models.CASCADE, related_name="below", null=True)
    part = models.ForeignKey("catalogue.Part", models.PROTECT, related_name="+")
    quantity = models.BigIntegerField()
    reference = models.CharField(max_length=300, blank=True)
    serial = models.CharField(max_length=80, blank=True)
    fitted_at = models.DateTimeField(null=True)
    fitted_order = models.BigIntegerField(null=True)
    replaces = models.ForeignKey("self", models.SET_NULL, related_name="replaced_by", null=True)
    removed_at = models.DateTimeField(null=True)
    removed_order = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(quantity__gt=0), name="unit_part_of_something")]
        indexes = [
            models.Index(fields=["unit", "id"], name="unit_parts_in_order"),
            models.Index(fields=["fitted_order"], name="unit_part_fitted", condition=Q(fitted_order__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.part_id} in {self.unit_id}"
