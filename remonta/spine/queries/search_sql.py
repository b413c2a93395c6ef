"""The statements of the search, where the two databases differ: only in how the text index is asked."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from remonta.spine.models import SearchEntry, SearchPhone
from remonta.spine.search_index import INDEX, TABLE
from remonta.spine.search_text import OPEN_MARK, centre_mark

# Pairs of centres (None: all) and the kinds that may be found there; all of the groups, any piece of each.
Scope = tuple[tuple[list[int] | None, list[str]], ...]
Groups = Sequence[Sequence[str]]
Params = list[Any]

# So many matches are sorted; a piece that has more is common enough to be met among the newest rows.
MANY, NEWEST = 1_000, 40_000
MOST_MARKED, MOST_TRIGRAMS = 60, 3


def by_number(number: str, scope: Scope, limit: int, *, beginning: bool) -> Sequence[SearchEntry]:
    """Things of that number or, for short ones, whose number begins like that. One statement."""
    rows = SearchEntry.objects.filter(_allowed(scope)).order_by("-open", "-id")
    if not beginning:
        return list(rows.filter(exact=number)[:limit])
    if connection.vendor == "postgresql":
        like = number.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return list(rows.extra(where=["exact LIKE %s"], params=[f"{like}%"])[:limit])
    return list(rows.filter(exact__gte=number, exact__lt=f"{number}\U0010ffff")[:limit])


def by_phone(tails: QuerySet[SearchPhone], scope: Scope, limit: int) -> Sequence[SearchEntry]:
    """Things with such a phone. One statement."""
    some = tails.order_by("reversed_digits").values("entry_id")[:MANY]
    return list(SearchEntry.objects.filter(_allowed(scope), pk__in=some).order_by("-open", "-id")[:limit])


def by_text(groups: Groups, scope: Scope, limit: int) -> Sequence[SearchEntry]:
    """Things whose text has a piece of every group: open ones first, the newest first.

    One statement; three where very many match.
    """
    groups = [*_centre_marks(scope), *groups]
    found = _some(groups, scope)
    if len(found) < MANY:
        return found[: 2 * limit]
    marked = _some([[OPEN_MARK], *groups], scope, "e.open")
    if len(marked) >= limit:
        return marked[: 2 * limit]
    newest = _newest(groups, scope, 2 * limit) if connection.vendor == "postgresql" else []
    return [*marked, *newest, *found]


def _allowed(scope: Scope) -> Q:
    every = (Q(kind__in=kinds) & (Q() if places is None else Q(centre_id__in=places)) for places, kinds in scope)
    return reduce(or_, every)


def _some(groups: Groups, scope: Scope, also: str = "TRUE") -> list[SearchEntry]:
    """Up to MANY matches, sorted; on SQLite those are the newest, on PostgreSQL any.

    The planner cannot be trusted to choose between the text index and walking back by id, so it is not asked: no
    order stands beside the condition, and on SQLite CROSS JOIN keeps the text index in front.
    """
    where, params = _where(groups, scope)
    if connection.vendor == "postgresql":
        sql = f"""WITH m AS MATERIALIZED (SELECT e.id FROM {TABLE} e WHERE {where} AND {also})
        SELECT * FROM {TABLE} WHERE id = ANY(ARRAY(SELECT id FROM m LIMIT {MANY})) ORDER BY open DESC, id DESC"""
        return list(SearchEntry.objects.raw(sql, params))
    sql = f"""SELECT e.* FROM {INDEX} f CROSS JOIN {TABLE} e ON e.id = f.rowid
    WHERE {INDEX} MATCH %s AND {where} AND {also} ORDER BY f.rowid DESC LIMIT {MANY}"""
    rows = SearchEntry.objects.raw(sql, [" AND ".join(map(_match, groups)), *params])
    return sorted(rows, key=lambda entry: (not entry.open, -entry.pk))


def _newest(groups: Groups, scope: Scope, limit: int) -> list[SearchEntry]:
    """Matches among the newest closed rows, for pieces so common that walking back soon meets enough of them."""
    where, params = _where(groups, scope)
    sql = f"""SELECT e.* FROM (SELECT * FROM {TABLE} ORDER BY id DESC LIMIT {NEWEST}) e
    WHERE NOT e.open AND {where} LIMIT %s"""
    return list(SearchEntry.objects.raw(sql, [*params, limit]))


def _match(group: Sequence[str]) -> str:
    """Any piece of the group, each by some of its trigrams: each more is more to read, and rows are compared anyway."""
    every = (" AND ".join(f'"{part}"' for part in _trigrams(piece)) for piece in group)
    return f"({' OR '.join(f'({part})' for part in every)})"


def _trigrams(piece: str) -> list[str]:
    """Of a number those with the fewest noughts, with which numbers are filled up, the latest of them: numbers differ
    most at their end. Of a name those side by side at its beginning."""
    if any(char.isdigit() for char in piece):
        every = sorted(range(len(piece) - 2), key=lambda at: (piece.count("0", at, at + 3), -at))
        return [piece[at : at + 3] for at in sorted(every[:MOST_TRIGRAMS])]
    starts = sorted({*range(0, len(piece) - 2, 3), len(piece) - 3})
    return [piece[at : at + 3] for at in starts[:MOST_TRIGRAMS]]


def _where(groups: Groups, scope: Scope) -> tuple[str, Params]:
    """Conditions on `e`. Pieces are letters, digits and blanks only, so patterns need no escaping."""
    allowed, rights = _rights(scope)
    every = [[_has(piece) for piece in group] for group in groups]
    pieces = [f"({' OR '.join(part for part, _values in group)})" for group in every]
    return " AND ".join([*pieces, allowed]), [
        *(one for group in every for _part, values in group for one in values),
        *rights,
    ]


def _has(piece: str) -> tuple[str, Params]:
    """That the text has the piece. PostgreSQL's index is asked for some trigrams of a number only: it would look up all
    of them, and those of noughts are in millions of rows."""
    if connection.vendor != "postgresql":
        return "instr(e.text, %s) > 0", [piece]
    if len(piece) <= MOST_TRIGRAMS + 2 or not any(char.isdigit() for char in piece):
        return "e.text LIKE %s", [f"%{piece}%"]
    some = [f"%{part}%" for part in _trigrams(piece)]
    return f"({'e.text LIKE %s AND ' * len(some)}strpos(e.text, %s) > 0)", [*some, piece]


def _rights(scope: Scope) -> tuple[str, Params]:
    parts, params = [], Params()
    for places, kinds in scope:
        part = f"e.kind IN ({_places(kinds)})"
        params += kinds
        if places is not None:
            part += f" AND e.centre_id IN ({_places(places)})"
            params += places
        parts.append(f"({part})")
    return f"({' OR '.join(parts)})", params


def _places(values: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def _centre_marks(scope: Scope) -> list[list[str]]:
    """By which the index leaves out most of what belongs to other centres."""
    centres = {place for places, _kinds in scope for place in places or [0]}
    return (
        [[centre_mark(centre) for centre in sorted(centres)]]
        if 0 not in centres and len(centres) <= MOST_MARKED
        else []
    )
