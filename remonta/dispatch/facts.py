"""What dispatch tells the rooms above."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop

from remonta.spine.facts import Fact


@dataclass(frozen=True, kw_only=True)
class DispatchFact(Fact):
    """Everything said about a dispatch order names its work, and whose it is."""

    dispatch_order_id: int
    work_order_id: int
    engineer_id: int | None = None
    group_id: int | None = None


class DispatchOffered(DispatchFact):
    """An engineer is asked to do the work, or it lies in a group's pool."""

    name = "dispatch.offered"
    says = gettext_noop("Work offered")


class DispatchAccepted(DispatchFact):
    """The engineer has the work."""

    name = "dispatch.accepted"
    says = gettext_noop("Work accepted")


@dataclass(frozen=True, kw_only=True)
class DispatchRejected(DispatchFact):
    """The engineer will not do it; the words are in the dispatch order."""

    name = "dispatch.rejected"
    says = gettext_noop("Work rejected")


class DispatchRevoked(DispatchFact):
    """The work is no longer the engineer's."""

    name = "dispatch.revoked"
    says = gettext_noop("Work taken back")


class DispatchDone(DispatchFact):
    """The engineer has finished this piece of work."""

    name = "dispatch.done"
    says = gettext_noop("Work done")


@dataclass(frozen=True, kw_only=True)
class WorkFact(Fact):
    """Everything said about the work on the bench names the order and the engineer."""

    work_order_id: int
    engineer_id: int


class TimerStarted(WorkFact):
    """Somebody has begun to work on it."""

    name = "dispatch.timer_started"
    says = gettext_noop("Timer started")


@dataclass(frozen=True, kw_only=True)
class TimerStopped(WorkFact):
    """Somebody has stopped working on it, after so many minutes."""

    name = "dispatch.timer_stopped"
    says = gettext_noop("Timer stopped after %(minutes)s min")
    minutes: int = 0


@dataclass(frozen=True, kw_only=True)
class FindingMade(WorkFact):
    """A line of the diagnosis: which symptom, defect and repair (keys of fault codes); the words are in the finding."""

    name = "dispatch.finding_made"
    says = gettext_noop("Diagnosis written")
    finding_id: int
    symptom_id: int | None = None
    defect_id: int | None = None
    repair_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class FindingWithdrawn(WorkFact):
    """A line of the diagnosis was wrong."""

    name = "dispatch.finding_withdrawn"
    says = gettext_noop("Diagnosis withdrawn")
    finding_id: int
