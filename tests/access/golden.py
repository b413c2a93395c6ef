"""The reviewed answers: route → method → whose → answer → who got it."""

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.access.matrix import Outcome, routes
from tests.access.world import ROLES

FILE = Path(__file__).with_name("golden.json")
Book = dict[str, dict[str, dict[str, dict[str, list[str]]]]]


def book_of(outcomes: Iterable[Outcome]) -> Book:
    book: Any = defaultdict(lambda: defaultdict(lambda: defaultdict(lambda: defaultdict(list))))
    for outcome in outcomes:
        cell = outcome.cell
        book[cell.route.name][cell.method][cell.whose][outcome.answer].append(cell.asker)
    return book


def write(outcomes: Iterable[Outcome]) -> None:
    """One line for each answer, so that a review reads who got it. Routes that were not walked stay as they were."""
    names = {route.name for route in routes()}
    book = {route: rows for route, rows in kept().items() if route in names}
    for route, methods in book_of(outcomes).items():
        book[route] = {
            f"{method} {whose}": "; ".join(f"{answer}: {named(who)}" for answer, who in sorted(answers.items()))
            for method, labels in methods.items()
            for whose, answers in labels.items()
        }
    text = json.dumps(dict(sorted(book.items())), indent=2, ensure_ascii=False)
    FILE.write_text(text + "\n", encoding="utf-8")


def kept() -> dict[str, dict[str, str]]:
    return json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}


def named(who: list[str]) -> str:
    """Names in order; everybody in a role is `roles`, all but a few `roles-but` those few."""
    others = [name for name in who if name not in ROLES]
    missing = [role for role in ROLES if role not in who]
    if len(missing) > 5:
        return " ".join(sorted(who))
    return " ".join(["roles", *(f"-{role}" for role in missing), *others])


def meant(told: str) -> list[str]:
    """The names that `named` stands for."""
    names = told.split(" ")
    if names[0] != "roles":
        return names
    without = {name[1:] for name in names if name.startswith("-")}
    return [role for role in ROLES if role not in without] + [name for name in names[1:] if not name.startswith("-")]


def reviewed() -> dict[tuple[str, str, str, str], str]:
    """(route, method, whose, who) → the answer that was reviewed."""
    found = {}
    for route, rows in kept().items():
        for row, told in rows.items():
            method, whose = row.split(" ", 1)
            for part in told.split("; "):
                answer, who = part.split(": ", 1)
                found |= {(route, method, whose, name): answer for name in meant(who)}
    return found
