"""The stage: a running product with things of every kind in it, and a browser that looks at every page."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.live import Product, product
from tests.story.conftest import FLAGS
from tools.chromium import chromium


@dataclass(frozen=True)
class Stage:
    """The product, its pages, and the arguments of pages for which nobody has made a sample."""

    live: Product
    pages: list[dict[str, Any]]
    bare: list[str]


@pytest.fixture(scope="package")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with product(tmp_path_factory.mktemp("product")) as live:
        prepared = live.module("tests.axe.prepare")
        assert prepared.returncode == 0, prepared.stderr[-4000:]
        live.start("web")
        yield Stage(live, **json.loads(prepared.stdout.splitlines()[-1]))


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=str(chromium()), args=FLAGS)
        yield opened
        opened.close()
