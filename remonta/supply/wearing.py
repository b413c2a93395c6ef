"""Which parts units in the field will need: what units of a model have needed at each age, and how old they are now.

A part's need at an age is what was used at that age for each unit and year, drawn towards what the model needs at any
age where few units have been so old: the mean of a gamma–Poisson model with a prior of PRIOR unit-years. And
where few units of a model are known at all, or for a short time, that is drawn towards none.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

OLDEST = 10  # years; whatever is older wears like that
PRIOR = 12.0
YEAR = 12

Ages = Mapping[tuple[int, int], float]  # (model, years old) → unit-years
Used = Mapping[tuple[int, int, int], float]  # (model, part, years old) → pieces


@dataclass(frozen=True)
class Cohort:
    """Units of a model that went into the field in the same month, counted from the year 0."""

    product_id: int
    began: int
    units: int


def month_of(year: int, month: int) -> int:
    """A month as a number that goes on from year to year."""
    return year * YEAR + month - 1


def age_at(began: int, month: int) -> int:
    """Whole years in the field, OLDEST at most."""
    return min(max(month - began, 0) // YEAR, OLDEST)


def ages_between(cohorts: Iterable[Cohort], first: int, until: int) -> dict[tuple[int, int], float]:
    """How many unit-years of each model and age there are in the months from `first` to before `until`."""
    found: dict[tuple[int, int], float] = defaultdict(float)
    for one in cohorts:
        for month in range(max(first, one.began), until):
            found[one.product_id, age_at(one.began, month)] += one.units / YEAR
    return dict(found)


def needs(past: Ages, used: Used, coming: Ages) -> dict[tuple[int, int], float]:
    """How many pieces of each part each model needs: (model, part) → pieces, for the unit-years that are coming."""
    lived: dict[int, float] = defaultdict(float)
    for (product, _age), years in past.items():
        lived[product] += years
    ever: dict[tuple[int, int], float] = defaultdict(float)
    for (product, part, _age), pieces in used.items():
        ever[product, part] += pieces
    ahead: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for (product, age), years in coming.items():
        ahead[product].append((age, years))
    return {
        (product, part): sum(
            years
            * (used.get((product, part, age), 0.0) + PRIOR * pieces / (lived[product] + PRIOR))
            / (past.get((product, age), 0.0) + PRIOR)
            for age, years in ahead[product]
        )
        for (product, part), pieces in ever.items()
        if lived[product]
    }
