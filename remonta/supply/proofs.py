"""What is always true of parts asked for: each is held by a reservation, by a hold, or by the repair."""

from collections.abc import Iterator

from django.db import connection
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from remonta.orders.queries import standing_holds
from remonta.spine.queries import Flaw, proves
from remonta.supply.models import LandedCost, PurchaseLine, Requisition, SupplierReturnLine
from remonta.supply.workflow import RequisitionState, ReturnState

BOOK = "supply"
PIECE = 500

UNACCOUNTED = """SELECT thread, part_id, SUM(issued), SUM(moved) FROM (
    SELECT work_order_id AS thread, part_id, quantity AS issued, 0 AS moved FROM supply_requisition
    WHERE state = 'issued'
    UNION ALL SELECT m.thread_id, m.part_id, 0, m.quantity FROM stock_move m
    JOIN stock_place p ON p.id = m.target_id WHERE p.kind = 'repair' AND m.part_id IS NOT NULL
    UNION ALL SELECT m.thread_id, m.part_id, 0, -m.quantity FROM stock_move m
    JOIN stock_place p ON p.id = m.source_id JOIN stock_place t ON t.id = m.target_id
    WHERE p.kind = 'repair' AND t.kind <> 'customer' AND m.part_id IS NOT NULL
) counted GROUP BY thread, part_id HAVING SUM(issued) <> SUM(moved)"""


@proves("a part set aside has its reservation")
def set_aside_is_reserved() -> Iterator[Flaw | int]:
    """A reserved requisition has an open reservation of the same part, quantity and order."""
    same = {"reservation__part_id": F("part_id"), "reservation__quantity": F("quantity")}
    sound = Q(**same, reservation__state="open", reservation__thread_id=F("work_order_id"))
    wrong = Requisition.objects.filter(~sound, state=RequisitionState.RESERVED)
    for pk in wrong.order_by("pk").values_list("pk", flat=True).iterator():
        yield Flaw(BOOK, _("it is said to be set aside, but no reservation stands for it"), f"requisition {pk}")


@proves("a missing part holds its order")
def wanted_holds_its_order() -> Iterator[Flaw | int]:
    """A wanted requisition has a standing hold on its order."""
    wanted = Requisition.objects.filter(state=RequisitionState.WANTED).order_by("pk")
    last = 0
    while rows := list(wanted.filter(pk__gt=last).values_list("pk", "work_order_id")[:PIECE]):
        holds = standing_holds({order_id for _pk, order_id in rows})
        for pk, order_id in rows:
            if f"supply.part:{pk}" not in {hold.code for hold in holds.get(order_id, ())}:
                yield Flaw(BOOK, _("its order waits for the part, but no hold says so"), f"requisition {pk}")
        last = rows[-1][0]
        yield len(rows)


@proves("what was issued is in the repair")
def issued_is_in_the_repair() -> Iterator[Flaw | int]:
    """What an order's requisitions say was issued and not returned is what moved to its repair."""
    with connection.cursor() as cursor:
        cursor.execute(UNACCOUNTED)
        wrong = cursor.fetchall()
    for thread, part, issued, moved in wrong:
        said = _("%(issued)s are said to be issued, %(moved)s have moved") % {"issued": issued, "moved": moved}
        yield Flaw(BOOK, said, f"part {part} of order {thread}")


@proves("the shares of a cost come to it")
def shares_come_to_the_cost() -> Iterator[Flaw | int]:
    """What it cost to get a delivery here is shared out over its lines to the last minor unit."""
    rows = LandedCost.objects.annotate(shared=Sum("shares__value")).exclude(value=F("shared"), shared__isnull=False)
    for pk, receipt_id in rows.order_by("pk").values_list("pk", "receipt_id").iterator():
        yield Flaw(BOOK, _("its shares do not come to the whole cost"), f"cost {pk} of receipt {receipt_id}")


@proves("what an order has received came by its deliveries")
def received_came_by_deliveries() -> Iterator[Flaw | int]:
    """The quantity an order's line has received is the sum of the deliveries against it."""
    brought = Coalesce(Sum("deliveries__quantity"), 0)
    rows = PurchaseLine.objects.annotate(brought=brought).exclude(received=F("brought"))
    for pk, order_id in rows.order_by("pk").values_list("pk", "order_id").iterator():
        yield Flaw(BOOK, _("it has received something else than its deliveries brought"), f"line {pk} of {order_id}")


@proves("what went back to a supplier has left")
def returned_has_left() -> Iterator[Flaw | int]:
    """Each line of a return that was sent has its move to the supplier, of the same part and quantity."""
    same = Q(out__part_id=F("part_id"), out__quantity=F("quantity"), out__target__kind="supplier")
    lines = SupplierReturnLine.objects.exclude(goods_return__state__in=[ReturnState.ASKED, ReturnState.CANCELLED])
    for pk in lines.exclude(same).order_by("pk").values_list("pk", flat=True).iterator():
        yield Flaw(BOOK, _("it is said to be sent back, but no such move stands in the book"), f"return line {pk}")
