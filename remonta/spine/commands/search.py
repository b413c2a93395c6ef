"""Keeping things findable."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import F

from remonta.spine.declared import gather
from remonta.spine.gathered import drop_gathered, write_later
from remonta.spine.models import SearchEntry, SearchPhone, SearchWord
from remonta.spine.search_text import LONGEST_WORD, text_of, variants, words_of

IDENTITY = ["kind", "subject_id", "centre_id"]
KEPT = ["uid", "title", "hint", "text", "exact", "open"]
LONGEST_NUMBER = 20
MANY = 500
T = TypeVar("T")
Refill = Callable[[], "Iterable[Findable]"]
REFILLS: dict[str, Refill] = {}


@dataclass(frozen=True)
class Findable:
    """A thing with what it is found by, at a centre (0: in the whole network)."""

    kind: str
    subject_id: int
    uid: UUID
    title: str
    centre_id: int = 0
    hint: str = ""
    words: Collection[str] = ()
    phones: Collection[str] = ()
    exact: str = ""
    names: Collection[str] = ()
    open: bool = True


def index_entry(
    kind: str,
    subject_id: int,
    *,
    uid: UUID,
    centre_id: int = 0,
    title: str,
    hint: str = "",
    words: Iterable[str] = (),
    phones: Sequence[str] = (),
    exact: str = "",
    names: Iterable[str] = (),
    open: bool = True,
) -> None:
    """Makes a thing findable at a centre (0: in the whole network), or brings its entry up to date.

    `words` are texts and serials, `names` are people's, forgiving typing mistakes; `exact` is its number. One statement
    for the entries of a whole command, one to read their phones and one to read known names; one more each where
    something is new.
    """
    thing = Findable(kind, subject_id, uid, title, centre_id, hint, [*words], [*phones], exact, [*names], open)
    write_later(index_entries, (kind, subject_id, centre_id), thing)


def index_entries(things: Collection[Findable]) -> None:
    """The same for up to some thousand things at once, for seeds and imports; no thing twice in one call."""
    with transaction.atomic(savepoint=False):
        entries = SearchEntry.objects.bulk_create(
            [_entry(thing) for thing in things],
            update_conflicts=True,
            unique_fields=IDENTITY,
            update_fields=KEPT,
            batch_size=MANY,
        )
        _keep_phones({entry.pk: _tails(thing.phones) for entry, thing in zip(entries, things, strict=True)})
        _keep_names({name for thing in things for name in thing.names})


def refills(kind: str) -> Callable[[Refill], Refill]:
    """Declares what gives all findable things of that kind anew, for databases from before they could be found."""

    def declare(every: Refill) -> Refill:
        REFILLS[kind] = every
        return every

    return declare


def reindex(*, missing_only: bool = False) -> dict[str, int]:
    """Makes things findable that stood there before; how many entries of each kind were written.

    With `missing_only` just the kinds of which nothing at all can be found: one statement a kind, where all is well.
    """
    gather()
    written = dict[str, int]()
    for kind, every in REFILLS.items():
        if missing_only and SearchEntry.objects.filter(kind=kind).exists():
            continue
        things = iter(every())
        while some := list(islice(things, MANY)):
            index_entries(some)
            written[kind] = written.get(kind, 0) + len(some)
    return written


def forget_entry(kind: str, subject_id: int, centre_id: int | None = None) -> None:
    """The thing is no longer found, at that centre or at any."""
    _not_written(kind, subject_id, lambda place: centre_id in (None, place))
    rows = SearchEntry.objects.filter(kind=kind, subject_id=subject_id)
    (rows if centre_id is None else rows.filter(centre_id=centre_id)).delete()


def move_entry(kind: str, subject_id: int, centre_id: int) -> None:
    """The thing has moved to that centre: entries at others are forgotten, before it is indexed there."""
    _not_written(kind, subject_id, lambda place: place != centre_id)
    SearchEntry.objects.filter(kind=kind, subject_id=subject_id).exclude(centre_id=centre_id).delete()


def _not_written(kind: str, subject_id: int, at: Callable[[int], bool]) -> None:
    """Nor will be what this command wanted to write of the thing at such places."""
    drop_gathered(
        index_entries, lambda thing: (thing.kind, thing.subject_id) == (kind, subject_id) and at(thing.centre_id)
    )


def _entry(thing: Findable) -> SearchEntry:
    texts = [*thing.words, *thing.names]
    return SearchEntry(
        kind=thing.kind,
        subject_id=thing.subject_id,
        uid=thing.uid,
        centre_id=thing.centre_id,
        title=thing.title[:200],
        hint=thing.hint[:300],
        text=text_of(texts, thing.exact, open=thing.open, centre_id=thing.centre_id),
        exact="".join(words_of(thing.exact)).upper()[:80],
        open=thing.open,
    )


def _tails(phones: Iterable[str]) -> set[str]:
    return {"".join(char for char in phone if char.isdigit())[::-1][:LONGEST_NUMBER] for phone in phones} - {""}


def _keep_phones(wanted: dict[int, set[str]]) -> None:
    known = dict[tuple[int, str], int]()
    for some in _in_parts([*wanted]):
        rows = SearchPhone.objects.filter(entry_id__in=some).values_list("entry_id", "reversed_digits", "pk")
        known |= {(entry, tail): pk for entry, tail, pk in rows}
    asked = {(entry, tail) for entry, tails in wanted.items() for tail in tails}
    if gone := [pk for pair, pk in known.items() if pair not in asked]:
        SearchPhone.objects.filter(pk__in=gone).delete()
    if new := sorted(asked - known.keys()):
        SearchPhone.objects.bulk_create([SearchPhone(entry_id=entry, reversed_digits=tail) for entry, tail in new])


def _keep_names(names: Iterable[str]) -> None:
    """Words of names, known to forgiving search from now on. They stand apart from whose names they are."""
    words = {word for name in names for word in words_of(name) if 2 < len(word) <= LONGEST_WORD and word.isalpha()}
    for some in _in_parts(sorted(words)):
        known = set(SearchWord.objects.filter(variant__in=some, variant=F("word")).values_list("word", flat=True))
        rows = [
            SearchWord(word=word, variant=variant) for word in some if word not in known for variant in variants(word)
        ]
        if rows:
            SearchWord.objects.bulk_create(rows, ignore_conflicts=True)


def _in_parts(things: list[T]) -> Iterable[list[T]]:
    return (things[at : at + MANY] for at in range(0, len(things), MANY))
