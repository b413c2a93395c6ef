"""Making a small history large, for measurements: whole lives of orders are copied inside the database, ids shifted."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from django.apps import apps
from django.db import connection, models, transaction

PIECE = 25


@dataclass(frozen=True)
class Copied:
    """A table that is copied. `texts` are SQL for columns that must differ between copies, with
    {k} for the number of the copy; `shifts` names columns with keys of another copied table and no foreign key."""

    label: str
    texts: Mapping[str, str] = field(default_factory=dict)
    shifts: Mapping[str, str] = field(default_factory=dict)
    cases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Span:
    low: int
    high: int

    @property
    def step(self) -> int:
        return self.high - self.low + 1


def multiply(copies: list[Copied], floors: Mapping[str, int], times: int, tell: Callable[[int], None]) -> None:
    """Copies everything above the floors `times` times, a piece of copies in each transaction.

    The rows of one life must refer only to rows of the same copy or to rows below the floors. Sequences are set anew.
    """
    spans = {copied.label: _span(copied.label, floors[copied.label]) for copied in copies}
    for first in range(1, times + 1, PIECE):
        last = min(first + PIECE - 1, times)
        with transaction.atomic(), connection.cursor() as cursor:
            for copied in copies:
                if spans[copied.label].high:
                    cursor.execute(_statement(copied, spans), [first, last])
        tell(last)
    _reset_sequences(copies)


def floors_of(labels: list[str]) -> dict[str, int]:
    """The highest key of each table by now."""
    return {label: _highest(label) for label in labels}


def _span(label: str, floor: int) -> Span:
    high = _highest(label)
    return Span(floor + 1, high if high > floor else 0)


def _highest(label: str) -> int:
    model = apps.get_model(label)
    return model._default_manager.aggregate(most=models.Max("pk"))["most"] or 0


def _statement(copied: Copied, spans: Mapping[str, Span]) -> str:
    model = apps.get_model(copied.label)
    table, key = model._meta.db_table, model._meta.pk
    assert key is not None
    columns = [column for column in model._meta.concrete_fields if not getattr(column, "generated", False)]
    values = ", ".join(_value(copied, column, spans) for column in columns)
    names = ", ".join(f'"{column.column}"' for column in columns)
    span = spans[copied.label]
    return (
        f"WITH RECURSIVE n(k) AS (SELECT CAST(%s AS bigint) UNION ALL SELECT k + 1 FROM n WHERE k < %s) "
        f'INSERT INTO "{table}" ({names}) SELECT {values} FROM n, "{table}" t '
        f'WHERE t."{key.column}" BETWEEN {span.low} AND {span.high} ORDER BY n.k, t."{key.column}"'
    )


def _value(copied: Copied, column: models.Field, spans: Mapping[str, Span]) -> str:  # type: ignore[type-arg]
    name = f't."{column.column}"'
    if column.attname in copied.texts:
        return copied.texts[column.attname].replace("{k}", "n.k").replace("{t}", "t")
    if isinstance(column, models.UUIDField):
        return _own_uuid(name)
    if column.attname in copied.cases:
        return _by_kind(name, copied.cases[column.attname], spans)
    target = copied.shifts.get(column.attname) or _target(column)
    if column.primary_key and not column.is_relation:
        target = copied.label
    if target in spans and spans[target].high:
        span = spans[target]
        return f"CASE WHEN {name} >= {span.low} THEN {name} + n.k * {span.step} ELSE {name} END"
    return name


def _by_kind(name: str, by: Mapping[str, str], spans: Mapping[str, Span]) -> str:
    """A column that points to different tables, told by another column: {"column=value": label}."""
    whens = []
    for told, label in by.items():
        column, value = told.split("=")
        if spans[label].high:
            whens.append(f"WHEN t.\"{column}\" = '{value}' THEN {name} + n.k * {spans[label].step}")
    return f"CASE {' '.join(whens)} ELSE {name} END"


def _target(column: models.Field) -> str:  # type: ignore[type-arg]
    related = column.related_model
    return related._meta.label_lower if isinstance(related, type) and issubclass(related, models.Model) else ""


def _own_uuid(name: str) -> str:
    """The same id with the number of the copy in its last 32 bits: a thing and its search entry still agree."""
    if connection.vendor == "postgresql":
        return f"(left(replace({name}::text, '-', ''), 24) || lpad(to_hex(n.k), 8, '0'))::uuid"
    return f"substr({name}, 1, 24) || printf('%%08x', n.k)"


def renamed(name: str, *tokens: tuple[str, str]) -> str:
    """SQL for a text in which each token `before` stands with the copy's number and `after` behind it instead."""
    for before, after in tokens:
        name = f"replace({name}, '{before}{after}', '{before}' || n.k || '{after}')"
    return name


def another_number(name: str, digits: str) -> str:
    """SQL for a text of digits in which six digits become others, different in each of a million copies."""
    backward = digits.startswith("0")
    forward = f"(({int(digits[::-1] if backward else digits)} + n.k * 37) %% 1000000)"
    if connection.vendor == "postgresql":
        fresh = f"lpad({forward}::text, 6, '0')"
        return f"replace({name}, '{digits}', {f'reverse({fresh})' if backward else fresh})"
    fresh = f"printf('%%06d', {forward})"
    turned = " || ".join(f"substr({fresh}, {at}, 1)" for at in range(6, 0, -1))
    return f"replace({name}, '{digits}', {turned if backward else fresh})"


def _reset_sequences(copies: list[Copied]) -> None:
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for statement in _sequences(copies):
            cursor.execute(statement)


def _sequences(copies: list[Copied]) -> Iterator[str]:
    for copied in copies:
        model = apps.get_model(copied.label)
        if isinstance(model._meta.pk, models.AutoField):
            table = model._meta.db_table
            yield f"SELECT setval(pg_get_serial_sequence('\"{table}\"', 'id'), (SELECT max(id) FROM \"{table}\"))"
