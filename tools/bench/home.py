"""The database that is measured: filled once and kept, every run works on a copy of it."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tools import postgres

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "var" / "bench"
SECRET = "a key of the measurements, long enough to sign with"


@contextmanager
def database(orders: int, db: str, *, fresh: bool) -> Iterator[dict[str, str]]:
    """The environment of an installation with that many orders; what is changed in it is gone afterwards."""
    kept = KEPT / f"{db}-{orders}"
    if fresh:
        shutil.rmtree(kept, ignore_errors=True)
    if not (kept / "complete").exists():
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir(parents=True)
        started = time.monotonic()
        with _opened(db, None, kept) as environment:
            _fill(environment, orders)
        (kept / "complete").write_text(f"{time.monotonic() - started:.0f} s\n")
    with _opened(db, kept, None) as environment:
        _remonta(environment, "migrate")  # it may be older than the program
        yield environment


def seeded_in(orders: int, db: str) -> str:
    """How long filling took."""
    return (KEPT / f"{db}-{orders}" / "complete").read_text().strip()


def beside(environment: dict[str, str]) -> dict[str, str]:
    """The same with an empty database: on PostgreSQL another one of the same server, else none, which is a file."""
    url = environment["DATABASE_URL"]
    if not url.startswith("postgres"):
        return {**environment, "DATABASE_URL": ""}
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE beside")
    return {**environment, "DATABASE_URL": f"{url.rpartition('/')[0]}/beside"}


@contextmanager
def _opened(db: str, source: Path | None, target: Path | None) -> Iterator[dict[str, str]]:
    """An installation in a folder of its own, from what is kept there or new; kept in the end where that is asked."""
    with tempfile.TemporaryDirectory(prefix="remonta-bench-", ignore_cleanup_errors=True) as place:
        home = Path(place)
        opened = _postgres(home, source, target) if db == "postgres" else _sqlite(home, source, target)
        with opened as url:
            yield {
                **os.environ,
                "REMONTA_HOME": str(home / "home"),
                "REMONTA_SECRET_KEY": SECRET,
                "DATABASE_URL": url,
                "PYTHONPATH": str(ROOT),
            }


@contextmanager
def _sqlite(home: Path, source: Path | None, target: Path | None) -> Iterator[str]:
    (home / "home").mkdir()
    file = home / "home" / "remonta.sqlite3"
    if source:
        _copy(source / file.name, file)
    yield f"sqlite://{file}"
    if target:
        _copy(file, target / file.name)


@contextmanager
def _postgres(home: Path, source: Path | None, target: Path | None) -> Iterator[str]:
    """A server that waits for the disk, as a real one does."""
    (home / "home").mkdir()
    owner, found = postgres.servant(), postgres.programs()
    home.chmod(0o755)
    programs = postgres.reachable(found, home, owner)
    if source:
        _copy(source / "data", home / "data")
    else:
        (home / "data").mkdir(mode=0o700)
    if owner:
        for path in (home, home / "data"):
            os.chown(path, owner["user"], owner["group"])
    if not source:
        postgres.initialise(programs, home / "data", owner)
    server, port = postgres.start(programs, home, owner, safe=source is not None)
    try:
        if not source:
            postgres.create_database(programs, port)
        yield f"postgres://remonta@127.0.0.1:{port}/remonta"
    finally:
        postgres.stop(server)
    if target:
        _copy(home / "data", target / "data")


def _copy(source: Path, target: Path) -> None:
    subprocess.run(["cp", "-a", "--reflink=auto", str(source), str(target)], check=True)


def _fill(environment: dict[str, str], orders: int) -> None:
    _remonta(environment, "migrate")
    _remonta(environment, "seed", "--orders", str(orders))


def _remonta(environment: dict[str, str], *words: str) -> None:
    quiet = subprocess.DEVNULL if words == ("migrate",) else None
    command = [sys.executable, "-m", "remonta.cli.main", *words]
    subprocess.run(command, cwd=ROOT, env=environment, stdout=quiet, check=True)
