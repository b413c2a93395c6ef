"""What is repaired and sold: categories, models, parts, works with their prices, codes and checklists."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remonta.catalogue.workflow import ListState
from remonta.kernel.ids import uuid7


class Category(models.Model):
    """A kind of device. `names` are in several languages; `accessories` and `looks` are offered at intake."""

    uid = models.UUIDField(default=uuid7, unique=True)
    code = models.CharField(max_length=40, unique=True)
    names = models.JSONField(default=dict)
    parent = models.ForeignKey("self", models.PROTECT, related_name="children", null=True)
    accessories = models.JSONField(default=list)
    looks = models.JSONField(default=list)
    asks_passcode = models.BooleanField(default=False)
    serial_is_imei = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.code


class Brand(models.Model):
    uid = models.UUIDField(default=uuid7, unique=True)
    name = models.CharField(max_length=120, unique=True)

    def __str__(self) -> str:
        return self.name


class Product(models.Model):
    """A model of a device, or a product we sell. `words` is the normal text it is found by."""

    uid = models.UUIDField(default=uuid7, unique=True)
    category = models.ForeignKey(Category, models.PROTECT, related_name="products")
    brand = models.ForeignKey(Brand, models.PROTECT, related_name="products", null=True)
    name = models.CharField(max_length=200)
    code = models.CharField(max_length=80, blank=True)
    sort_name = models.CharField(max_length=120)
    words = models.TextField(blank=True)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["sort_name", "id"], name="product_sorted")]
        constraints = [
            models.UniqueConstraint(fields=["brand", "name"], name="product_once", condition=~Q(brand=None)),
            models.UniqueConstraint(fields=["name"], name="product_once_without_brand", condition=Q(brand=None)),
        ]

    def __str__(self) -> str:
        return f"{self.brand} {self.name}" if self.brand_id else self.name


class KnownFault(models.Model):
    """A fault that is known of a model: what the customer sees, and what helps. Texts in several languages."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="known_faults")
    symptoms = models.JSONField(default=dict)
    remedy = models.JSONField(default=dict)
    service = models.ForeignKey("Service", models.SET_NULL, related_name="+", null=True)

    def __str__(self) -> str:
        return str(self.symptoms.get("en", ""))


class UnitOfMeasure(models.TextChoices):
    PIECE = "pc", _("pc")
    METRE = "m", _("m")
    GRAM = "g", _("g")
    MILLILITRE = "ml", _("ml")
    LITRE = "l", _("l")
    HOUR = "h", _("h")


class Tracking(models.TextChoices):
    """How pieces of a part are told apart: not at all, by the batch they were made in, or each by its number."""

    QUANTITY = "quantity", _("by quantity")
    BATCH = "batch", _("by batch")
    SERIAL = "serial", _("by serial number")


class Part(models.Model):
    """A spare part or material. `number` is the article number people read, `words` the normal text it is found by."""

    uid = models.UUIDField(default=uuid7, unique=True)
    number = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    sort_name = models.CharField(max_length=120)
    words = models.TextField(blank=True)
    measure = models.CharField(max_length=4, choices=UnitOfMeasure, default=UnitOfMeasure.PIECE)
    gtin = models.CharField(max_length=14, blank=True)
    tracking = models.CharField(max_length=8, choices=Tracking, default=Tracking.QUANTITY)
    exchange = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["gtin"], name="part_gtin", condition=~Q(gtin="")),
            models.Index(fields=["sort_name", "id"], name="part_sorted"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class PartFit(models.Model):
    """A part that fits a model."""

    part = models.ForeignKey(Part, models.CASCADE, related_name="fits")
    product = models.ForeignKey(Product, models.CASCADE, related_name="parts")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["part", "product"], name="part_fit_once")]

    def __str__(self) -> str:
        return f"{self.part_id} fits {self.product_id}"


class Service(models.Model):
    """A work of the price list, for all devices, a category or one model. `minutes` is its usual duration.

    `keywords` are what people say when they need it, in any language, separated by commas.
    """

    uid = models.UUIDField(default=uuid7, unique=True)
    code = models.CharField(max_length=40, unique=True)
    names = models.JSONField(default=dict)
    words = models.TextField(blank=True)
    category = models.ForeignKey(Category, models.PROTECT, related_name="services", null=True)
    product = models.ForeignKey(Product, models.PROTECT, related_name="services", null=True)
    minutes = models.PositiveIntegerField(default=60)
    keywords = models.TextField(blank=True)
    archived_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.code


class Price(models.Model):
    """What a part or a work costs the customer of a legal entity, in major units, tax included.

    `cost` is what it costs us: shown only to those allowed. The newest row whose day has come counts.
    """

    legal_entity = models.ForeignKey("identity.LegalEntity", models.PROTECT, related_name="+")
    part = models.ForeignKey(Part, models.CASCADE, related_name="prices", null=True)
    service = models.ForeignKey(Service, models.CASCADE, related_name="prices", null=True)
    amount = models.DecimalField(max_digits=18, decimal_places=6)
    cost = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    tax_code = models.CharField(max_length=20, default="standard")
    since = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(part=None) ^ Q(service=None), name="price_of_one_thing"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="price_not_negative"),
        ]
        indexes = [
            models.Index(fields=["legal_entity", "part", "since"], name="price_of_part"),
            models.Index(fields=["legal_entity", "service", "since"], name="price_of_service"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} since {self.since}"


class CodeKind(models.TextChoices):
    SYMPTOM = "symptom", _("symptom")
    DEFECT = "defect", _("defect")
    REPAIR = "repair", _("repair")


class FaultCode(models.Model):
    """What is seen, what is broken, what was done: the three dictionaries of a diagnosis."""

    uid = models.UUIDField(default=uuid7, unique=True)
    kind = models.CharField(max_length=10, choices=CodeKind)
    code = models.CharField(max_length=20)
    names = models.JSONField(default=dict)
    category = models.ForeignKey(Category, models.PROTECT, related_name="codes", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="fault_code_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"


class ChecklistMoment(models.TextChoices):
    INTAKE = "intake", _("at intake")
    BENCH = "bench", _("on the bench")
    FINAL = "final", _("final check")
    HANDOVER = "handover", _("at hand-over")


class ChecklistItem(models.Model):
    """One line of the checklist of a category, or of all devices."""

    uid = models.UUIDField(default=uuid7, unique=True)
    category = models.ForeignKey(Category, models.CASCADE, related_name="checklist", null=True)
    moment = models.CharField(max_length=10, choices=ChecklistMoment)
    names = models.JSONField(default=dict)
    required = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.names.get("en", ""))


class PartsList(models.Model):
    """What a model, or a part that is put together, consists of: one version.

    A draft is changed by people. A published one is in force from `valid_from` until the day before `valid_until`,
    when the next one comes into force; both days are dates of the network.
    """

    uid = models.UUIDField(default=uuid7, unique=True)
    product = models.ForeignKey(Product, models.PROTECT, related_name="parts_lists", null=True)
    part = models.ForeignKey(Part, models.PROTECT, related_name="parts_lists", null=True)
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=ListState, default=ListState.DRAFT)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(product=None) ^ Q(part=None), name="parts_list_of_one_thing"),
            models.CheckConstraint(
                condition=Q(state=ListState.DRAFT) ^ Q(valid_from__isnull=False), name="parts_list_since_when"
            ),
            models.UniqueConstraint(fields=["product", "version"], name="parts_list_of_product_once"),
            models.UniqueConstraint(fields=["part", "version"], name="parts_list_of_part_once"),
            models.UniqueConstraint(
                fields=["product"], condition=Q(state=ListState.DRAFT), name="parts_list_of_product_one_draft"
            ),
            models.UniqueConstraint(
                fields=["part"], condition=Q(state=ListState.DRAFT), name="parts_list_of_part_one_draft"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product or self.part} v{self.version}"

    @property
    def centre_id(self) -> None:
        """The catalogue is the network's."""
        return None


class PartsListLine(models.Model):
    """So much (thousandths) of a part stands in a list. `reference` is its place in the drawing."""

    parts_list = models.ForeignKey(PartsList, models.CASCADE, related_name="lines")
    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    quantity = models.BigIntegerField()
    reference = models.CharField(max_length=300, blank=True)
    optional = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(quantity__gt=0), name="parts_list_line_of_something")]
        indexes = [models.Index(fields=["parts_list", "position", "id"], name="parts_list_in_order")]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.part_id}"


class Replacement(models.Model):
    """`new` can be used in place of `old`, and with `both_ways` the other way round too.

    `supersedes`: the old number is not made any more, and whoever asks for it is led to the new one.
    """

    uid = models.UUIDField(default=uuid7, unique=True)
    old = models.ForeignKey(Part, models.CASCADE, related_name="successors")
    new = models.ForeignKey(Part, models.CASCADE, related_name="predecessors")
    supersedes = models.BooleanField(default=False)
    both_ways = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(old=models.F("new")), name="replacement_of_another"),
            models.UniqueConstraint(fields=["old", "new"], name="replacement_once"),
            models.UniqueConstraint(fields=["old"], condition=Q(supersedes=True), name="superseded_once"),
        ]

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id}"
