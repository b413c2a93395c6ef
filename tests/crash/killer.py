"""Kills web or worker at random instants, and starts them again."""

import random
from collections import Counter
from dataclasses import dataclass, field
from threading import Event

from tests.live import Product

SOONEST, LATEST = 0.2, 3.0


@dataclass
class Killer:
    """Kills so many times, then sets `over`; `over` set by somebody else ends it early."""

    product: Product
    kills: int
    chance: random.Random
    over: Event
    killed: Counter[str] = field(default_factory=Counter)

    def run(self) -> None:
        try:
            while self.killed.total() < self.kills and not self.over.wait(self.chance.uniform(SOONEST, LATEST)):
                part = self.chance.choice(("web", "worker"))
                self.product.kill(part)
                self.killed[part] += 1
                self.product.start(part)
        finally:
            self.over.set()
