"""The product's own server as processes beside the measuring one."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from tools.bench.home import ROOT

STARTS_WITHIN = 90.0


@dataclass
class Server:
    process: "subprocess.Popen[bytes]"
    port: int

    def memory(self) -> int:
        """Resident megabytes of the supervisor, the worker and the presses together."""
        return sum(one.memory_info().rss for one in self._processes()) >> 20

    def worked(self) -> float:
        """Milliseconds of processor time since the start, of the same processes: other people's load is not in it."""
        return sum(one.cpu_times().user + one.cpu_times().system for one in self._processes()) * 1000

    def _processes(self) -> list[psutil.Process]:
        whole = psutil.Process(self.process.pid)
        return [whole, *whole.children(recursive=True)]


@contextmanager
def serving(environment: dict[str, str], settings: str = "remonta.settings") -> Iterator[Server]:
    port = free_port()
    own = {**environment, "DJANGO_SETTINGS_MODULE": settings, "REMONTA_URL": f"http://127.0.0.1:{port}"}
    home = Path(environment["REMONTA_HOME"])
    command = [sys.executable, "-m", "remonta.cli.main", "web", "--port", str(port)]
    with (home / "web.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=own, stdout=log, stderr=log, start_new_session=True)
    try:
        _wait(process, port, home / "web.log")
        yield Server(process, port)
    finally:
        with suppress(ProcessLookupError):  # it had ended by itself
            _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError(log.read_text()[-4000:])


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
