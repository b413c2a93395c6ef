"""79 thousand real repair records, where the checkout has them beside it: every figure is the one counted elsewhere."""

import os
from pathlib import Path
from time import monotonic

import pytest

from remonta.exchange.tests.conftest import brought_in, undone
from remonta.orders.queries import work_orders_for
from remonta.reports.queries import Wanted, report
from remonta.spine.verify import verify
from tools.sizes import report as keep_line

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"
FILE = Path(os.environ.get("REMONTA_SHARED_DATA", BESIDE)) / "ords" / "ords_open_full.csv.gz"
OUTCOMES = {"fixed": 44_332, "end of life": 19_304, "repairable": 11_683, "unknown": 3_614}
CATEGORIES = {
    "Lamp": 6128,
    "Vacuum": 5617,
    "Small home electrical": 4924,
    "Hi-Fi separates": 4596,
    "Power tool": 4179,
    "Food processor": 3952,
    "Portable radio": 3881,
    "Coffee maker": 3762,
    "Small kitchen item": 3727,
    "Laptop": 3609,
}
BRANDS = {
    "Philips": (2989, 0.5818),
    "Bosch": (1495, 0.6),
    "Sony": (1304, 0.4854),
    "Apple": (1278, 0.5632),
    "Samsung": (1055, 0.4436),
    "HP": (828, 0.5109),
    "Dyson": (636, 0.5605),
    "Kenwood": (575, None),
    "Braun": (567, None),
    "Miele": (539, 0.6603),
}
YEARS = {
    **{1999: 8, 2012: 18, 2013: 211, 2014: 595, 2015: 854, 2016: 1566, 2017: 4561, 2018: 8384, 2019: 13_735},
    **{2020: 6462, 2021: 4557, 2022: 8150, 2023: 10_669, 2024: 11_810, 2025: 7353},
}
BRAND_STRINGS, LIMIT = 10_222, 100_000


@pytest.mark.nightly
@pytest.mark.skipif(not FILE.exists(), reason="the real records are not beside this checkout")
def test_the_figures_are_those_counted_outside_the_product(cast, settings, tmp_path):
    settings.HOME = tmp_path
    began = monotonic()
    run = brought_in(cast.hana, cast.krakow.uid, FILE.read_bytes(), name=FILE.name, size=1000)
    keep_line("history", f"{run.rows_read} rows brought in within {monotonic() - began:.0f} s")
    assert (run.rows_read, run.created, run.updated, run.skipped) == (78_933, 78_933, 0, 0)
    assert figures(cast.hana, "outcomes") == OUTCOMES
    assert figures(cast.hana, "categories").items() >= CATEGORIES.items()
    assert len(figures(cast.hana, "categories")) == 40
    assert figures(cast.hana, "years") == {str(year): many for year, many in YEARS.items()}
    brands = {line.values[0]: line.values for line in report(cast.hana, "brands", Wanted(limit=LIMIT)).lines}
    assert len(brands) == BRAND_STRINGS
    for brand, (many, rate) in BRANDS.items():
        assert brands[brand][1] == many
        assert rate is None or brands[brand][3] == rate
    assert list(verify()) == []
    again = brought_in(cast.hana, cast.krakow.uid, FILE.read_bytes(), name=FILE.name, size=1000)
    assert (again.created, again.updated, again.reasons) == (0, 0, {"here": 78_933})
    undone(cast.hana, run.uid, size=1000)
    assert not work_orders_for(cast.hana).exclude(imported="").exists()
    assert list(verify()) == []


def figures(who, name):
    return {str(line.values[0]): line.values[1] for line in report(who, name, Wanted()).lines}
