"""Every template of every room: readable to the engine, allowed by the policy, its icons drawn."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

from remonta.web.templatetags.web import icon_names

ROOMS = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(ROOMS.glob("*/templates/**/*.html"))
FORBIDDEN = {
    "a style attribute": r"<[a-z][^>]*\sstyle\s*=",
    "an inline handler": r"<[a-z][^>]*\s(on[a-z]+|hx-on[:a-z-]*)\s*=",
    "a javascript: address": r"javascript:",
    "a script without a nonce": r"<script(?![^>]*nonce=)[^>]*>",
    "a style sheet in the page": r"<style(?![^>]*nonce=)[^>]*>",
    "vals worked out in the page": r"hx-vals\s*=\s*['\"]js:",
}


def named(path: Path) -> str:
    return path.as_posix().split("/templates/")[1]


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_can_be_read(path: Path) -> None:
    get_template(named(path))


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_holds_nothing_that_the_content_policy_refuses(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = {what for what, pattern in FORBIDDEN.items() if re.search(pattern, text, re.IGNORECASE)}
    assert not found


def test_a_pattern_of_the_policy_test_finds_what_it_names() -> None:
    """A check that cannot fail is a defect."""
    bad = {
        "a style attribute": '<p class="a" style="x">',
        "an inline handler": '<a href="#" onclick="x()">',
        "a javascript: address": '<a href="javascript:x">',
        "a script without a nonce": '<script src="x">',
        "a style sheet in the page": "<style>",
        "vals worked out in the page": "<p hx-vals='js:{a: 1}'>",
    }
    assert bad.keys() == FORBIDDEN.keys()
    for what, text in bad.items():
        assert re.search(FORBIDDEN[what], text, re.IGNORECASE), what


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_an_icon_named_in_a_template_is_in_the_sprite(path: Path) -> None:
    used = set(re.findall(r"""{% icon ["']([^"']+)["']""", path.read_text(encoding="utf-8")))
    assert used <= icon_names()
