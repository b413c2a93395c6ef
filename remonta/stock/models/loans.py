"""The loaner pool: our own units that customers have while theirs is repaired."""

from django.db import models
from django.db.models import Q

from remonta.kernel.ids import uuid7
from remonta.kernel.money import Money
from remonta.stock.workflow import LoanerState, LoanState


class Loaner(models.Model):
    """A unit of a centre that may be lent. `value` is what it is worth and `deposit` what is asked for it, in minor
    units of `currency`; `loan` is the one that stands, while it is lent."""

    uid = models.UUIDField(default=uuid7, unique=True)
    unit = models.OneToOneField("equipment.Unit", models.PROTECT, related_name="+")
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=LoanerState, default=LoanerState.FREE)
    currency = models.CharField(max_length=3)
    value = models.BigIntegerField(default=0)
    deposit = models.BigIntegerField(default=0)
    condition = models.CharField(max_length=300, blank=True)
    accessories = models.JSONField(default=list)
    loan = models.ForeignKey("stock.Loan", models.PROTECT, related_name="+", null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(value__gte=0) & Q(deposit__gte=0), name="loaner_worth_something"),
            models.CheckConstraint(condition=Q(state="lent") ^ Q(loan=None), name="loaner_lent_by_a_loan"),
        ]
        indexes = [models.Index(fields=["centre", "state"], name="loaner_centre")]

    def __str__(self) -> str:
        return self.name

    @property
    def deposit_asked(self) -> Money:
        """What is asked for it, in the currency of its centre."""
        return Money(self.deposit, self.currency)


class Loan(models.Model):
    """A loaner in a customer's hands for a work order (`thread_id`), to be back on `due_on`.

    `condition` and `accessories` are as given; `found` and `missing` as it came back. `deposit` is what was agreed, in
    minor units. `told_at` is when its customer was last reminded.
    """

    uid = models.UUIDField(default=uuid7, unique=True)
    number = models.CharField(max_length=20, unique=True)
    loaner = models.ForeignKey(Loaner, models.PROTECT, related_name="loans")
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+")
    thread_id = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=LoanState, default=LoanState.OUT)
    currency = models.CharField(max_length=3)
    deposit = models.BigIntegerField(default=0)
    due_on = models.DateField()
    condition = models.CharField(max_length=300, blank=True)
    accessories = models.JSONField(default=list)
    found = models.CharField(max_length=300, blank=True)
    missing = models.JSONField(default=list)
    damaged = models.BooleanField(default=False)
    lent_at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["loaner"], condition=Q(state="out"), name="loan_out_once")]
        indexes = [
            models.Index(fields=["thread_id"], name="loan_thread"),
            models.Index(fields=["customer"], name="loan_customer"),
            models.Index(fields=["due_on"], name="loan_due", condition=Q(state="out")),
        ]

    def __str__(self) -> str:
        return self.number
