"""One piece of a part kept by serial number: where it is, and how it came there."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from remonta.desk.warehouse.frame import with_tabs
from remonta.kernel.refusals import Missing
from remonta.orders.queries import work_orders_for
from remonta.stock.queries import moves_of_piece, pieces_for, pieces_there
from remonta.web.requests import Request


def piece(request: Request, uid: UUID) -> HttpResponse:
    """Its place, its batch, its moves with the orders they were for."""
    found = pieces_there(request.actor, pieces_for(request.actor).filter(uid=uid))
    if not found:
        raise Missing
    moves = moves_of_piece(request.actor, uid)
    orders = work_orders_for(request.actor).filter(pk__in={line.thread_id for line in moves if line.thread_id})
    numbers = {order.pk: order for order in orders.only("uid", "number")}
    rows = [(line, numbers.get(line.thread_id or 0)) for line in moves]
    context = {"piece": found[0], "rows": rows, **with_tabs(request)}
    return render(request, "desk/warehouse/piece.html", context)
