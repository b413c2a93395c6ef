"""The book of money: accounts, entries, postings; payments, cash desks and invoices that stand on it."""

from django.db import models
from django.db.models import Q

from remonta.billing.words import LedgerKind, Method, Purpose, Series
from remonta.billing.workflow import PaymentState
from remonta.kernel.ids import uuid7


class LedgerAccount(models.Model):
    """What postings are made to: one per kind and owner in a legal entity and currency.

    `key` spells all of that, because databases differ in whether two empty owners are the same.
    """

    key = models.CharField(max_length=120, unique=True)
    legal_entity = models.ForeignKey("identity.LegalEntity", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=LedgerKind)
    currency = models.CharField(max_length=3)
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+", null=True)
    cash_desk = models.ForeignKey("CashDesk", models.PROTECT, related_name="+", null=True)
    code = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = [models.Index(fields=["customer"], name="ledger_customer", condition=Q(customer__isnull=False))]

    def __str__(self) -> str:
        return f"{self.kind} {self.currency}"


class Entry(models.Model):
    """One line of the book of money; its postings sum to zero per currency. Append-only: reversed, never edited.

    A reversal carries the reason of what it reverses, so that sums by reason stay true.
    """

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
    """A drawer of a centre and the card terminal beside it; `terminal` is the terminal's address, empty without one."""

    uid = models.UUIDField(default=uuid7, unique=True)
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    terminal = models.CharField(max_length=200, blank=True)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "name"], name="cash_desk_once", condition=Q(archived_at=None))
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def open_shift(self) -> "Shift | None":
        """The shift that runs, of those fetched beforehand or by one statement."""
        return next((shift for shift in self.shifts.all() if shift.closed_at is None), None)


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

    @property
    def difference(self) -> int | None:
        """What was counted beyond what the book expected, in minor units; None while the shift runs."""
        return self.counted - self.expected if self.counted is not None and self.expected is not None else None


class Payment(models.Model):
    """Money from (or, negative, back to) a customer for a work order. Minor units.

    A card payment goes along with `uid`, by which the terminal recognises it: a lost answer is asked for, never charged
    again, at the `terminal` it was sent to. `rounding` is what cash was rounded by, `tendered` what the customer gave.
    `refunds` is what is given back.
    """

    uid = models.UUIDField(default=uuid7, unique=True)
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+", null=True)
    work_order = models.ForeignKey("orders.WorkOrder", models.PROTECT, related_name="+")
    desk = models.ForeignKey(CashDesk, models.PROTECT, related_name="+", null=True)
    shift = models.ForeignKey(Shift, models.PROTECT, related_name="+", null=True)
    method = models.CharField(max_length=10, choices=Method)
    purpose = models.CharField(max_length=12, choices=Purpose, default=Purpose.PAYMENT)
    amount = models.BigIntegerField()
    rounding = models.BigIntegerField(default=0)
    tendered = models.BigIntegerField(null=True)
    refunds = models.ForeignKey("self", models.PROTECT, related_name="refunded_by", null=True)
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=10, choices=PaymentState, default=PaymentState.STARTED)
    terminal = models.CharField(max_length=200, blank=True)
    reference = models.CharField(max_length=120, blank=True)
    refusal = models.CharField(max_length=200, blank=True)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+", null=True)
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="payment_of_something")]
        indexes = [
            models.Index(fields=["work_order"], name="payment_work_order"),
            models.Index(fields=["centre", "-id"], name="payment_centre"),
            models.Index(fields=["made_at"], name="payment_unclear", condition=Q(state__in=["started", "unclear"])),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.amount} {self.currency}"

    @property
    def change(self) -> int:
        """What the customer got back of the cash given, in minor units."""
        return self.tendered - self.amount - self.rounding if self.tendered is not None else 0


class Invoice(models.Model):
    """An issued invoice: number without gaps in its legal entity, series and year; contents frozen with their hash.

    Never edited: a correction takes it back, with contents and number of its own. Minor units.
    """

    uid = models.UUIDField(default=uuid7, unique=True)
    legal_entity = models.ForeignKey("identity.LegalEntity", models.PROTECT, related_name="+")
    series = models.CharField(max_length=3, choices=Series, default=Series.INVOICE)
    year = models.PositiveSmallIntegerField()
    place = models.PositiveIntegerField()
    number = models.CharField(max_length=40)
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+", null=True)
    work_order = models.ForeignKey("orders.WorkOrder", models.PROTECT, related_name="+")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")
    corrects = models.OneToOneField("self", models.PROTECT, related_name="correction", null=True)
    currency = models.CharField(max_length=3)
    total = models.BigIntegerField()
    tax = models.BigIntegerField()
    contents = models.JSONField()
    contents_hash = models.CharField(max_length=64)
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["legal_entity", "series", "year", "place"], name="invoice_number_once")
        ]
        indexes = [
            models.Index(fields=["work_order"], name="invoice_work_order"),
            models.Index(fields=["centre", "-id"], name="invoice_centre"),
        ]

    def __str__(self) -> str:
        return self.number


class PartCharge(models.Model):
    """What an issued part changes of an order's price, beside what its quote says: minor units, more or less.

    Lines are added, never changed: other terms add a line that takes the former ones back. `quantity` (thousandths) is
    what it is about, `price` what one costs in major units where it is sold beyond the quote.
    """

    uid = models.UUIDField(default=uuid7, unique=True)
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    work_order = models.ForeignKey("orders.WorkOrder", models.PROTECT, related_name="+")
    requisition = models.ForeignKey("supply.Requisition", models.PROTECT, related_name="+")
    terms = models.CharField(max_length=10)
    text = models.CharField(max_length=300)
    quantity = models.BigIntegerField()
    price = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    tax_code = models.CharField(max_length=20, default="standard")
    amount = models.BigIntegerField()
    actor = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="part_charge_of_something")]
        indexes = [models.Index(fields=["work_order"], name="part_charge_work_order")]

    def __str__(self) -> str:
        return f"{self.amount} for {self.requisition_id}"
