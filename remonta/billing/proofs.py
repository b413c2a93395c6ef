"""What is always true of the book of money, recomputed from its lines. Each proof names what breaks it."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from remonta.billing.commands.contents import hash_of
from remonta.billing.commands.holds import PAY_FIRST, RETURN, UNPAID
from remonta.billing.models import Entry, Invoice, PartCharge, Payment, Posting, Shift
from remonta.billing.queries import charges, owed
from remonta.billing.words import NOT_REFUNDED, LedgerKind, Purpose
from remonta.billing.workflow import PAID, REFUNDED, SETTLED
from remonta.identity.queries import settings_at
from remonta.kernel.actor import system
from remonta.kernel.money import Money
from remonta.orders.queries import WorkOrder, work_orders_for
from remonta.orders.workflow import OPEN
from remonta.spine.queries import Flaw, proves
from remonta.supply.queries import requisitions_for
from remonta.supply.workflow import Terms

BOOK, PIECE = "money", 500
Flaws = Iterator[Flaw | int]


@proves("money: entries balance")
def entries_balance() -> Flaws:
    """The postings of an entry sum to zero in each currency, and there are at least two."""
    sums = Posting.objects.order_by().values("entry_id", "currency").annotate(sum=Sum("amount"))
    for row in sums.exclude(sum=0).iterator(PIECE):
        said = _("its postings are off by %(sum)s") % {"sum": Money(row["sum"], row["currency"])}
        yield Flaw(BOOK, said, f"entry {row['entry_id']}")
    few = Entry.objects.annotate(lines=Count("postings")).filter(lines__lt=2).values_list("pk", "lines")
    for pk, lines in few.iterator(PIECE):
        yield Flaw(BOOK, _("it has %(lines)s postings, and needs two at least") % {"lines": lines}, f"entry {pk}")


@proves("money: postings fit their accounts")
def postings_stand_in_their_accounts() -> Flaws:
    """A posting has its account's currency and legal entity, and the work order of its entry or none."""
    wrong = ~Q(currency=F("account__currency")) | ~Q(entry__legal_entity_id=F("account__legal_entity_id"))
    wrong |= Q(thread_id__isnull=False) & ~Q(thread_id=F("entry__thread_id"))
    wrong |= Q(thread_id__isnull=False, entry__thread_id=None)
    for pk in _keys(Posting.objects.filter(wrong)):
        yield Flaw(BOOK, _("it does not fit its account or its entry"), f"posting {pk}")


@proves("money: reversals take back")
def reversals_take_back() -> Flaws:
    """A reversal has the reason and thread of what it reverses, and both sum to zero in each account."""
    for back in Entry.objects.exclude(reverses=None).select_related("reverses").order_by("pk").iterator(PIECE):
        pair = Posting.objects.filter(entry_id__in=[back.pk, back.reverses_id]).order_by()
        left = pair.values("account_id", "thread_id").annotate(sum=Sum("amount")).exclude(sum=0).exists()
        if left or back.reverses is None or back.reason != back.reverses.reason:
            said = _("it does not take entry %(number)s back") % {"number": back.reverses_id}
            yield Flaw(BOOK, said, f"entry {back.pk}")


@proves("money: invoice numbers have no gaps")
def numbers_have_no_gaps() -> Flaws:
    """In each legal entity, series and year, numbers run from 1 without a gap, and are written as they are counted."""
    rows = Invoice.objects.order_by().values("legal_entity_id", "series", "year")
    for row in rows.annotate(first=Min("place"), last=Max("place"), count=Count("pk")):
        if (row["first"], row["last"]) != (1, row["count"]):
            said = _("%(count)s numbers run from %(first)s to %(last)s") % row
            yield Flaw(BOOK, said, f"{row['series']}/{row['year']} of legal entity {row['legal_entity_id']}")
    written = Invoice.objects.order_by("pk").values_list("pk", "number", "series", "year", "place")
    for pk, number, series, year, place in written.iterator(PIECE):
        if number != f"{series}/{year}/{place:06d}":
            yield Flaw(BOOK, _("its number is written %(number)s") % {"number": number}, f"invoice {pk}")


@proves("money: invoices are as issued")
def invoices_are_as_issued() -> Flaws:
    """Contents match their hash and the columns; the entry debits the customer by the total; a correction mirrors."""
    debits = Posting.objects.filter(entry_id=OuterRef("entry_id"), account__kind=LedgerKind.CUSTOMER)
    debit = Coalesce(Subquery(_summed(debits, "entry_id")), 0)
    rows = Invoice.objects.select_related("corrects").annotate(debit=debit).order_by("pk")
    for invoice in rows.iterator(PIECE):
        if hash_of(invoice.contents) != invoice.contents_hash:
            yield Flaw(BOOK, _("its contents do not match their hash"), f"invoice {invoice.number}")
        kept = (invoice.contents["total"], invoice.contents["tax"], invoice.contents["currency"])
        mirror = invoice.corrects
        mirrors = mirror is None or (invoice.total, invoice.tax) == (-mirror.total, -mirror.tax)
        if kept != (invoice.total, invoice.tax, invoice.currency) or invoice.debit != invoice.total or not mirrors:
            sums = {"total": invoice.total, "written": kept[0], "posted": invoice.debit}
            said = _("its total is %(total)s, its contents say %(written)s, and %(posted)s is posted") % sums
            yield Flaw(BOOK, said, f"invoice {invoice.number}")


@proves("money: payments are posted")
def payments_are_posted() -> Flaws:
    """A settled payment, and no other, has its own entry, which credits the customer for that order."""
    settled = Q(state__in=SETTLED)
    odd = (settled & Q(entry=None)) | (~settled & Q(entry__isnull=False))
    for pk in _keys(Payment.objects.filter(odd)):
        yield Flaw(BOOK, _("its state and its entry do not match"), f"payment {pk}")
    sides = (LedgerKind.CUSTOMER, LedgerKind.PLEDGE)
    credits = Posting.objects.filter(entry_id=OuterRef("entry_id"), account__kind__in=sides)
    threaded = credits.filter(thread_id=OuterRef("work_order_id"))
    posted = Payment.objects.filter(settled).annotate(posted=Coalesce(Subquery(_summed(threaded, "entry_id")), 0))
    for pk, taken, booked in posted.exclude(posted=-F("amount")).order_by("pk").values_list("pk", "amount", "posted"):
        said = _("%(taken)s was taken, %(posted)s is posted") % {"taken": taken, "posted": -booked}
        yield Flaw(BOOK, said, f"payment {pk}")


@proves("money: entries of payments belong to one")
def entries_belong_to_payments() -> Flaws:
    """An entry that says it is a payment belongs to exactly one."""
    twice = Payment.objects.exclude(entry=None).order_by().values("entry_id").annotate(count=Count("pk"))
    for row in twice.filter(count__gt=1):
        yield Flaw(BOOK, _("it belongs to %(count)s payments") % row, f"entry {row['entry_id']}")
    orphans = Entry.objects.filter(reason__in=Purpose.values, reverses=None)
    for pk in _keys(orphans.filter(~Exists(Payment.objects.filter(entry=OuterRef("pk"))))):
        yield Flaw(BOOK, _("it says it is a payment, but belongs to none"), f"entry {pk}")


@proves("money: refunds are within payments")
def refunds_are_within_payments() -> Flaws:
    """What was given back is at most what was paid; a payment is refunded exactly when all of it was."""
    back = Payment.objects.filter(refunds=OuterRef("pk"), state__in=SETTLED)
    returned = -Coalesce(Subquery(_summed(back, "refunds_id")), 0)
    rows = Payment.objects.filter(state__in=SETTLED).exclude(purpose__in=NOT_REFUNDED).annotate(returned=returned)
    wrong = Q(returned__gt=F("amount")) | Q(state=REFUNDED) & ~Q(returned=F("amount"))
    wrong |= Q(state=PAID, returned=F("amount"))
    for row in rows.filter(wrong).order_by("pk").values("pk", "state", "amount", "returned"):
        said = _("it is “%(state)s”, and %(returned)s of %(amount)s was given back") % row
        yield Flaw(BOOK, said, f"payment {row['pk']}")


@proves("money: drawers hold what was counted")
def drawers_hold_what_was_counted() -> Flaws:
    """After its last count, and with no shift open since, a drawer's account says what was counted."""
    running = Shift.objects.filter(desk_id=OuterRef("desk_id"), closed_at=None)
    later = Shift.objects.filter(desk_id=OuterRef("desk_id"), pk__gt=OuterRef("pk"))
    for shift in Shift.objects.exclude(closed_at=None).filter(~Exists(running), ~Exists(later)):
        cash = Posting.objects.filter(account__cash_desk_id=shift.desk_id, account__kind=LedgerKind.CASH)
        held = cash.aggregate(sum=Sum("amount"))["sum"] or 0
        if held != shift.counted:
            said = _("%(counted)s was counted, the book says %(held)s") % {"counted": shift.counted, "held": held}
            yield Flaw(BOOK, said, f"cash desk {shift.desk_id}")


@proves("money: holds say what is owed")
def holds_say_what_is_owed() -> Flaws:
    """The money holds of open orders name what is owed, or too much paid; where units leave only paid, they all stand.

    Whether a company pays later may have been changed since, so its orders may or may not be held.
    """
    first = cache(lambda centre_id: bool(settings_at(centre_id, PAY_FIRST)[PAY_FIRST]))
    actor = system("verify", timezone.now, "orders.see")
    rows = work_orders_for(actor).filter(state__in=OPEN).select_related("customer").prefetch_related("holds")
    orders, done = iter(rows.order_by("pk").iterator(PIECE)), 0
    while piece := list(islice(orders, PIECE)):
        yield from _hold_faults(piece, first)
        done += len(piece)
        yield done


@proves("money: issued parts are charged by their terms")
def parts_are_charged_by_their_terms() -> Flaws:
    """What is booked for each issued part is what its terms, the approved quote and what came back come to."""
    keys = set(PartCharge.objects.values_list("work_order_id", flat=True).distinct())
    reader = system("verify", timezone.now, "orders.see", "supply.see")
    issued = requisitions_for(reader).exclude(terms="").filter(Q(state="issued") | Q(back__gt=0))
    keys |= set(issued.values_list("work_order_id", flat=True).distinct())
    orders = work_orders_for(reader).filter(pk__in=keys).order_by("pk")
    for done, order in enumerate(orders.iterator(PIECE), start=1):
        kept = PartCharge.objects.filter(work_order_id=order.pk, price__isnull=False).order_by("pk")
        prices = {key: price for key, price in kept.values_list("requisition_id", "price") if price is not None}
        known, wanted = charges.booked(order.pk), {}
        for due in charges.dues(order.pk, order.currency, prices):
            wanted[due.requisition.pk] = due.amount
            unpriced = charges.terms_of(due.requisition) == Terms.PAID and due.requisition.state == "issued"
            if unpriced and not due.requisition.from_quote and due.requisition.pk not in prices:
                yield Flaw(BOOK, _("it is sold, but nothing is charged for it"), f"part {due.requisition.pk}")
        for key in sorted({*known, *wanted}):
            if (was := known.get(key, 0)) != (due_now := wanted.get(key, 0)):
                said = _("%(booked)s is charged, its terms make %(due)s") % {"booked": was, "due": due_now}
                yield Flaw(BOOK, said, f"part {key} of order {order.number}")
        yield done


def _hold_faults(orders: Sequence[WorkOrder], pays_first: Callable[[int], bool]) -> Flaws:
    money = owed([order.pk for order in orders])
    for order in orders:
        standing = {hold.code: hold.values.get("amount") for hold in order.holds.all() if hold.lifted_at is None}
        due, company = money[order.pk].owed, order.customer is not None and order.customer.kind == "company"
        must = bool(due) and not company and pays_first(order.centre_id)
        if (UNPAID in standing or must) and standing.get(UNPAID) != str(due):
            said = _("%(due)s is owed, but the hold says %(hold)s") % {"due": due, "hold": standing.get(UNPAID) or "–"}
            yield Flaw(BOOK, said, f"order {order.number}")
        excess = str(money[order.pk].excess)
        if RETURN in standing and standing[RETURN] != excess:
            said = _("%(due)s is to be returned, but the hold says %(hold)s") % {
                "due": excess,
                "hold": standing[RETURN],
            }
            yield Flaw(BOOK, said, f"order {order.number}")


def _summed(rows: QuerySet[Any], key: str) -> QuerySet[Any, Any]:
    grouped: QuerySet[Any, Any] = rows.order_by().values(key).annotate(sum=Sum("amount")).values("sum")
    return grouped


def _keys(rows: QuerySet[Any]) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True)[:PIECE])
