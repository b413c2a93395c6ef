"""The book of money: accounts, entries, postings; payments, cash desks and invoices that stand on it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remonta.billing.workflow import PaymentState
from remonta.kernel.ids import uuid7


class LedgerKind(models.TextChoices):
    CUSTOMER = "customer", _("customer")
    CASH = "cash", _("cash desk")
    CARD = "card", _("card terminal")
    BANK = "bank", _("bank")
    INCOME = "income", _("income")
    TAX = "tax", _("tax")
    ROUNDING = "rounding", _("rounding")
    EXPENSE = "expense", _("expenses")
    DIFFERENCE = "difference", _("cash difference")


class LedgerAccount(models.Model):
    """What postings are made to: one per kind and owner in a legal entity and currency."""

    legal_entity = models.ForeignKey("identity.LegalEntity", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=LedgerKind)
    currency = models.CharField(max_length=3)
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+", null=True)
    cash_desk = models.ForeignKey("CashDesk", models.PROTECT, related_name="+", null=True)
    code = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["legal_entity", "kind", "currency", "customer", "cash_desk", "code"],
                name="ledger_account_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.currency}"


class Entry(models.Model):
    """One line of the book of money; its postings sum to zero per currency. Append-only: reversed, never edited."""

    uid = models.UUIDField(default=uuid7, unique=True)
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    legal_entity = models.ForeignKey("identity.LegalEntity", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=30)
    thread_id = models.BigIntegerField(null=True)
    reverses = models.OneToOneField("self", models.PROTECT, related_name="reversed_by", null=True)
    actor = models.CharField(max_length=60)
    occurred_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["thread_id"], name="entry_thread", condition=Q(thread_id__isnull=False))]

    def __str__(self) -> str:
        return f"{self.reason} {self.pk}"


class Posting(models.Model):
    """Minor units to an account: positive is debit, negative is credit."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="postings")
    account = models.ForeignKey(LedgerAccount, models.PROTECT, related_name="postings")
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    thread_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="posting_of_something")]
        indexes = [
            models.Index(fields=["thread_id", "account"], name="posting_thread", condition=Q(thread_id__isnull=False))
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


class CashDesk(models.Model):
    """A drawer of a centre, or a card terminal standing on the counter."""

    uid = models.UUIDField(default=uuid7, unique=True)
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    terminal = models.CharField(max_length=200, blank=True)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "name"], name="cash_desk_once")]

    def __str__(self) -> str:
        return self.name


class Shift(models.Model):
    """A cash desk's day: opened with a float, closed by a blind count of minor units; a manager may close it too."""

    uid = models.UUIDField(default=uuid7, unique=True)
    desk = models.ForeignKey(CashDesk, models.PROTECT, related_name="shifts")
    opened_by = models.ForeignKey("identity.Account", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_by = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    closed_at = models.DateTimeField(null=True)
    counted = models.BigIntegerField(null=True)
    expected = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["desk"], condition=Q(closed_at=None), name="shift_open_once")]

    def __str__(self) -> str:
        return f"shift {self.pk}"


class Method(models.TextChoices):
    CASH = "cash", _("cash")
    CARD = "card", _("card")
    TRANSFER = "transfer", _("transfer")


class Payment(models.Model):
    """Money from (or, negative, back to) a customer for a work order. Minor units.

    A card payment goes along with `uid`, by which the terminal recognises it: a lost answer is asked for, never charged
    again.
    """

    uid = models.UUIDField(default=uuid7, unique=True)
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+", null=True)
    work_order = models.ForeignKey("orders.WorkOrder", models.PROTECT, related_name="+", null=True)
    desk = models.ForeignKey(CashDesk, models.PROTECT, related_name="+", null=True)
    shift = models.ForeignKey(Shift, models.PROTECT, related_name="+", null=True)
    method = models.CharField(max_length=10, choices=Method)
    purpose = models.CharField(max_length=12, default="payment")
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=10, choices=PaymentState, default=PaymentState.STARTED)
    reference = models.CharField(max_length=120, blank=True)
    refusal = models.CharField(max_length=200, blank=True)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+", null=True)
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="payment_of_something")]
        indexes = [
            models.Index(fields=["work_order"], name="payment_work_order"),
            models.Index(fields=["made_at"], name="payment_unclear", condition=Q(state__in=["started", "unclear"])),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.amount} {self.currency}"


class Invoice(models.Model):
    """An issued invoice: number without gaps, contents frozen with their hash; corrected, never edited."""

    uid = models.UUIDField(default=uuid7, unique=True)
    number = models.CharField(max_length=40, unique=True)
    legal_entity = models.ForeignKey("identity.LegalEntity", models.PROTECT, related_name="+")
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+", null=True)
    work_order = models.ForeignKey("orders.WorkOrder", models.PROTECT, related_name="+", null=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")
    corrects = models.OneToOneField("self", models.PROTECT, related_name="correction", null=True)
    currency = models.CharField(max_length=3)
    total = models.BigIntegerField()
    tax = models.BigIntegerField()
    contents = models.JSONField()
    contents_hash = models.CharField(max_length=64)
    issued_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["work_order"], name="invoice_work_order")]

    def __str__(self) -> str:
        return self.number
