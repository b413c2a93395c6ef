"""Runs the stages of `make test` and its sisters, times each, and closes with one line of counts."""

import argparse
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import xml.etree.ElementTree as Tree
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import psycopg

from tools.postgres import NoPostgres, running
from tools.sizes import REPORTS

ROOT = Path(__file__).resolve().parents[1]
NO_TESTS = 5
TEMPLATE = "remonta_template"
TEMPLATE_FILE = ROOT / "var" / "cache" / "template.sqlite3"
ON_POSTGRES = threading.Lock()
RUNNING: set[int] = set()
MINUTES = 60.0
LONGEST = 25 * MINUTES
LONGEST_NIGHTLY = 12 * 60 * MINUTES


@dataclass(frozen=True)
class Stage:
    """One timed part. Its tests are those with the marker, or without one the whole ordinary suite."""

    name: str
    marker: str = ""
    postgres: bool = False
    command: tuple[str, ...] = ()
    sizes: Mapping[str, str] = field(default_factory=dict)

    @property
    def wide(self) -> bool:
        """Whether it uses both cores, or has to be alone to measure anything."""
        return bool(self.command) or not self.marker

    @property
    def report(self) -> Path:
        return REPORTS / f"{self.name.replace(' ', '-')}.xml"

    def line(self) -> list[str]:
        if self.command:
            return [sys.executable, *self.command]
        chosen = ["-m", self.marker] if self.marker else ["-n", "2"]
        return [sys.executable, "-m", "pytest", *chosen, f"--junitxml={self.report}"]


@dataclass(frozen=True)
class Outcome:
    """What a stage came to; an absent stage found no test and is counted as skipped, in the open."""

    stage: Stage
    verdict: str
    minutes: float
    passed: int = 0
    failed: int = 0
    skipped: int = 0


def both(name: str, marker: str = "", **sizes: str) -> tuple[Stage, Stage]:
    return (
        Stage(f"{name} sqlite", marker, sizes=sizes),
        Stage(f"{name} postgres", marker, postgres=True, sizes=sizes),
    )


def access(roles_on_postgres: str) -> tuple[Stage, Stage]:
    return (
        Stage("access sqlite", "access", sizes={"REMONTA_ACCESS_ROLES": "0"}),
        Stage("access postgres", "access", postgres=True, sizes={"REMONTA_ACCESS_ROLES": roles_on_postgres}),
    )


def story(on_postgres: str) -> tuple[Stage, Stage]:
    return (
        Stage("story sqlite", "story", sizes={"REMONTA_STORY": "full"}),
        Stage("story postgres", "story", postgres=True, sizes={"REMONTA_STORY": on_postgres}),
    )


def bench(orders: int, database: str) -> Stage:
    out = f"var/bench-{database}-{orders}.json"
    command = ("-m", "tools.bench", "--orders", str(orders), "--db", database, "--out", out)
    return Stage(f"bench {database} {orders}", command=command)


CHECK = Stage("check", command=("-m", "tools.check"))


def plan(what: str, steps: int, kills: int) -> list[Stage]:
    """The stages of a target, in the order that finds a mistake soonest."""
    prove = Stage("prove", "prove", sizes={"REMONTA_PROVE_STEPS": str(steps)})
    crash = both("crash", "crash", REMONTA_CRASH_KILLS=str(kills))
    axe = Stage("axe", "axe", sizes={"REMONTA_AXE": "full" if what == "nightly" else "pairwise"})
    if what == "nightly":
        benches = [bench(orders, db) for orders in (10_000, 100_000, 1_000_000) for db in ("sqlite", "postgres")]
        return [
            CHECK,
            *both("suite"),
            *both("history", "nightly"),
            *access("0"),
            *both_provers(steps),
            *story("full"),
            axe,
            *crash,
            *benches,
        ]
    plans: dict[str, list[Stage]] = {
        "test": [CHECK, *both("suite"), *access("3"), *story("main"), axe, prove, *crash],
        "story": [*story("main")[:1]],
        "access": [*access("0")[:1]],
        "prove": [prove],
        "crash": [*crash],
    }
    return plans[what]


def both_provers(steps: int) -> tuple[Stage, Stage]:
    return both("prove", "prove", REMONTA_PROVE_STEPS=str(steps))


def run(command: list[str], environment: Mapping[str, str], longest: float, said: IO[bytes] | None = None) -> int:
    """Runs a command in its own process group, so that nothing it started outlives it; `said` takes what it prints."""
    whole = {**os.environ, **environment}
    with subprocess.Popen(
        command, cwd=ROOT, env=whole, start_new_session=True, stdout=said, stderr=said and subprocess.STDOUT
    ) as process:
        RUNNING.add(process.pid)
        try:
            return process.wait(longest)
        except subprocess.TimeoutExpired:
            print(f"Stopped: it took longer than {longest / MINUTES:.0f} minutes", flush=True)
            return 124
        finally:
            RUNNING.discard(process.pid)
            end_group(process.pid)


def end_group(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return


def counts(report: Path) -> tuple[int, int, int]:
    """Passed, failed and skipped tests of a JUnit report."""
    if not report.exists():
        return 0, 0, 0
    suites = Tree.parse(report).getroot().iter("testsuite")
    all_of = [[int(suite.get(key, "0")) for key in ("tests", "failures", "errors", "skipped")] for suite in suites]
    tests, failures, errors, skipped = (sum(column) for column in zip(*all_of, strict=True))
    return tests - failures - errors - skipped, failures + errors, skipped


def perform(stage: Stage, url: str, longest: float) -> Outcome:
    """Runs a stage and prints what it said in one piece, so that two at a time can be read."""
    print(f"... {stage.name}", flush=True)
    began = time.monotonic()
    stage.report.unlink(missing_ok=True)
    environment = {"REMONTA_REPORTS": str(REPORTS), "DATABASE_URL": url, **stage.sizes}
    environment["REMONTA_TEST_TEMPLATE"] = TEMPLATE if url else str(TEMPLATE_FILE)
    with tempfile.TemporaryFile() as said:
        code = run(stage.line(), environment, longest, said)
        said.seek(0)
        print(f"\n=== {stage.name} ===\n{said.read().decode(errors='replace')}", end="", flush=True)
    minutes = (time.monotonic() - began) / MINUTES
    if stage.command:
        verdict = "failed" if code else "passed"
        return Outcome(stage, verdict, minutes, passed=int(not code), failed=int(bool(code)))
    if code == NO_TESTS:
        return Outcome(stage, "absent", minutes, skipped=1)
    passed, failed, skipped = counts(stage.report)
    broken = bool(code) and not failed
    return Outcome(stage, "failed" if code else "passed", minutes, passed, failed + int(broken), skipped)


def perform_all(stages: list[Stage], longest: float) -> list[Outcome]:
    """All stages, whatever fails. Those that use both cores run alone, the others in three lanes: browsers and killed
    processes wait more than they work.

    One PostgreSQL serves all that need it, one stage at a time: they share the name of the tests' database.
    """
    with ExitStack() as stack:
        url = stack.enter_context(running()) if any(stage.postgres for stage in stages) else ""
        prepare(url)
        outcomes = [perform(stage, url if stage.postgres else "", longest) for stage in stages if stage.wide]
        narrow = deque(sorted((stage for stage in stages if not stage.wide), key=lambda stage: stage.postgres))
        lanes = stack.enter_context(ThreadPoolExecutor())
        stack.callback(end_running)
        stack.callback(narrow.clear)
        ways = (narrow.popleft, narrow.popleft, narrow.pop)
        lines = [lanes.submit(_lane, following, url, longest) for following in ways]
        outcomes += [outcome for line in lines for outcome in line.result()]
    return sorted(outcomes, key=lambda outcome: stages.index(outcome.stage))


def prepare(url: str) -> None:
    """Makes the databases that all others are copies of; migrating each of them would take minutes."""
    TEMPLATE_FILE.parent.mkdir(parents=True, exist_ok=True)
    TEMPLATE_FILE.unlink(missing_ok=True)
    urls = [f"sqlite://{TEMPLATE_FILE}"]
    if url:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(f"CREATE DATABASE {TEMPLATE}")
        urls.append(f"{url.rpartition('/')[0]}/{TEMPLATE}")
    with ThreadPoolExecutor() as threads:
        list(threads.map(migrate, urls))
    with closing(sqlite3.connect(TEMPLATE_FILE)) as template:
        template.execute("PRAGMA journal_mode = DELETE")


def migrate(url: str) -> None:
    command = [sys.executable, "-m", "remonta.cli.main", "migrate"]
    with tempfile.TemporaryDirectory() as home:
        own = {**os.environ, "DATABASE_URL": url, "REMONTA_HOME": home}
        subprocess.run(command, cwd=ROOT, env=own, stdout=subprocess.DEVNULL, check=True)


def _lane(following: Callable[[], Stage], url: str, longest: float) -> list[Outcome]:
    """One stage after the other: two lanes take SQLite's from the front, one takes PostgreSQL's from the end."""
    outcomes: list[Outcome] = []
    while True:
        try:
            stage = following()
        except IndexError:
            return outcomes
        with ON_POSTGRES if stage.postgres else nullcontext():
            outcomes.append(perform(stage, url if stage.postgres else "", longest))


def end_running() -> None:
    """What still runs when the stages are given up is ended with everything it started."""
    for leader in [*RUNNING]:
        end_group(leader)


def kept_line(stage: Stage) -> str:
    """What the tests of a stage left to be printed last (tools.sizes.report)."""
    kept = REPORTS / f"{stage.marker}.txt"
    return kept.read_text().strip() if stage.marker and kept.exists() else ""


def summarise(outcomes: list[Outcome], minutes: float) -> int:
    """Prints the minutes of each stage and of all on the clock; 1 when anything failed."""
    print("\n=== minutes ===")
    for outcome in outcomes:
        tests = f"{outcome.passed} passed, {outcome.failed} failed"
        print(f"{outcome.stage.name:<24}{outcome.verdict:<8}{outcome.minutes:7.2f}  {tests}")
    absent = [outcome.stage.name for outcome in outcomes if outcome.verdict == "absent"]
    print(f"{'all':<32}{minutes:7.2f}")
    print(f"absent stages: {len(absent)}{': ' if absent else ''}{', '.join(absent)}")
    passed, failed, skipped = (sum(getattr(o, key) for o in outcomes) for key in ("passed", "failed", "skipped"))
    print(f"total: {passed} passed, {failed} failed, {skipped} skipped", flush=True)
    return int(failed > 0 or any(outcome.verdict == "failed" for outcome in outcomes))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["test", "story", "access", "prove", "crash", "nightly"])
    parser.add_argument("--steps", type=int)
    parser.add_argument("--kills", type=int)
    wanted = parser.parse_args()
    nightly = wanted.what == "nightly"
    steps = wanted.steps or (100_000 if nightly else 5000)
    kills = wanted.kills or (200 if nightly else 10)
    began = time.monotonic()
    REPORTS.mkdir(parents=True, exist_ok=True)
    for old in REPORTS.glob("*.txt"):
        old.unlink()
    try:
        outcomes = perform_all(plan(wanted.what, steps, kills), LONGEST_NIGHTLY if nightly else LONGEST)
    except NoPostgres as problem:
        print(problem, file=sys.stderr)
        return 1
    code = summarise(outcomes, (time.monotonic() - began) / MINUTES)
    if wanted.what in ("test", "nightly"):
        return code
    print("\n".join(filter(None, dict.fromkeys(kept_line(outcome.stage) for outcome in outcomes))))
    return code or int(any(outcome.verdict == "absent" for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
