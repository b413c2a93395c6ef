"""How a part is kept in stock changes only while there is none; and what goes when a customer is forgotten."""

from remonta.catalogue.facts import EntryChanged
from remonta.customers.facts import CustomerErased
from remonta.kernel.actor import Actor
from remonta.spine.facts import reacts_to
from remonta.stock.commands.loans import erase_loans
from remonta.stock.commands.refusals import TrackingFixed
from remonta.stock.models import Balance


@reacts_to(EntryChanged)
def keep_tracking_of_stock(actor: Actor, fact: EntryChanged) -> None:
    """Pieces without a serial number cannot become pieces with one in a bin, nor the other way round.

    The part is locked by the command that changes it, so that nothing of it arrives meanwhile.
    """
    if fact.kind != "part" or "tracking" not in fact.fields:
        return
    rows = Balance.objects.filter(part=fact.entry_id, outside=False).select_for_update(of=("self",))
    for row in rows.select_related("part").order_by("part_id", "place_id"):
        if row.on_hand:
            raise TrackingFixed(part=str(row.part))


@reacts_to(CustomerErased)
def erase_words_of_loans(actor: Actor, fact: CustomerErased) -> None:
    """Nothing written about how they brought loaners back stays; while they have one, nothing is erased."""
    erase_loans(fact.customer_ids, replayed=fact.replayed)
