"""Calls as the exchange reports them, in whatever order; and what people do with them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from remonta.calls import facts
from remonta.calls.models import Call, CallState
from remonta.calls.queries import calls_for
from remonta.customers.queries import PhoneUnclear, find_by_phone, read_phone
from remonta.identity.queries import every_centre
from remonta.kernel.actor import Actor, system
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted, Refused
from remonta.orders.queries import requests_for
from remonta.spine.commands import command, record

RANK = {CallState.RINGING: 0, CallState.ANSWERED: 1, CallState.MISSED: 2, CallState.ENDED: 2}
FACTS = {
    CallState.RINGING: facts.CallCame,
    CallState.ANSWERED: facts.CallAnswered,
    CallState.MISSED: facts.CallMissed,
    CallState.ENDED: facts.CallEnded,
}


class NoSuchState(Refused):
    text = _("A call is ringing, answered, ended or missed.")
    field = "state"


@dataclass(frozen=True, kw_only=True)
class Reported:
    """One report of the exchange. `number` is the other side, `line` ours; times in UTC."""

    exchange: str
    external_id: str
    state: str
    number: str = ""
    line: str = ""
    incoming: bool = True
    email: str = ""
    at: datetime | None = None


@command
def report_call(actor: Actor, report: Reported) -> Call:
    """Keeps what the exchange says. Repeated and late reports of one call change nothing that is known better.

    Raises NoSuchState. A call that ends without an answer is missed, whatever the exchange calls it.
    """
    if not actor.may_at("calls.report", None):
        raise NotPermitted
    if report.state not in CallState.values:
        raise NoSuchState
    call = _call(actor, report)
    state = CallState(report.state)
    if state == CallState.ENDED and call.answered_at is None and call.incoming:
        state = CallState.MISSED
    if RANK[state] > RANK[CallState(call.state)]:
        _advance(actor, call, state, report)
    return call


@command
def return_call(actor: Actor, uid: UUID, *, request_uid: UUID | None = None) -> Call:
    """The missed call has been returned; it leaves the call-back list."""
    call = calls_for(actor).select_for_update(of=("self",)).get(uid=uid)
    call.called_back_at = call.called_back_at or actor.now()
    call.account_id = call.account_id or actor.account_id
    if request_uid:
        call.request_id = requests_for(actor).get(uid=request_uid).pk
    call.save(update_fields=["called_back_at", "account", "request"])
    record(actor, call, facts.CallReturned(call_id=call.pk, centre_id=call.centre_id))
    return call


@command
def bind_call(actor: Actor, uid: UUID, *, request_uid: UUID) -> Call:
    """The call was about that request."""
    call = calls_for(actor).select_for_update(of=("self",)).get(uid=uid)
    call.request_id = requests_for(actor).get(uid=request_uid).pk
    call.account_id = call.account_id or actor.account_id
    call.save(update_fields=["request", "account"])
    return call


def _call(actor: Actor, report: Reported) -> Call:
    """The call's row, locked; made at the first report of it."""
    named = {"exchange": report.exchange[:40], "external_id": report.external_id[:120]}
    rows = Call.objects.select_for_update(of=("self",)).filter(**named)
    if known := rows.first():
        return known
    at = report.at or actor.now()
    centre = every_centre().filter(phone=report.line).first() if report.line else None
    number = _number(report.number, centre.country if centre else "")
    customers = find_by_phone(system("calls", actor.now, "customers.see"), number) if number else ()
    said = {"centre": centre, "customer": customers[0] if len(customers) == 1 else None, "incoming": report.incoming}
    row = Call(uid=uuid7(actor.now()), number=number, line=report.line[:40], started_at=at, **named, **said)
    Call.objects.bulk_create([row], ignore_conflicts=True)
    call = rows.get()
    if call.uid == row.uid:
        record(actor, call, facts.CallCame(call_id=call.pk, centre_id=call.centre_id))
    return call


def _advance(actor: Actor, call: Call, state: CallState, report: Reported) -> None:
    at = report.at or actor.now()
    call.state = state
    if state == CallState.ANSWERED:
        call.answered_at = at
    if RANK[state] == 2:
        call.ended_at = at
    call.save(update_fields=["state", "answered_at", "ended_at"])
    record(actor, call, FACTS[state](call_id=call.pk, centre_id=call.centre_id))


def _number(text: str, country: str) -> str:
    """In E.164 where it can be read so, else the bare digits: a caller without a readable number is a caller still."""
    try:
        return read_phone(text, country)
    except PhoneUnclear:
        return "".join(char for char in text if char.isdigit() or char == "+")[:20]
