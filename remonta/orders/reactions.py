"""What orders does when a customer is forgotten, and when a customer has a loaner of ours."""

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from remonta.customers.facts import CustomerErased
from remonta.identity.queries import first_with_role
from remonta.identity.roles import Role
from remonta.kernel.actor import Actor, system
from remonta.orders.commands import add_task, erase_texts, lift_hold, lock_work_order, place_hold
from remonta.orders.workflow import OPEN
from remonta.spine.facts import reacts_to
from remonta.stock.facts import LoanerLent, LoanerReturned, LoanFact, LoanOverdue

LOANER_OUT = gettext_noop("loaner %(number)s not returned")
BLOCKS = ("hand_over",)


@reacts_to(CustomerErased)
def erase_texts_of_orders(actor: Actor, fact: CustomerErased) -> None:
    """Nothing written or shown in their repairs stays; while one is open, nothing is erased."""
    erase_texts(actor, fact.customer_ids, replayed=fact.replayed)


@reacts_to(LoanerLent)
def hold_for_loaner(actor: Actor, fact: LoanerLent) -> None:
    """The unit does not leave before the loaner is back."""
    order = lock_work_order(_reader(actor), fact.work_order_id)
    values = {"number": fact.number}
    place_hold(actor, order, code=_code(fact), reason=LOANER_OUT, values=values, blocks=BLOCKS)


@reacts_to(LoanerReturned)
def let_go_with_loaner_back(actor: Actor, fact: LoanerReturned) -> None:
    """The loaner is back: it holds nothing any more."""
    lift_hold(actor, lock_work_order(_reader(actor), fact.work_order_id), code=_code(fact))


@reacts_to(LoanOverdue)
def ask_for_loaner(actor: Actor, fact: LoanOverdue) -> None:
    """Whoever answers for the order, else the reception, is to ask for the loaner; once, however long it takes."""
    if not fact.first:
        return
    order = lock_work_order(_reader(actor), fact.work_order_id)
    owner = order.responsible_id if order.state in OPEN else None
    owner = owner or first_with_role(fact.centre_id, Role.RECEPTIONIST)
    with translation.override(order.centre.language):
        title = _("Loaner %(number)s is not back: ask the customer") % {"number": fact.number}
        text = _("It was to be returned on %(day)s. The customer has been reminded.") % {"day": fact.due_on}
    add_task(actor, fact.centre_id, title=title, text=text, owner_id=owner, due_at=actor.now(), work_order=order)


def _code(fact: LoanFact) -> str:
    return f"orders.loaner:{fact.loan_id}"


def _reader(actor: Actor) -> Actor:
    return system("orders", actor.now, "orders.see")
