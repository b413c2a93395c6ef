"""A small file of repairs as somebody's old system wrote it, and bringing it in."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db import transaction

from remonta.exchange.commands import (
    Runner,
    check_import,
    keep_check,
    make_import,
    start_import,
    undo_import,
    undo_piece,
)
from remonta.exchange.models import Import
from remonta.exchange.workflow import RUNNING, UNDOING

HEAD = "id,product_category,brand,repair_status,event_date,problem"
LINES = (
    "a1,Kettle,Vela,Fixed,2019-01-10,Does not boil",
    "a2,Lamp,Vela ,End of life,2019-12-31,Flickers",
    "a3,Lamp,vela,Repairable,2020-01-01,=1+1",
    "a4,Lamp,,Unknown,2020-02-29,",
    "a2,Lamp,Vela,Fixed,2020-03-01,The same number again",
    "a5,Lamp,Vela,Fixed,soon,No date",
    "a6,Lamp,Vela,Melted,2020-03-01,No such outcome",
    ",Lamp,Vela,Fixed,2020-03-01,No number",
    "a7,Lamp,Vela,Fixed,2020-03-01,Too much,here",
    ",,,,,",
)


def file_of(*lines: str) -> bytes:
    return "\n".join((HEAD, *lines)).encode() + b"\n"


@pytest.fixture
def bring(cast: SimpleNamespace) -> Callable[..., Import]:
    """bring(content, by="hana", size=2): everything from the upload to the end, in pieces of two rows."""

    def brought(content: bytes = file_of(*LINES), *, by: str = "hana", at: str = "krakow", size: int = 2) -> Import:
        return brought_in(getattr(cast, by), getattr(cast, at).uid, content, size=size)

    return brought


def brought_in(actor, centre_uid, content: bytes, *, name: str = "old.csv", size: int = 2) -> Import:
    run = make_import(actor, centre_uid, content=content, name=name)
    keep_check(actor, run.pk, found=drained(check_import(actor, run.pk)))
    start_import(actor, run.uid, here=True)
    return finished(actor, run.pk, size)


def finished(actor, run_id: int, size: int = 2) -> Import:
    runner, state = Runner(actor, run_id, size=size), RUNNING
    while state == RUNNING:
        with transaction.atomic():
            run = runner.piece()
        state = run.state
    return run


def undone(actor, uid, *, size: int = 2) -> Import:
    run = undo_import(actor, uid)
    while run.state == UNDOING:
        run = undo_piece(actor, run.pk, size=size)
    return run


def drained(pieces):
    while True:
        try:
            next(pieces)
        except StopIteration as end:
            return end.value
