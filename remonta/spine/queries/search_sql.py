"""The statements of the search, where the two databases differ: only in how the text index is asked."""

from collections.abc import Iterator, Sequence
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
MOST_MARKED = 8


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


def by_text(groups: Groups, scope: Scope, limit: int, *, open: bool) -> Sequence[SearchEntry]:
    """Open or closed things whose text has a piece of every group, the newest first. One statement; for very common
    pieces on PostgreSQL two."""
    if connection.vendor == "postgresql":
        return _on_postgres(groups, scope, limit, open=open)
    return _on_sqlite(groups, scope, limit, open=open)


def _allowed(scope: Scope) -> Q:
    every = (Q(kind__in=kinds) & (Q() if places is None else Q(centre_id__in=places)) for places, kinds in scope)
    return reduce(or_, every)


def _on_sqlite(groups: Groups, scope: Scope, limit: int, *, open: bool) -> Sequence[SearchEntry]:
    """The index gives rows newest first by itself; CROSS JOIN keeps it in front."""
    match = " AND ".join(_match(group) for group in _marked(groups, scope, open))
    where, params = _where(groups, scope, open, "instr(e.text, %s) > 0", lambda piece: piece)
    sql = f"""SELECT e.* FROM {INDEX} f CROSS JOIN {TABLE} e ON e.id = f.rowid
    WHERE {INDEX} MATCH %s AND {where} ORDER BY f.rowid DESC LIMIT %s"""
    return list(SearchEntry.objects.raw(sql, [match, *params, limit * 2]))


def _match(group: Sequence[str]) -> str:
    """Any piece of the group, each by all its trigrams."""
    return (
        "(" + " OR ".join("(" + " AND ".join(f'"{part}"' for part in _trigrams(piece)) + ")" for piece in group) + ")"
    )


def _trigrams(piece: str) -> Iterator[str]:
    return (piece[at : at + 3] for at in range(len(piece) - 2))


def _on_postgres(groups: Groups, scope: Scope, limit: int, *, open: bool) -> Sequence[SearchEntry]:
    """The planner cannot be trusted to choose between the text index and walking back by id, so it is not asked: first
    some matches from the text index, whatever their order; only if there are very many, the newest rows."""
    where, params = _where(_marked(groups, scope, open), scope, open, "e.text LIKE %s", _like)
    few = f"""WITH m AS MATERIALIZED (SELECT e.id FROM {TABLE} e WHERE {where})
    SELECT * FROM {TABLE} WHERE id = ANY(ARRAY(SELECT id FROM m LIMIT {MANY})) ORDER BY id DESC"""
    found = list(SearchEntry.objects.raw(few, params))
    if len(found) < MANY:
        return found[: limit * 2]
    newest = f"""SELECT e.* FROM (SELECT * FROM {TABLE} ORDER BY id DESC LIMIT {NEWEST}) e WHERE {where} LIMIT %s"""
    recent = list(SearchEntry.objects.raw(newest, [*params, limit * 2]))
    return recent if len(recent) >= limit else found[: limit * 2]


def _like(piece: str) -> str:
    return f"%{piece}%"


def _where(groups: Groups, scope: Scope, open: bool, has: str, form: Any) -> tuple[str, Params]:
    """Conditions on `e`. Pieces are letters, digits and blanks only, so patterns need no escaping."""
    allowed, params = _rights(scope)
    pieces = [f"({' OR '.join(has for _piece in group)})" for group in groups]
    texts = [form(piece) for group in groups for piece in group]
    return " AND ".join([*pieces, "e.open" if open else "NOT e.open", allowed]), [*texts, *params]


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


def _marked(groups: Groups, scope: Scope, open: bool) -> Groups:
    """With the marks by which the index leaves out most of what is closed or of other centres."""
    centres = {place for places, _kinds in scope for place in places or [0]}
    marks = [[f"{OPEN_MARK} "]] if open else []
    if 0 not in centres and len(centres) <= MOST_MARKED:
        marks.append([f"{centre_mark(centre)} " for centre in sorted(centres)])
    return [*marks, *groups]
