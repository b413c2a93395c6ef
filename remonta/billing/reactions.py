"""What billing does when a quote is answered or a unit is ready: the holds say at once what is owed."""

from typing import Any

from remonta.billing.commands import give_back, keep_holds
from remonta.billing.commands.charges import keep_charges
from remonta.billing.commands.holds import KEEP_ALL, ON_ACCOUNT, PAY_FIRST
from remonta.billing.commands.owing import refuse_while_owing
from remonta.billing.commands.payments import Tender
from remonta.billing.commands.refunds import left_of
from remonta.billing.queries import owed
from remonta.billing.queries.charges import charged
from remonta.billing.queries.scope import payments_for
from remonta.billing.words import OF_PLEDGES, Method, Purpose
from remonta.billing.workflow import PAID, PENDING
from remonta.customers.facts import CustomerErased
from remonta.identity.facts import SettingChanged
from remonta.kernel.actor import Actor, system
from remonta.orders.commands import lock_work_order
from remonta.orders.facts import UnitReady, WorkOrderCancelled, WorkStopped
from remonta.quotes.facts import QuoteApproved, QuoteDeclined, QuoteReplaced
from remonta.spine.commands import enqueue
from remonta.spine.facts import reacts_to
from remonta.supply.facts import IssueTakenBack, PartIssued, PartReturned, TermsChanged
from remonta.supply.workflow import Terms


@reacts_to(UnitReady)
def owe_when_ready(actor: Actor, fact: UnitReady) -> None:
    """The unit waits for its owner: what is owed, or was paid too much, keeps it."""
    keep_holds(actor, _order(actor, fact.work_order_id))


@reacts_to(WorkStopped)
def return_when_stopped(actor: Actor, fact: WorkStopped) -> None:
    """No work was done: a deposit is to be given back or kept as credit before the unit leaves."""
    keep_holds(actor, _order(actor, fact.work_order_id))


@reacts_to(QuoteApproved)
def owe_what_was_approved(actor: Actor, fact: QuoteApproved) -> None:
    """The customer owes what was approved, less what is paid."""
    order = _order(actor, fact.work_order_id)
    keep_charges(actor, order)
    keep_holds(actor, order, answered=True)


@reacts_to(QuoteDeclined)
def return_what_was_declined(actor: Actor, fact: QuoteDeclined) -> None:
    """Nothing is owed; a deposit is to be given back or kept as credit."""
    order = _order(actor, fact.work_order_id)
    keep_charges(actor, order)
    keep_holds(actor, order, answered=True)


@reacts_to(QuoteReplaced)
def owe_nothing_yet(actor: Actor, fact: QuoteReplaced) -> None:
    """What the version before had approved is void until the new one is answered."""
    order = _order(actor, fact.work_order_id)
    keep_charges(actor, order)
    keep_holds(actor, order)


@reacts_to(PartIssued)
def charge_what_is_issued(actor: Actor, fact: PartIssued) -> None:
    """A part sold beyond the quote is owed; one of the quote that nobody pays for, or that replaces one that came back,
    changes what is owed. What is paid by the quote, or free beyond it, changes nothing."""
    if fact.quoted == (fact.terms == Terms.PAID) and not (fact.quoted and charged([fact.work_order_id])):
        return
    keep_charges(actor, _order(actor, fact.work_order_id))


@reacts_to(IssueTakenBack)
def charge_nothing_for_a_mistake(actor: Actor, fact: IssueTakenBack) -> None:
    """What was issued by mistake is not owed."""
    keep_charges(actor, _order(actor, fact.work_order_id))


@reacts_to(PartReturned)
def charge_nothing_for_unused(actor: Actor, fact: PartReturned) -> None:
    """What came back unused is not owed."""
    keep_charges(actor, _order(actor, fact.work_order_id))


@reacts_to(TermsChanged)
def charge_on_other_terms(actor: Actor, fact: TermsChanged) -> None:
    """Somebody else pays: the money follows, the part stays."""
    keep_charges(actor, _order(actor, fact.work_order_id), by_hand=actor.account_id is not None)


@reacts_to(SettingChanged, later=True)
def follow_the_rule(actor: Actor, fact: SettingChanged) -> None:
    """Who pays before the unit leaves was changed: the holds of open orders follow, in the background."""
    if fact.key in (PAY_FIRST, ON_ACCOUNT):
        enqueue(actor, KEEP_ALL, {"centre": fact.at_centre_id}, unique_key=f"{KEEP_ALL}:{fact.at_centre_id}")


@reacts_to(WorkOrderCancelled)
def credit_when_cancelled(actor: Actor, fact: WorkOrderCancelled) -> None:
    """Nothing will be done: what was paid ahead becomes the customer's credit, if it is known whose."""
    order = _order(actor, fact.work_order_id)
    payments = payments_for(system("billing", actor.now, "billing.see")).filter(work_order_id=order.pk)
    if not owed([order.pk])[order.pk].excess or payments.filter(state__in=PENDING).exists():
        return
    paid = payments.filter(state=PAID, customer__isnull=False)
    for payment in paid.exclude(purpose__in=(Purpose.REFUND, *OF_PLEDGES)):
        tender = Tender(method=Method.CREDIT, amount=-left_of(payment))
        give_back(actor.trusted_with("billing.refund"), order, payment, tender)


@reacts_to(CustomerErased)
def keep_who_owes(actor: Actor, fact: CustomerErased) -> None:
    """While money is owed, by the customer or to them, nothing is erased. The books themselves stay as they are."""
    if not fact.replayed:
        refuse_while_owing(fact.customer_ids)


def _order(actor: Actor, work_order_id: int) -> Any:
    """The order, locked already by who told the fact."""
    return lock_work_order(system("billing", actor.now, "orders.see"), work_order_id)
