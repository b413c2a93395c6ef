"""The work on one unit, what came with it, who follows it, and why it cannot move on."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext

from remonta.kernel.ids import uuid7
from remonta.kernel.money import Money
from remonta.kernel.spoken import said_values
from remonta.orders.models.requests import Request
from remonta.orders.models.routes import Route, Status
from remonta.orders.workflow import OPEN, Stage


class WorkOrder(models.Model):
    """The service of one unit under a request.

    `state` is the stage. `customer` and `product` repeat what the request and the unit say at that time, so that lists
    are one read. `due_at` is what was promised; `stage_since` when the stage began; `outcome` a code at the end.
    `preauthorised` is what may be spent without asking (minor units). `for_order` is the order of another centre, the
    customer's own, for which this one does the work.
    """

    uid = models.UUIDField(default=uuid7, unique=True)
    number = models.CharField(max_length=20, unique=True)
    request = models.ForeignKey(Request, models.PROTECT, related_name="work_orders")
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    route = models.ForeignKey(Route, models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=Stage, default=Stage.REGISTERED)
    status = models.ForeignKey(Status, models.PROTECT, related_name="+", null=True)
    unit = models.ForeignKey("equipment.Unit", models.PROTECT, related_name="+", null=True)
    product = models.ForeignKey("catalogue.Product", models.PROTECT, related_name="+", null=True)
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+", null=True)
    fault = models.TextField(blank=True)
    looks = models.TextField(blank=True)
    confirmed_fault = models.TextField(blank=True)
    fault_confirmed_at = models.DateTimeField(null=True)
    preauthorised = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    engineer = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    group = models.ForeignKey("identity.Group", models.PROTECT, related_name="+", null=True)
    responsible = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    priority = models.PositiveSmallIntegerField(default=3)
    planned_minutes = models.PositiveIntegerField(default=60)
    due_at = models.DateTimeField(null=True)
    stage_since = models.DateTimeField()
    outcome = models.CharField(max_length=30, blank=True)
    solution = models.TextField(blank=True)
    rework_of = models.ForeignKey("self", models.PROTECT, related_name="reworks", null=True)
    for_order = models.ForeignKey("self", models.PROTECT, related_name="done_elsewhere", null=True)
    under_warranty = models.BooleanField(default=False)
    imported = models.CharField(max_length=40, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=Stage.values), name="work_order_state_known")]
        indexes = [
            models.Index(fields=["centre", "-id"], name="work_order_open", condition=Q(state__in=OPEN)),
            models.Index(fields=["due_at", "id"], name="work_order_due", condition=Q(state__in=OPEN)),
            models.Index(fields=["engineer", "-id"], name="work_order_engineer", condition=Q(state__in=OPEN)),
            models.Index(fields=["centre", "-id", "state"], name="work_order_centre"),
            models.Index(fields=["unit", "-id"], name="work_order_unit"),
            models.Index(fields=["customer", "-id"], name="work_order_customer"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def given_to(self) -> int | None:
        return self.engineer_id

    @property
    def open(self) -> bool:
        return self.state in OPEN


class Accessory(models.Model):
    """What came with the unit: a charger, a bag. `code` is on its label."""

    work_order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="accessories")
    code = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=120)
    returned_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Watcher(models.Model):
    """Somebody who is told what happens to an order without being responsible for it."""

    work_order = models.ForeignKey(WorkOrder, models.CASCADE, related_name="watchers")
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["work_order", "account"], name="watcher_once")]

    def __str__(self) -> str:
        return f"{self.account_id} watches {self.work_order_id}"


class Hold(models.Model):
    """Why an order cannot move on: `blocks` names moves, `reason` is a message id filled by `values`."""

    work_order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="holds")
    code = models.CharField(max_length=80)
    reason = models.CharField(max_length=200)
    values = models.JSONField(default=dict)
    blocks = models.JSONField()
    placed_by = models.CharField(max_length=60)
    placed_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["work_order", "code"], condition=Q(lifted_at=None), name="hold_stands_once")
        ]

    def __str__(self) -> str:
        return str(gettext(self.reason) % said_values({name: _read(name, said) for name, said in self.values.items()}))


def _read(name: str, said: Any) -> Any:
    """Amounts and days are kept as plain text, `30.00 PLN` and `2026-03-02`; each reader gets them in their habit."""
    read: Callable[[str], Any] | None = {"amount": Money.read, "day": date.fromisoformat}.get(name)
    with suppress(ValueError):
        return read(said) if read else said
    return said
