"""What somebody asked for, by any channel, and what was promised."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remonta.kernel.ids import uuid7
from remonta.orders.workflow import RequestState


class Channel(models.TextChoices):
    CALL = "call", _("call")
    WEB = "web", _("web form")
    PORTAL = "portal", _("portal")
    EMAIL = "email", _("e-mail")
    COUNTER = "counter", _("counter")
    IMPORT = "import", _("import")
    CENTRE = "centre", _("another centre")


class RequestKind(models.TextChoices):
    REPAIR = "repair", _("repair")
    CONSULTATION = "consultation", _("consultation")
    OTHER = "other", _("other")


class Request(models.Model):
    """A request. `customer` asks; `end_customer`, `payer` and `return_address` may be others. `fault` is free text.

    `wants_call` puts it on the call-back list. A refusal carries `refusal`, a code with free `refusal_note`.
    """

    uid = models.UUIDField(default=uuid7, unique=True)
    number = models.CharField(max_length=20, unique=True)
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=14, choices=RequestKind, default=RequestKind.REPAIR)
    channel = models.CharField(max_length=10, choices=Channel)
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.NEW)
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+", null=True)
    end_customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+", null=True)
    payer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+", null=True)
    return_address = models.ForeignKey("customers.Address", models.PROTECT, related_name="+", null=True)
    product = models.ForeignKey("catalogue.Product", models.PROTECT, related_name="+", null=True)
    contact_name = models.CharField(max_length=200, blank=True)
    contact_phone = models.CharField(max_length=20, blank=True)
    contact_email = models.EmailField(blank=True)
    device = models.CharField(max_length=200, blank=True)
    fault = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    refusal = models.CharField(max_length=30, blank=True)
    refusal_note = models.TextField(blank=True)
    wants_call = models.BooleanField(default=False)
    call_by = models.DateTimeField(null=True)
    responsible = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=RequestState.values), name="request_state_known")]
        indexes = [
            models.Index(fields=["centre", "-id"], name="request_open", condition=Q(state__in=["new", "lead"])),
            models.Index(fields=["customer", "-id"], name="request_customer"),
        ]

    def __str__(self) -> str:
        return self.number


class Promise(models.Model):
    """What a customer was told: a price (minor units), a time. Kept as said, never changed."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="promises")
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    price = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    ready_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.price} {self.currency} {self.ready_at}"
