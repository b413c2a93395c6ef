"""Bringing data in: the file, its mapping, the dry run, the import itself, and its undoing."""

from remonta.exchange.commands.checking import check_import, fail_check, keep_check
from remonta.exchange.commands.imports import (
    AnotherRuns,
    ask_check,
    ask_undo,
    make_import,
    map_import,
    start_import,
    stop_import,
    undo_import,
)
from remonta.exchange.commands.running import Runner
from remonta.exchange.commands.undoing import undo_piece
from remonta.exchange.mapping import MappingWrong
from remonta.exchange.unpacking import TableTooLarge, TableUnreadable

__all__ = [
    "AnotherRuns",
    "MappingWrong",
    "Runner",
    "TableTooLarge",
    "TableUnreadable",
    "ask_check",
    "ask_undo",
    "check_import",
    "fail_check",
    "keep_check",
    "make_import",
    "map_import",
    "start_import",
    "stop_import",
    "undo_import",
    "undo_piece",
]
