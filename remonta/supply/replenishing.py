"""When to order a part, and how much: from its forecast, the lead time and the service wanted. Plain arithmetic."""

from dataclasses import dataclass
from math import ceil, sqrt
from statistics import NormalDist

from remonta.supply.forecasting import Forecast

MONTH_DAYS = 30.4375
PIECE = 1000


@dataclass(frozen=True)
class Stand:
    """What there is of a part in a centre (thousandths): free on the shelves, on order, asked of purchasing; and what
    repairs wait for, `unordered` of it not ordered yet."""

    free: int = 0
    on_order: int = 0
    asked: int = 0
    wanted: int = 0
    unordered: int = 0

    @property
    def position(self) -> int:
        """What is left for others when all that is coming has come and all who wait are served."""
        return self.free + self.on_order + self.asked - self.wanted


@dataclass(frozen=True)
class Terms:
    """How a part is bought: days until it comes, days between two looks, days one order is to last; the share of months
    in which nobody shall wait (0–1); the smallest lot and its step (thousandths)."""

    lead_days: int
    review_days: int
    cover_days: int
    service: float
    minimum: int = PIECE
    multiple: int = PIECE

    def lot(self, wanted: int) -> int:
        return ceil(max(wanted, self.minimum) / self.multiple) * self.multiple


@dataclass(frozen=True)
class Level:
    """In thousandths: `safety` is the safety stock; at `point` it is time to order; `quantity` is what to
    order now, of which `stock` is beyond what waiting repairs have on the list already."""

    safety: int
    point: int
    quantity: int
    stock: int


def level(found: Forecast, stand: Stand, terms: Terms) -> Level:
    """Order when the position is at or below what the lead time and the time between two looks need, with safety stock
    for the error of the forecast; then up to what `cover_days` need beyond that, in the supplier's lots.

    What nobody has asked for needs no stock: then only waiting repairs count.
    """
    months = (terms.lead_days + terms.review_days) / MONTH_DAYS
    surprise = NormalDist().inv_cdf(terms.service) * found.error * sqrt(months) if found.mean else 0.0
    safety = _whole(max(surprise, 0.0))
    point = _whole(found.mean * months + max(surprise, 0.0))
    missing = point - stand.position
    due = stand.position <= point if point else stand.position < 0
    if not due:
        return Level(safety, point, 0, 0)
    target = point + _whole(found.mean * terms.cover_days / MONTH_DAYS)
    quantity = terms.lot(max(target - stand.position, missing))
    return Level(safety, point, quantity, max(quantity - stand.unordered, 0))


def _whole(pieces: float) -> int:
    """Thousandths of whole pieces, rounded up; a hundredth of a piece is nobody's need."""
    return ceil(round(pieces, 2)) * PIECE
