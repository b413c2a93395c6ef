"""Writers queue for SQLite's one write lock, in their order; readers never do."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from itertools import groupby
from pathlib import Path
from threading import Event, Thread

import pytest
from django.db import IntegrityError, OperationalError, connections, transaction
from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite
from django.db.utils import ConnectionHandler

from remonta.spine.sqlite.queue import ThreadLine, queue_of
from remonta.spine.write_guard import WRITES, LooseWrite, loose_writes_refused

ROOT = Path(__file__).parents[3]
PAUSE = Event()


class House:
    """A database file of its own, opened under the alias `house` by every thread that asks."""

    def __init__(self, name, **options):
        self.name = str(name)
        database = {"ENGINE": "remonta.spine.sqlite", "NAME": name, "OPTIONS": options}
        connections.settings["house"] = ConnectionHandler({"default": database}).settings["default"]

    @property
    def connection(self):
        return connections["house"]

    @property
    def line(self):
        return queue_of(self.name, in_memory=False).line

    def atomic(self):
        return transaction.atomic(using="house")

    def run(self, sql, params=()):
        with self.connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall() if cursor.description else []

    def names(self):
        return [who for (who,) in self.run("SELECT who FROM visit ORDER BY id")]

    def visit(self, who):
        with self.atomic():
            self.run("INSERT INTO visit (who) VALUES (%s)", [who])

    def start(self, work, *args):
        """Work in a thread of its own, with a connection of its own."""

        def run():
            try:
                work(*args)
            finally:
                self.connection.close()

        thread = Thread(target=run, daemon=True)
        thread.start()
        return thread

    def wait_until_waiting(self, count):
        while len(self.line) < count:
            PAUSE.wait(0.002)


@pytest.fixture
def house(tmp_path, django_db_blocker):
    with django_db_blocker.unblock():
        house = House(tmp_path / "house.sqlite3", timeout=20)
        with house.atomic():
            house.run("CREATE TABLE visit (id integer PRIMARY KEY AUTOINCREMENT, who text UNIQUE)")
            house.run("CREATE TABLE gift (visit_id integer REFERENCES visit DEFERRABLE INITIALLY DEFERRED)")
        yield house
        house.connection.close()
        del connections["house"], connections.settings["house"]


def test_the_file_is_set_up_for_safety(house):
    def pragma(name):
        return house.run(f"PRAGMA {name}")[0][0]

    assert pragma("journal_mode") == "wal"
    assert pragma("synchronous") == 2
    assert pragma("foreign_keys") == pragma("recursive_triggers") == 1
    assert pragma("busy_timeout") == 20_000
    assert pragma("mmap_size") > 0


def test_replacing_a_row_asks_the_trigger_that_forbids_to_delete_it(house):
    with house.atomic():
        house.run("CREATE TRIGGER kept BEFORE DELETE ON visit BEGIN SELECT RAISE(ABORT, 'a book'); END")
    house.visit("anna")
    with pytest.raises(IntegrityError, match="a book"), house.atomic():
        house.run("INSERT OR REPLACE INTO visit (who) VALUES ('anna')")


def test_threads_write_in_the_order_they_came(house):
    with house.atomic():
        threads = []
        for number in range(12):
            threads.append(house.start(house.visit, f"{number:02}"))
            house.wait_until_waiting(number + 1)
    for thread in threads:
        thread.join()
    assert house.names() == [f"{number:02}" for number in range(12)]


def test_nobody_is_lost_when_many_threads_write_often(house):
    def visit_often(thread):
        for number in range(25):
            house.visit(f"{thread}-{number}")

    threads = [house.start(visit_often, thread) for thread in range(8)]
    for thread in threads:
        thread.join()
    assert len(house.names()) == 8 * 25
    assert len(house.line) == 0


VISITOR = """
import sys
from django.conf import settings
database = {"ENGINE": "remonta.spine.sqlite", "NAME": sys.argv[1]}
settings.configure(DATABASES={"default": database})
from django.db import connection, transaction
from threading import Thread
from time import sleep
def visit(thread):
    for number in range(int(sys.argv[3])):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO visit (who) VALUES (%s)", [f"{sys.argv[2]}-{thread}-{number}"])
            sleep(0.001)
    connection.close()
with connection.cursor() as cursor:
    cursor.execute("SELECT 1")
print("ready", flush=True)
sys.stdin.readline()
threads = [Thread(target=visit, args=[thread]) for thread in range(int(sys.argv[4]))]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""


def started(script, house, name, visits, threads):
    command = [sys.executable, "-c", script, house.name, name, str(visits), str(threads)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
    assert process.stdout.readline() == b"ready\n"
    return process


def go(process):
    process.stdin.write(b"\n")
    process.stdin.flush()


def test_processes_take_turns_however_many_threads_each_has(house):
    """While both still write, none gets in many times running; where writers sleep and try again, one gets in all."""
    visitors = [started(VISITOR, house, "crowd", 15, 8), started(VISITOR, house, "single", 60, 1)]
    for process in visitors:
        go(process)
    for process in visitors:
        process.communicate()
        assert process.returncode == 0
    who = [name.partition("-")[0] for name in house.names()]
    assert (who.count("crowd"), who.count("single")) == (15 * 8, 60)
    first, last = {}, {}
    for place, name in enumerate(who):
        first.setdefault(name, place)
        last[name] = place
    both = who[max(first.values()) : min(last.values())]
    assert max((len(list(visits)) for _name, visits in groupby(both)), default=len(who)) <= 20


HOLDER = VISITOR.replace(
    "for number in range",
    "transaction.atomic().__enter__(); print('in', flush=True); sys.stdin.read()\n    for number in range",
)


def test_a_killed_process_gives_its_turn_back(house):
    holder = started(HOLDER, house, "holder", 1, 1)
    go(holder)
    assert holder.stdout.readline() == b"in\n"
    patient = house.start(house.visit, "patient")
    patient.join(0.2)
    assert patient.is_alive()
    assert house.names() == []
    holder.kill()
    holder.communicate()
    patient.join()
    assert house.names() == ["patient"]


def test_a_forked_child_can_neither_use_nor_lose_the_place_of_its_parent(house):
    with house.atomic():
        house.run("INSERT INTO visit (who) VALUES ('parent')")
        child = os.fork()
        if child == 0:
            line = queue_of(house.name, in_memory=False).line
            house.connection._step_aside()
            os._exit(int(line.taken))
        assert os.waitpid(child, 0)[1] == 0
        assert house.line.taken
        stranger = started(VISITOR, house, "stranger", 1, 1)
        go(stranger)
        with pytest.raises(subprocess.TimeoutExpired):
            stranger.wait(0.3)
    stranger.communicate()
    assert house.names() == ["parent", "stranger-0-0"]


def test_readers_do_not_wait_for_a_writer(house):
    house.visit("anna")
    seen = []
    with house.atomic():
        house.run("INSERT INTO visit (who) VALUES ('boris')")
        house.start(lambda: seen.extend(house.names())).join()
    assert seen == ["anna"]
    assert house.names() == ["anna", "boris"]


def test_atomic_waits_for_the_writer_even_when_it_only_reads(house):
    seen = []

    def look():
        with house.atomic():
            seen.extend(house.names())

    with house.atomic():
        reader = house.start(look)
        house.wait_until_waiting(1)
        house.run("INSERT INTO visit (who) VALUES ('anna')")
        assert seen == []
    reader.join()
    assert seen == ["anna"]


def test_who_waits_too_long_is_told_and_leaves_the_line(tmp_path, house):
    house.connection.settings_dict["OPTIONS"]["timeout"] = 0.1
    told = []

    def give_up():
        try:
            house.visit("impatient")
        except OperationalError as error:
            told.append(str(error))

    with house.atomic():
        house.start(give_up).join()
    house.visit("next")
    assert told == ["database is locked: another write has not ended within 0.1 seconds"]
    assert house.names() == ["next"]


def test_the_place_is_given_back_whatever_ends_the_transaction(house):
    def fail_inside():
        with house.atomic():
            house.run("INSERT INTO visit (who) VALUES ('lost')")
            raise KeyError

    def fail_at_commit():
        with house.atomic():
            house.run("INSERT INTO gift (visit_id) VALUES (404)")

    def close_inside():
        with house.atomic():
            house.connection.close()

    def fail_at_begin():
        house.connection.close()
        house.connection.settings_dict["NAME"] = "/nowhere/at/all"
        with house.atomic():
            pass

    for ending, error in ((fail_inside, KeyError), (fail_at_commit, IntegrityError), (fail_at_begin, OperationalError)):
        with pytest.raises(error):
            ending()
        house.connection.settings_dict["NAME"] = house.name
        assert not house.line.taken
    close_inside()
    house.visit("after all")
    assert house.names() == ["after all"]


def test_an_interrupted_commit_gives_the_place_back(house, monkeypatch):
    def interrupted(_connection):
        raise KeyboardInterrupt

    monkeypatch.setattr(SQLite, "_commit", interrupted)
    with pytest.raises(KeyboardInterrupt), house.atomic():
        house.run("INSERT INTO visit (who) VALUES ('anna')")
    assert not house.line.taken


def test_savepoints_nest_inside_one_place(house):
    with house.atomic():
        house.run("INSERT INTO visit (who) VALUES ('kept')")
        with pytest.raises(IntegrityError), house.atomic():
            house.run("INSERT INTO visit (who) VALUES ('lost'), ('kept')")
        assert house.line.taken
        with house.atomic():
            house.run("INSERT INTO visit (who) VALUES ('kept too')")
    assert house.names() == ["kept", "kept too"]


def test_a_statement_outside_atomic_waits_in_the_same_line(house, settings):
    settings.REFUSE_WRITES_OUTSIDE_ATOMIC = False
    with house.atomic():
        loose = house.start(house.run, "INSERT INTO visit (who) VALUES ('loose')")
        house.wait_until_waiting(1)
        house.run("INSERT INTO visit (who) VALUES ('first')")
    loose.join()
    assert house.names() == ["first", "loose"]


def test_a_write_outside_atomic_can_be_refused_and_changes_nothing(house, settings):
    settings.REFUSE_WRITES_OUTSIDE_ATOMIC = True
    house.visit("anna")
    for statement in (
        "INSERT INTO visit (who) VALUES ('x')",
        "update visit set who = 'x'",
        "/* by hand */ DELETE FROM visit",
    ):
        with pytest.raises(LooseWrite, match="writes outside"):
            house.run(statement)
    assert house.names() == ["anna"]


def test_a_strict_check_looks_through_the_transaction_of_the_test_itself(house):
    whole_test = transaction.atomic(using="house")
    whole_test._from_testcase = True
    with whole_test:
        house.run("INSERT INTO visit (who) VALUES ('by the test')")
        with loose_writes_refused():
            house.visit("by a command")
            with pytest.raises(LooseWrite):
                house.run("DELETE FROM visit")
    assert house.names() == ["by the test", "by a command"]


@pytest.mark.django_db
def test_the_database_in_use_is_guarded_whichever_it_is():
    with loose_writes_refused(), connections["default"].cursor() as cursor:
        cursor.execute("SELECT 1")
        with pytest.raises(LooseWrite):
            cursor.execute("DELETE FROM django_session")


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT 'DELETE FROM visit'",
        "WITH a AS (SELECT 1) SELECT * FROM a",
        "PRAGMA optimize",
        "SAVEPOINT s",
        "BEGIN IMMEDIATE",
    ],
)
def test_what_only_reads_is_not_taken_for_a_write(statement):
    assert not WRITES.match(statement)


def test_a_database_in_memory_needs_no_files(tmp_path, django_db_blocker, house, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())
    name = "file:house?mode=memory&cache=shared"
    memory = ConnectionHandler({"default": {"ENGINE": "remonta.spine.sqlite", "NAME": name}})
    with closing(sqlite3.connect(name, uri=True)):
        connections.settings["memory"] = memory.settings["default"]
        with transaction.atomic(using="memory"), connections["memory"].cursor() as cursor:
            cursor.execute("CREATE TABLE visit (who text)")
            assert queue_of(name, in_memory=True).line.taken
        assert not queue_of(name, in_memory=True).line.taken
        connections["memory"].connection.close()
        del connections["memory"], connections.settings["memory"]
    assert set(tmp_path.iterdir()) == before


def test_a_place_handed_over_to_who_just_left_is_not_lost():
    line = ThreadLine()
    assert line.enter(1)
    assert line.enter(0.01) is False
    line.leave()
    assert line.enter(0.01)
