"""Finding: by number, serial, phone and name, in any case and script, forgiving, and never beyond one's rights."""

import pytest
from django.db import connection, transaction

from remonta.kernel.actor import EVERYWHERE, Actor
from remonta.kernel.ids import uuid7
from remonta.spine.commands import Findable, forget_entry, index_entries, index_entry, move_entry
from remonta.spine.models import SearchEntry, SearchPhone
from remonta.spine.queries import find, search_kind, search_sql
from remonta.spine.queries import search as search_module
from remonta.spine.search_index import merge_index
from remonta.spine.search_text import asked


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    monkeypatch.setattr(search_module, "KINDS", {})
    search_kind("order", "orders.see")
    search_kind("person", "people.see")


def who(*rights):
    return Actor("account:1", 1, frozenset(rights), None)


BOSS = who((EVERYWHERE, "orders.see"), (EVERYWHERE, "people.see"))


def put(number, kind="order", **values):
    about = {"uid": uuid7(), "centre_id": 1, "title": f"T{number}", **values}
    index_entry(kind, number, **about)


def found(text, actor=BOSS, **how):
    return [hit.subject_id for hit in find(actor, text, **how)]


@pytest.mark.parametrize(
    "typed",
    [
        "KRK-000123",
        "krk 000123",
        "krk000123",
        "000123",
        "K-000",
        "123",
        "Samsung",
        "GALAXY s21",
        "352099",
        "176148",
        "35-209900-176148-1",
        "35 209900 176148 1",
        "Nowak",
        "łukasz",
        "LUKASZ",
        "nowak 352099",
        "s21",
    ],
)
@pytest.mark.django_db
def test_what_finds_an_order(typed):
    put(1, exact="KRK-000123", words=["Samsung Galaxy S21", "35 209900 176148 1"], names=["Łukasz Nowak"])
    put(2, exact="GDA-999999", words=["Nokia 3310", "AA77"], names=["Ola Kot"])
    assert found(typed) == [1]


@pytest.mark.parametrize("typed", ["", "  ", "%", "_", "'", '"', "%%%", "x", "zzzz", "nowak nokia", "\x00", "qxz AND"])
@pytest.mark.django_db
def test_what_finds_nothing(typed):
    put(1, exact="KRK-000123", words=["Samsung"], names=["Łukasz Nowak"])
    put(2, words=["Nokia"])
    assert found(typed) == []


@pytest.mark.parametrize("typed", ["4567", "34567", "601 234 567", "+48 601-234-567", "0048601234567", "(48)601234567"])
@pytest.mark.django_db
def test_a_phone_is_found_by_its_end(typed):
    put(1, phones=["+48601234567", "+48121111111"])
    put(2, phones=["+48456712345"])
    assert found(typed) == [1]


@pytest.mark.parametrize("typed", ["567", "6012", "+4860123"])
@pytest.mark.django_db
def test_a_phone_is_not_found_by_less_or_by_its_middle(typed):
    put(1, phones=["+48601234567"])
    assert found(typed) == []


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Иванова", "Мария Иванова"),
        ("ИВАНОВА мар", "Мария Иванова"),
        ("ковалёв", "Ковалев"),
        ("李明", "李明"),
        ("小明", "王小明"),
        ("王小明", "王小明"),
        ("Żółć", "zolc"),
        ("muller", "Müller"),
        ("Li", "Li Wei"),
        ("ян", "Ян Ян"),
    ],
)
@pytest.mark.django_db
def test_names_in_every_script(typed, name):
    put(1, names=[name])
    put(2, names=["Somebody Else", "Кто То", "张伟"])
    assert found(typed) == [1]


@pytest.mark.parametrize("typed", ["Kowaslki", "Kowalki", "Kowlski", "Koowalski", "Lowalski", "kowalsky anna"])
@pytest.mark.django_db
def test_one_mistake_a_word_is_forgiven_in_names(typed):
    put(1, names=["Anna Kowalski"], words=["Dysk twardy"])
    put(2, names=["Anna Kowalska"])
    put(3, names=["Jan Brzęczyszczykiewicz"])
    hits = found(typed)
    assert 1 in hits or 2 in hits
    assert 3 not in hits


@pytest.mark.parametrize("typed", ["Kwlsk", "Nowa Kowlskx", "Dysc"])
@pytest.mark.django_db
def test_two_mistakes_and_other_words_are_not_forgiven(typed):
    put(1, names=["Anna Kowalski"], words=["Dysk"])
    assert found(typed) == []


@pytest.mark.django_db
def test_short_terms_answer_only_by_the_beginning_of_a_number():
    put(1, exact="A1-07", words=["something with a1 inside"])
    put(2, exact="B2", words=["xa1"])
    assert (found("a"), found("A1"), found("b2")) == ([1], [1], [2])


@pytest.mark.django_db
def test_its_number_first_then_open_things_then_the_newest():
    put(1, words=["7788"], open=False)
    put(2, words=["7788"])
    put(3, words=["x7788x"], open=False)
    put(4, words=["77889"])
    put(5, exact="7788", open=False)
    assert found("7788") == [5, 4, 2, 3, 1]
    put(1, words=["7788"], open=True)
    assert found("7788") == [5, 4, 2, 1, 3]


@pytest.mark.django_db
def test_rights_stand_in_the_row():
    put(1, words=["galaxy"], centre_id=1)
    put(2, words=["galaxy"], centre_id=2)
    put(3, words=["galaxy"], centre_id=12)
    put(4, "person", words=["galaxy"], centre_id=0, phones=["+48601234567"], exact="G7")
    assert found("galaxy", who((1, "orders.see"))) == [1]
    assert found("galaxy", who((1, "orders.see"), (2, "orders.see"))) == [2, 1]
    assert found("galaxy", who((1, "orders.see"), (EVERYWHERE, "people.see"))) == [4, 1]
    for typed in ("galaxy", "601234567", "G7", "g"):
        assert found(typed, who((1, "people.see"))) == [], "the network's entries ask for the right in the network"
        assert found(typed, who((EVERYWHERE, "something.else"))) == []
    assert found("galaxy", kinds=["person"]) == [4]
    assert found("galaxy", kinds=[]) == []


@pytest.mark.django_db
def test_many_centres_are_searched_alike():
    for centre in range(1, 15):
        put(centre, words=["galaxy"], centre_id=centre)
    assert found("galaxy", who(*((centre, "orders.see") for centre in range(3, 14)))) == [*range(13, 2, -1)]


@pytest.mark.django_db
def test_a_thing_known_at_several_places_is_one_hit():
    for centre in (0, 1, 2):
        put(1, "person", names=["Zofia"], centre_id=centre)
    assert found("zofia") == [1]


@pytest.mark.django_db
def test_a_changed_thing_is_found_by_what_it_is_now():
    put(1, words=["oldserial"], phones=["+48601234567"], names=["Nowak"], exact="X-1")
    put(1, words=["newserial"], phones=["+48111222333"], names=["Kot"], exact="X-2")
    for typed in ("oldserial", "601234567", "nowak", "X-1"):
        assert found(typed) == []
    for typed in ("newserial", "111222333", "kot", "X-2"):
        assert found(typed) == [1]
    assert (SearchEntry.objects.count(), SearchPhone.objects.count()) == (1, 1)
    move_entry("order", 1, 2)
    put(1, words=["newserial"], centre_id=2)
    assert (found("newserial", who((1, "orders.see"))), found("newserial", who((2, "orders.see")))) == ([], [1])
    forget_entry("order", 1)
    assert found("newserial") == []


@pytest.mark.django_db
def test_many_at_once_and_common_words(monkeypatch):
    monkeypatch.setattr(search_sql, "MANY", 50)
    things = [
        Findable("order", n, uuid7(), f"T{n}", 1, words=["galaxy", f"sn{n:05}"], open=n > 115) for n in range(120)
    ]
    index_entries(things)
    assert found("galaxy") == [*range(119, 99, -1)]
    assert found("galaxy sn00007") == [7]
    monkeypatch.setattr(search_sql, "NEWEST", 3)
    assert len(found("galaxy")) == 20


@pytest.mark.django_db
def test_statements_are_few_and_fixed(django_assert_max_num_queries):
    index_entries(
        [Findable("order", n, uuid7(), "T", 1, words=[f"sn{n:05}"], names=["Anna Kowalska"]) for n in range(60)]
    )
    with django_assert_max_num_queries(3):
        assert found("sn00042") == [42]
    with django_assert_max_num_queries(4):
        assert found("6012345678") == []
    with django_assert_max_num_queries(9):
        assert len(found("kowlska")) == 20
    with django_assert_max_num_queries(5):
        put(99, words=["new"], names=["Anna Kowalska"], phones=["+48601234567"])
    with django_assert_max_num_queries(3):
        put(99, words=["new"], names=["Anna Kowalska"], phones=["+48601234567"])


@pytest.mark.django_db
def test_the_text_index_answers():
    put(1, words=["galaxy"])
    sql, params = "EXPLAIN SELECT id FROM spine_searchentry WHERE text LIKE %s", ["%galaxy%"]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            sql, params = (
                "EXPLAIN QUERY PLAN SELECT rowid FROM spine_search_fts WHERE spine_search_fts MATCH %s",
                ['"gal"'],
            )
        else:
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(sql, params)
        assert "spine_search_fts" in str(cursor.fetchall())


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL merges its index itself")
def test_the_text_index_is_made_one_piece():
    for number in range(1, 30):
        with transaction.atomic():
            put(number, words=[f"galaxy{number:03d}"])
    pieces = lambda: structure()[5]  # noqa: E731
    was = pieces()
    assert len([*merge_index()]) >= 1
    assert (was > 1, pieces()) == (True, 1)
    assert found("galaxy017") == [17]


def structure():
    """The record of FTS5 that says how many pieces there are: four bytes, the levels, the pieces."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT block FROM spine_search_fts_data WHERE id = 10")
        return bytes(cursor.fetchone()[0])


def test_what_was_typed_is_taken_apart():
    assert asked("+48 601 234 567").tail == "765432106"
    assert asked("Li 5").pieces == (" li",)
    assert asked("x").is_short
