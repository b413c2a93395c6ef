"""What the telephone tells."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop

from remonta.spine.facts import Fact


@dataclass(frozen=True, kw_only=True)
class CallFact(Fact):
    """Everything said about a call names it."""

    call_id: int
    centre_id: int | None = None


class CallCame(CallFact):
    """Somebody is calling."""

    name = "calls.came"
    says = gettext_noop("Call")


class CallAnswered(CallFact):
    """Somebody of ours has answered."""

    name = "calls.answered"
    says = gettext_noop("Call answered")


class CallEnded(CallFact):
    """The call is over."""

    name = "calls.ended"
    says = gettext_noop("Call ended")


class CallMissed(CallFact):
    """Nobody answered: the number waits on the call-back list."""

    name = "calls.missed"
    says = gettext_noop("Call missed")


class CallReturned(CallFact):
    """Somebody has called back."""

    name = "calls.returned"
    says = gettext_noop("Called back")
