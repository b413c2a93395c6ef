"""Every write to requests, work orders and what stands beside them."""

from remonta.orders.commands.drafts import drop_draft, save_draft
from remonta.orders.commands.holds import lift_hold, place_hold
from remonta.orders.commands.locks import ChangedMeanwhile, lock_request, lock_work_order, save_changed
from remonta.orders.commands.passcodes import erase_passcode, keep_passcode, look_at_passcode
from remonta.orders.commands.photos import add_photo
from remonta.orders.commands.planning import (
    NoSuchEngineer,
    choose_status,
    confirm_fault,
    set_priority,
    set_ready_date,
    watch_order,
    write_engineer,
    write_ready_date,
)
from remonta.orders.commands.requests import (
    Asked,
    accept_request,
    add_promise,
    add_request,
    close_request,
    keep_lead,
    mark_called_back,
    promise_customer,
    refuse_request,
    register_request,
    take_request,
)
from remonta.orders.commands.routes import change_route, copy_route, load_starter_routes, write_status
from remonta.orders.commands.sides import (
    add_accessories,
    add_note,
    fill_checklist,
    give_accessories_back,
    tick,
    write_note,
    write_request_note,
)
from remonta.orders.commands.tasks import TaskAsked, add_task, end_task, give_task
from remonta.orders.commands.work import (
    AlreadyInService,
    WorkAsked,
    add_work_order,
    apply_move,
    move_work_order,
    open_work_order,
)

__all__ = [
    "AlreadyInService",
    "Asked",
    "ChangedMeanwhile",
    "NoSuchEngineer",
    "TaskAsked",
    "WorkAsked",
    "accept_request",
    "add_accessories",
    "add_note",
    "add_photo",
    "add_promise",
    "add_request",
    "add_task",
    "add_work_order",
    "apply_move",
    "change_route",
    "choose_status",
    "close_request",
    "confirm_fault",
    "copy_route",
    "drop_draft",
    "end_task",
    "erase_passcode",
    "fill_checklist",
    "give_accessories_back",
    "give_task",
    "keep_lead",
    "keep_passcode",
    "lift_hold",
    "load_starter_routes",
    "lock_request",
    "lock_work_order",
    "look_at_passcode",
    "mark_called_back",
    "move_work_order",
    "open_work_order",
    "place_hold",
    "promise_customer",
    "refuse_request",
    "register_request",
    "save_changed",
    "save_draft",
    "set_priority",
    "set_ready_date",
    "take_request",
    "tick",
    "watch_order",
    "write_engineer",
    "write_note",
    "write_ready_date",
    "write_request_note",
    "write_status",
]
