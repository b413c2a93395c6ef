"""The moment a unit goes back: who took it, and what was signed; and what was paid for loaners."""

from django.db import models

from remonta.kernel.ids import uuid7


class HandOver(models.Model):
    """A unit given back: who took it, the signature if one was drawn, and the hash of what was shown."""

    uid = models.UUIDField(default=uuid7, unique=True)
    work_order = models.OneToOneField("orders.WorkOrder", models.PROTECT, related_name="+")
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    taken_by = models.CharField(max_length=200)
    signature = models.ForeignKey("spine.Attachment", models.PROTECT, related_name="+", null=True)
    shown_hash = models.CharField(max_length=64)
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"hand-over of {self.work_order_id}"


class LoanDeposit(models.Model):
    """The payment by which a loaner's deposit was taken; another one when the first did not go through."""

    loan = models.OneToOneField("stock.Loan", models.PROTECT, related_name="+")
    payment = models.ForeignKey("billing.Payment", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"deposit of {self.loan_id}"
