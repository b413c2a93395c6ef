"""The rules of the house that import-linter cannot see. Each rule also proves that it can fail."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from django.utils.functional import Promise

from remonta.kernel.refusals import Refused
from remonta.spine.facts import Fact, Reaction

TOP = Path(__file__).resolve().parents[1]
PACKAGE = TOP / "remonta"
CONTRACTS = tomllib.loads((TOP / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
FLOOR = {
    room: height for height, floor in enumerate(reversed(CONTRACTS[0]["layers"])) for room in re.findall(r"\w+", floor)
}
FACES = {room for room, height in FLOOR.items() if height > FLOOR["web"]}
FRONT_DOORS = {"commands", "queries", "facts", "workflow", "words"}
PROGRAMS = {("spine", "worker"), ("spine", "backup")}  # whole programs, which the command line starts
EVERYBODYS_WORDS = ("identity", "roles")  # the list of roles: what each room's policies speak in
HTTP = ("django.http", "django.forms", "django.shortcuts", "django.views", "django.urls", "django.middleware")
VAGUE = {"utils", "helpers", "services", "signals", "managers", "misc", "common"}
DOTTED = re.compile(r"(remonta|django)(\.\w+)+")
LONGEST_FILE, LONGEST_FUNCTION = 400, 40


def sources(*, tests: bool, migrations: bool = False) -> list[Path]:
    """The project's Python files; those of rooms only, unless tests are asked for."""
    folders = (PACKAGE, TOP / "tools", TOP / "tests") if tests else (PACKAGE,)
    found = [path for folder in folders for path in sorted(folder.rglob("*.py"))]
    kept = [path for path in found if migrations or "migrations" not in path.parts]
    return kept if tests else [path for path in kept if "tests" not in path.parts]


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of(tree: ast.AST, package: tuple[str, ...]) -> Iterator[str]:
    """Every module a source names: plain, from, relative, or as text for import_module and import_string."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            stem = [*start, *([node.module] if node.module else [])]
            yield from (".".join([*stem, alias.name]) for alias in node.names)
        elif isinstance(node, ast.Constant) and DOTTED.fullmatch(str(node.value)):
            yield str(node.value)


def imports_in(path: Path) -> Iterator[str]:
    return imports_of(parsed(path), ("remonta", *path.relative_to(PACKAGE).parent.parts))


def side_entrances(room: str, modules: Iterator[str]) -> list[str]:
    """The imports that enter another room elsewhere than by a front door. The kernel is open; web is to its faces."""
    wrong = []
    for module in modules:
        top, entered, door = [*module.split("."), "", ""][:3]
        if (entered, door) == EVERYBODYS_WORDS or (room == "cli" and (entered, door) in PROGRAMS):
            continue
        open_house = {room, "kernel", "settings", *(["web"] if room in FACES else [])}
        if top == "remonta" and entered in FLOOR and entered not in open_house and door not in FRONT_DOORS:
            wrong.append(module)
    return wrong


def spoken_http(modules: Iterator[str]) -> list[str]:
    return [module for module in modules if f"{module}.".startswith(tuple(f"{name}." for name in HTTP))]


def long_functions(tree: ast.AST) -> list[tuple[str, int]]:
    """Functions over the limit, counted from `def` to their last line."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    sizes = [(node.name, (node.end_lineno or node.lineno) - node.lineno + 1) for node in functions]
    return [(name, size) for name, size in sizes if size > LONGEST_FUNCTION]


def silent_speakers(tree: ast.Module) -> list[str]:
    """Public functions and classes at the top of a module that say nothing about themselves."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    public = [node for node in tree.body if isinstance(node, kinds) and not node.name.startswith("_")]
    return [node.name for node in public if not ast.get_docstring(node) and not is_refusal(node)]


def is_refusal(node: ast.AST) -> bool:
    """A refusal says itself what it is about: its text is a sentence."""
    return isinstance(node, ast.ClassDef) and any("text" in ast.dump(line) for line in node.body)


FORMS_OF_IMPORT = [
    "import remonta.orders.models",
    "import remonta.orders.models as rows",
    "from remonta.orders import models",
    "from remonta.orders import models as rows",
    "from remonta.orders.models import Hold",
    "from remonta.orders.models import *",
    "from ..orders import models",
    "from ..orders.models import Hold",
    "def late():\n    import remonta.orders.models",
    "if True:\n    from remonta.orders.models import Hold",
    "import_string('remonta.orders.models.Hold')",
    "import_module('remonta.orders.models')",
]


@pytest.mark.parametrize("source", FORMS_OF_IMPORT)
def test_no_form_of_import_escapes(source):
    named = list(imports_of(ast.parse(source), ("remonta", "dispatch")))
    assert side_entrances("dispatch", iter(named)) == named != []


OPEN_DOORS = [
    "import remonta.orders.facts",
    "from remonta.orders import queries",
    "from remonta.orders.commands import take_in",
    "from remonta.kernel.money import Money",
    "from ..kernel import money",
    "from . import models",
]


@pytest.mark.parametrize("source", OPEN_DOORS)
def test_front_doors_stand_open(source):
    assert side_entrances("dispatch", imports_of(ast.parse(source), ("remonta", "dispatch"))) == []


@pytest.mark.parametrize(
    "source",
    [
        "import django.http",
        "from django import forms",
        "from django.http import HttpResponse",
        "from django.views.generic import View",
        "import_string('django.urls.reverse')",
    ],
)
def test_no_form_of_http_escapes(source):
    assert spoken_http(imports_of(ast.parse(source), ("remonta", "orders")))


def test_a_room_enters_another_only_by_its_front_doors():
    rooms = [path for path in sources(tests=False) if path.parent != PACKAGE]
    wrong = {str(path.relative_to(TOP)): side_entrances(room_of(path), imports_in(path)) for path in rooms}
    assert not {path: modules for path, modules in wrong.items() if modules}


def test_only_faces_and_web_speak_http():
    below = [path for path in sources(tests=False) if FLOOR.get(room_of(path), 0) < FLOOR["web"]]
    wrong = {str(path.relative_to(TOP)): spoken_http(imports_in(path)) for path in below}
    assert not {path: modules for path, modules in wrong.items() if modules}


def test_every_room_stands_on_a_floor_and_has_a_telling_name():
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    vague = [path for path in sources(tests=True) if VAGUE & set(path.with_suffix("").relative_to(TOP).parts)]
    assert rooms - FLOOR.keys() == set()
    assert vague == []


def test_no_file_outgrows_a_reader():
    sizes = {str(path.relative_to(TOP)): len(path.read_text().splitlines()) for path in sources(tests=True)}
    assert len(sizes) > 50
    assert not {path: size for path, size in sizes.items() if size > LONGEST_FILE}


def test_no_function_outgrows_a_reader():
    assert long_functions(ast.parse("def far():\n" + "    x = 1\n" * LONGEST_FUNCTION)) == [("far", 41)]
    long = {str(path.relative_to(TOP)): long_functions(parsed(path)) for path in sources(tests=True)}
    assert not {path: found for path, found in long.items() if found}


def test_every_module_says_what_it_is_for():
    files = [path for path in sources(tests=True) if path.read_text().strip()]
    assert [str(path.relative_to(TOP)) for path in files if not ast.get_docstring(parsed(path))] == []


def test_commands_queries_and_facts_say_their_rule():
    assert silent_speakers(ast.parse("def bare(): ...\ndef _own(): ...\n")) == ["bare"]
    speaking = [
        path for path in sources(tests=False) if {"commands", "queries", "facts"} & {path.stem, path.parent.name}
    ]
    silent = {str(path.relative_to(TOP)): silent_speakers(parsed(path)) for path in speaking}
    assert not {path: names for path, names in silent.items() if names}


def test_rows_do_not_write_themselves():
    overridden = re.compile(r"^\s+def (save|delete)\(", re.MULTILINE)
    assert overridden.search("class A:\n    def save(self): ...")
    models = [path for path in sources(tests=False) if "models" in (path.stem, path.parent.name)]
    assert [str(path.relative_to(TOP)) for path in models if overridden.search(path.read_text())] == []


def own_models() -> list[type]:
    return [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("remonta.")]


def relation_faults(model: type) -> Iterator[str]:
    """Relations of a model that go up or sideways, or leave a name in the room they point to."""
    for field in model._meta.get_fields():
        if not (field.concrete and field.is_relation) or not field.related_model:
            continue
        own, other = (one.__module__.split(".")[1] for one in (model, field.related_model))
        if not field.related_model.__module__.startswith("remonta.") or own == other:
            continue
        if FLOOR[other] >= FLOOR[own]:
            yield f"{field} goes up to {other}"
        if not (field.remote_field.related_name or "").endswith("+"):
            yield f"{field} leaves a trace in {other}"


def test_foreign_keys_go_down_and_leave_no_trace_above():
    assert len(own_models()) > 5
    assert [fault for model in own_models() for fault in relation_faults(model)] == []


def test_migrations_depend_downwards():
    ours = {app.label: app.name.split(".")[1] for app in apps.get_app_configs() if app.name.startswith("remonta.")}
    faults = []
    for (label, name), migration in MigrationLoader(None, ignore_no_migrations=True).disk_migrations.items():
        for other, _ in migration.dependencies:
            if label in ours and other in ours and other != label and FLOOR[ours[other]] >= FLOOR[ours[label]]:
                faults.append(f"{label}.{name} depends on {other}")
    assert faults == []


def declared_reactions() -> dict[str, Reaction]:
    files = [*PACKAGE.glob("*/reactions.py"), *PACKAGE.glob("*/reactions/*.py")]
    names = [".".join(path.relative_to(TOP).with_suffix("").parts).removesuffix(".__init__") for path in files]
    found = [value for name in names for value in vars(import_module(name)).values() if isinstance(value, Reaction)]
    return {reaction.path: reaction for reaction in found}


def test_every_reaction_has_its_turn_lowest_floor_first():
    floors = [FLOOR[path.split(".")[1]] for path in settings.REACTIONS]
    assert sorted(settings.REACTIONS) == sorted(declared_reactions())
    assert floors == sorted(floors)


def test_reactions_answer_facts_of_rooms_below():
    for path, reaction in declared_reactions().items():
        teller, listener = reaction.fact.__module__.split(".")[1], path.split(".")[1]
        assert FLOOR[teller] < FLOOR[listener], f"{path} listens to {reaction.fact.__name__} from {teller}"


def speak_all() -> None:
    """Loads every module that may declare facts and refusals."""
    said = {"commands", "queries", "facts", "workflow", "policies", "models", "gateways", "forms"}
    for path in sources(tests=False):
        parts = path.relative_to(TOP).with_suffix("").parts
        if path.parent != PACKAGE and said & set(parts[2:]):
            import_module(".".join(parts).removesuffix(".__init__"))


def family(kind: type) -> set[type]:
    return {one for child in kind.__subclasses__() for one in (child, *family(child))}


def test_every_refusal_can_be_said_in_the_persons_language():
    speak_all()
    said = [
        one for one in family(Refused) if one.__module__.startswith("remonta.") and ".kernel." not in one.__module__
    ]
    assert [
        one.__qualname__ for one in said if ".tests." not in one.__module__ and not isinstance(one.text, Promise)
    ] == []


def test_every_fact_has_a_name_of_its_own_and_cannot_change():
    speak_all()
    facts = [
        fact for fact in family(Fact) if ".tests." not in fact.__module__ and fact.__module__.startswith("remonta.")
    ]
    named = [fact for fact in facts if not fact.__subclasses__()]
    assert [fact.__qualname__ for fact in named if not fact.name] == []
    assert [fact.__qualname__ for fact in facts if not fact.__dataclass_params__.frozen] == []
    assert len({fact.name for fact in named}) == len(named)
