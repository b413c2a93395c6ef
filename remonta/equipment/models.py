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
