"""How many repairs of each model a centre has had."""

from datetime import datetime

from django.db.models import Count

from remonta.orders.models import WorkOrder


def orders_by_model(since: datetime) -> dict[tuple[int, int], int]:
    """Work orders of the whole network since then, by model and centre. For commands that permit it. One statement."""
    rows = WorkOrder.objects.filter(created_at__gte=since, product__isnull=False, withdrawn_at=None)
    grouped = rows.values_list("product_id", "centre_id").annotate(many=Count("pk")).order_by()
    return {(product_id or 0, centre_id): many for product_id, centre_id, many in grouped}
