"""What is worked out in the background: what to order, and which parts the units in the field will need."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remonta.kernel.ids import uuid7
from remonta.supply.models.purchases import PurchaseRequest
from remonta.supply.models.suppliers import SupplierPart
from remonta.supply.workflow import CalculationState


class CalculationKind(models.TextChoices):
    ADVICE = "advice", _("what to order")
    PLAN = "plan", _("spare-part plan")


class Calculation(models.Model):
    """One run over all parts of a centre; `months` is how far a plan looks ahead. `last_part` is where the work stands:
    `done` of `all_parts` parts. The newest run that is done is what pages show; older ones go."""

    uid = models.UUIDField(default=uuid7, unique=True)
    kind = models.CharField(max_length=8, choices=CalculationKind)
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=CalculationState, default=CalculationState.RUNNING)
    months = models.PositiveSmallIntegerField(default=0)
    all_parts = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    last_part = models.BigIntegerField(default=0)
    job_uid = models.UUIDField(null=True)
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "centre"], condition=Q(state="running"), name="calculation_one_runs"
            )
        ]
        indexes = [models.Index(fields=["centre", "kind", "-id"], name="calculation_of_centre")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.centre_id}"


class PlanLine(models.Model):
    """What the units in the field will need of a part in a centre, and from what that follows. Quantities are
    thousandths: `need` of the whole time ahead, `safety` stock, `quantity` that is missing.

    `by_model` says which need it: [{"product": id, "units": in the field, "used": pieces, "need": pieces}], the
    neediest first, of the whole network except for `need`. `request` or `transfer` is what it has become.
    """

    uid = models.UUIDField(default=uuid7, unique=True)
    calculation = models.ForeignKey(Calculation, models.CASCADE, related_name="plan")
    part = models.ForeignKey("catalogue.Part", models.PROTECT, related_name="+")
    by_model = models.JSONField(default=list)
    units = models.PositiveIntegerField()
    used = models.BigIntegerField()
    need = models.BigIntegerField()
    safety = models.BigIntegerField()
    free = models.BigIntegerField(default=0)
    on_order = models.BigIntegerField(default=0)
    asked = models.BigIntegerField(default=0)
    wanted = models.BigIntegerField(default=0)
    quantity = models.BigIntegerField(default=0)
    request = models.ForeignKey(PurchaseRequest, models.SET_NULL, related_name="+", null=True)
    transfer = models.ForeignKey("stock.Transfer", models.SET_NULL, related_name="+", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["calculation", "part"], name="plan_once")]
        indexes = [models.Index(fields=["calculation", "-quantity", "-id"], name="plan_by_quantity")]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.part_id}"


class AdviceLine(models.Model):
    """What is advised for a part, with everything it follows from. Quantities are thousandths: `mean` and `error` of a
    month's demand, `safety`, `point` at which to order, `quantity` to order now, `stock` of it for the shelf.

    `history` is the demand of each past month, the oldest first. `request` is what it has become.
    """

    uid = models.UUIDField(default=uuid7, unique=True)
    calculation = models.ForeignKey(Calculation, models.CASCADE, related_name="advice")
    part = models.ForeignKey("catalogue.Part", models.PROTECT, related_name="+")
    method = models.CharField(max_length=10)
    mean = models.BigIntegerField()
    error = models.BigIntegerField()
    demands = models.PositiveSmallIntegerField()
    history = models.JSONField(default=list)
    service = models.PositiveSmallIntegerField()
    lead_days = models.PositiveIntegerField()
    offer = models.ForeignKey(SupplierPart, models.SET_NULL, related_name="+", null=True)
    free = models.BigIntegerField(default=0)
    on_order = models.BigIntegerField(default=0)
    asked = models.BigIntegerField(default=0)
    wanted = models.BigIntegerField(default=0)
    unordered = models.BigIntegerField(default=0)
    safety = models.BigIntegerField(default=0)
    point = models.BigIntegerField(default=0)
    quantity = models.BigIntegerField(default=0)
    stock = models.BigIntegerField(default=0)
    request = models.ForeignKey(PurchaseRequest, models.SET_NULL, related_name="+", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["calculation", "part"], name="advice_once")]
        indexes = [models.Index(fields=["calculation", "-quantity", "-id"], name="advice_by_quantity")]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.part_id}"
