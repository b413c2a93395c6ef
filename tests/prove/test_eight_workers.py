"""Eight people work in one store at once, each by a seed of their own: nothing appears or vanishes."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Barrier
from typing import Any

from django.db import connections, transaction
from django.db.models import Sum

from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import Refused
from remonta.spine.queries import verify
from remonta.stock.commands import Which, place_part, quarantine_part, scrap_part
from remonta.stock.models import Balance, Move, Piece, Place
from remonta.supply.commands import (
    Delivered,
    ask_part,
    cancel_requisition,
    issue_part,
    issue_scanned,
    receive_goods,
    return_unused_part,
)
from remonta.supply.models import Requisition
from tests.cast import intake, make_cast
from tools.sizes import PROVE_STEPS

WORKERS, ORDERS = 8, 4
STEPS = max(PROVE_STEPS // 100, 50)
SERIALS = tuple(f"CH{number:03}" for number in range(16))
BATCHES = ("LOT-A", "LOT-B")


class Store:
    """Three parts, kept by quantity, by serial number and by batch, three bins, and orders that want them."""

    def __init__(self) -> None:
        self.cast = cast = make_cast()
        part = type(cast.display).objects.create
        chip = part(number="CHP-1", name="Chip", sort_name="chip", tracking="serial")
        glue = part(number="GLU-1", name="Glue", sort_name="glue", tracking="batch")
        self.parts = (cast.display, chip, glue)
        bins = [Place.objects.create(centre=cast.krakow, kind="bin", code=f"B-{number}") for number in range(2)]
        self.bins = (Place.objects.get(centre=cast.krakow, code="A-01-01"), *bins)
        self.orders = [intake(cast, serial=f"SN-{at}", phone=f"+4860010020{at}") for at in range(ORDERS)]


class Worker:
    """Does one thing after another; what is refused is counted and forgotten."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store, self.dice, self.done = store, Random(seed), Counter[str]()

    def work(self) -> Counter[str]:
        gains = (self.receive, self.receive, self.ask, self.give_back)
        ways: tuple[Callable[[], Any], ...] = (*gains, self.issue, self.scan, self.cancel, self.move, self.lose)
        for _ in range(STEPS):
            way = self.dice.choice(ways)
            try:
                done = way()
            except Refused:
                self.done["refused"] += 1
            else:
                self.done[way.__name__] += done is not None
        return self.done

    def which(self, part: Any) -> Which:
        if part.tracking == "serial":
            return Which(serials=(self.dice.choice(SERIALS),))
        return Which(batch=self.dice.choice(BATCHES)) if part.tracking == "batch" else Which()

    def receive(self) -> object:
        part, place = self.dice.choice(self.store.parts), self.dice.choice(self.store.bins)
        goods = Delivered(part.uid, place.uid, 1000, which=self.which(part))
        centre = self.store.cast.krakow.uid
        return receive_goods(self.store.cast.stan, centre, supplier="Parts Ltd", lines=[goods], operation=uuid7())

    def ask(self) -> object:
        order, part = self.dice.choice(self.store.orders), self.dice.choice(self.store.parts)
        return ask_part(self.store.cast.emil, order.uid, part_uid=part.uid, quantity=1000, operation=uuid7())

    def scan(self) -> object:
        order, part = self.dice.choice(self.store.orders), self.dice.choice(self.store.parts)
        said = {"part_uid": part.uid, "which": self.which(part), "operation": uuid7()}
        return issue_scanned(self.store.cast.stan, order.uid, **said)

    def issue(self) -> object:
        row = self.some("reserved")
        return row and issue_part(self.store.cast.stan, row.uid, which=self.which(row.part), operation=uuid7())

    def give_back(self) -> object:
        row, place = self.some("issued"), self.dice.choice(self.store.bins)
        said = {"place_uid": place.uid, "operation": uuid7()}
        return row and return_unused_part(self.store.cast.stan, row.uid, which=self.which(row.part), **said)

    def cancel(self) -> object:
        row = self.some("reserved")
        return row and cancel_requisition(self.store.cast.emil, row.uid, operation=uuid7())

    def move(self) -> object:
        part, (source, target) = self.dice.choice(self.store.parts), self.dice.sample(self.store.bins, 2)
        said = {"source_uid": source.uid, "target_uid": target.uid, "which": self.which(part), "operation": uuid7()}
        return place_part(self.store.cast.stan, part.pk, quantity=1000, **said)

    def lose(self) -> object:
        part, source = self.dice.choice(self.store.parts), self.dice.choice(self.store.bins)
        lost = self.dice.choice((quarantine_part, scrap_part))
        said = {"source_uid": source.uid, "which": self.which(part), "operation": uuid7()}
        return lost(self.store.cast.stan, part.pk, quantity=1000, **said)

    def some(self, state: str) -> Requisition | None:
        with transaction.atomic():  # the tests' own SQLite lets nobody read what another is writing
            rows = [*Requisition.objects.filter(state=state).select_related("part")]
        return self.dice.choice(rows) if rows else None


def test_nothing_appears_or_vanishes_while_eight_work_at_once(transactional_db):
    store, start = Store(), Barrier(WORKERS)

    def life(seed: int) -> Counter[str]:
        try:
            start.wait(timeout=30)
            return Worker(store, seed).work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WORKERS) as people:
        done = sum(people.map(life, range(WORKERS)), Counter[str]())
    assert min(done[way] for way in ("receive", "ask", "issue", "scan", "give_back", "cancel", "move", "lose")) > 0, (
        done
    )
    assert [str(flaw) for flaw in verify()] == []
    assert not Balance.objects.filter(outside=False, on_hand__lt=0).exists()
    assert {row["total"] for row in Balance.objects.values("part").annotate(total=Sum("on_hand"))} <= {0}
    for piece in Piece.objects.all():
        assert Move.objects.filter(piece=piece).latest("pk").target_id == piece.place_id
