"""What people keep of their lists, and which orders they have open."""

from django.db import models

from remonta.identity.roles import Role
from remonta.kernel.ids import uuid7


class SavedView(models.Model):
    """Filters and order of a list under a name, kept by a person; `query` is the address behind the question mark."""

    uid = models.UUIDField(default=uuid7, unique=True)
    account = models.ForeignKey("identity.Account", models.CASCADE, related_name="+")
    listing = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["listing", "account"], name="saved_view_of")]

    def __str__(self) -> str:
        return self.name


class ViewShare(models.Model):
    """A role that sees somebody's view as well."""

    view = models.ForeignKey(SavedView, models.CASCADE, related_name="shares")
    role = models.CharField(max_length=20, choices=Role)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["view", "role"], name="view_share_once")]

    def __str__(self) -> str:
        return f"{self.view_id} {self.role}"


class Visit(models.Model):
    """Somebody has a work order open: one row a page, gone with it; `seen_at` is when its stream last lived."""

    uid = models.UUIDField(default=uuid7, unique=True)
    work_order = models.ForeignKey("orders.WorkOrder", models.CASCADE, related_name="+")
    account = models.ForeignKey("identity.Account", models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.account_id} at {self.work_order_id}"
