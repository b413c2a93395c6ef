"""The dry run: reads the whole file and says what would become of each row, without writing any of it."""

from collections import Counter
from collections.abc import Generator
from typing import Any

from remonta.exchange import facts
from remonta.exchange.commands.imports import named
from remonta.exchange.commands.kinds import KINDS
from remonta.exchange.commands.pieces import CREATED, SKIPPED, UPDATED, in_pieces, judged
from remonta.exchange.mapping import read_mapping
from remonta.exchange.models import Import
from remonta.exchange.queries import imports_for, open_file
from remonta.exchange.tables import open_table
from remonta.exchange.workflow import IMPORT
from remonta.kernel.actor import Actor
from remonta.spine.commands import command, record

MOST_SHOWN = 60


def check_import(actor: Actor, run_id: int) -> Generator[int, None, dict[str, Any]]:
    """Reads all rows, saying after each piece how many it has read; returns the account. Writes nothing.

    Raises TableUnreadable, TableTooLarge, MappingWrong.
    """
    run = imports_for(actor).select_related("centre").get(pk=run_id)
    mapping, kind = read_mapping(run.mapping), KINDS[run.kind]
    bringer = kind.bringer(actor, run)
    counts, reasons, met = Counter[str](), Counter[str](), set[str]()
    kinds, words = dict[str, None](), dict[str, None]()
    with open_file(actor, run) as stream, open_table(stream, mapping.shape) as table:
        reader = kind.reader(table.head, mapping.checked(table.head, run.kind), run.centre.timezone)
        for piece in in_pieces(enumerate(table.rows, 1)):
            for verdict in judged(run, bringer.resolved([reader.row(*one) for one in piece]), met):
                counts[verdict.outcome] += 1
                reasons[verdict.reason] += bool(verdict.reason)
                if verdict.outcome != SKIPPED and (new := bringer.new_kind(verdict.row)):
                    kinds[new] = None
                if verdict.reason == "outcome":
                    words[verdict.row.values.get(mapping.columns["outcome"], "")] = None
            yield counts.total()
    return {
        "read": counts.total(),
        "all": counts.total(),
        **{name: counts[name] for name in (CREATED, UPDATED, SKIPPED)},
        "reasons": {code: many for code, many in reasons.items() if code},
        "kinds": sorted(kinds)[:MOST_SHOWN],
        "words": sorted(words)[:MOST_SHOWN],
    }


@command
def keep_check(actor: Actor, run_id: int, *, found: dict[str, Any]) -> Import:
    """Keeps what a dry run found. Raises ImportClash when the import has begun meanwhile."""
    run = imports_for(actor).select_for_update(of=("self",)).get(pk=run_id)
    IMPORT.apply("check", run, actor)
    run.checked, run.rows_all, run.checking_since = found, found["all"], None
    run.save(update_fields=["state", "checked", "rows_all", "checking_since"])
    counts = {name: found[name] for name in ("read", CREATED, UPDATED, SKIPPED)}
    record(actor, run, facts.ImportChecked(**named(run), **counts))
    return run


@command
def fail_check(actor: Actor, run_id: int, *, trouble: str) -> Import:
    """Keeps why the file could not be read to its end."""
    run = imports_for(actor).select_for_update(of=("self",)).get(pk=run_id)
    run.trouble, run.checking_since = trouble, None
    run.save(update_fields=["trouble", "checking_since"])
    return run
