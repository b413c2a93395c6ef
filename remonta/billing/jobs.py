"""Talking with card terminals: after the transaction, again after a crash, and until the result is known."""

from collections.abc import Generator
from datetime import timedelta

from remonta.billing.commands.holds import KEEP_ALL, keep_holds
from remonta.billing.commands.payments import CHARGE
from remonta.billing.commands.terminals import CANCEL, RECONCILE, ask_again, settle_payment
from remonta.billing.gateways import Answer, Terminal, Unheard, terminal_at
from remonta.billing.models import Payment
from remonta.billing.queries.scope import payments_for
from remonta.billing.workflow import PENDING
from remonta.orders.commands import lock_work_order
from remonta.orders.queries import work_orders_for
from remonta.orders.workflow import OPEN
from remonta.spine.commands import Kind, Progress, Task, handles, scheduled

RIGHTS = ("billing.see", "billing.take", "billing.settle", "billing.refund", "orders.see")
FORGOTTEN, PIECE = timedelta(minutes=5), 50
Steps = Generator[Progress, None, None]


@handles(CHARGE, *RIGHTS, kind=Kind.LOOSE)
def charge_terminal(task: Task) -> Steps:
    """Sends the payment to its terminal. A second attempt asks first: the one before may have charged and died."""
    payment = _pending(task)
    if payment is not None:
        terminal = _terminal(payment)
        known: Answer = terminal.ask(payment.uid) if task.attempt > 1 else Unheard()
        heard = known if not isinstance(known, Unheard) else _begin(terminal, payment)
        settle_payment(task.actor, payment.uid, answer=heard)
    yield Progress(1, 1)


@handles(RECONCILE, *RIGHTS, kind=Kind.LOOSE)
def reconcile_payment(task: Task) -> Steps:
    """Asks what became of a payment. One the terminal never heard of is called off, so that it cannot come late."""
    payment = _pending(task)
    if payment is not None:
        terminal = _terminal(payment)
        known = terminal.ask(payment.uid)
        answer = terminal.cancel(payment.uid) if isinstance(known, Unheard) else known
        settle_payment(task.actor, payment.uid, answer=answer, asked=int(task.args["asked"]))
    yield Progress(1, 1)


@handles(CANCEL, *RIGHTS, kind=Kind.LOOSE)
def cancel_at_terminal(task: Task) -> Steps:
    """Calls a payment off at the terminal, and keeps what it says."""
    payment = _pending(task)
    if payment is not None:
        settle_payment(task.actor, payment.uid, answer=_terminal(payment).cancel(payment.uid))
    yield Progress(1, 1)


@handles("billing.seek_forgotten", *RIGHTS)
def seek_forgotten(task: Task) -> dict[str, int]:
    """Card payments without a result whose background work ended badly are asked about again."""
    forgotten = payments_for(task.actor).filter(state__in=PENDING, made_at__lt=task.now() - FORGOTTEN)
    for payment in forgotten:
        ask_again(task.actor, payment, 0)
    return {"asked": len(forgotten)}


@handles(KEEP_ALL, "orders.see", kind=Kind.LONG)
def keep_all_holds(task: Task) -> Steps:
    """The money holds of every open order follow a changed rule, a few orders a piece."""
    open_ones = work_orders_for(task.actor).filter(state__in=OPEN).order_by("pk")
    if task.args["centre"]:
        open_ones = open_ones.filter(centre_id=task.args["centre"])
    last, done = int(task.cursor or 0), 0
    while keys := list(open_ones.filter(pk__gt=last).values_list("pk", flat=True)[:PIECE]):
        for pk in keys:
            keep_holds(task.actor, lock_work_order(task.actor, pk))
        last, done = keys[-1], done + len(keys)
        yield Progress(done, cursor=last)


scheduled("billing.seek_forgotten", every=timedelta(minutes=5))


def _pending(task: Task) -> Payment | None:
    return payments_for(task.actor).filter(pk=task.args["payment"], state__in=PENDING).first()


def _terminal(payment: Payment) -> Terminal:
    return terminal_at(payment.terminal)


def _begin(terminal: Terminal, payment: Payment) -> Answer:
    return terminal.begin(payment.uid, payment.amount, payment.currency)
