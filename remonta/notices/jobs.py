"""Looking for what nobody says by itself: orders whose promised time has passed."""

from datetime import timedelta

from django.db.models import Exists, OuterRef

from remonta.notices.commands import give_notices
from remonta.notices.models import Notice
from remonta.orders.queries import open_orders
from remonta.spine.commands import Task, handles, scheduled

LATE, MOST = "order_late", 200
LOOKS_BACK = timedelta(days=1)


@handles("notices.late", "orders.see")
def tell_late_orders(task: Task) -> None:
    """Tells who answers for an order and who works on it, once for each time that was promised."""
    now = task.now()
    told = Notice.objects.filter(subject_id=OuterRef("pk"), code=LATE, made_at__gte=OuterRef("due_at"))
    late = open_orders(task.actor).filter(due_at__lte=now, due_at__gt=now - LOOKS_BACK).exclude(Exists(told))
    for order in late.order_by("due_at")[:MOST]:
        key = f"{LATE}:{order.pk}:{order.due_at:%Y%m%d%H%M}"
        people = [order.responsible_id, order.engineer_id, *order.watchers.values_list("account_id", flat=True)]
        about = ("orders.workorder", order.pk, order.uid)
        values = {"number": order.number}
        give_notices(task.actor, people, LATE, key=key, about=about, centre_id=order.centre_id, values=values)


scheduled("notices.late", every=timedelta(minutes=10))
