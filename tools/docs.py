"""Writes the tables of the reference from the program itself: `python -m tools.docs`. Tests compare them."""

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remonta.settings")
django.setup()

# Only now may rooms be imported.
from django.urls import URLPattern, URLResolver, get_resolver  # noqa: E402
from django.utils import translation  # noqa: E402

from remonta import cli  # noqa: E402
from remonta.api.main import document  # noqa: E402
from remonta.billing.commands import holds as money_holds  # noqa: E402
from remonta.identity.queries import all_permissions  # noqa: E402
from remonta.identity.roles import Role  # noqa: E402
from remonta.identity.settings_registry import KNOWN, Known  # noqa: E402
from remonta.kernel.actor import Permission  # noqa: E402
from remonta.kernel.workflow import Workflow  # noqa: E402
from remonta.notices.words import OCCASIONS, PLACES  # noqa: E402
from remonta.orders import reactions as loaner_holds  # noqa: E402
from remonta.orders.commands import photos as photo_holds  # noqa: E402
from remonta.orders.starter import ROUTES  # noqa: E402
from remonta.orders.workflow import WORK_ORDER, Stage  # noqa: E402
from remonta.supply.commands import ask as part_holds  # noqa: E402
from remonta.web.access import ACCESS  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
PACKAGE = ROOT / "remonta"
BLOCK = re.compile(r"(<!-- made: ([a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
ENVIRONMENT = re.compile(r"environ(?:\.get\(|\[)\"([A-Z_]+)\"")
PERCENT = re.compile(r"%\((\w+)\)s")
NOT_FOR_OWNERS = {"DJANGO_SETTINGS_MODULE"}
Lines = Iterator[str]


def row(*cells: object) -> str:
    return f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in cells)} |"


def table(*heads: str) -> Lines:
    yield row(*heads)
    yield row(*("---" for _ in heads))


def settings_table() -> Lines:
    """Settings that some room reads; then, honestly, those that none reads yet."""
    yield from table("setting", "means", "as delivered", "may be")
    effective = [known for known in KNOWN if readers_of(known.key)]
    for known in effective:
        hint = f" {known.hint}" if known.hint else ""
        yield row(f"`{known.key}`", f"{known.label}.{hint}", shown(known.default), bounds(known))
    idle = [f"`{known.key}`" for known in KNOWN if known not in effective]
    if idle:
        yield f"\nKept, but nothing reads them in this version: {', '.join(idle)}."


def readers_of(key: str) -> list[Path]:
    """The files that read a setting, tests and the registry itself left out."""
    files = (path for path in PACKAGE.rglob("*.py") if "tests" not in path.parts)
    return [path for path in files if path.name != "settings_registry.py" and f'"{key}"' in path.read_text()]


def shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if value != "" else "empty"


def bounds(known: Known) -> str:
    if isinstance(known.default, bool):
        return "yes or no"
    if isinstance(known.default, int):
        return f"{known.least} to {known.most}"
    return ", ".join(code for code, _label in known.choices) or ("one key" if known.pattern else "a text")


def permissions_table() -> Lines:
    yield from table("permission", "allows", "held by", "wide")
    for held in sorted(all_permissions(), key=lambda one: one.name):
        yield row(f"`{held.name}`", held.label, holders(held), "yes" if held.wide else "")


def holders(held: Permission) -> str:
    if set(held.roles) == set(Role.values):
        return "everybody"
    named = [str(Role(role).label) for role in Role.values if role in held.roles]
    return ", ".join(named) or "administrator only"


def roles_table() -> Lines:
    yield from table("role", "code", "permissions of its own")
    everybody = {held.name for held in all_permissions() if set(held.roles) == set(Role.values)}
    for role in Role:
        names = sorted(held.name for held in all_permissions() if role in held.roles and held.name not in everybody)
        yield row(role.label, f"`{role}`", ", ".join(f"`{name}`" for name in names) or "–")
    yield f"\nEverybody has: {', '.join(f'`{name}`' for name in sorted(everybody))}."


def stages_table() -> Lines:
    yield from table("stage", "code")
    yield from (row(stage.label, f"`{stage}`") for stage in Stage)


def routes_of_orders() -> Lines:
    yield from table("kind of order", "code", "stages")
    for route in ROUTES:
        stages = " → ".join(str(Stage(stage).label) for stage in route["stages"])
        yield row(route["names"]["en"], f"`{route['code']}`", stages)


def moves_table(workflow: Workflow) -> Lines:
    yield from table("step", "starts from", "leads to", "permission")
    for move in workflow.moves.values():
        starts = ", ".join(str(workflow.states(state).label) for state in move.starts)
        whose = ", one’s own" if move.own else ""
        yield row(move.label, starts, workflow.states(move.lands).label, f"`{move.permission}`{whose}")


def workflows() -> list[tuple[str, Workflow]]:
    """Every workflow of every room but the order's own, by the name of its table."""
    found: list[tuple[str, Workflow]] = []
    for room in sorted(path.parent.name for path in PACKAGE.glob("*/workflow.py")):
        module = import_module(f"remonta.{room}.workflow")
        if room != "kernel":
            named = ((name, value) for name, value in vars(module).items() if isinstance(value, Workflow))
            found += [(name.replace("_", " ").capitalize(), value) for name, value in named if value is not WORK_ORDER]
    return found


def other_moves() -> Lines:
    for name, workflow in workflows():
        yield from ("", f"### {name}", "")
        yield from moves_table(workflow)


def holds_table() -> Lines:
    yield from table("hold", "says", "keeps back")
    seen = [(photo_holds.NO_PHOTO, photo_holds.NO_PHOTO_WORDS, photo_holds.NO_PHOTO_BLOCKS)]
    money = [(code, words, money_holds.BLOCKS) for code, words in money_holds.WORDS.items()]
    parts = [
        ("supply.part:…", words, part_holds.BLOCKED) for words in (part_holds.WAITING_FOR, part_holds.WAITING_UNTIL)
    ]
    loaners = [("orders.loaner:…", loaner_holds.LOANER_OUT, loaner_holds.BLOCKS)]
    for code, words, blocks in (*seen, *loaners, *money, *parts):
        kept = ", ".join(str(WORK_ORDER.moves[move].label) for move in blocks)
        yield row(f"`{code}`", PERCENT.sub(r"… (\1)", words), kept)


def parser() -> argparse.ArgumentParser:
    """The program's parser, as `remonta` builds it."""
    made = argparse.ArgumentParser(prog="remonta")
    commands = made.add_subparsers()
    for module in iter_modules(cli.__path__):
        if not module.ispkg:
            for declare in getattr(import_module(f"remonta.cli.{module.name}"), "COMMANDS", ()):
                declare(commands)
    return made


def commands_of(some: argparse.ArgumentParser, prefix: str, about: str = "") -> Iterator[tuple[str, str, Any]]:
    """Each command at the end of the tree: words, help, parser."""
    trees: list[Any] = [one for one in some._actions if isinstance(one, argparse._SubParsersAction)]
    if not trees:
        yield prefix, about, some
    for tree in trees:
        helps = {one.dest: one.help or "" for one in tree._choices_actions}
        for name, below in tree.choices.items():
            yield from commands_of(below, f"{prefix} {name}", helps.get(name, ""))


def commands_text() -> Lines:
    for words, about, found in sorted(commands_of(parser(), "remonta"), key=lambda one: one[0]):
        yield from ("", f"### {words}", "", f"{about[:1].upper()}{about[1:]}.", "")
        options = [one for one in found._actions if one.dest != "help"]
        yield from (f"- {option_text(one)}" for one in options) if options else ["It has no options."]


def option_text(one: argparse.Action) -> str:
    name = one.option_strings[-1] if one.option_strings else one.dest.upper()
    value = "" if one.nargs == 0 or not one.option_strings else f" {one.metavar or one.dest.upper()}"
    return f"`{name}{value}`{f': {one.help}' if one.help else ''}"


def api_table() -> Lines:
    groups: dict[str, list[str]] = {}
    for path, methods in document()["paths"].items():
        for method, said in methods.items():
            text = (said.get("description") or said.get("summary") or "").strip().split("\n")[0]
            groups.setdefault(said["tags"][0], []).append(row(f"`{method.upper()} {path}`", text))
    for tag, rows in groups.items():
        yield from ("", f"### {tag}", "", *table("call", "what it does"), *rows)


def pages_table() -> Lines:
    """Every address of the staff and customer pages with what it asks; the API has its own table."""
    yield from table("address", "method", "asks for", "name")
    patterns = addresses()
    for (name, method), asks in sorted(ACCESS.items(), key=lambda one: (patterns.get(one[0][0], ""), one[0])):
        if not name.startswith("api:"):
            yield row(f"`/{patterns.get(name, '?')}`", method, wanted(asks), name)


def wanted(asks: str | tuple[str, ...]) -> str:
    names = [asks] if isinstance(asks, str) else asks
    return " or ".join(f"`{name}`" if "." in name else name.replace("_", " ") for name in names)


def addresses() -> dict[str, str]:
    """Addresses by the name of their route; of several, the shortest."""
    found: dict[str, str] = {}
    for name, address in sorted(walked(get_resolver().url_patterns), key=lambda one: -len(one[1])):
        found[name] = address
    return found


def walked(patterns: Iterable[Any], before: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    for one in patterns:
        address = f"{before}{one.pattern}"
        if isinstance(one, URLResolver):
            yield from walked(one.url_patterns, address, f"{space}{one.namespace}:" if one.namespace else space)
        elif isinstance(one, URLPattern) and one.name:
            yield f"{space}{one.name}", address


def occasions_table() -> Lines:
    yield from table("occasion", "code")
    yield from (row(label, f"`{code}`") for code, label in OCCASIONS.items())


def places_table() -> Lines:
    yield from table("in the text", "becomes")
    yield from (row(f"`{{{code}}}`", label) for code, label in PLACES.items())


def environment() -> set[str]:
    """Every variable of the environment that the program reads."""
    files = (path for path in PACKAGE.rglob("*.py") if "tests" not in path.parts)
    return {name for path in files for name in ENVIRONMENT.findall(path.read_text())} - NOT_FOR_OWNERS


MAKERS: dict[str, Callable[[], Lines]] = {
    "settings": settings_table,
    "permissions": permissions_table,
    "roles": roles_table,
    "stages": stages_table,
    "routes-of-orders": routes_of_orders,
    "order-moves": lambda: moves_table(WORK_ORDER),
    "other-moves": other_moves,
    "holds": holds_table,
    "commands": commands_text,
    "api": api_table,
    "pages": pages_table,
    "occasions": occasions_table,
    "places": places_table,
}


def fresh(text: str) -> str:
    """A page with its made blocks made anew."""
    with translation.override("en"):
        return BLOCK.sub(lambda block: block[1] + "\n".join(MAKERS[block[2]]()) + "\n" + block[3], text)


def stale() -> list[Path]:
    """The pages whose tables no longer say what the program does."""
    return [path for path in sorted(REFERENCE.glob("*.md")) if fresh(path.read_text()) != path.read_text()]


def main() -> int:
    for path in stale():
        path.write_text(fresh(path.read_text()))
        print(f"{path.relative_to(ROOT)} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
