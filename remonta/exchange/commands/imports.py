"""The life of an import as people steer it."""

from dataclasses import replace
from io import BytesIO
from itertools import chain, islice
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from remonta.exchange import facts
from remonta.exchange.mapping import RepairMapping, guess, outcomes_in, read_mapping
from remonta.exchange.models import Import
from remonta.exchange.price_lists import rows_above
from remonta.exchange.queries import SUBJECT, imports_for, kinds_open_to, open_file
from remonta.exchange.tables import SAMPLE_ROWS, open_table, shape_of
from remonta.exchange.workflow import IMPORT, PRICES
from remonta.identity.queries import every_centre
from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted, Refused
from remonta.spine.commands import attach, command, enqueue, keep, record, record_first

REPAIRS, SHIPMENTS, INVENTREE = "repairs", "shipments", "inventree"
MOST_WORDS = 60


class AnotherRuns(Refused):
    text = _("Another import is under way in this centre. Wait for its end, or stop it.")


def make_import(
    actor: Actor, centre_uid: UUID, *, content: bytes, name: str, mapping: Any = None, kind: str = REPAIRS
) -> Import:
    """Keeps a file of that kind (repairs, shipments, inventree, prices), with the mapping given (JSON) or guessed;
    nothing of it is brought in yet.

    Raises TableUnreadable, TableTooLarge, MappingWrong, FileTooLarge, FileEmpty.
    """
    found = _mapping_of(content, mapping, kind)
    kept = keep(content, name)
    return _add(actor, centre_uid, kept=kept, mapping=found, kind=kind)


@command
def map_import(actor: Actor, uid: UUID, *, mapping: Any) -> Import:
    """Says anew which column is what (JSON, see RepairMapping). Raises MappingWrong, ImportClash."""
    run = _locked(actor, uid)
    found = read_mapping(mapping)
    _may_add_parts(actor, found)
    with open_file(actor, run) as stream, open_table(stream, found.shape) as table:
        found.checked(table.head, run.kind)
    IMPORT.apply("map", run, actor)
    run.mapping, run.checked = found.as_json(), {}
    run.save(update_fields=["state", "mapping", "checked"])
    record(actor, run, facts.ImportMapped(**named(run)))
    return run


@command
def ask_check(actor: Actor, uid: UUID) -> Import:
    """Has a dry run made in the background. Raises ImportClash."""
    run = _locked(actor, uid)
    _may(actor, run, "check")
    run.checking_since, run.trouble = actor.now(), ""
    run.save(update_fields=["checking_since", "trouble"])
    enqueue(actor, "exchange.check", {"run": run.pk}, unique_key=f"exchange.check:{run.pk}")
    return run


@command
def start_import(actor: Actor, uid: UUID, *, here: bool = False) -> Import:
    """Lets rows be brought in, from where it stood: in the background, or `here` by the caller, with a Runner.

    Raises ImportClash, AnotherRuns.
    """
    run = _locked(actor, uid)
    _under_way(actor, run, "start", facts.ImportStarted(**named(run)))
    if not here:
        enqueue(actor, "exchange.run", {"run": run.pk}, unique_key=f"exchange.run:{run.pk}")
    return run


@command
def stop_import(actor: Actor, uid: UUID) -> Import:
    """Stands still after the present piece; what is in stays, and it can go on. Raises ImportClash."""
    run = _locked(actor, uid)
    IMPORT.apply("stop", run, actor)
    run.save(update_fields=["state"])
    record(actor, run, facts.ImportStopped(**named(run)))
    return run


@command
def ask_undo(actor: Actor, uid: UUID) -> Import:
    """Has everything withdrawn, in the background, that nobody has touched since. Raises ImportClash, AnotherRuns."""
    run = undo_import(actor, uid)
    enqueue(actor, "exchange.undo", {"run": run.pk}, unique_key=f"exchange.undo:{run.pk}")
    return run


@command
def undo_import(actor: Actor, uid: UUID) -> Import:
    """Begins to undo; the caller goes on with undo_piece. Raises ImportClash, AnotherRuns."""
    run = _locked(actor, uid)
    _under_way(actor, run, "undo", facts.UndoStarted(**named(run)))
    return run


def named(run: Import) -> dict[str, int]:
    """What every fact about an import says."""
    return {"import_id": run.pk, "centre_id": run.centre_id}


@command
def _add(actor: Actor, centre_uid: UUID, *, kept: Any, mapping: RepairMapping, kind: str) -> Import:
    centre = every_centre().get(uid=centre_uid)
    network = actor.may_at("catalogue.write", None)
    beside = {
        SHIPMENTS: actor.may_at("equipment.write", centre.pk),
        INVENTREE: network,
        PRICES: actor.may_at("supply.keep_suppliers", None),
    }
    if kind not in kinds_open_to(actor, centre.pk) or not beside.get(kind, True):
        raise NotPermitted
    _may_add_parts(actor, mapping)
    run = Import.objects.create(
        uid=uuid7(actor.now()),
        kind=kind,
        name=kept.name,
        sha256=kept.whole.sha256,
        centre=centre,
        account_id=actor.account_id,
        mapping=mapping.as_json(),
        made_at=actor.now(),
    )
    attach(actor, kept, subject=SUBJECT, subject_id=run.pk, kind="import")
    record_first(actor, run, facts.ImportMade(**named(run)))
    return run


def _mapping_of(content: bytes, given: Any, kind: str) -> RepairMapping:
    """The mapping given, checked against the file; else what headings and rows suggest."""
    stream = BytesIO(content)
    shape = read_mapping(given).shape if given else shape_of(stream)
    if kind == PRICES and not given:
        shape = replace(shape, above=rows_above(stream, shape))
    with open_table(stream, shape) as table:
        if given:
            return read_mapping(given).checked(table.head, kind)
        first = list(islice(table.rows, SAMPLE_ROWS))
        found = guess(table.head, first, shape, kind)
        if kind != REPAIRS:
            return found.checked(table.head, kind) if kind == INVENTREE else found
        words = outcomes_in(table.head, chain(first, table.rows), found)
        return RepairMapping(found.columns, dict(list(words.items())[:MOST_WORDS]), found.dates, shape)


def _may_add_parts(actor: Actor, mapping: RepairMapping) -> None:
    if mapping.options.get("new_parts") == "yes" and not actor.may_at("catalogue.write", None):
        raise NotPermitted


def _locked(actor: Actor, uid: UUID) -> Import:
    return imports_for(actor).select_for_update(of=("self",)).get(uid=uid)


def _may(actor: Actor, run: Import, move: str) -> None:
    """Raises what the move would, without making it."""
    before = run.state
    IMPORT.apply(move, run, actor)
    run.state = before


def _under_way(actor: Actor, run: Import, move: str, told: facts.ImportFact) -> None:
    IMPORT.apply(move, run, actor)
    run.trouble = ""
    try:
        with transaction.atomic():
            run.save(update_fields=["state", "trouble"])
    except IntegrityError as error:
        raise AnotherRuns from error
    record(actor, run, told)
