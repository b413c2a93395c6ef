"""Finding things by number, serial, phone or name: one way on both databases, with the rights in the row."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from rapidfuzz.distance import OSA

from remonta.kernel.actor import EVERYWHERE, Actor
from remonta.spine.declared import gather
from remonta.spine.models import SearchEntry, SearchPhone, SearchWord
from remonta.spine.queries import search_sql
from remonta.spine.queries.search_sql import Scope
from remonta.spine.search_text import Asked, asked, variants

FEW, MOST_FORGIVEN = 3, 6
KINDS: dict[str, str] = {}
COMMON: set[str] = set()


@dataclass(frozen=True)
class Hit:
    """A thing that was found; `centre_id` 0 is the network."""

    kind: str
    subject_id: int
    uid: UUID
    centre_id: int
    title: str
    hint: str
    open: bool


def search_kind(kind: str, permission: str, *, common: bool = False) -> None:
    """Declares which right, held where the thing is, lets people find things of that kind.

    Common things, such as parts, belong to the network as a whole: whoever holds the right anywhere finds them.
    """
    KINDS[kind] = permission
    (COMMON.add if common else COMMON.discard)(kind)


def find(actor: Actor, text: str, *, kinds: Collection[str] | None = None, limit: int = 20) -> tuple[Hit, ...]:
    """What the actor may find by a number, a part of a serial, the end of a phone number (4 digits or more) or a name.

    Those whose number it is come first, then open things before closed ones, the newest first. Names forgive one typing
    mistake a word where little else was found. At most nine statements, whatever the size of the data.
    """
    what, scope = asked(text), _scope(actor, kinds)
    if not scope or not what.number:
        return ()
    hits: dict[tuple[str, int], Hit] = {}
    for search in (_numbered, _dialled, _containing, _forgiving):
        if len(hits) < (FEW if search is _forgiving else limit):
            _add(hits, search(what, scope, limit))
    return tuple(hits.values())[:limit]


def _add(hits: dict[tuple[str, int], Hit], entries: Iterable[SearchEntry]) -> None:
    for one in entries:
        hit = Hit(one.kind, one.subject_id, one.uid, one.centre_id, one.title, one.hint, one.open)
        hits.setdefault((one.kind, one.subject_id), hit)


def _scope(actor: Actor, kinds: Collection[str] | None) -> Scope:
    """The kinds the actor may find, by the centres in which; EVERYWHERE alone stands for the whole network."""
    gather()
    places: dict[frozenset[int], list[str]] = {}
    for kind, permission in KINDS.items():
        held = actor.places_of(permission)
        held = frozenset({EVERYWHERE}) if held and kind in COMMON else held
        if held and (kinds is None or kind in kinds):
            places.setdefault(held, []).append(kind)
    return tuple((None if EVERYWHERE in held else sorted(held), sorted(some)) for held, some in places.items())


def _numbered(what: Asked, scope: Scope, limit: int) -> Sequence[SearchEntry]:
    return search_sql.by_number(what.number, scope, limit, beginning=what.is_short)


def _dialled(what: Asked, scope: Scope, limit: int) -> Sequence[SearchEntry]:
    if not what.tail:
        return []
    above = what.tail[:-1] + chr(ord(what.tail[-1]) + 1)
    tails = SearchPhone.objects.filter(reversed_digits__gte=what.tail, reversed_digits__lt=above)
    return search_sql.by_phone(tails, scope, limit)


def _containing(what: Asked, scope: Scope, limit: int) -> Iterable[SearchEntry]:
    return search_sql.by_text([[piece] for piece in what.pieces], scope, limit) if what.pieces else []


def _forgiving(what: Asked, scope: Scope, limit: int) -> Iterable[SearchEntry]:
    """With each name replaced by the known names that are one mistake away."""
    meant = _known_names_like(what.names) if what.names else {}
    if not any(meant.values()):
        return []
    groups = [[f" {word}" for word in meant[name]] or [name] for name in what.names]
    others = [[piece] for piece in what.pieces if piece not in what.names]
    return search_sql.by_text([*groups, *others], scope, limit)


def _known_names_like(names: Sequence[str]) -> dict[str, list[str]]:
    """One statement: names that share a form with one letter left out, kept where one mistake explains them."""
    forms = set().union(*(variants(name) for name in names))
    known = set(SearchWord.objects.filter(variant__in=forms).values_list("word", flat=True)[:500])
    near: Callable[[str], list[str]] = lambda name: sorted(w for w in known if OSA.distance(name, w) <= 1)  # noqa: E731
    return {name: near(name)[:MOST_FORGIVEN] for name in names}
