"""What orders tells the rooms above."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_noop

from remonta.kernel.money import Money
from remonta.orders.words import NOTE_KINDS, REFUSALS
from remonta.orders.workflow import Stage
from remonta.spine.facts import Fact


@dataclass(frozen=True, kw_only=True)
class RequestFact(Fact):
    """Everything said about a request names it and its centre."""

    request_id: int
    centre_id: int


@dataclass(frozen=True, kw_only=True)
class RequestRegistered(RequestFact):
    """Somebody asked for something; `kind` and `channel` are codes."""

    name = "orders.request_registered"
    says = gettext_noop("Request registered")
    kind: str
    channel: str
    customer_id: int | None = None


class RequestAccepted(RequestFact):
    """The request becomes work."""

    name = "orders.request_accepted"
    says = gettext_noop("Accepted")


class LeadKept(RequestFact):
    """The customer only asked so far."""

    name = "orders.lead_kept"
    says = gettext_noop("Kept as a lead: the customer only asked")


@dataclass(frozen=True, kw_only=True)
class RequestRefused(RequestFact):
    """The customer does not want it; `reason` is a code."""

    name = "orders.request_refused"
    says = gettext_noop("The customer refused: %(reason)s")
    reason: str

    def words(self) -> Mapping[str, object]:
        return {"reason": REFUSALS.get(self.reason, self.reason)}


class RequestClosed(RequestFact):
    """Answered or finished; nothing more will come of it."""

    name = "orders.request_closed"
    says = gettext_noop("Closed")


@dataclass(frozen=True, kw_only=True)
class CustomerPromised(RequestFact):
    """A price (minor units) or a time was promised to the customer."""

    name = "orders.customer_promised"
    says = gettext_noop("Promised to the customer: %(promise)s")
    promise_id: int
    price: int | None = None
    currency: str = ""
    ready_at: str = ""

    def words(self) -> Mapping[str, object]:
        price = [Money(self.price, self.currency)] if self.price is not None else []
        until = [datetime.fromisoformat(self.ready_at)] if self.ready_at else []
        return {"promise": [*price, *until]}


@dataclass(frozen=True, kw_only=True)
class CalledBack(RequestFact):
    """Somebody has called the customer back."""

    name = "orders.called_back"
    says = gettext_noop("Called back")


@dataclass(frozen=True, kw_only=True)
class WorkOrderFact(Fact):
    """Everything said about a work order names it."""

    work_order_id: int


@dataclass(frozen=True, kw_only=True)
class WorkOrderOpened(WorkOrderFact):
    """A unit is expected for service."""

    name = "orders.work_order_opened"
    says = gettext_noop("Order opened")
    request_id: int
    centre_id: int
    unit_id: int | None = None
    customer_id: int | None = None
    route: str = ""


class UnitTakenIn(WorkOrderFact):
    """The unit is in our hands."""

    name = "orders.unit_taken_in"
    says = gettext_noop("Taken in")


@dataclass(frozen=True, kw_only=True)
class StageReached(WorkOrderFact):
    """A move of the workflow was made; `minutes` is how long the stage before took, in real time."""

    name = "orders.stage_reached"
    says = "%(stage)s"
    move: str
    stage: str
    minutes: int = 0
    reason: str = ""

    def words(self) -> Mapping[str, object]:
        return {"stage": Stage(self.stage).label}


class WorkStopped(StageReached):
    """No more work: the unit goes back as it is."""

    name = "orders.work_stopped"
    says = gettext_noop("Work stopped: the unit goes back unrepaired")


class UnitReady(StageReached):
    """The unit waits for its owner."""

    name = "orders.unit_ready"
    says = gettext_noop("Ready")


class UnitHandedOver(StageReached):
    """The unit is with its owner again; the order is closed."""

    name = "orders.unit_handed_over"
    says = gettext_noop("Handed over")


class WorkOrderCancelled(StageReached):
    """Nothing will be done; whatever was promised for it is void."""

    name = "orders.work_order_cancelled"
    says = gettext_noop("Cancelled")


@dataclass(frozen=True, kw_only=True)
class HoldPlaced(WorkOrderFact):
    """The order may not make the moves in `blocks` until the hold is lifted."""

    name = "orders.hold_placed"
    says = gettext_noop("Held")
    code: str
    blocks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class HoldLifted(WorkOrderFact):
    """The reason named by `code` is gone."""

    name = "orders.hold_lifted"
    says = gettext_noop("Hold lifted")
    code: str


@dataclass(frozen=True, kw_only=True)
class HoldLiftedByHand(WorkOrderFact):
    """Somebody let the order go on although the reason stands; why is in the note."""

    name = "orders.hold_lifted_by_hand"
    says = gettext_noop("Hold lifted by hand")
    code: str
    note_id: int


@dataclass(frozen=True, kw_only=True)
class FaultConfirmed(WorkOrderFact):
    """The fault was talked over with the customer."""

    name = "orders.fault_confirmed"
    says = gettext_noop("Fault confirmed with the customer")


@dataclass(frozen=True, kw_only=True)
class ReadyDateSet(WorkOrderFact):
    """When the unit is to be ready (ISO 8601, UTC)."""

    name = "orders.ready_date_set"
    says = gettext_noop("Ready date set")
    due_at: str


@dataclass(frozen=True, kw_only=True)
class WorkGiven(WorkOrderFact):
    """Who is to do the work: an engineer's account, or a group's pool."""

    name = "orders.work_given"
    says = gettext_noop("Work given")
    engineer_id: int | None = None
    group_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class StatusChosen(WorkOrderFact):
    """A centre's own status within the stage."""

    name = "orders.status_chosen"
    says = gettext_noop("Status changed")
    status_id: int


@dataclass(frozen=True, kw_only=True)
class NoteWritten(WorkOrderFact):
    """Somebody wrote something; the words are in the note."""

    name = "orders.note_written"
    says = "%(kind)s"
    note_id: int
    kind: str

    def words(self) -> Mapping[str, object]:
        return {"kind": NOTE_KINDS.get(self.kind, self.kind)}


@dataclass(frozen=True, kw_only=True)
class RequestNoteWritten(RequestFact):
    """Somebody wrote something beside a request; the words are in the note."""

    name = "orders.request_note_written"
    says = "%(kind)s"
    note_id: int
    kind: str

    def words(self) -> Mapping[str, object]:
        return {"kind": NOTE_KINDS.get(self.kind, self.kind)}


@dataclass(frozen=True, kw_only=True)
class ChecklistFilled(WorkOrderFact):
    """Lines of a checklist were ticked: how many, and how many do not work."""

    name = "orders.checklist_filled"
    says = gettext_noop("Checklist filled: %(lines)s lines, %(bad)s do not work")
    moment: str
    lines: int
    bad: int


@dataclass(frozen=True, kw_only=True)
class PhotoAdded(WorkOrderFact):
    """A photo or a file was attached."""

    name = "orders.photo_added"
    says = gettext_noop("Photo added")
    attachment_id: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class PasscodeSeen(WorkOrderFact):
    """Somebody looked at the device's passcode."""

    name = "orders.passcode_seen"
    says = gettext_noop("Looked at the passcode")


class PasscodeErased(WorkOrderFact):
    """The device's passcode is no longer kept."""

    name = "orders.passcode_erased"
    says = gettext_noop("Passcode erased")


@dataclass(frozen=True, kw_only=True)
class PastRequestAdded(RequestFact):
    """What was asked for long ago, read from a file; `imported` names the run."""

    name = "orders.past_request_added"
    says = gettext_noop("Brought in from a file")
    imported: str


@dataclass(frozen=True, kw_only=True)
class PastOrderFact(WorkOrderFact):
    """Everything said about repairs of the past names the run that read them."""

    imported: str


class PastOrderAdded(PastOrderFact):
    """A repair of the past was read from a file."""

    name = "orders.past_order_added"
    says = gettext_noop("Brought in from a file")


class PastOrderCorrected(PastOrderFact):
    """The file says something else by now, or an earlier state of it holds again."""

    name = "orders.past_order_corrected"
    says = gettext_noop("Corrected from a file")


class PastOrderWithdrawn(PastOrderFact):
    """The import was undone: the repair is in no list any more."""

    name = "orders.past_order_withdrawn"
    says = gettext_noop("Withdrawn with its import")


@dataclass(frozen=True, kw_only=True)
class TaskFact(Fact):
    """Everything said about a task names it and its owner."""

    task_id: int
    owner_id: int | None = None


class TaskGiven(TaskFact):
    """Somebody has something to do."""

    name = "orders.task_given"
    says = gettext_noop("Task given")


class TaskEnded(TaskFact):
    """The task is done or dropped."""

    name = "orders.task_ended"
    says = gettext_noop("Task ended")
