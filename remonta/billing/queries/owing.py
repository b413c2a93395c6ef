"""What an order costs, what of it is paid, and what a customer has with us."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from remonta.billing.models import Payment, Posting
from remonta.billing.queries.charges import order_totals
from remonta.billing.words import OF_PLEDGES, LedgerKind
from remonta.billing.workflow import PENDING, SETTLED
from remonta.identity.queries import in_reach
from remonta.kernel.actor import Actor, system
from remonta.kernel.money import Money
from remonta.orders.queries import work_orders_for


@dataclass(frozen=True)
class Owed:
    """An order's money: what its approved lines come to, what is paid, what is on its way through a card terminal."""

    total: Money
    paid: Money
    pending: Money

    @property
    def owed(self) -> Money:
        """What is still to be paid; never less than nothing."""
        return Money(max(self.total.minor - self.paid.minor, 0), self.total.currency)

    @property
    def excess(self) -> Money:
        """What was paid beyond the total, such as a deposit for work that was declined; never less than nothing."""
        return Money(max(self.paid.minor - self.total.minor, 0), self.total.currency)


def owed(work_order_ids: Collection[int]) -> dict[int, Owed]:
    """The money of those work orders; the caller has checked who may see it. Four statements, none without ids."""
    if not work_order_ids:
        return {}
    whole = work_orders_for(system("billing", timezone.now, "orders.see")).filter(pk__in=work_order_ids)
    totals = order_totals(work_order_ids)
    sums = {row["work_order_id"]: row for row in _payment_sums(work_order_ids)}
    rows = whole.values_list("pk", "currency")
    return {pk: _money(currency, totals.get(pk, 0), sums.get(pk, {})) for pk, currency in rows}


def paid_for(work_order_ids: Collection[int]) -> dict[int, int]:
    """What is paid of those work orders, in minor units; the caller has checked who may see it. One statement."""
    return {row["work_order_id"]: row["paid"] or 0 for row in _payment_sums(work_order_ids)}


def credit_of(customer_id: int, legal_entity_id: int, currency: str) -> Money:
    """What the customer has with the legal entity beyond all orders: money kept for later. One statement."""
    kept = _unthreaded(customer_id, legal_entity_id, currency).aggregate(sum=Sum("amount"))["sum"] or 0
    return Money(-kept, currency)


def kept_of(customer_ids: Collection[int]) -> tuple[Money, ...]:
    """What those customers have with any legal entity beyond all orders; nothing where they are even. One statement."""
    theirs = {"account__customer__in": customer_ids, "account__kind": LedgerKind.CUSTOMER}
    sums = Posting.objects.filter(**theirs, thread_id=None).order_by().values("account__legal_entity_id", "currency")
    return tuple(Money(-row["sum"], row["currency"]) for row in sums.annotate(sum=Sum("amount")) if row["sum"])


def pledged_by(customer_ids: Collection[int]) -> tuple[Money, ...]:
    """What is held of those customers as security for loaners; nothing where all is settled. One statement."""
    theirs = {"account__customer__in": customer_ids, "account__kind": LedgerKind.PLEDGE}
    sums = Posting.objects.filter(**theirs).order_by().values("account__legal_entity_id", "currency")
    return tuple(Money(-row["sum"], row["currency"]) for row in sums.annotate(sum=Sum("amount")) if row["sum"])


@dataclass(frozen=True)
class Balance:
    """How a customer stands with a legal entity: `open` is invoiced and unpaid, `credit` is paid ahead or kept."""

    open: Money
    credit: Money


def balances_of(actor: Actor, customer_id: int) -> tuple[Balance, ...]:
    """How the customer stands, per legal entity, by the book of the centres the actor may see. One statement."""
    whose = Q(account__customer_id=customer_id) | Q(account__customer__merged_into_id=customer_id)
    seen = Posting.objects.filter(whose, in_reach(actor, "billing.see", "entry__centre_id"))
    rows = seen.filter(account__kind=LedgerKind.CUSTOMER).values("account__legal_entity_id", "currency", "thread_id")
    sums: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0])
    for row in rows.annotate(sum=Sum("amount")).order_by("account__legal_entity_id", "currency"):
        both = sums[row["account__legal_entity_id"], row["currency"]]
        both[row["sum"] < 0] += abs(row["sum"])
    return tuple(Balance(Money(due, code), Money(kept, code)) for (_entity, code), (due, kept) in sums.items())


def _unthreaded(customer_id: int, legal_entity_id: int, currency: str) -> QuerySet[Posting]:
    """Postings of the customer, duplicates included, that belong to no order."""
    whose = Q(account__customer_id=customer_id) | Q(account__customer__merged_into_id=customer_id)
    account = {"account__legal_entity_id": legal_entity_id, "account__kind": LedgerKind.CUSTOMER}
    return Posting.objects.filter(whose, **account, currency=currency, thread_id=None)


def pays_orders(payments: QuerySet[Payment]) -> QuerySet[Payment]:
    """Those that pay what an order costs, without the deposits for loaners and what became of them. No statement."""
    of_pledges = Q(purpose__in=OF_PLEDGES) | Q(refunds__isnull=False, refunds__purpose__in=OF_PLEDGES)
    return payments.exclude(of_pledges)


def _payment_sums(work_order_ids: Collection[int]) -> QuerySet[Payment, Any]:
    paid, pending = Q(state__in=SETTLED), Q(state__in=PENDING)
    rows = pays_orders(Payment.objects.filter(paid | pending, work_order_id__in=work_order_ids)).order_by()
    return rows.values("work_order_id").annotate(paid=Sum("amount", filter=paid), pending=Sum("amount", filter=pending))


def _money(currency: str, total: int, sums: dict[str, Any]) -> Owed:
    paid, pending = sums.get("paid") or 0, sums.get("pending") or 0
    return Owed(Money(total, currency), Money(paid, currency), Money(pending, currency))
