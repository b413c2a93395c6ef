"""The network: legal entities, regions, centres, groups, their people and their working time."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from remonta.identity.roles import Role
from remonta.kernel.ids import uuid7


class LegalEntity(models.Model):
    """Who signs invoices: currency (ISO 4217), country (ISO 3166), taxes, rounding.

    `tax_rates` are fractions by code, such as {"standard": "0.23"}; `cash_step` is the smallest coin in minor units.
    """

    uid = models.UUIDField(default=uuid7, unique=True)
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2)
    currency = models.CharField(max_length=3)
    tax_id = models.CharField(max_length=40, blank=True)
    address = models.TextField(blank=True)
    bank_account = models.CharField(max_length=60, blank=True)
    tax_rates = models.JSONField(default=dict)
    rounding = models.CharField(max_length=20, default="ROUND_HALF_UP")
    rounds_lines = models.BooleanField(default=True)
    cash_step = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.name


class Region(models.Model):
    uid = models.UUIDField(default=uuid7, unique=True)
    name = models.CharField(max_length=120, unique=True)

    def __str__(self) -> str:
        return self.name


class WorkingCalendar(models.Model):
    """Hours of the week as {"0": [["09:00", "18:00"]], …}, Monday 0; public holidays of `country`, if any, are off."""

    name = models.CharField(max_length=80)
    country = models.CharField(max_length=2, blank=True)
    subdivision = models.CharField(max_length=10, blank=True)
    week = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.name


class CalendarDay(models.Model):
    """One date with hours of its own: a working Saturday, a day off."""

    calendar = models.ForeignKey(WorkingCalendar, models.CASCADE, related_name="days")
    day = models.DateField()
    hours = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["calendar", "day"], name="calendar_day_once")]

    def __str__(self) -> str:
        return f"{self.calendar_id} {self.day}"


class CentreKind(models.TextChoices):
    OWN = "own", _("own centre")
    PARTNER = "partner", _("partner centre")
    SHOP = "shop", _("shop of sale")


class Centre(models.Model):
    """A place that repairs. `code` opens its order numbers: KRK-000123."""

    uid = models.UUIDField(default=uuid7, unique=True)
    code = models.CharField(max_length=6, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=CentreKind, default=CentreKind.OWN)
    legal_entity = models.ForeignKey(LegalEntity, models.PROTECT, related_name="centres")
    region = models.ForeignKey(Region, models.PROTECT, related_name="centres", null=True)
    calendar = models.ForeignKey(WorkingCalendar, models.PROTECT, related_name="+", null=True)
    timezone = models.CharField(max_length=40, default="UTC")
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, default="en")
    address = models.CharField(max_length=300, blank=True)
    city = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    archived_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

    @property
    def centre_id(self) -> int:
        return self.pk


class Group(models.Model):
    """A department or team of a centre: members, a lead, a pool of work."""

    uid = models.UUIDField(default=uuid7, unique=True)
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="groups")
    name = models.CharField(max_length=120)
    lead = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "name"], name="group_once")]

    def __str__(self) -> str:
        return self.name


class GroupMember(models.Model):
    group = models.ForeignKey(Group, models.CASCADE, related_name="members")
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "account"], name="group_member_once")]

    def __str__(self) -> str:
        return f"{self.account_id} in {self.group_id}"


class Staff(models.Model):
    """One account in one role, at one centre or, without a centre, in the whole network."""

    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="posts")
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="staff", null=True)
    role = models.CharField(max_length=20, choices=Role)

    class Meta:
        constraints = [models.UniqueConstraint("account", Coalesce("centre", 0), "role", name="staff_once")]

    def __str__(self) -> str:
        return f"{self.role} {self.account_id} in {self.centre_id}"


class Setting(models.Model):
    """One setting of the network, a region or a centre; the nearest one counts."""

    key = models.CharField(max_length=80)
    region = models.ForeignKey(Region, models.CASCADE, related_name="+", null=True)
    centre = models.ForeignKey(Centre, models.CASCADE, related_name="+", null=True)
    value = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint("key", Coalesce("region", 0), Coalesce("centre", 0), name="setting_once"),
            models.CheckConstraint(condition=Q(region=None) | Q(centre=None), name="setting_of_one_layer"),
        ]

    def __str__(self) -> str:
        return self.key
