"""The product as it really runs, for tests: web and worker are processes of their own, with a database of their own."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg

ROOT = Path(__file__).resolve().parents[1]
STARTS_WITHIN = 60.0


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass
class Product:
    """A running installation. `known` is what `tests.live_network` said of it: links, centres, goods."""

    home: Path
    port: int
    environment: dict[str, str]
    known: dict[str, Any] = field(default_factory=dict)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def module(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Runs a module of Python in this installation's environment, and waits."""
        command = [sys.executable, "-m", *words]
        return subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)

    def cli(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self.module("remonta.cli.main", *words)

    def start(self, *parts: str) -> None:
        """Starts `web`, `worker` or both, and waits until pages answer."""
        for part in parts:
            words = ["web", "--port", str(self.port)] if part == "web" else [part]
            command = [sys.executable, "-m", "remonta.cli.main", *words]
            with (self.home / f"{part}.log").open("ab") as log:
                self.running[part] = subprocess.Popen(
                    command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
                )
        if "web" in parts:
            self.wait_for_pages()

    def kill(self, part: str) -> None:
        """SIGKILL for the part and everything it started: nothing is tidied up."""
        process = self.running.pop(part)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        for part in [*self.running]:
            self.kill(part)

    def wait_for_pages(self) -> None:
        until = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.url}/sign-in/", timeout=2):
                    return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
        raise AssertionError((self.home / "web.log").read_text()[-4000:])


@contextmanager
def product(home: Path, **environment: str) -> Iterator[Product]:
    """A new installation in that folder with a small network in it, not started yet; PostgreSQL by DATABASE_URL."""
    with _database(home) as url:
        port = free_port()
        own = {
            **os.environ,
            "REMONTA_HOME": str(home),
            "DATABASE_URL": url,
            "REMONTA_URL": f"http://127.0.0.1:{port}",
            "REMONTA_SECRET_KEY": "a key of the tests, long enough to sign with",
            **environment,
        }
        made = Product(home, port, own)
        migrated = made.cli("migrate")
        assert migrated.returncode == 0, migrated.stderr[-4000:]
        prepared = made.module("tests.live_network")
        assert prepared.returncode == 0, prepared.stderr[-4000:]
        made.known = json.loads(prepared.stdout.splitlines()[-1])
        try:
            yield made
        finally:
            made.stop()


@contextmanager
def _database(home: Path) -> Iterator[str]:
    """SQLite in the folder, or a database of its own beside the one of DATABASE_URL, gone afterwards."""
    base, template = os.environ.get("DATABASE_URL", ""), os.environ.get("REMONTA_TEST_TEMPLATE")
    if not base.startswith("postgres"):
        file = home / "remonta.sqlite3"
        if template:
            shutil.copyfile(template, file)
        yield f"sqlite://{file}"
        return
    name, like = f"live_{uuid4().hex[:12]}", template or "template1"
    with psycopg.connect(base, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')  # type: ignore[arg-type]
    try:
        yield urlunsplit(urlsplit(base)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(base, autocommit=True) as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[arg-type]
