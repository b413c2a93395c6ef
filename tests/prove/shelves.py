"""The plain model of a store: how much lies in which bin, what is set aside for whom, where each unit stands."""

from dataclasses import dataclass, field

Key = tuple[int, int]


@dataclass
class Asked:
    """What the model knows of a requisition; `bin` while it is set aside."""

    order: int
    part: int
    quantity: int
    state: str
    bin: int | None = None
    pk: int = 0


@dataclass
class Shelves:
    """Bins of one centre and everything outside them, in plain numbers."""

    bins: tuple[int, ...]
    amounts: dict[Key, int] = field(default_factory=dict)
    kept: dict[Key, int] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def free(self, bin_: int, part: int) -> int:
        return self.amounts.get((bin_, part), 0) - self.kept.get((bin_, part), 0)

    def carry(self, source: int, target: int, part: int, quantity: int) -> None:
        """What leaves one place arrives at another."""
        self.amounts[source, part] = self.amounts.get((source, part), 0) - quantity
        self.amounts[target, part] = self.amounts.get((target, part), 0) + quantity

    def keep(self, bin_: int, part: int, quantity: int) -> None:
        self.kept[bin_, part] = self.kept.get((bin_, part), 0) + quantity

    def fitting(self, part: int, quantity: int) -> int | None:
        """The bin with the least that has enough."""
        enough = [bin_ for bin_ in self.bins if self.free(bin_, part) >= quantity]
        return min(enough, key=lambda bin_: (self.free(bin_, part), bin_)) if enough else None

    def ask(self, order: int, part: int, quantity: int) -> list[Asked]:
        """From one bin if one has enough, else from the fullest on; what is missing is wanted."""
        made = []
        if (one := self.fitting(part, quantity)) is not None:
            made.append(self.set_aside(Asked(order, part, quantity, "reserved"), one))
        else:
            for bin_ in sorted(self.bins, key=lambda each: (self.free(each, part), each), reverse=True):
                taken = min(self.free(bin_, part), quantity)
                if taken > 0:
                    made.append(self.set_aside(Asked(order, part, taken, "reserved"), bin_))
                    quantity -= taken
            if quantity:
                made.append(Asked(order, part, quantity, "wanted"))
        self.asked += made
        return made

    def set_aside(self, asked: Asked, bin_: int) -> Asked:
        asked.state, asked.bin = "reserved", bin_
        self.keep(bin_, asked.part, asked.quantity)
        return asked

    def serve(self, *parts: int) -> None:
        """Whoever waited longest comes first; who needs more than any bin has lets others pass."""
        for each in self.asked:
            if each.state == "wanted" and each.part in parts:
                found = self.fitting(each.part, each.quantity)
                if found is not None:
                    self.set_aside(each, found)

    def let_go(self, asked: Asked) -> None:
        if asked.state == "reserved" and asked.bin is not None:
            self.keep(asked.bin, asked.part, -asked.quantity)

    def issue(self, asked: Asked, bin_: int, repair: int) -> None:
        self.let_go(asked)
        self.carry(bin_, repair, asked.part, asked.quantity)
        asked.state, asked.bin = "issued", bin_

    def end_order(self, order: int) -> None:
        """Nothing is asked for any more."""
        for each in self.asked:
            if each.order == order and each.state in ("reserved", "wanted"):
                self.let_go(each)
                each.state = "cancelled"
