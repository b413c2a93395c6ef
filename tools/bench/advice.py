"""How long it takes to work out what to order: `python -m tools.bench.advice`, with DATABASE_URL on PostgreSQL.

A database of its own is filled: parts with three years of history, one fifth asked for every month, three fifths now
and then, one fifth never; each is sold by a supplier. The job runs as the worker runs it, its progress written after
each piece; then it is asked for once more and stopped; then fifty lines are read as the page reads them.
At last a spare-part plan is made from fifty thousand units in the field.
"""

# ruff: noqa: E402 - Django is set up in a folder of its own before its models are read

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import django

HOME = tempfile.TemporaryDirectory(prefix="remonta-bench-", ignore_cleanup_errors=True)
os.environ |= {
    "REMONTA_HOME": HOME.name,
    "REMONTA_SECRET_KEY": "a key of the measurements, long enough to sign with",
    "DJANGO_SETTINGS_MODULE": "remonta.settings",
}
django.setup()

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from remonta.identity.queries import rights_of
from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.spine.job_runner import JobRunner
from remonta.spine.models import Job
from remonta.stock.commands import network_place
from remonta.supply.commands import add_supplier, ask_advice, ask_plan, stop_calculation
from remonta.supply.queries import advice_for, advised, plan_for

MONTHS, TARGET, MANY, UNITS = 36, 120, 2_000, 50_000


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.bench.advice", description=__doc__)
    parser.add_argument("--parts", type=int, default=5_000)
    parser.add_argument("--out", type=Path, default=Path("var/bench-advice.json"), help="everything measured, as JSON")
    asked = parser.parse_args()
    call_command("migrate", verbosity=0)
    cast = fill(asked.parts)
    seconds, pieces = run(cast)
    measured = {
        "db": connection.vendor,
        "parts": asked.parts,
        "moves": cast.moves,
        "seconds": round(seconds, 1),
        "pieces": pieces,
        "lines": advice_for(cast.buyer).count(),
        "stopped after seconds": round(stopped(cast), 2),
        "fifty lines ms": round(read(cast), 1),
        "units": in_the_field(cast),
        "plan seconds": round(plan(cast), 1),
    }
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(json.dumps(measured, indent=2) + "\n")
    print(", ".join(f"{name} {value}" for name, value in measured.items()))
    said = {"name": f"forecast for {asked.parts} parts", "seconds": round(seconds, 1), "most": TARGET, "pieces": pieces}
    print(json.dumps(said))
    return 0


def fill(parts: int) -> SimpleNamespace:
    """A centre with its parts, their history and where they are bought."""
    entity = _model("identity.LegalEntity").objects.create(name="Bench", country="PL", currency="PLN")
    centre = _model("identity.Centre").objects.create(code="KRK", name="Kraków", legal_entity=entity)
    rights = frozenset(rights_of("purchaser", centre.pk, True))
    buyer = Actor("account:bench", None, rights, timezone.now, name="bench")
    made = [
        _model("catalogue.Part")(number=f"P-{at:06d}", name=f"Part {at}", sort_name=f"part {at:06d}")
        for at in range(parts)
    ]
    every = _model("catalogue.Part").objects.bulk_create(made, batch_size=500)
    supplier = add_supplier(buyer, name="Parts Ltd", currency="EUR", lead_days=21)
    sold = [_model("supply.SupplierPart")(supplier=supplier, part=part, currency="EUR", price=1) for part in every]
    _model("supply.SupplierPart").objects.bulk_create(sold, batch_size=500)
    place = _model("stock.Place").objects.create(centre=centre, kind="bin", code="A-01")
    held = [_model("stock.Balance")(part=part, place=place, on_hand=2000) for part in every]
    _model("stock.Balance").objects.bulk_create(held, batch_size=500)
    return SimpleNamespace(buyer=buyer, centre=centre, moves=history(centre, place, every))


def history(centre: Any, place: Any, parts: list[Any]) -> int:
    """Three years of issues; how many moves."""
    chance, now, model = random.Random(7), timezone.now(), _model("stock.Move")
    target, moves = network_place("customer"), []
    for at, part in enumerate(parts):
        often = (1.0, 0.25, 0.1, 0.05, 0.0)[at % 5]
        for ago in range(MONTHS, 0, -1):
            if chance.random() < often:
                when = now - timedelta(days=ago * 30.4, hours=chance.random() * 600)
                said = {"source": place, "target": target, "centre": centre, "actor": "bench", "reason": "issued"}
                moves.append(model(part=part, quantity=1000 * chance.randint(1, 4), occurred_at=when, **said))
    for begin in range(0, len(moves), MANY):
        model.objects.bulk_create(moves[begin : begin + MANY])
    return len(moves)


def run(cast: SimpleNamespace) -> tuple[float, int]:
    """Seconds from asking until it is done, and in how many pieces it wrote how far it is."""
    began = time.perf_counter()
    made = ask_advice(cast.buyer, cast.centre.uid, operation=uuid7())
    runner = JobRunner()
    while runner.work_once():
        pass
    seconds = time.perf_counter() - began
    made.refresh_from_db()
    job = Job.objects.get(uid=made.job_uid or made.uid)
    assert made.state == "done", job.error
    return seconds, job.done_steps // 250


def stopped(cast: SimpleNamespace) -> float:
    """Seconds from saying stop, after one piece, until the work has ended."""
    made = ask_advice(cast.buyer, cast.centre.uid, operation=uuid7())
    runner = JobRunner()
    job = runner.claim()
    assert job is not None
    stop_calculation(cast.buyer, made.uid, operation=uuid7())
    began = time.perf_counter()
    runner.run(job)
    return time.perf_counter() - began


def read(cast: SimpleNamespace) -> float:
    """Milliseconds for fifty lines with their reasons, median of twenty."""
    spent = []
    for _time in range(20):
        began = time.perf_counter()
        rows = advice_for(cast.buyer).filter(quantity__gt=0).select_related("part", "offer__supplier")
        assert advised(rows.order_by("-quantity", "-pk")[:50])
        spent.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent)


def in_the_field(cast: SimpleNamespace) -> int:
    """Fifty thousand units of two hundred models, ten years of them; every fifth has needed two parts by now."""
    chance, now = random.Random(8), timezone.now()
    category = _model("catalogue.Category").objects.create(code="bench")
    models = [_model("catalogue.Product")(category=category, name=f"M {at}", sort_name=f"m {at}") for at in range(200)]
    models = _model("catalogue.Product").objects.bulk_create(models)
    route = _model("orders.Route").objects.create(code="bench", names={"en": "Bench"}, stages=["taken_in", "ready"])
    request = _model("orders.Request").objects.create(number="R-BENCH", centre=cast.centre, created_at=now)
    unit = _model("equipment.Unit")
    sold = [(now - timedelta(days=chance.randint(30, 3600))).date() for _unit in range(UNITS)]
    made = [unit(product=models[at % 200], tag=f"B{at}", sold_on=day, created_at=now) for at, day in enumerate(sold)]
    units = unit.objects.bulk_create(made, batch_size=500)
    order = _model("orders.WorkOrder")
    same = {"request": request, "centre": cast.centre, "route": route, "currency": "PLN", "state": "closed"}
    ago = [now - timedelta(days=chance.randint(40, 1000)) for _unit in units[::5]]
    orders = order.objects.bulk_create(
        [
            order(number=f"B{at}", unit=one, product_id=one.product_id, stage_since=when, created_at=when, **same)
            for at, (one, when) in enumerate(zip(units[::5], ago, strict=True))
        ],
        batch_size=300,
    )
    used(cast, orders, chance)
    return UNITS


def used(cast: SimpleNamespace, orders: list[Any], chance: random.Random) -> None:
    """Two parts for each repair, out of twenty-five that fit its model."""
    asked, parts = _model("supply.Requisition"), [*_model("catalogue.Part").objects.values_list("pk", flat=True)]
    lines = [
        asked(
            work_order=one,
            centre=cast.centre,
            part_id=parts[(one.product_id * 25 + chance.randint(0, 24)) % len(parts)],
            state="issued",
            created_at=one.created_at,
        )
        for one in orders
        for _piece in range(2)
    ]
    asked.objects.bulk_create(lines, batch_size=500)


def plan(cast: SimpleNamespace) -> float:
    """Seconds from asking for the plan of half a year until it is done."""
    began = time.perf_counter()
    made = ask_plan(cast.buyer, cast.centre.uid, months=6, operation=uuid7())
    runner = JobRunner()
    while runner.work_once():
        pass
    made.refresh_from_db()
    assert made.state == "done"
    assert plan_for(cast.buyer).exists()
    return time.perf_counter() - began


def _model(name: str) -> Any:
    return apps.get_model(name)


if __name__ == "__main__":
    sys.exit(main())
