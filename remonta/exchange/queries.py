"""Reading imports and what became of their rows."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import IO, Any
from uuid import UUID

from django.db.models import Q, QuerySet

from remonta.exchange.mapping import RepairMapping, read_mapping
from remonta.exchange.models import Import, ImportRow
from remonta.exchange.reasons import REASONS
from remonta.exchange.tables import open_table
from remonta.exchange.words import KINDS
from remonta.exchange.workflow import PRICES, UNDER_WAY, ImportState
from remonta.identity.queries import in_reach
from remonta.kernel.actor import Actor
from remonta.spine.queries import attachments_for, file_scope, open_attachment

SUBJECT = "exchange.import"


@dataclass(frozen=True)
class Account:
    """What became of every row: read = created + updated + skipped. `reasons` are words with how many."""

    read: int
    all: int
    created: int
    updated: int
    skipped: int
    reasons: tuple[tuple[object, int], ...]
    kinds: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether nothing is unaccounted for."""
        return self.read == self.created + self.updated + self.skipped


@dataclass(frozen=True)
class ImportPage:
    """An import as its page shows it."""

    id: int
    uid: UUID
    kind: str
    name: str
    state: str
    state_label: object
    centre: str
    centre_id: int
    by: str
    made_at: Any
    done_at: Any
    trouble: str
    under_way: bool
    checking: bool
    mapping: RepairMapping
    account: Account
    checked: Account | None
    withdrawn: int
    kept: int


def imports_for(actor: Actor) -> QuerySet[Import]:
    """The imports of the centres for which the actor may bring data in, or the price lists among them."""
    lists = in_reach(actor, "exchange.import_prices") & Q(kind=PRICES)
    return Import.objects.filter(in_reach(actor, "exchange.import") | lists)


def kinds_open_to(actor: Actor, centre_id: int | None = None) -> tuple[str, ...]:
    """What the actor may bring in, at a centre or at any: every kind, or price lists alone. No statement."""
    may = actor.may_somewhere if centre_id is None else partial(actor.may_at, centre_id=centre_id)
    if may("exchange.import"):
        return tuple(KINDS)
    return (PRICES,) if may("exchange.import_prices") else ()


def import_rows_for(actor: Actor) -> QuerySet[ImportRow]:
    """The rows of those imports."""
    return ImportRow.objects.filter(run__in=imports_for(actor))


def import_page(actor: Actor, uid: UUID) -> ImportPage:
    """One import with its account. Three statements. Raises DoesNotExist."""
    run = imports_for(actor).select_related("centre", "account").get(uid=uid)
    undone = run.rows.exclude(fate="")
    return ImportPage(
        id=run.pk,
        uid=run.uid,
        kind=run.kind,
        name=run.name,
        state=run.state,
        state_label=ImportState(run.state).label,
        centre=run.centre.name,
        centre_id=run.centre_id,
        by=run.account.name if run.account else "",
        made_at=run.made_at,
        done_at=run.done_at,
        trouble=run.trouble,
        under_way=run.state in UNDER_WAY,
        checking=run.checking_since is not None,
        mapping=read_mapping(run.mapping),
        account=account_of(run),
        checked=account_from(run.checked) if run.checked else None,
        withdrawn=undone.exclude(fate="kept").count(),
        kept=undone.filter(fate="kept").count(),
    )


def account_of(run: Import) -> Account:
    """What became of the rows so far. No statement."""
    counts = {name: getattr(run, name) for name in ("created", "updated", "skipped")}
    return account_from({"read": run.rows_read, "all": run.rows_all, **counts, "reasons": run.reasons})


def account_from(data: dict[str, Any]) -> Account:
    """An account as it is kept. No statement."""
    reasons = sorted(data.get("reasons", {}).items(), key=lambda pair: -pair[1])
    return Account(
        read=data["read"],
        all=data.get("all", 0),
        created=data["created"],
        updated=data["updated"],
        skipped=data["skipped"],
        reasons=tuple((REASONS.get(code, code), many) for code, many in reasons),
        kinds=tuple(data.get("kinds", ())),
        words=tuple(data.get("words", ())),
    )


def head_of(actor: Actor, uid: UUID) -> tuple[str, ...]:
    """The headings of the uploaded file, to map. Reads the beginning of the file. Raises TableUnreadable."""
    run = imports_for(actor).get(uid=uid)
    with open_file(actor, run) as stream, open_table(stream, read_mapping(run.mapping).shape) as table:
        return table.head


@contextmanager
def open_file(actor: Actor, run: Import) -> Iterator[IO[bytes]]:
    """The uploaded file of an import the actor may see. Three statements."""
    kept = attachments_for(actor, [(SUBJECT, run.pk)])[0]
    stream = open_attachment(actor, kept.uid).stream
    try:
        yield stream
    finally:
        stream.close()


def _visible(actor: Actor, ids: Collection[int]) -> Collection[int]:
    return list(imports_for(actor).filter(pk__in=ids).values_list("pk", flat=True))


file_scope(SUBJECT, _visible)
