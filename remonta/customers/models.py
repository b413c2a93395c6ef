"""People and companies we repair for: how to reach them, where they live, and who belongs to whom."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from remonta.kernel.ids import uuid7


class CustomerKind(models.TextChoices):
    PERSON = "person", _("person")
    COMPANY = "company", _("company")


class Customer(models.Model):
    """One person or company. `name` is one field; `sort_name` orders lists alike on every database.

    A duplicate points to what it was merged into and is shown nowhere else. Of who was erased only the number stays.
    """

    uid = models.UUIDField(default=uuid7, unique=True)
    kind = models.CharField(max_length=10, choices=CustomerKind, default=CustomerKind.PERSON)
    name = models.CharField(max_length=200)
    sort_name = models.CharField(max_length=120)
    email = models.EmailField(max_length=254, blank=True)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, default="en")
    tax_id = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)
    flags = models.JSONField(default=list, blank=True)
    may_contact = models.JSONField(default=dict, blank=True)
    account_manager = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, related_name="duplicates", null=True)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["sort_name", "id"], name="customer_sorted")]

    def __str__(self) -> str:
        return self.name

    @property
    def centre_id(self) -> None:
        """Customers belong to the network; who knows them where stands in KnownCustomer."""
        return None


class Phone(models.Model):
    """A number in E.164; several people of a household may share one.

    `reversed_digits` is the number from its last digit to its first, so that a tail is found as a prefix.
    """

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="phones")
    number = models.CharField(max_length=20)
    reversed_digits = models.CharField(max_length=20)
    label = models.CharField(max_length=40, blank=True)
    takes_sms = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["customer", "number"], name="phone_once")]
        indexes = [
            models.Index(fields=["number"], name="phone_number"),
            models.Index(fields=["reversed_digits"], name="phone_tail"),
        ]

    def __str__(self) -> str:
        return self.number


class Address(models.Model):
    """Where something is fetched, sent or invoiced."""

    uid = models.UUIDField(default=uuid7, unique=True)
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="addresses")
    label = models.CharField(max_length=60, blank=True)
    lines = models.CharField(max_length=300)
    city = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=2, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.lines, f"{self.postcode} {self.city}".strip(), self.country]))


class RelationKind(models.TextChoices):
    HOUSEHOLD = "household", _("same household")
    MEMBER = "member", _("works for")


class Relation(models.Model):
    """Who belongs to whom: a household, a company's people."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="relations")
    other = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=RelationKind)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["customer", "other", "kind"], name="relation_once")]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.kind} {self.other_id}"


class KnownCustomer(models.Model):
    """A centre that has dealt with the customer: what a partner centre may see hangs on this row."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="known_at")
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["customer", "centre"], name="known_customer_once")]

    def __str__(self) -> str:
        return f"{self.customer_id} at {self.centre_id}"
