"""The case: what was asked for, the work on each unit, and what keeps it."""

from remonta.orders.models.orders import Accessory, Hold, Watcher, WorkOrder
from remonta.orders.models.requests import Channel, Promise, Request, RequestKind
from remonta.orders.models.routes import Route, Status
from remonta.orders.models.sides import CheckResult, IntakeDraft, Note, NoteKind, Passcode, PasscodeLook, Task

__all__ = [
    "Accessory",
    "Channel",
    "CheckResult",
    "Hold",
    "IntakeDraft",
    "Note",
    "NoteKind",
    "Passcode",
    "PasscodeLook",
    "Promise",
    "Request",
    "RequestKind",
    "Route",
    "Status",
    "Task",
    "Watcher",
    "WorkOrder",
]
