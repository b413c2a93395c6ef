"""The documentation says what the program does: tables are current, links resolve, its words are on the pages."""

import re
from functools import cache
from pathlib import Path

import pytest

from tools import docs

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^( {4}.*|```.*?^```)$", re.MULTILINE | re.DOTALL)
SAID = re.compile(r"(?<![\w*])\*([^*\n]+)\*(?![\w*])")
WORDS = re.compile(r"""(?:_\w*\(|translate )(?:\s*)"((?:[^"\\]|\\.)*)\"""")
BETWEEN = re.compile(r"%\}([^{}]+)\{%")
WORK_PAGES = [path for path in PAGES if path.parent.name == "how-to" or path.name == "tutorial.md"]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def anchors(path: Path) -> set[str]:
    """What GitHub makes of the headings."""
    heads = re.findall(r"^#+ (.+)$", path.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@cache
def words_of_the_product() -> frozenset[str]:
    """Every text that a page or a message can show."""
    files = [
        path for kind in ("*.py", "*.html") for path in (ROOT / "remonta").rglob(kind) if "tests" not in path.parts
    ]
    texts = "\n".join(path.read_text() for path in files)
    return frozenset(" ".join(found.split()) for pattern in (WORDS, BETWEEN) for found in pattern.findall(texts))


@pytest.mark.parametrize("path", sorted(docs.REFERENCE.glob("*.md")), ids=named)
def test_tables_say_what_the_program_does(path: Path) -> None:
    """Else run `python -m tools.docs`."""
    assert path.read_text() == docs.fresh(path.read_text())


def test_every_table_stands_somewhere() -> None:
    whole = "".join(path.read_text() for path in docs.REFERENCE.glob("*.md"))
    assert set(docs.MAKERS) == {name for _start, name, _end in docs.BLOCK.findall(whole)}


def test_a_missing_setting_is_noticed() -> None:
    page = (docs.REFERENCE / "settings.md").read_text()
    without = page.replace("`quality.second_person`", "`quality.second`")
    assert docs.fresh(without) == page != without


def test_every_variable_of_the_environment_is_told() -> None:
    page = (docs.REFERENCE / "settings.md").read_text()
    told = set(re.findall(r"^\| `([A-Z_]+)`", page, re.MULTILINE))
    assert docs.environment() <= told
    code = "".join(path.read_text() for path in (ROOT / "remonta").rglob("*.py"))
    assert [name for name in told if f'"{name}' not in code] == []


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_links_resolve(path: Path) -> None:
    broken = []
    for link in LINK.findall(CODE.sub("", path.read_text())):
        target, _hash, anchor = link.partition("#")
        if "://" in link:
            continue
        goal = (path.parent / target).resolve() if target else path
        if not goal.exists() or (anchor and anchor not in anchors(goal)):
            broken.append(link)
    assert broken == []


def test_every_page_can_be_reached() -> None:
    """From the README by links; a folder stands for its README."""
    seen, waiting = set[Path](), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        page = page / "README.md" if page.is_dir() else page
        if page in seen or not page.exists() or page.suffix != ".md":
            continue
        seen.add(page)
        links = (link.partition("#")[0] for link in LINK.findall(page.read_text()) if "://" not in link)
        waiting += [(page.parent / link).resolve() for link in links if link]
    assert [named(path) for path in PAGES if path not in seen and "decisions" not in path.parts] == []


@pytest.mark.parametrize("path", WORK_PAGES, ids=named)
def test_words_on_buttons_are_the_products(path: Path) -> None:
    """What stands in italics is a word of the product; steps on a way are joined by arrows."""
    said = [step.strip() for found in SAID.findall(CODE.sub("", path.read_text())) for step in found.split("→")]
    assert [step for step in said if step not in words_of_the_product()] == []


def test_the_tutorial_names_the_screenshots_that_the_story_takes() -> None:
    told = re.findall(r"`([\w-]+)\.png`", (ROOT / "docs" / "tutorial.md").read_text())
    taken = re.findall(r'picture\([^,]+, "([\w-]+)"\)', (ROOT / "tests" / "story" / "test_story.py").read_text())
    assert sorted(told) == sorted(taken)
    assert len({*taken}) == len(taken) > 10
