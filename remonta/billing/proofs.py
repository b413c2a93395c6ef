"""What is always true of the book of money, recomputed from its lines. Each proof names what breaks it."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from remonta.billing.commands.contents import hash_of
from remonta.billing.commands.holds import PAY_FIRST, RETURN, UNPAID
from remonta.billing.models import Entry, Invoice, Payment, Posting, Shift
from remonta.billing.queries import owed
from remonta.billing.words import LedgerKind, Purpose
from remonta.billing.workflow import PAID, REFUNDED, SETTLED
from remonta.identity.queries import settings_at
from remonta.kernel.actor import system
from remonta.orders.queries import WorkOrder, work_orders_for
from remonta.orders.workflow import OPEN

PIECE = 500


def entries_balance() -> Iterator[str]:
    """The postings of an entry sum to zero in each currency, and there are at least two."""
    sums = Posting.objects.order_by().values("entry_id", "currency").annotate(sum=Sum("amount"))
    for row in sums.exclude(sum=0):
        yield f"entry {row['entry_id']} is off by {row['sum']} {row['currency']}"
    few = Entry.objects.annotate(lines=Count("postings")).filter(lines__lt=2).values_list("pk", "lines")
    yield from (f"entry {pk} has {lines} postings" for pk, lines in few)


def postings_stand_in_their_accounts() -> Iterator[str]:
    """A posting has its account's currency and legal entity, and the thread of its entry or none."""
    wrong = ~Q(currency=F("account__currency")) | ~Q(entry__legal_entity_id=F("account__legal_entity_id"))
    wrong |= Q(thread_id__isnull=False) & ~Q(thread_id=F("entry__thread_id"))
    wrong |= Q(thread_id__isnull=False, entry__thread_id=None)
    yield from (f"posting {pk} does not fit its account or entry" for pk in _keys(Posting.objects.filter(wrong)))


def reversals_take_back() -> Iterator[str]:
    """A reversal has the reason and thread of what it reverses, and both sum to zero in each account."""
    backs = Entry.objects.exclude(reverses=None)
    odd = ~Q(reason=F("reverses__reason")) | ~Q(legal_entity_id=F("reverses__legal_entity_id"))
    yield from (f"entry {pk} reverses another kind of entry" for pk in _keys(backs.filter(odd)))
    for back in backs.iterator(PIECE):
        pair = Posting.objects.filter(entry_id__in=[back.pk, back.reverses_id]).order_by()
        if pair.values("account_id", "thread_id").annotate(sum=Sum("amount")).exclude(sum=0).exists():
            yield f"entry {back.pk} does not take entry {back.reverses_id} back"


def numbers_have_no_gaps() -> Iterator[str]:
    """In each legal entity, series and year, numbers run from 1 without a gap and are written as counted."""
    rows = Invoice.objects.order_by().values("legal_entity_id", "series", "year")
    for row in rows.annotate(first=Min("place"), last=Max("place"), count=Count("pk")):
        if (row["first"], row["last"]) != (1, row["count"]):
            named = f"{row['series']}/{row['year']} of legal entity {row['legal_entity_id']}"
            yield f"{named}: {row['count']} numbers from {row['first']} to {row['last']}"
    for invoice in Invoice.objects.order_by("pk").iterator(PIECE):
        if invoice.number != f"{invoice.series}/{invoice.year}/{invoice.place:06d}":
            yield f"invoice {invoice.pk} is called {invoice.number}"


def invoices_are_as_issued() -> Iterator[str]:
    """Contents match their hash and the columns; the entry debits the customer by the total; a correction mirrors."""
    debits = Posting.objects.filter(entry_id=OuterRef("entry_id"), account__kind=LedgerKind.CUSTOMER)
    debit = Coalesce(Subquery(_summed(debits, "entry_id")), 0)
    rows = Invoice.objects.select_related("corrects").annotate(debit=debit).order_by("pk")
    for invoice in rows.iterator(PIECE):
        if hash_of(invoice.contents) != invoice.contents_hash:
            yield f"invoice {invoice.number}: the contents do not match their hash"
        kept = (invoice.contents["total"], invoice.contents["tax"], invoice.contents["currency"])
        if kept != (invoice.total, invoice.tax, invoice.currency) or invoice.debit != invoice.total:
            yield f"invoice {invoice.number}: total {invoice.total}, contents {kept[0]}, posted {invoice.debit}"
        if invoice.corrects and (invoice.total, invoice.tax) != (-invoice.corrects.total, -invoice.corrects.tax):
            yield f"correction {invoice.number} does not take {invoice.corrects.number} back"


def payments_are_posted() -> Iterator[str]:
    """A settled payment, and no other, has its own entry, which credits the customer for that order."""
    settled = Q(state__in=SETTLED)
    odd = (settled & Q(entry=None)) | (~settled & Q(entry__isnull=False))
    yield from (f"payment {pk}: state and entry do not match" for pk in _keys(Payment.objects.filter(odd)))
    credits = Posting.objects.filter(entry_id=OuterRef("entry_id"), account__kind=LedgerKind.CUSTOMER)
    threaded = credits.filter(thread_id=OuterRef("work_order_id"))
    posted = Payment.objects.filter(settled).annotate(posted=Coalesce(Subquery(_summed(threaded, "entry_id")), 0))
    for payment in posted.exclude(posted=-F("amount")).values("pk", "amount", "posted"):
        yield f"payment {payment['pk']}: {payment['amount']} taken, {-payment['posted']} posted"
    twice = Payment.objects.exclude(entry=None).order_by().values("entry_id").annotate(count=Count("pk"))
    yield from (f"entry {row['entry_id']} belongs to {row['count']} payments" for row in twice.filter(count__gt=1))
    orphans = Entry.objects.filter(reason__in=Purpose.values, reverses=None)
    lost = orphans.filter(~Exists(Payment.objects.filter(entry=OuterRef("pk"))))
    yield from (f"entry {pk} says it is a payment, but belongs to none" for pk in _keys(lost))


def refunds_are_within_payments() -> Iterator[str]:
    """What was given back is at most what was paid; a payment is refunded exactly when all of it was."""
    back = Payment.objects.filter(refunds=OuterRef("pk"), state__in=SETTLED)
    returned = -Coalesce(Subquery(_summed(back, "refunds_id")), 0)
    rows = Payment.objects.filter(state__in=SETTLED).exclude(purpose=Purpose.REFUND).annotate(returned=returned)
    wrong = Q(returned__gt=F("amount")) | Q(state=REFUNDED) & ~Q(returned=F("amount"))
    wrong |= Q(state=PAID, returned=F("amount"))
    for row in rows.filter(wrong).values("pk", "state", "amount", "returned"):
        yield f"payment {row['pk']} is {row['state']}: {row['returned']} of {row['amount']} given back"


def counted_drawers_hold_what_was_counted() -> Iterator[str]:
    """After its last count, and with no shift open since, a drawer's account says what was counted."""
    running = Shift.objects.filter(desk_id=OuterRef("desk_id"), closed_at=None)
    later = Shift.objects.filter(desk_id=OuterRef("desk_id"), pk__gt=OuterRef("pk"))
    for shift in Shift.objects.exclude(closed_at=None).filter(~Exists(running), ~Exists(later)):
        cash = Posting.objects.filter(account__cash_desk_id=shift.desk_id, account__kind=LedgerKind.CASH)
        held = cash.aggregate(sum=Sum("amount"))["sum"] or 0
        if held != shift.counted:
            yield f"cash desk {shift.desk_id}: {shift.counted} was counted, the book says {held}"


def holds_say_what_is_owed() -> Iterator[str]:
    """The money holds of open orders name what is owed, or too much paid; where units leave only paid, they all stand.

    Whether a company pays later may have been changed since, so its orders may or may not be held.
    """
    first = cache(lambda centre_id: bool(settings_at(centre_id, PAY_FIRST)[PAY_FIRST]))
    actor = system("verify", timezone.now, "orders.see")
    rows = work_orders_for(actor).filter(state__in=OPEN).select_related("customer").prefetch_related("holds")
    orders = iter(rows.order_by("pk").iterator(PIECE))
    while piece := list(islice(orders, PIECE)):
        yield from _hold_faults(piece, first)


def _hold_faults(orders: Sequence[WorkOrder], pays_first: Callable[[int], bool]) -> Iterator[str]:
    money = owed([order.pk for order in orders])
    for order in orders:
        standing = {hold.code: hold.values.get("amount") for hold in order.holds.all() if hold.lifted_at is None}
        due, company = money[order.pk].owed, order.customer is not None and order.customer.kind == "company"
        must = bool(due) and not company and pays_first(order.centre_id)
        if (UNPAID in standing or must) and standing.get(UNPAID) != str(due):
            yield f"order {order.number}: {due} is owed, the hold says {standing.get(UNPAID)}"
        if RETURN in standing and standing[RETURN] != str(money[order.pk].excess):
            yield f"order {order.number}: {money[order.pk].excess} too much, the hold says {standing[RETURN]}"


def _summed(rows: QuerySet[Any], key: str) -> QuerySet[Any, Any]:
    grouped: QuerySet[Any, Any] = rows.order_by().values(key).annotate(sum=Sum("amount")).values("sum")
    return grouped


def _keys(rows: QuerySet[Any]) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True)[:PIECE])


PROOFS = (
    entries_balance,
    postings_stand_in_their_accounts,
    reversals_take_back,
    numbers_have_no_gaps,
    invoices_are_as_issued,
    payments_are_posted,
    refunds_are_within_payments,
    counted_drawers_hold_what_was_counted,
    holds_say_what_is_owed,
)
