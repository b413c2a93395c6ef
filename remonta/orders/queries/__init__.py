"""Reading requests and work orders. `Request` and `WorkOrder` are here for annotations: rows are read by scopes."""

from remonta.orders.models import Request, WorkOrder
from remonta.orders.queries.by_model import orders_by_model
from remonta.orders.queries.elsewhere import Elsewhere, work_elsewhere
from remonta.orders.queries.forgotten import only_forgotten, with_forgotten
from remonta.orders.queries.lists import (
    call_back_list,
    customer_history,
    open_orders,
    order_rows,
    state_of_repair,
    unit_history,
    with_row,
)
from remonta.orders.queries.order_page import order_page, person, standing_holds, steps_of
from remonta.orders.queries.promising import usual_promise
from remonta.orders.queries.request_page import PromiseShape, RequestPage, promises_of, request_page
from remonta.orders.queries.scope import (
    drafts_for,
    notes_for,
    orders_of_customers,
    repairs_told_to,
    requests_for,
    routes_for,
    statuses_for,
    tasks_for,
    work_orders_for,
)
from remonta.orders.queries.shapes import Held, NoteShape, OrderPage, OrderRow, Past, PersonShape, Reason, Step
from remonta.orders.queries.unit_side import AccessoryShape, Check, UnitSide, checks_of, unit_side

__all__ = [
    "AccessoryShape",
    "Check",
    "Elsewhere",
    "Held",
    "NoteShape",
    "OrderPage",
    "OrderRow",
    "Past",
    "PersonShape",
    "PromiseShape",
    "Reason",
    "Request",
    "RequestPage",
    "Step",
    "UnitSide",
    "WorkOrder",
    "call_back_list",
    "checks_of",
    "customer_history",
    "drafts_for",
    "notes_for",
    "only_forgotten",
    "open_orders",
    "order_page",
    "order_rows",
    "orders_by_model",
    "orders_of_customers",
    "person",
    "promises_of",
    "repairs_told_to",
    "request_page",
    "requests_for",
    "routes_for",
    "standing_holds",
    "state_of_repair",
    "statuses_for",
    "steps_of",
    "tasks_for",
    "unit_history",
    "unit_side",
    "usual_promise",
    "with_forgotten",
    "with_row",
    "work_elsewhere",
    "work_orders_for",
]
