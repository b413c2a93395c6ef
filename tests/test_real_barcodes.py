"""Photos and scans of codes as the camera's page reads them, where the checkout has them beside it."""

import base64
import csv
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from remonta.kernel.gs1 import gtin_of, trade_item
from tests.test_warehouse_browser import FLAGS
from tools.chromium import chromium

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"
FOLDER = Path(os.environ.get("REMONTA_SHARED_DATA", BESIDE)) / "vectors" / "barcodes"
NOTHING = ("falsepositives-2", "partial")
PHOTOS_OF_GOODS = ("ean13-2", "ean13-4", "ean13-5", "upca-6")
SEVERAL = "multi-qrcode-1"
AT_LEAST, OF = 161, 166
READ = """async (picture) => {
  const { decoder } = await import("remonta/camera");
  const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
  return (await decoder())(new Blob([bytes]));
}"""
pytestmark = [
    pytest.mark.story,
    pytest.mark.skipif(not FOLDER.exists(), reason="the pictures are not beside this checkout"),
]


@pytest.fixture
def page(transactional_db, live_server, monkeypatch) -> Iterator[Page]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=str(chromium()), args=FLAGS)
        page = browser.new_page(base_url=live_server.url)
        page.goto("/sign-in/")
        yield page
        browser.close()


def same(text: str, expected: str) -> bool:
    """The text itself, or the same article: its GTIN may be written with (01), a short UPC-E code at full length."""
    article = trade_item(text)
    return text == expected or bool(article and article.gtin in (gtin_of(expected), gtin_of(unshortened(expected))))


def unshortened(code: str) -> str:
    """A UPC-E code of eight digits as UPC-A (GS1 General Specifications, 5.2.2.4.2)."""
    if len(code) != 8 or not code.isdigit():
        return ""
    system, digits, last, check = code[0], code[1:6], code[6], code[7]
    if last in "012":
        body = f"{digits[:2]}{last}0000{digits[2:]}"
    elif last in "34":
        kept = int(last)
        body = f"{digits[:kept]}00000{digits[kept:]}"
    else:
        body = f"{digits}0000{last}"
    return f"{system}{body}{check}"


def test_the_camera_reads_what_is_there_and_nothing_that_is_not(page):
    missed, invented, seen = [], [], 0
    with (FOLDER / "manifest.csv").open(encoding="utf-8", newline="") as listed:
        rows = [row for row in csv.DictReader(listed) if not row["file"].startswith((*PHOTOS_OF_GOODS, SEVERAL))]
    for row in rows:
        text = page.evaluate(READ, base64.b64encode((FOLDER / row["file"]).read_bytes()).decode())
        if row["file"].startswith(NOTHING):
            invented += [row["file"]] if text else []
        else:
            seen += 1
            missed += [] if text and same(text, row["expected"]) else [(row["file"], text[:60])]
    assert invented == []
    assert seen == OF
    assert len(missed) <= OF - AT_LEAST, missed
