"""Whether this installation is well, in plain sentences; and a link for somebody who cannot come in."""

import argparse
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from remonta.cli.demo.links import LASTS, setup_actor
from remonta.documents.queries import confinement
from remonta.identity.commands import create_account, make_sign_in_link
from remonta.identity.queries import people_for
from remonta.orders.commands import load_starter_routes

Finding = tuple[bool, str]


def declare_doctor(commands: Any) -> None:
    parser = commands.add_parser("doctor", help="say what is not as it should be, and what to do")
    parser.set_defaults(run=examine)


def declare_link(commands: Any) -> None:
    parser = commands.add_parser("link", help="make a one-time link to sign in for somebody")
    parser.add_argument("email")
    parser.set_defaults(run=link)


def declare_admin(commands: Any) -> None:
    parser = commands.add_parser("admin", help="make an administrator: the way into an empty installation")
    parser.add_argument("email")
    parser.add_argument("--name", default="Administrator")
    parser.set_defaults(run=admin)


def admin(asked: argparse.Namespace) -> int:
    """An administrator of the whole network, the routes every network starts with, and a link to come in."""
    actor = setup_actor()
    load_starter_routes(actor)
    if not people_for(actor).filter(email=asked.email.strip().lower()).exists():
        create_account(actor, email=asked.email, name=asked.name, role="administrator")
    return link(asked)


def examine(_asked: argparse.Namespace) -> int:
    """One line a check: well, or what to do. 1 when something needs attention."""
    findings = [finding for check in CHECKS for finding in check()]
    for well, sentence in findings:
        print(f"{'well  ' if well else 'LOOK  '} {sentence}")
    return 0 if all(well for well, _ in findings) else 1


def link(asked: argparse.Namespace) -> int:
    actor = setup_actor()
    person = people_for(actor).filter(email=asked.email.strip().lower()).first()
    if person is None:
        print("Nobody has that address.", file=sys.stderr)
        return 1
    _, token = make_sign_in_link(actor, person.uid, lasts=LASTS)
    print(f"{settings.BASE_URL}/sign-in/link/{token}/")
    return 0


def _programs() -> Iterator[Finding]:
    yield sys.version_info >= (3, 11), f"Python {sys.version.split()[0]}"
    for name in ("django", "granian", "typst", "zxing-cpp"):
        try:
            yield True, f"{name} {version(name)}"
        except PackageNotFoundError:
            yield False, f"{name} is missing: set up again."


def _database() -> Iterator[Finding]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception as error:  # whatever keeps the database from answering is what has to be said
        yield False, f"The database does not answer: {error}"
        return
    yield True, f"Database: {connection.vendor} {'.'.join(map(str, connection.get_database_version()))}"
    try:
        call_command("migrate", check_unapplied=True, verbosity=0)
        yield True, "The database is at this version."
    except (SystemExit, CommandError):
        yield False, "The database is of an older version: run `remonta migrate`."


def _places() -> Iterator[Finding]:
    home = Path(settings.HOME)
    probe = home / ".probe"
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe.write_text("")
        probe.unlink()
        yield True, f"{home} can be written to."
    except OSError as error:
        yield False, f"{home} cannot be written to: {error.strerror}."
    fonts = list(Path(settings.REMONTA_FONTS).glob("*.ttf"))
    yield len(fonts) >= 4, f"{len(fonts)} fonts for print forms" + ("." if len(fonts) >= 4 else ": run `make setup`.")
    cities = (Path(settings.REMONTA_CITIES) / "cities.sqlite3").exists()
    yield cities, "Cities for “nearest centre”" + ("." if cities else " are missing: run `make setup`.")


def _safety() -> Iterator[Finding]:
    kept = confinement()
    yield kept.has_no_network, f"Print forms are drawn in a confined process: {kept.name.lower()}."
    yield not settings.DEBUG, "Debugging is off." if not settings.DEBUG else "Debugging is on: unset REMONTA_DEBUG."
    local = "127.0.0.1" in settings.BASE_URL or "localhost" in settings.BASE_URL
    secure = settings.BASE_URL.startswith("https://") or local
    yield secure, f"The address is {settings.BASE_URL}" + ("." if secure else ": use https, or sessions can be read.")


CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (_programs, _database, _places, _safety)
COMMANDS = (declare_doctor, declare_link, declare_admin)
