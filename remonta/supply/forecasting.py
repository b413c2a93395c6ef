"""How much of a part is needed in a month: forecasts for demand that comes now and then, as spare parts' does.

Croston, “Forecasting and stock control for intermittent demands”, Operational Research Quarterly 23 (1972);
Syntetos and Boylan, “The accuracy of intermittent demand estimates”, Int. Journal of Forecasting 21 (2005): SBA;
Teunter, Syntetos and Babai, “Intermittent demand: linking forecasting to inventory obsolescence”, EJOR 214 (2011): TSB.
The bound between even and intermittent demand is that of Syntetos, Boylan and Croston, JORS 56 (2005).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, pstdev

ALPHA = 0.1
EVEN = 1.32  # months from one demand to the next up to which a part is asked for all the time
FEW = 3  # demands below which there is nothing to smooth
NONE, AVERAGE, SMOOTHED, SBA, TSB = "none", "average", "smoothed", "sba", "tsb"


@dataclass(frozen=True)
class Forecast:
    """What a month needs on average, and by how much months differ from what was forecast for them (root mean square).
    `months` is how long the history is, `demands` in how many months of it there was any."""

    method: str
    mean: float = 0.0
    error: float = 0.0
    months: int = 0
    demands: int = 0


def forecast(history: Sequence[float]) -> Forecast:
    """The forecast for the months to come, from what each past month needed, the oldest first; none is below zero.

    Few demands are averaged. What is asked for nearly every month is smoothed; what has not been asked for much longer
    than usual fades (TSB); all else is intermittent (SBA). Before its first demand a part counts one usual pause.
    """
    demand = [max(one, 0.0) for one in history]
    demands = sum(1 for one in demand if one)
    if not demands:
        return Forecast(NONE, months=len(demand))
    if demands < FEW:
        return Forecast(AVERAGE, fmean(demand), pstdev(demand), len(demand), demands)
    demand = _begun(demand, demands)
    pause = len(demand) / demands
    since = next(at for at, one in enumerate(reversed(demand)) if one)
    if since > 2 * pause:
        method, (mean, fitted) = TSB, tsb(demand)
    elif pause < EVEN:
        method, (mean, fitted) = SMOOTHED, smoothed(demand)
    else:
        method, (mean, fitted) = SBA, croston(demand, debias=True)
    first = next(at for at, one in enumerate(demand) if one) + 1
    errors = [(one - said) ** 2 for one, said in zip(demand[first:], fitted[first:], strict=True)]
    return Forecast(method, mean, sqrt(fmean(errors)) if errors else pstdev(demand), len(demand), demands)


def smoothed(values: Sequence[float], alpha: float = ALPHA) -> tuple[float, list[float]]:
    """Simple exponential smoothing from the first value on: the next value, and what each one was forecast to be."""
    level, fitted = values[0], [values[0]]
    for value in values[:-1]:
        level += alpha * (value - level)
        fitted.append(level)
    return level + alpha * (values[-1] - level), fitted


def croston(demand: Sequence[float], alpha: float = ALPHA, *, debias: bool = False) -> tuple[float, list[float]]:
    """Croston’s method: size and pause are smoothed apart, at each demand. `debias` is the correction of Syntetos and
    Boylan. The demand for the next month, and what was forecast for each; there is at least one demand."""
    size = pause = 0.0
    waited, fitted, share = 0, [], 1 - alpha / 2 if debias else 1.0
    for value in demand:
        fitted.append(share * size / pause if pause else 0.0)
        waited += 1
        if value:
            size = value if not pause else size + alpha * (value - size)
            pause = waited if not pause else pause + alpha * (waited - pause)
            waited = 0
    return share * size / pause, fitted


def tsb(demand: Sequence[float], alpha: float = ALPHA, beta: float = ALPHA) -> tuple[float, list[float]]:
    """The method of Teunter, Syntetos and Babai: the chance of a demand is smoothed each month, its size at each
    demand, so that what nobody asks for any more fades. The next month, and what was forecast for each."""
    chance, fitted_chance = smoothed([1.0 if value else 0.0 for value in demand], beta)
    size, fitted = 0.0, []
    for value, likely in zip(demand, fitted_chance, strict=True):
        fitted.append(likely * size)
        if value:
            size = value if not size else size + alpha * (value - size)
    return chance * size, fitted


def _begun(demand: list[float], demands: int) -> list[float]:
    """The history from one usual pause before its first demand on."""
    first = next(at for at, one in enumerate(demand) if one)
    usual = round((len(demand) - first) / demands)
    return demand[max(first - max(usual - 1, 0), 0) :]
