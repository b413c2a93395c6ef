"""Bringing data in from a file: `remonta import repairs FILE`, and the same for shipments and InvenTree's tables."""

import argparse
import json
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from remonta.cli.demo.links import setup_actor
from remonta.exchange.commands import (
    Runner,
    check_import,
    keep_check,
    make_import,
    map_import,
    start_import,
    stop_import,
    undo_import,
    undo_piece,
)
from remonta.exchange.queries import Account, import_page, imports_for
from remonta.exchange.workflow import RUNNING, UNDOING
from remonta.identity.queries import CentreKind, every_centre
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Refused

HELP = {
    "repairs": "repairs of the past, as history (CSV, TSV, XLSX, also .gz)",
    "shipments": "shipments of a sales system: document, date, customer, product, serial numbers",
    "inventree": "a table of InvenTree: parts first, then lists, stock or suppliers",
}
GOES_ON = ("draft", "checked", "running", "stopped")


def declare_import(commands: Any) -> None:
    parser = commands.add_parser("import", help="bring data in from a file, or undo that")
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="kind")
    for kind, says in HELP.items():
        one = kinds.add_parser(kind, help=says)
        one.add_argument("file", type=Path, nargs="?")
        one.add_argument("--centre", help="code of the centre; without it, the first own one")
        one.add_argument("--mapping", type=Path, help="a JSON file that says which column is what")
        one.add_argument(
            "--dry-run", action="store_true", help="say what would become of each row; write nothing of it"
        )
        one.add_argument("--undo", type=UUID, metavar="UID", help="withdraw what that import brought in")
        one.add_argument("--yes", action="store_true", help="do not ask before writing")
        one.set_defaults(run=bring_in)


def bring_in(asked: argparse.Namespace) -> int:
    """Dry run, question, import, account; goes on where an earlier one of the same file was killed or stopped."""
    actor = replace(setup_actor(), label="system:import")
    try:
        if asked.undo:
            return _undo(actor, asked.undo)
        if asked.file is None:
            print("Name the file to bring in.", file=sys.stderr)
            return 2
        return _bring(actor, asked)
    except OSError as error:
        print(f"{asked.file}: {error.strerror or error}", file=sys.stderr)
    except (Refused, ObjectDoesNotExist) as refusal:
        print(refusal, file=sys.stderr)
    return 1


def _bring(actor: Actor, asked: argparse.Namespace) -> int:
    uid = _run_of(actor, asked)
    page = import_page(actor, uid)
    print(f"{page.name} → {page.centre}, import {uid}")
    if page.state in ("draft", "checked"):
        _check(actor, page.id)
        page = import_page(actor, uid)
        print("Mapping:", json.dumps(page.mapping.as_json(), ensure_ascii=False))
        assert page.checked is not None
        _say("Dry run", page.checked)
    elif page.account.read:
        print(f"It goes on behind row {page.account.read:,}.")
    if asked.dry_run:
        return 0
    if not asked.yes and sys.stdin.isatty() and input("Bring it in? [y/N] ").strip().lower() not in ("y", "yes"):
        print("Nothing was written.")
        return 1
    return _run(actor, uid)


def _run_of(actor: Actor, asked: argparse.Namespace) -> UUID:
    """An import of the same file that is not at its end, else a new one."""
    content = asked.file.read_bytes()
    mapping = asked.mapping.read_text(encoding="utf-8") if asked.mapping else None
    centre = _centre(asked.centre)
    same = {
        "kind": asked.kind,
        "centre": centre,
        "sha256": sha256(content).hexdigest(),
        "account": None,
        "state__in": GOES_ON,
    }
    run = imports_for(actor).filter(**same).order_by("-pk").first()
    if run is None:
        told: dict[str, Any] = {"name": asked.file.name, "mapping": mapping, "kind": asked.kind}
        return make_import(actor, centre.uid, content=content, **told).uid
    if mapping and run.state in ("draft", "checked"):
        map_import(actor, run.uid, mapping=mapping)
    return run.uid


def _centre(code: str | None) -> Any:
    centres = every_centre().order_by("pk")
    own = centres.exclude(kind=CentreKind.PARTNER)
    found = centres.filter(code__iexact=code).first() if code else own.first()
    if found is None:
        known = ", ".join(centres.values_list("code", flat=True))
        raise ObjectDoesNotExist(f"There is no such centre. There are: {known or 'none yet; set one up first'}.")
    return found


def _check(actor: Actor, run_id: int) -> None:
    pieces = check_import(actor, run_id)
    while True:
        try:
            _progress("read", next(pieces))
        except StopIteration as end:
            keep_check(actor, run_id, found=end.value)
            return


def _run(actor: Actor, uid: UUID) -> int:
    started = monotonic()
    run = imports_for(actor).get(uid=uid)
    if run.state != RUNNING:
        run = start_import(actor, uid, here=True)
    runner = Runner(actor, run.pk)
    try:
        while run.state == RUNNING:
            with transaction.atomic():
                run = runner.piece()
            _progress("brought in", run.rows_read)
    except KeyboardInterrupt:
        stop_import(actor, uid)
        print("\nStopped. The same command goes on from here.", file=sys.stderr)
        return 130
    page = import_page(actor, uid)
    _say("Done" if page.state == "done" else f"Stopped: {page.trouble}", page.account)
    print(f"{monotonic() - started:.1f} s. To undo it: remonta import {run.kind} --undo {uid}")
    return 0 if page.state == "done" and page.account.whole else 1


def _undo(actor: Actor, uid: UUID) -> int:
    run = imports_for(actor).get(uid=uid)
    if run.state != UNDOING:
        run = undo_import(actor, uid)
    done = 0
    while run.state == UNDOING:
        run = undo_piece(actor, run.pk)
        done += 1000
        _progress("undone", done)
    page = import_page(actor, uid)
    print(f"Undone: {page.withdrawn:,} withdrawn, {page.kept:,} kept because people have worked on them.")
    for row in run.rows.filter(fate="kept").order_by("row")[:100]:
        print(f"  kept: row {row.row}, {row.key}")
    return 0


def _say(what: str, account: Account) -> None:
    counts = f"{account.created:,} created + {account.updated:,} updated + {account.skipped:,} skipped"
    print(f"{what}: {counts} = {account.read:,} read")
    for words, many in account.reasons:
        print(f"  skipped, {words}: {many:,}")
    if account.kinds:
        print(f"  new kinds of devices: {', '.join(account.kinds)}")
    if account.words:
        print(f"  words for the outcome that are not mapped: {', '.join(account.words)}")


def _progress(what: str, rows: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{rows:,} {what}", end="\r", file=sys.stderr, flush=True)


COMMANDS = (declare_import,)
