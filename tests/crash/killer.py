"""Kills web or worker at random instants, and starts them again."""

import random
from collections import Counter
from dataclasses import dataclass, field
from threading import Event

from tests.crash.receivers import SLOWEST, Letters
from tests.live import Product

SOONEST, LATEST = 0.2, 3.0
SENDING, LONGEST = 0.7, 20.0
"""So often a worker is killed at a random instant of a send, which it else hardly ever is while it starts up."""


@dataclass
class Killer:
    """Kills so many times, then sets `over`; `over` set by somebody else ends it early."""

    product: Product
    letters: Letters
    kills: int
    chance: random.Random
    over: Event
    killed: Counter[str] = field(default_factory=Counter)

    def run(self) -> None:
        parts = [("web", "worker")[number % 2] for number in range(self.kills)]
        self.chance.shuffle(parts)
        try:
            for part in parts:
                if self.over.wait(self.chance.uniform(SOONEST, LATEST)):
                    return
                if part == "worker" and self.chance.random() < SENDING:
                    self._wait_for_a_send()
                self._kill(part)
        finally:
            self.over.set()

    def _wait_for_a_send(self) -> None:
        self.letters.arrived.clear()
        self.letters.arrived.wait(LONGEST)
        self.over.wait(self.chance.uniform(0, SLOWEST))

    def _kill(self, part: str) -> None:
        assert self.product.running[part].poll() is None, f"{part} ended by itself"
        self.product.kill(part)
        self.killed[part] += 1
        self.product.start(part)
