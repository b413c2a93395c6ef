"""One run: statements first, then the floor, then the product with one client and with eight."""

import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import psutil

from tools.bench.browser import Answer, Browser
from tools.bench.home import ROOT, beside, database, seeded_in
from tools.bench.jobs import JOBS, Job, Work
from tools.bench.server import Server, serving

WARM, CLIENTS, COUNTED, FRAGMENT_CALLS = 16, 8, 8, 30
FRAGMENT = re.compile(r'hx-get="(/orders/[0-9a-f-]{36}/[a-z-]+/)"')
Windows = dict[str, Browser]


def bench(orders: int, db: str, calls: int, *, fresh: bool) -> dict[str, Any]:
    """Everything that was measured, ready for JSON."""
    machine = _machine()
    with database(orders, db, fresh=fresh) as environment, tempfile.TemporaryDirectory() as captures:
        environment["REMONTA_BENCH_CAPTURES"] = captures
        environment["DJANGO_SETTINGS_MODULE"] = "remonta.settings"
        known = json.loads(module(environment, "tools.bench.cast").splitlines()[-1])
        work, people = Work(known), Windows()
        with serving(environment, "tools.bench.counted") as server:
            people = {role: Browser(server.port).sign_in(token) for role, token in known["links"].items()}
            counts, fragments = count(people, work)
            capture(people, work)
        with serving(environment, "tools.bench.floor") as server:
            floors = {job.name: _floor(server, people, job, calls) for job in JOBS if job.code != "g"}
        floors["PDF of the receipt"] = _typst(environment, known["orders"][0], calls)
        with serving(environment) as server:
            rows = [_job(server, people, work, job, calls) for job in JOBS]
            late = [_fragment(server, people, path, count, calls) for path, count in fragments.items()]
            memory = server.memory()
        alone = module(beside(environment), "tools.bench.advice")
        long = [json.loads(said.splitlines()[-1]) for said in (module(environment, "tools.bench.stocktake"), alone)]
    for row in rows:
        row |= {"statements": counts[row["name"]]} | floors[row["name"]]
        row["ratio"] = round(row["median"] / row["floor"], 2) if row["floor"] else None
    about = {"orders": orders, "db": db, "calls": calls, "seeded": seeded_in(orders, db), "memory_mb": memory}
    return {**about, **machine, "jobs": rows, "fragments": late, "long": long}


def count(people: Windows, work: Work) -> tuple[dict[str, int], dict[str, int]]:
    """Statements of each job, the most that were seen, and of what an order's page fetches later."""
    counts: dict[str, int] = {}
    for job in JOBS:
        answers = [job.call(people[job.role], work, 8_000_000 + number, {}) for number in range(COUNTED)]
        counts[job.name] = max(sum(_statements(one) for one in called) for called in answers)
    manager = people["workshop_manager"]
    page = manager.ask("GET", f"/orders/{work.one('orders', 0)}/")
    paths = dict.fromkeys(FRAGMENT.findall(page.body.decode()))
    return counts, {path: _statements(manager.ask("GET", path)) for path in paths}


def capture(people: Windows, work: Work) -> None:
    """One of each job for the floor to repeat; nothing may be written between this and the floor."""
    for at, job in enumerate(JOBS):
        if job.code == "g":
            continue
        before = work.moves.copy()
        job.call(people[job.role], work, 9_000_000 + at, {"X-Bench-Capture": f"job-{at}"})
        work.moves = before


def _job(server: Server, people: Windows, work: Work, job: Job, calls: int) -> dict[str, Any]:
    browser = people[job.role].again(server.port)
    start = 1000 * (JOBS.index(job) + 1)  # a multiple of eight
    _timed(lambda number: job.call(browser, work, start + number, {}), range(WARM))
    before = server.worked()
    alone = _timed(lambda number: job.call(browser, work, start + number, {}), range(WARM, WARM + calls))
    processor = (server.worked() - before) / calls
    windows = [people[job.role].again(server.port) for _ in range(CLIENTS)]

    def client(own: int) -> list[float]:
        """Every eighth number, so that no two clients meet at one order."""
        mine = range(100_000 + start + own, 100_000 + start + calls // CLIENTS * CLIENTS, CLIENTS)
        return _timed(lambda number: job.call(windows[own], work, number, {}), mine)

    began = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        together = [one for taken in pool.map(client, range(CLIENTS)) for one in taken]
    wall = time.perf_counter() - began
    print(f"{job.code} {job.name}: {median(alone)} ms", file=sys.stderr, flush=True)
    return {
        "code": job.code,
        "name": job.name,
        "target": job.target,
        "most_p95": job.most_p95,
        "most_statements": job.most_statements,
        "median": median(alone),
        "p95": _p95(alone),
        "processor": round(processor, 1),
        "throughput": round(len(together) / wall, 1),
        "p95_of_8": _p95(together),
    }


def _floor(server: Server, people: Windows, job: Job, calls: int) -> dict[str, Any]:
    """The bare page with the same statements and bytes; how many of them could not be repeated is told."""
    browser, at = people[job.role].again(server.port), JOBS.index(job)
    method = "GET" if job.code in "bcd" else "POST"
    failed = max(int(browser.ask(method, f"/floor/job-{at}/").headers["x-failed"]) for _ in range(WARM))
    before = server.worked()
    taken = _timed(lambda _: browser.ask(method, f"/floor/job-{at}/"), range(calls))
    processor = round((server.worked() - before) / calls, 1)
    return {"floor": median(taken), "floor_processor": processor, "floor_failed": failed}


def _typst(environment: dict[str, str], order: str, calls: int) -> dict[str, Any]:
    taken = json.loads(module(environment, "tools.bench.bare_typst", str(calls), order).splitlines()[-1])
    return {"floor": median(taken), "floor_failed": 0}


def _fragment(server: Server, people: Windows, path: str, statements: int, calls: int) -> dict[str, Any]:
    browser = people["workshop_manager"].again(server.port)
    taken = _timed(lambda _: browser.ask("GET", path), range(min(FRAGMENT_CALLS, calls)))
    name = path.strip("/").split("/", 2)[2]
    return {"name": name, "median": median(taken), "p95": _p95(taken), "statements": statements}


def _timed(call: Callable[[int], object], numbers: range) -> list[float]:
    """Milliseconds of each call."""
    taken = []
    for number in numbers:
        began = time.perf_counter()
        call(number)
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def median(taken: list[float]) -> float:
    return round(statistics.median(taken), 1)


def _p95(taken: list[float]) -> float:
    return round(statistics.quantiles(taken, n=20)[18], 1)


def _statements(answer: Answer) -> int:
    return int(answer.headers["x-statements"])


def module(environment: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{words[0]} failed:\n{done.stderr[-4000:]}")
    return done.stdout


def _machine() -> dict[str, Any]:
    told = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(told, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit,
        "cores": os.cpu_count(),
        "memory_gb": psutil.virtual_memory().total >> 30,
        "machine": platform.machine(),
        "python": platform.python_version(),
        "load": [round(one, 1) for one in os.getloadavg()],
    }
