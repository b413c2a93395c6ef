"""Parts by serial number and by batch in the life of a store: rules of their own, and a plain model beside them."""

from collections import Counter
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from remonta.stock.commands import (
    AlreadyThere,
    NoSuchBatch,
    NoSuchSerial,
    NotEnough,
    NotEnoughOfBatch,
    NotHereYet,
    Salvaged,
    SerialElsewhere,
    UnderWay,
    Which,
    approve_stocktake,
    begin_stocktake,
    close_count,
    count_part,
    finish_counting,
    open_count,
    place_part,
    post_piece,
    quarantine_part,
    scrap_part,
    take_apart,
)
from remonta.stock.models import Balance, LotBalance, Piece, Reservation
from remonta.supply.commands import (
    Delivered,
    NoneFree,
    OrderOver,
    issue_scanned,
    receive_goods,
    return_unused_part,
    take_back_issue,
    take_out_old_part,
)
from remonta.supply.models import Requisition
from remonta.supply.workflow import RequisitionClash
from tests.cast import operation

ORDER, BIN, WHICH = st.integers(0, 2), st.integers(0, 2), st.integers(0, 30)
SERIAL, BATCH = st.sampled_from(["A", "B", "C", "D", "E"]), st.sampled_from(["old", "new"])
SOME = st.sets(SERIAL, min_size=1, max_size=3)
QUANTITY = st.sampled_from([500, 1000, 3000])
WAY = st.sampled_from(["place", "quarantine", "scrap"])
ONE = 1000


def more_goods(part: Any) -> tuple[Any, Any]:
    """A part by serial number and one by batch."""
    make = type(part).objects.create
    screen = make(number="SCR-1", name="Screen", sort_name="screen", tracking="serial")
    return screen, make(number="GLU-1", name="Glue", sort_name="glue", tracking="batch")


class ToldApart:
    """What a store does with pieces and batches. `pieces` says where each serial number is, `batches` how much of each
    lies where."""

    stage: Any
    shelves: Any
    states: list[str]

    def begin_told_apart(self) -> None:
        self.pieces: dict[str, int] = {}
        self.batches: Counter[tuple[str, int]] = Counter()
        self.issued: list[SimpleNamespace] = []
        self.apart = False

    def carry_piece(self, serial: str, source: int, target: int) -> None:
        self.pieces[serial] = target
        self.shelves.carry(source, target, self.stage.screen.pk, ONE)

    def carry_batch(self, code: str, source: int, target: int, quantity: int) -> None:
        self.batches[code, source] -= quantity
        self.batches[code, target] += quantity
        self.shelves.carry(source, target, self.stage.glue.pk, quantity)

    def wrong_piece(self, serials: Iterable[str], place: int) -> type[Exception] | None:
        """What a move of these pieces out of that place runs into; from outside, new ones come."""
        outside = place in (self.stage.supplier.pk, self.stage.customer.pk)
        unknown = any(serial not in self.pieces for serial in serials)
        if unknown and not outside:
            return NoSuchSerial
        return SerialElsewhere if any(self.pieces.get(serial, place) != place for serial in serials) else None

    @rule(serials=SOME, bin_=BIN)
    def receive_pieces(self, serials: set[str], bin_: int) -> None:
        stage, place = self.stage, self.stage.bins[bin_]
        line = Delivered(stage.screen.uid, place.uid, ONE * len(serials), which=Which(tuple(sorted(serials))))
        refusal = self.wrong_piece(serials, stage.supplier.pk)
        said = {"supplier": "Parts Ltd", "lines": [line]}
        if self.once(refusal, receive_goods, "stan", stage.cast.krakow.uid, **said) is not None:
            for serial in serials:
                self.carry_piece(serial, stage.supplier.pk, place.pk)

    @rule(code=BATCH, bin_=BIN, quantity=QUANTITY)
    def receive_batch(self, code: str, bin_: int, quantity: int) -> None:
        stage, place = self.stage, self.stage.bins[bin_]
        line = Delivered(stage.glue.uid, place.uid, quantity, which=Which(batch=code))
        self.once(None, receive_goods, "stan", stage.cast.krakow.uid, supplier="Parts Ltd", lines=[line])
        self.carry_batch(code, stage.supplier.pk, place.pk, quantity)

    @rule(order=ORDER, serial=SERIAL)
    def issue_piece(self, order: int, serial: str) -> None:
        """From where it lies; nobody else asks for screens."""
        stage, screen, there = self.stage, self.stage.screen, self.pieces.get(serial, 0)
        refusal: type[Exception] | None = OrderOver if self.states[order] == "closed" else None
        if refusal is None and there not in self.shelves.bins:
            other = self.shelves.fitting(screen.pk, ONE)
            refusal = NoneFree if other is None else self.wrong_piece([serial], other)
        asked = {"part_uid": screen.uid, "which": Which((serial,))}
        row = self.once(refusal, issue_scanned, "stan", stage.orders[order].uid, **asked)
        if row is not None:
            self.carry_piece(serial, there, stage.repairs[order].pk)
            self.issued.append(SimpleNamespace(pk=row.pk, order=order, serial=serial, bin=there, state="issued"))

    @precondition(lambda self: self.issued)
    @rule(which=WHICH, bin_=BIN, named=st.booleans())
    def give_piece_back(self, which: int, bin_: int, named: bool) -> None:
        one, place = self.issued[which % len(self.issued)], self.stage.bins[bin_]
        repair = self.stage.repairs[one.order].pk
        there = sum(1 for at in self.pieces.values() if at == repair)
        refusal: type[Exception] | None = RequisitionClash if one.state != "issued" else None
        if refusal is None:
            refusal = NotEnough if there == 0 else self.wrong_piece([one.serial], repair)
        said = {"place_uid": place.uid, "which": Which((one.serial,) if named or there != 1 else ())}
        if refusal is SerialElsewhere and not said["which"].serials:
            return
        row = Requisition.objects.get(pk=one.pk)
        if self.once(refusal, return_unused_part, "stan", row.uid, **said) is not None:
            self.carry_piece(one.serial, repair, place.pk)
            one.state = "returned"

    @precondition(lambda self: self.issued and self.issued[-1].state == "issued")
    @rule()
    def undo_last_issue(self) -> None:
        one = self.issued[-1]
        repair = self.stage.repairs[one.order].pk
        if self.states[one.order] == "closed" or self.pieces[one.serial] != repair:
            return
        row = Requisition.objects.get(pk=one.pk)
        moved_since = self.last is None or self.last[0] is not issue_scanned or self.last[4] != one.pk
        if moved_since:
            return
        self.once(None, take_back_issue, "stan", row.uid)
        self.carry_piece(one.serial, repair, one.bin)
        one.state = "returned"

    @rule(serial=SERIAL, start=BIN, end=BIN, way=WAY)
    def put_piece(self, serial: str, start: int, end: int, way: str) -> None:
        source, target = self.ends(start, end, way)
        enough = self.shelves.free(source.pk, self.stage.screen.pk) >= ONE
        refusal = self.wrong_piece([serial], source.pk) if enough else NotEnough
        if self.put_told(way, source, target, self.stage.screen, ONE, Which((serial,)), refusal):
            self.carry_piece(serial, source.pk, target.pk)

    @rule(code=BATCH, start=BIN, end=BIN, quantity=QUANTITY, way=WAY)
    def put_batch(self, code: str, start: int, end: int, quantity: int, way: str) -> None:
        source, target = self.ends(start, end, way)
        refusal: type[Exception] | None = None
        if self.shelves.free(source.pk, self.stage.glue.pk) < quantity:
            refusal = NotEnough
        elif not any(known == code for known, _place in self.batches):
            refusal = NoSuchBatch
        elif self.batches[code, source.pk] < quantity:
            refusal = NotEnoughOfBatch
        if self.put_told(way, source, target, self.stage.glue, quantity, Which(batch=code), refusal):
            self.carry_batch(code, source.pk, target.pk, quantity)

    def ends(self, start: int, end: int, way: str) -> tuple[Any, Any]:
        stage = self.stage
        return stage.bins[start], {"quarantine": stage.quarantine, "scrap": stage.scrap}.get(way, stage.bins[end])

    def put_told(
        self, way: str, source: Any, target: Any, part: Any, quantity: int, which: Which, refusal: Any
    ) -> bool:
        asked = {"quantity": quantity, "source_uid": source.uid, "which": which}
        if way == "place":
            asked["target_uid"] = target.uid
        command = {"quarantine": quarantine_part, "scrap": scrap_part}.get(way, place_part)
        refusal = AlreadyThere if source == target else refusal
        return self.once(refusal, command, "stan", part.pk, **asked) is not None

    @rule(order=ORDER, serial=SERIAL)
    def take_out_piece(self, order: int, serial: str) -> None:
        stage = self.stage
        refusal = self.wrong_piece([serial], stage.customer.pk)
        refusal = OrderOver if self.states[order] == "closed" else refusal
        old = {"part_uid": stage.screen.uid, "which": Which((serial,))}
        if self.once(refusal, take_out_old_part, "emil", stage.orders[order].uid, **old) is not None:
            self.carry_piece(serial, stage.customer.pk, stage.quarantine.pk)

    @rule(serials=SOME, bin_=BIN)
    def take_donor_apart(self, serials: set[str], bin_: int) -> None:
        """Screens of a unit that is nobody's, some of which we may have built in; a second time there is no unit."""
        stage, place = self.stage, self.stage.bins[bin_]
        free = all(self.pieces.get(serial, stage.customer.pk) == stage.customer.pk for serial in serials)
        refusal = NotHereYet if self.apart else None if free else SerialElsewhere
        which = Which(tuple(sorted(serials)))
        lines = [Salvaged(stage.screen.uid, place.uid, ONE * len(serials), which=which)]
        found = self.act(
            refusal, lambda: take_apart(stage.boss, stage.donor.uid, lines=lines, operation=operation(stage.cast))
        )
        if found is not None:
            self.apart = True
            for serial in serials:
                if serial in self.pieces:
                    self.carry_piece(serial, stage.customer.pk, stage.taken_from.pk)
                self.carry_piece(serial, stage.taken_from.pk, place.pk)

    @rule(bin_=BIN, found=st.sets(SERIAL, max_size=3), glue=st.sampled_from([0, 1000, 2500]))
    def count(self, bin_: int, found: set[str], glue: int) -> None:
        """Screens and old glue of a bin are counted; everything else there is found as the book has it."""
        place, stage = self.stage.bins[bin_], self.stage
        if any(one.bin == place.pk and one.state == "reserved" for one in self.shelves.asked):
            return
        repairs = {repair.pk for repair in stage.repairs}
        refusal = UnderWay if any(self.pieces.get(serial) in repairs for serial in found) else None
        self.act(refusal, lambda: self.count_all(place, found, glue))
        if refusal:
            return
        for serial in {serial for serial, at in self.pieces.items() if at == place.pk} - found:
            self.carry_piece(serial, place.pk, stage.difference.pk)
        for serial in found:
            if (source := self.pieces.get(serial, stage.difference.pk)) != place.pk:
                self.carry_piece(serial, source, place.pk)
        many = glue - self.batches["old", place.pk]
        self.carry_batch("old", stage.difference.pk, place.pk, many)
        self.batches["new", place.pk] += 0

    def count_all(self, place: Any, found: set[str], glue: int) -> None:
        stage, now = self.stage, lambda: operation(self.stage.cast)
        take = begin_stocktake(stage.cast.stan, stage.cast.krakow.uid, scope="zone", prefix=place.code, operation=now())
        row = open_count(stage.cast.emil, take.uid, place_uid=place.uid, operation=now())

        def scan(part: Any, quantity: int = ONE, **which: Any) -> None:
            asked = {"part_uid": part.uid, "quantity": quantity, "which": Which(**which), "instead": True}
            count_part(stage.cast.emil, row.uid, **asked, operation=now())

        for part in stage.parts:
            scan(part, self.shelves.amounts.get((place.pk, part.pk), 0))
        for serial in found:
            scan(stage.screen, serials=(serial,))
        scan(stage.glue, glue, batch="old")
        scan(stage.glue, self.batches["new", place.pk], batch="new")
        close_count(stage.cast.emil, row.uid, operation=now())
        finish_counting(stage.cast.stan, take.uid, operation=now())
        approve_stocktake(stage.boss, take.uid, operation=now())
        poster = stage.boss.trusted_with("stock.post_counts", "stock.move_units")
        while post_piece(poster, take.pk).state == "posting":
            pass

    def hand_told_over(self, order: int) -> None:
        repair, customer = self.stage.repairs[order].pk, self.stage.customer.pk
        for serial in [serial for serial, at in self.pieces.items() if at == repair]:
            self.carry_piece(serial, repair, customer)

    @invariant()
    def pieces_and_batches_are_where_the_model_says(self) -> None:
        inside = Piece.objects.exclude(place__kind="difference")
        assert dict(inside.values_list("serial", "place_id")) == {
            serial: at for serial, at in self.pieces.items() if at != self.stage.difference.pk
        }
        rows = LotBalance.objects.exclude(on_hand=0).values_list("lot__code", "place_id", "on_hand")
        kept = {(code, place): on_hand for code, place, on_hand in rows}
        assert kept == {key: amount for key, amount in self.batches.items() if amount}
        assert not Reservation.objects.filter(part=self.stage.screen, state="open").exists()
        screens = Balance.objects.filter(part=self.stage.screen, outside=False).values_list("place_id", "on_hand")
        held = Counter(self.pieces.values())
        assert all(on_hand == ONE * held[place] for place, on_hand in screens)
