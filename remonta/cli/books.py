"""Proving the books, saving everything, putting it back."""

import argparse
import sys
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import UUID

from django.core.management import call_command
from django.utils import timezone

from remonta.customers.commands import erase_again
from remonta.customers.queries import erased_customers
from remonta.kernel.actor import system
from remonta.kernel.refusals import Refused
from remonta.spine.backup import backup, restore
from remonta.spine.commands import reindex
from remonta.spine.queries import noted_erasures, verify

MOST_SAID = 200


def declare_verify(commands: Any) -> None:
    parser = commands.add_parser("verify", help="prove every always-true line of the three books")
    parser.set_defaults(run=prove)


def declare_backup(commands: Any) -> None:
    parser = commands.add_parser("backup", help="save database and files into one archive, while others work")
    parser.add_argument("archive", type=Path)
    parser.set_defaults(run=save)


def declare_restore(commands: Any) -> None:
    parser = commands.add_parser("restore", help="put an archive back, and prove it")
    parser.add_argument("archive", type=Path)
    parser.add_argument("--force", action="store_true", help="replace what is there")
    parser.add_argument("--erasures", type=Path, help="the list of erased customers of the installation that is gone")
    parser.set_defaults(run=put_back)


def prove(_asked: argparse.Namespace) -> int:
    """Names what breaks a book; 0 when nothing does."""
    started, flaws = monotonic(), 0
    for flaw in verify(_progress):
        flaws += 1
        if flaws <= MOST_SAID:
            print(flaw)
    print(f"{flaws} flaws, {monotonic() - started:.1f} s")
    return 1 if flaws else 0


def save(asked: argparse.Namespace) -> int:
    try:
        manifest = backup(asked.archive, _tell)
    except Refused as refusal:
        return _refuse(refusal)
    print(f"Saved to {asked.archive}: {len(manifest['parts'])} parts. Keep it as safe as the installation itself.")
    return 0


def put_back(asked: argparse.Namespace) -> int:
    """The database is made at this version first, so that an archive of an older one comes up to date.

    Whoever was erased since the archive was made is erased again, by the list beside the database and by the database
    that is replaced, before the books are proved.
    """
    call_command("migrate", interactive=False, verbosity=0)
    try:
        erased = _erased(asked.erasures)
        flaws = restore(asked.archive, force=asked.force, tell=_tell, then=lambda: _erase_again(erased))
    except (OSError, ValueError) as trouble:
        print(f"The list of erasures cannot be read: {trouble}", file=sys.stderr)
        return 1
    except Refused as refusal:
        return _refuse(refusal)
    reindex(missing_only=True)
    for flaw in flaws:
        print(flaw)
    print("Put back, and the books are whole." if not flaws else "Put back, but the books have flaws.")
    return 1 if flaws else 0


def _erased(more: Path | None) -> set[UUID]:
    noted = [*noted_erasures(), *(noted_erasures(more) if more else ())]
    return {*(one.uid for one in noted if one.kind == "customer"), *erased_customers()}


def _erase_again(uids: set[UUID]) -> None:
    again = erase_again(system("restore", timezone.now, "customers.see", "customers.erase"), uids)
    if again:
        _tell(f"erased again: {again}")


def _progress(name: str, lines: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{name}: {lines:,}".ljust(70), end="", file=sys.stderr, flush=True)


def _tell(line: str) -> None:
    print(f"  {line}", flush=True)


def _refuse(refusal: Refused) -> int:
    print(refusal, file=sys.stderr)
    return 1


COMMANDS = (declare_verify, declare_backup, declare_restore)
