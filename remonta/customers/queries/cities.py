"""Where a city lies, and which centre is nearest to it: from an offline table, without asking anybody outside."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Protocol, TypeVar

from django.conf import settings

from remonta.kernel.texts import clean, normal

EARTH_KM = 6371.0088
LAST = "\U0010ffff"
BY_NAME = """SELECT c.id, c.name, c.country, c.latitude, c.longitude, c.zone, max(n.folded IN (:a, :b)) AS whole
FROM city_name n JOIN city c ON c.id = n.city_id
WHERE ((n.folded >= :a AND n.folded < :a_end) OR (n.folded >= :b AND n.folded < :b_end)) AND :country IN ('', c.country)
GROUP BY c.id ORDER BY whole DESC, c.population DESC, c.id LIMIT :limit"""


@dataclass(frozen=True)
class City:
    """A place of the offline table; `country` is ISO 3166, `zone` IANA."""

    id: int
    name: str
    country: str
    latitude: float
    longitude: float
    zone: str


class Lies(Protocol):
    """Anything with a place on the map, or none."""

    @property
    def latitude(self) -> float | None: ...
    @property
    def longitude(self) -> float | None: ...


L = TypeVar("L", bound=Lies)


def find_city(text: str, country: str | None = None, limit: int = 8) -> tuple[City, ...]:
    """Cities whose name begins so, in Latin, Cyrillic or Chinese writing: whole names first, then the biggest.

    No statement in the database; nothing when the table was not made at set-up.
    """
    wanted = clean(text).split(",")[0].strip().casefold()
    if len(wanted) < (1 if wanted > "\u2e80" else 2):
        return ()
    return _found(wanted, normal(wanted), country or "", limit)


def kilometres(from_: tuple[float, float], to: tuple[float, float]) -> float:
    """The great-circle distance between two points given as (latitude, longitude) in degrees."""
    (lat, lon), (other_lat, other_lon) = ((radians(a), radians(b)) for a, b in (from_, to))
    half = sin((other_lat - lat) / 2) ** 2 + cos(lat) * cos(other_lat) * sin((other_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


def nearest_centres(
    place: str | tuple[float, float] | City, centres: Iterable[L], limit: int = 3
) -> list[tuple[L, float]]:
    """The centres nearest to a city's name, a city or a point, each with its distance in kilometres.

    Centres without a place on the map are left out; an unknown city gives nothing. No statement.
    """
    point = _point_of(place)
    if point is None:
        return []
    placed = [(one, (one.latitude, one.longitude)) for one in centres]
    far = [(one, kilometres(point, (at[0], at[1]))) for one, at in placed if at[0] is not None and at[1] is not None]
    return sorted(far, key=lambda pair: pair[1])[:limit]


def _point_of(place: str | tuple[float, float] | City) -> tuple[float, float] | None:
    if isinstance(place, tuple):
        return place
    city = place if isinstance(place, City) else next(iter(find_city(place, limit=1)), None)
    return (city.latitude, city.longitude) if city else None


@lru_cache(maxsize=512)
def _found(wanted: str, bare: str, country: str, limit: int) -> tuple[City, ...]:
    path = Path(settings.REMONTA_CITIES) / "cities.sqlite3"
    if not path.exists():
        return ()
    asked = {"a": wanted, "a_end": wanted + LAST, "b": bare, "b_end": bare + LAST, "country": country, "limit": limit}
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as table:
        return tuple(City(*row[:6]) for row in table.execute(BY_NAME, asked))
