"""What was measured, for people and for programs."""

import json
from pathlib import Path
from typing import Any

HEAD = ("job", "median ms", "target", "p95", "cpu ms", "8: per s", "8: p95", "statements", "floor ms", "ratio")


def save(measured: dict[str, Any], out: Path) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(measured, indent=2) + "\n")


def show(measured: dict[str, Any]) -> None:
    """The table, as the last lines."""
    print(
        f"{measured['orders']:,} orders on {measured['db']}, {measured['calls']} calls a median, commit "
        f"{measured['commit']}, {measured['date']}, {measured['cores']} cores, load {measured['load'][0]}, "
        f"server {measured['memory_mb']} MB"
    )
    for late in measured["fragments"]:
        print(f"  fetched later: {late['name']} {late['median']} ms, {late['statements']} statements")
    for work in measured["long"]:
        print(f"  {work['name']}: {work['seconds']} s, at most {work['most']}")
    print(" | ".join((f"{HEAD[0]:<36}", *HEAD[1:])))
    for row in measured["jobs"]:
        print(" | ".join((f"{row['code']} {row['name']:<34}", *_cells(row))))


def _cells(row: dict[str, Any]) -> list[str]:
    target, p95 = _held(row["median"], row["target"]), f"{row['p95']}"
    if row["most_p95"]:
        p95 += f" of {_held(row['p95'], row['most_p95'])}"
    most = row["most_statements"]
    statements = f"{row['statements']}{f'>{most}!' if most and row['statements'] > most else ''}"
    values = (row["median"], target, p95, row["processor"], row["throughput"], row["p95_of_8"], statements)
    floor = f"{row['floor']}{'?' if row['floor_failed'] else ''}"
    return [f"{value!s:>{len(name)}}" for value, name in zip((*values, floor, row["ratio"]), HEAD[1:], strict=True)]


def _held(value: float, most: int | None) -> str:
    """What was wanted, with a mark when it was missed."""
    return "" if most is None else f"{most}{'' if value <= most else '!'}"
