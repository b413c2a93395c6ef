"""The only way into the book of money."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from remonta.billing.commands.refusals import NothingToPost, ReversedAlready, Unbalanced
from remonta.billing.models import Entry, LedgerAccount, Posting
from remonta.billing.words import LedgerKind
from remonta.kernel.actor import Actor
from remonta.kernel.money import Money


@dataclass(frozen=True, kw_only=True)
class Line:
    """What goes to one account: minor units, debit positive, credit negative. `threaded`: it counts for the order."""

    kind: LedgerKind
    amount: int
    customer_id: int | None = None
    desk_id: int | None = None
    code: str = ""
    currency: str = ""
    threaded: bool = True


def post(actor: Actor, centre: Any, reason: str, lines: Sequence[Line], thread_id: int | None = None) -> Entry:
    """Adds one entry to the book. Lines of zero are left out; the rest must sum to zero in each currency.

    Raises Unbalanced, NothingToPost. Four statements, six when an account is new.
    """
    assert transaction.get_connection().in_atomic_block, "post() belongs inside a command's transaction"
    kept = [line for line in lines if line.amount]
    _check(kept, centre.legal_entity.currency)
    accounts = _accounts(centre, kept)
    entry = _entry(actor, centre, reason, thread_id)
    Posting.objects.bulk_create(
        Posting(
            entry=entry,
            account=accounts[_key(centre, line)],
            amount=line.amount,
            currency=_currency(centre, line),
            thread_id=thread_id if line.threaded else None,
        )
        for line in kept
    )
    return entry


def reverse_entry(actor: Actor, entry: Entry) -> Entry:
    """Adds the entry that takes another back, line by line, under the same reason. Raises ReversedAlready."""
    standing = Entry.objects.select_for_update(of=("self",)).select_related("centre").get(pk=entry.pk)
    if standing.reverses_id or Entry.objects.filter(reverses=standing).exists():
        raise ReversedAlready
    back = _entry(actor, standing.centre, standing.reason, standing.thread_id, reverses=standing)
    lines = standing.postings.order_by("pk").values("account_id", "amount", "currency", "thread_id")
    Posting.objects.bulk_create(Posting(entry=back, **line | {"amount": -line["amount"]}) for line in lines)
    return back


def _entry(actor: Actor, centre: Any, reason: str, thread_id: int | None, reverses: Entry | None = None) -> Entry:
    return Entry.objects.create(
        centre=centre,
        legal_entity_id=centre.legal_entity_id,
        reason=reason,
        thread_id=thread_id,
        reverses=reverses,
        actor=actor.label,
        occurred_at=actor.now(),
    )


def _check(lines: Sequence[Line], currency: str) -> None:
    if len(lines) < 2:
        raise NothingToPost
    sums: Counter[str] = Counter()
    for line in lines:
        sums[line.currency or currency] += line.amount
    if left := {code: total for code, total in sums.items() if total}:
        raise Unbalanced(sums=", ".join(str(Money(total, code)) for code, total in sorted(left.items())))


def _accounts(centre: Any, lines: Sequence[Line]) -> dict[str, LedgerAccount]:
    """The accounts by key; those not yet there are made, in one order for everybody."""
    wanted = {_key(centre, line): line for line in lines}
    found = _by_key(wanted)
    if missing := sorted(wanted.keys() - found.keys()):
        fresh = [_account(centre, key, wanted[key]) for key in missing]
        LedgerAccount.objects.bulk_create(fresh, ignore_conflicts=True)
        found = _by_key(wanted)
    return found


def _by_key(keys: dict[str, Line]) -> dict[str, LedgerAccount]:
    return {account.key: account for account in LedgerAccount.objects.filter(key__in=keys)}


def _account(centre: Any, key: str, line: Line) -> LedgerAccount:
    return LedgerAccount(
        key=key,
        legal_entity_id=centre.legal_entity_id,
        kind=line.kind,
        currency=_currency(centre, line),
        customer_id=line.customer_id,
        cash_desk_id=line.desk_id,
        code=line.code,
    )


def _key(centre: Any, line: Line) -> str:
    owner = f"{line.customer_id or ''}:{line.desk_id or ''}:{line.code}"
    return f"{centre.legal_entity_id}:{line.kind}:{_currency(centre, line)}:{owner}"


def _currency(centre: Any, line: Line) -> str:
    return line.currency or str(centre.legal_entity.currency)
