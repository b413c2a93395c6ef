"""Starting the product: web, worker and scheduler together, or apart."""

import argparse
import os
import signal
import subprocess
import sys
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management import call_command

from remonta.cli.demo import load_demo, needs_demo, sign_in_links
from remonta.spine.commands import reindex
from remonta.spine.worker import run_worker
from remonta.web.server.run import serve


def declare_run(commands: Any) -> None:
    run = commands.add_parser("run", help="start web and worker on this machine")
    _where(run)
    run.add_argument("--demo", action="store_true", help="fill an empty database with a living network")
    run.add_argument("--no-links", action="store_true", help="do not print links to come in")
    run.set_defaults(run=start)


def declare_web(commands: Any) -> None:
    web = commands.add_parser("web", help="start the web server only")
    _where(web)
    web.set_defaults(run=lambda asked: serve(asked.host, asked.port, asked.workers))


def declare_worker(commands: Any) -> None:
    worker = commands.add_parser("worker", help="do background work and send messages")
    worker.add_argument("--once", action="store_true", help="do what is due now, then stop")
    worker.set_defaults(run=work)


def declare_migrate(commands: Any) -> None:
    migrate = commands.add_parser("migrate", help="bring the database up to this version")
    migrate.set_defaults(run=lambda asked: bring_up(verbosity=1))


def declare_reindex(commands: Any) -> None:
    again = commands.add_parser("reindex", help="make parts, places and people findable again")
    again.set_defaults(run=index_again)


def start(asked: argparse.Namespace) -> int:
    """Everything on one machine: the database brought up to date, a worker beside the web server."""
    bring_up(verbosity=0)
    if asked.demo and needs_demo():
        load_demo(say=print)
    say_how_to_come_in(asked)
    worker = subprocess.Popen([sys.executable, "-m", "remonta.cli.main", "worker"], env=os.environ)
    try:
        serve(asked.host, asked.port, asked.workers)
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.wait(timeout=30)
    return 0


def bring_up(verbosity: int) -> int:
    """The database at this version; what an older one could not find is findable from now on."""
    call_command("migrate", interactive=False, verbosity=verbosity)
    reindex(missing_only=True)
    return 0


def index_again(_asked: argparse.Namespace) -> int:
    for kind, written in reindex().items():
        print(f"{kind}: {written:,}")
    return 0


def say_how_to_come_in(asked: argparse.Namespace) -> None:
    """The address, and one-time links for people of each kind of work. No password is known to anybody."""
    print(f"\nRemonta is at {settings.BASE_URL}")
    if asked.no_links:
        return
    print("Come in by one of these links; each works once, within a day:\n")
    for who, link in sign_in_links():
        print(f"  {who:<34} {link}")
    print("\nNew links at any time: remonta link EMAIL. Stop with Ctrl-C.\n", flush=True)


def work(asked: argparse.Namespace) -> int:
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    run_worker(stop, once=asked.once)
    return 0


def _where(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default=os.environ.get("REMONTA_HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=int(os.environ.get("REMONTA_PORT", "8000")))
    parser.add_argument("--workers", type=int, default=int(os.environ.get("REMONTA_WORKERS", "1")))


COMMANDS = (declare_run, declare_web, declare_worker, declare_migrate, declare_reindex)
