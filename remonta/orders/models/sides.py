"""What people write and tick beside an order: notes, tasks, passcodes, checks, drafts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from remonta.kernel.ids import uuid7
from remonta.orders.models.orders import WorkOrder
from remonta.orders.models.requests import Request
from remonta.orders.workflow import TaskState


class NoteKind(models.TextChoices):
    NOTE = "note", _("note")
    TALK = "talk", _("talk with the customer")
    TO_CUSTOMER = "to_customer", _("message to the customer")
    FROM_CUSTOMER = "from_customer", _("message from the customer")


class Note(models.Model):
    """Free text beside the timeline; erasable when a person asks, while the event that names it stays."""

    uid = models.UUIDField(default=uuid7, unique=True)
    request = models.ForeignKey(Request, models.PROTECT, related_name="notes", null=True)
    work_order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="notes", null=True)
    kind = models.CharField(max_length=14, choices=NoteKind, default=NoteKind.NOTE)
    text = models.TextField()
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Task(models.Model):
    """A thing to do, with an owner (a person or a group) and a date, about any subject."""

    uid = models.UUIDField(default=uuid7, unique=True)
    centre = models.ForeignKey("identity.Centre", models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=TaskState, default=TaskState.OPEN)
    owner = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    group = models.ForeignKey("identity.Group", models.PROTECT, related_name="+", null=True)
    request = models.ForeignKey(Request, models.PROTECT, related_name="tasks", null=True)
    work_order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="tasks", null=True)
    due_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "due_at"], name="task_open", condition=Q(state="open"))]

    def __str__(self) -> str:
        return self.title


class Passcode(models.Model):
    """The device's passcode, encrypted; erased at hand-over."""

    work_order = models.OneToOneField(WorkOrder, models.CASCADE, related_name="passcode", primary_key=True)
    secret = models.BinaryField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"passcode of {self.work_order_id}"


class PasscodeLook(models.Model):
    """Who looked at a passcode, and when."""

    work_order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="passcode_looks")
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+")
    looked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.account_id} at {self.looked_at}"


class CheckResult(models.Model):
    """One ticked line of a checklist: works, does not work, or could not be checked."""

    work_order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="checks")
    item = models.ForeignKey("catalogue.ChecklistItem", models.PROTECT, related_name="+")
    result = models.CharField(
        max_length=10, choices=[("ok", _("works")), ("bad", _("does not work")), ("unknown", _("not checked"))]
    )
    note = models.CharField(max_length=300, blank=True)
    account = models.ForeignKey("identity.Account", models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["work_order", "item"], name="check_once")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.result}"


class IntakeDraft(models.Model):
    """What has been typed of an intake, saved by itself; gone when the unit is taken in."""

    uid = models.UUIDField(default=uuid7, unique=True)
    centre = models.ForeignKey("identity.Centre", models.CASCADE, related_name="+")
    account = models.ForeignKey("identity.Account", models.CASCADE, related_name="+")
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"draft {self.pk}"
