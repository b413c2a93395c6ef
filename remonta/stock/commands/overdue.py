"""Loaners that should be back: said every few days until they are, or until another day is agreed."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db.models import F

from remonta.identity.queries import setting
from remonta.kernel.actor import Actor
from remonta.spine.commands import command, record
from remonta.stock import facts
from remonta.stock.commands.loans import named
from remonta.stock.models import Loan
from remonta.stock.queries import loans_for
from remonta.stock.workflow import OUT

MOST = 200


@command
def call_overdue_loans(actor: Actor) -> int:
    """Every loaner that is not back on its day: the rooms above remind its customer and give a task. How many."""
    today = actor.now().date()
    due = loans_for(actor).filter(state=OUT, due_on__lte=today).select_related("centre", "loaner")
    rows = due.select_for_update(of=("self",)).order_by(F("told_at").asc(nulls_first=True), "pk")[:MOST]
    late = [(loan, days) for loan in rows if (days := _days(actor, loan)) > 0 and _again(actor, loan)]
    for loan, days in late:
        first = loan.told_at is None
        loan.told_at = actor.now()
        loan.save(update_fields=["told_at"])
        record(actor, loan, facts.LoanOverdue(**named(loan), days=days, first=first))
    return len(late)


def _days(actor: Actor, loan: Loan) -> int:
    """How many days ago it was due, by the centre's clock."""
    return (actor.now().astimezone(ZoneInfo(loan.centre.timezone)).date() - loan.due_on).days


def _again(actor: Actor, loan: Loan) -> bool:
    every = int(setting("stock.loan_reminder_days", loan.centre_id))
    return loan.told_at is None or loan.told_at + timedelta(days=every) <= actor.now()
