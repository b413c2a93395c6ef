"""Measures the search at size on an empty database: `DATABASE_URL=… python -m tools.measure_search --entries 1000000`.

Invented orders, customers and units with serials, phones and names, 2 % of them open; each kind of question 300 times.
"""

import argparse
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remonta.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from remonta.kernel.actor import EVERYWHERE, Actor  # noqa: E402
from remonta.spine.commands.search import Findable, _entry, index_entry  # noqa: E402
from remonta.spine.models import SearchEntry, SearchPhone, SearchWord  # noqa: E402
from remonta.spine.queries import find, search_kind  # noqa: E402
from remonta.spine.search_index import INDEX, TABLE, index_search  # noqa: E402
from remonta.spine.search_text import variants, words_of  # noqa: E402

FIRST = [
    "Anna",
    "Jan",
    "Piotr",
    "Maria",
    "Katarzyna",
    "Olga",
    "Иван",
    "Мария",
    "Юлия",
    "伟",
    "芳",
    "秀英",
    "Lukas",
    "Sofie",
]
MODELS = [
    "Samsung Galaxy S21",
    "iPhone 13 Pro",
    "Bosch Serie 4",
    "Dyson V11",
    "LG OLED55",
    "Xiaomi Mi 11",
    "Acer Swift",
]
ENDINGS = ("ski", "ska", "wicz", "czyk", "ov", "ova", "son", "ak")
SYLLABLES = ("ko", "wa", "no", "mar", "zie", "lin", "du", "bra", "pe", "tro", "ha", "ju", "gor", "sta", "wi", "kle")
CENTRES, BATCH, CALLS = 40, 5_000, 300


def surname(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.choice((2, 3)))) + chance.choice(ENDINGS)


def things(many: int, chance: random.Random) -> Iterator[Findable]:
    for number in range(many):
        serial = "".join(chance.choices("0123456789", k=15)) if number % 2 else f"SN{chance.getrandbits(40):010X}"
        name = f"{chance.choice(FIRST)} {surname(chance)}"
        phone = f"+48{chance.randrange(500_000_000, 900_000_000)}"
        yield Findable(
            kind="order",
            subject_id=number,
            uid=UUID(int=chance.getrandbits(128)),
            title=f"KRK-{number:07}",
            centre_id=1 + chance.randrange(CENTRES),
            hint=f"{serial} · {name}",
            words=[chance.choice(MODELS), serial],
            phones=[phone],
            exact=f"KRK-{number:07}",
            names=[name],
            open=chance.random() < 0.02,
        )


def fill(many: int, chance: random.Random) -> None:
    """Entries first, the text index last: as a bulk load would do it."""
    with connection.cursor() as cursor:
        for what in ("TABLE",) if connection.vendor == "sqlite" else ("INDEX",):
            cursor.execute(f"DROP {what} IF EXISTS {INDEX}")
        for part in ("added", "gone", "changed") if connection.vendor == "sqlite" else ():
            cursor.execute(f"DROP TRIGGER IF EXISTS {INDEX}_{part}")
    batch: list[Findable] = []
    known: set[str] = set()
    for thing in things(many, chance):
        batch.append(thing)
        if len(batch) == BATCH:
            put(batch, known)
            batch = []
    put(batch, known)
    index_search()
    with connection.cursor() as cursor:
        for table in (TABLE, "spine_searchphone", "spine_searchword"):
            cursor.execute(f"ANALYZE {table}")


def put(batch: list[Findable], known: set[str]) -> None:
    names = {part for thing in batch for name in thing.names for part in words_of(name) if len(part) > 2} - known
    known |= names
    with transaction.atomic():
        entries = SearchEntry.objects.bulk_create([_entry(thing) for thing in batch])
        numbers = [number[:0:-1] for thing in batch for number in thing.phones]
        pairs = zip(entries, numbers, strict=True)
        SearchPhone.objects.bulk_create([SearchPhone(entry=entry, reversed_digits=tail) for entry, tail in pairs])
        SearchWord.objects.bulk_create(SearchWord(word=name, variant=form) for name in names for form in variants(name))


def questions() -> dict[str, Callable[[Findable], str]]:
    return {
        "serial part, 8 characters": lambda thing: serial(thing)[2:10],
        "whole serial": serial,
        "phone tail, 7 digits": lambda thing: phone(thing)[-7:],
        "phone tail, 4 digits": lambda thing: phone(thing)[-4:],
        "order number": lambda thing: thing.exact,
        "name": name,
        "name, mistyped": lambda thing: name(thing)[:-2] + name(thing)[-1],
        "common model": model,
        "common model and serial part": lambda thing: f"{model(thing)} {serial(thing)[-6:]}",
        "three characters": lambda thing: serial(thing)[4:7],
        "nothing there": lambda thing: f"zzq{serial(thing)[3:9]}",
    }


def model(thing: Findable) -> str:
    return next(iter(thing.words))


def serial(thing: Findable) -> str:
    return [*thing.words][1]


def phone(thing: Findable) -> str:
    return next(iter(thing.phones))


def name(thing: Findable) -> str:
    return next(iter(thing.names))


def measure(actor: Actor, ask: Callable[[Findable], str], sample: list[Findable]) -> tuple[float, float, float]:
    """Median, 95th percentile and worst, in milliseconds, of different questions."""
    took = []
    for thing in (sample * CALLS)[:CALLS]:
        started = time.perf_counter()
        find(actor, ask(thing))
        took.append((time.perf_counter() - started) * 1000)
    return statistics.median(took), statistics.quantiles(took, n=20)[-1], max(took)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=1_000_000)
    many = parser.parse_args().entries
    call_command("migrate", verbosity=0)
    if not SearchEntry.objects.exists():
        started = time.perf_counter()
        fill(many, random.Random(7))
        print(f"filled in {time.perf_counter() - started:.0f} s")
    sample = [thing for thing in things(many, random.Random(7)) if thing.subject_id % (many // CALLS) == 5]
    print(f"{connection.vendor}, {SearchEntry.objects.count():,} entries")
    search_kind("order", "orders.see")
    network = Actor("account:1", 1, frozenset({(EVERYWHERE, "orders.see")}), None)  # type: ignore[arg-type]
    partner = Actor("account:2", 2, frozenset({(7, "orders.see")}), None)  # type: ignore[arg-type]
    for whose, actor in (("whole network", network), ("one centre of 40", partner)):
        print(f"\n{whose:<32}{'median':>9}{'p95':>9}{'worst':>9}  ms")
        for label, ask in questions().items():
            median, p95, worst = measure(actor, ask, sample)
            print(f"{label:<32}{median:9.2f}{p95:9.2f}{worst:9.2f}", flush=True)
    print(f"\n{'one entry written':<32}{statistics.median(writes(random.Random(8))):9.2f}")


def writes(chance: random.Random) -> list[float]:
    took = []
    for thing in things(CALLS, chance):
        started = time.perf_counter()
        with transaction.atomic():
            index_entry(**{**vars(thing), "subject_id": 10**9 + thing.subject_id})
        took.append((time.perf_counter() - started) * 1000)
    return took


if __name__ == "__main__":
    main()
