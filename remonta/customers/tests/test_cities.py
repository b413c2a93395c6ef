"""The offline table of cities, and the nearest centre."""

import sqlite3
from types import SimpleNamespace

import pytest

from remonta.customers.queries import City, find_city, kilometres, nearest_centres
from remonta.customers.queries.cities import _found

CITIES = [
    (1, "Kraków", "Krakow", "PL", 50.06, 19.94, 755000, "Europe/Warsaw", ["kraków", "krakow", "краков", "克拉科夫"]),
    (2, "Krakow am See", "Krakow am See", "DE", 53.65, 12.27, 3500, "Europe/Berlin", ["krakow am see"]),
    (3, "Gdańsk", "Gdansk", "PL", 54.35, 18.65, 461000, "Europe/Warsaw", ["gdańsk", "gdansk", "гданьск"]),
]


@pytest.fixture(autouse=True)
def table(tmp_path, settings):
    settings.REMONTA_CITIES = tmp_path
    _found.cache_clear()
    with sqlite3.connect(tmp_path / "cities.sqlite3") as made:
        made.executescript(
            "CREATE TABLE city (id INTEGER PRIMARY KEY, name, ascii_name, country, latitude, longitude, population,"
            " zone);"
            "CREATE TABLE city_name (folded TEXT, city_id INTEGER, PRIMARY KEY (folded, city_id)) WITHOUT ROWID;"
        )
        made.executemany("INSERT INTO city VALUES (?, ?, ?, ?, ?, ?, ?, ?)", [row[:8] for row in CITIES])
        made.executemany("INSERT INTO city_name VALUES (?, ?)", [(name, row[0]) for row in CITIES for name in row[8]])
    made.close()
    yield
    _found.cache_clear()


@pytest.mark.parametrize("text", ["Kraków", "krakow", "KRAK", "Краков", "крак", "克拉", "Kraków, Polska"])
def test_a_city_is_found_in_any_writing(text):
    assert find_city(text)[0].name == "Kraków"


def test_the_country_narrows_and_little_text_finds_nothing():
    assert [city.name for city in find_city("krak", country="DE")] == ["Krakow am See"]
    assert find_city("k") == find_city("") == find_city("Atlantis") == ()


def test_without_a_table_nothing_is_found(tmp_path, settings):
    settings.REMONTA_CITIES = tmp_path / "nowhere"
    _found.cache_clear()
    assert find_city("Kraków") == ()


def test_the_nearest_centre_comes_first_with_its_distance():
    centres = [
        SimpleNamespace(name=name, latitude=lat, longitude=lon)
        for name, lat, lon in (("Gdańsk", 54.35, 18.65), ("Warszawa", 52.23, 21.01), ("nowhere", None, None))
    ]
    (first, far), (second, _further) = nearest_centres("краков", centres)
    assert (first.name, second.name) == ("Warszawa", "Gdańsk")
    assert far == pytest.approx(252, abs=5)
    assert nearest_centres("Atlantis", centres) == []
    assert nearest_centres((54.0, 18.6), centres, limit=1)[0][0].name == "Gdańsk"


def test_the_distance_between_kraków_and_gdańsk():
    city = City(1, "Kraków", "PL", 50.06, 19.94, "Europe/Warsaw")
    assert kilometres((city.latitude, city.longitude), (54.35, 18.65)) == pytest.approx(486, abs=5)
