"""Lists: keyset pages meet every row once, filters and orders stand in the address, files run nothing."""

import csv
import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import BadRequest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from remonta.customers.models import Customer
from remonta.desk.customers.views import CUSTOMERS
from remonta.identity.models import Account
from remonta.kernel.money import Money
from remonta.web import export
from remonta.web.export import as_file, harmless, on_paper, plain
from remonta.web.keyset import Order, piece_of
from remonta.web.models import SavedView

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NOON = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=timezone.get_fixed_timezone(0))


@pytest.fixture
def people(db):
    """Twelve customers, many of one name, made microseconds apart."""
    names = ["Beata", "Adam", "Beata", "Zenon", "Adam", "Beata"] * 2
    rows = [
        Customer(name=name, sort_name=name.lower(), created_at=NOON + timedelta(microseconds=at // 2))
        for at, name in enumerate(names)
    ]
    return Customer.objects.bulk_create(rows)


@pytest.fixture
def sign_in(cast):
    def make(name):
        client = Client()
        client.force_login(Account.objects.get(email=f"{name}@example.com"), BACKEND)
        return client

    return make


def contents(answer):
    whole = b"".join(answer.streaming_content)
    if answer.file_to_stream:  # the test client closes it with the answer
        answer.file_to_stream.close()
    return whole


def walked(order, size):
    met, after = [], ""
    while after is not None:
        piece = piece_of(Customer.objects.all(), order, after=after, size=size)
        met += [row.pk for row in piece.rows]
        after = piece.after
    return met


@pytest.mark.parametrize("size", [1, 2, 5, 12, 50])
@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("column", ["pk", "sort_name", "created_at"])
def test_every_row_is_met_once_in_order(people, column, descending, size):
    by = "-" if descending else ""
    expected = Customer.objects.order_by(f"{by}{column}", f"{by}pk").values_list("pk", flat=True)
    assert walked(Order(column, descending), size) == list(dict.fromkeys(expected))


@pytest.mark.parametrize("descending", [False, True])
def test_empty_values_come_last_either_way(people, descending):
    kept = people[3]
    for row in people[:7]:
        Customer.objects.filter(pk=row.pk).update(merged_into=kept)
    order = Order("merged_into__created_at", descending, nulls=True)
    met = walked(order, 2)
    assert sorted(met) == sorted(row.pk for row in people)
    assert set(met[:7]) == {row.pk for row in people[:7]}


@pytest.mark.parametrize("mark", ["nonsense", "e30", "WzEsIngiXQ", "W3sieCI6MX0sMV0", "bnVsbA"])
def test_a_mark_that_is_not_ours_is_refused(people, mark):
    with pytest.raises(BadRequest):
        piece_of(Customer.objects.all(), Order("sort_name"), after=mark)


@pytest.mark.parametrize("text", ["=1+1", "+SUM(A1)", "-2+3", "@cmd", "\t=1", "\r=1", "|x"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("value", ["Jan", "+48 601 234 567", "-12.5", "", 5, -3, Decimal("-2.5"), "a=b"])
def test_what_nothing_runs_stays_as_it_is(value):
    assert harmless(value) == value


def test_both_kinds_of_file_say_the_same(settings):
    settings.TIME_ZONE = "UTC"
    line = ["=x", None, Money(12345, "PLN"), NOON.replace(microsecond=0), date(2026, 1, 2), True, "Łódź 克拉科夫"]
    head = ["a", "b", "c", "d", "e", "f", "g"]
    text, book = (contents(as_file(kind, "x", head, [line])) for kind in ("csv", "xlsx"))
    assert text.startswith(b"\xef\xbb\xbf")
    first, second = csv.reader(io.StringIO(text.decode("utf-8-sig")))
    assert first == head
    assert second == ["'=x", "", "123.45", "2026-03-02 12:00", "2026-01-02", "1", "Łódź 克拉科夫"]
    [_head, row] = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert (row[0], row[2], row[6]) == ("=x", 123.45, "Łódź 克拉科夫")
    assert row[3] == datetime(2026, 3, 2, 12, 0)
    assert plain(None) == ""


def test_a_list_turns_its_order_and_keeps_filters_in_the_address(sign_in, people):
    rita = sign_in("rita")
    page = rita.get("/customers/", {"q": "a", "sort": "-name"}).content.decode()
    assert 'aria-sort="descending"' in page
    assert "?q=a&amp;sort=name" in page
    assert page.index("Beata") < page.index("Adam")
    assert "Zenon" not in page


def test_the_next_rows_come_as_a_fragment(sign_in, people, monkeypatch):

    monkeypatch.setattr("remonta.desk.customers.views.CUSTOMERS", replace(CUSTOMERS, size=5))
    rita = sign_in("rita")
    first = rita.get("/customers/")
    more = rita.get("/customers/" + first.context["next_url"], headers={"HX-Request": "true"})
    assert "<html" not in more.content.decode()
    assert more.content.decode().count("<tr data-href") == 5
    assert rita.get("/customers/", {"after": "nonsense"}).status_code == 400


def test_a_list_takes_as_many_statements_for_many_rows_as_for_few(sign_in, people):
    rita = sign_in("rita")
    rita.get("/customers/")
    with CaptureQueriesContext(connection) as few:
        rita.get("/customers/", {"q": "zenon"})
    with CaptureQueriesContext(connection) as many:
        rita.get("/customers/")
    assert len(few) == len(many) <= 12


def test_columns_are_chosen_for_oneself(sign_in, people):
    rita, hana = sign_in("rita"), sign_in("hana")
    body = {"columns": ["name", "created_at"], "next": "/customers/?q=a"}
    assert rita.post("/lists/customers/columns/", body)["Location"] == "/customers/?q=a"
    assert [line.cells[1][0].name for line in rita.get("/customers/").context["lines"]][:1] == ["created_at"]
    assert [line.cells[1][0].name for line in hana.get("/customers/").context["lines"]][:1] == ["phone"]


def test_a_view_is_saved_shared_with_ones_role_and_deleted_by_its_owner(cast, sign_in, people):
    rita, hana, gosia = sign_in("rita"), sign_in("hana"), sign_in("gosia")
    body = {"name": "Adams", "query": "q=adam", "shared": "on", "next": "/customers/"}
    for _again in range(2):
        assert rita.post("/lists/customers/views/", body).status_code == 303
    view = SavedView.objects.get()
    shown = {
        name: [one["label"] for one in who.get("/customers/").context["views"]]
        for name, who in (("rita", rita), ("gosia", gosia), ("hana", hana))
    }
    assert shown == {"rita": ["All", "Adams"], "gosia": ["All", "Adams"], "hana": ["All"]}
    assert gosia.post(f"/lists/views/{view.uid}/drop/").status_code == 403
    assert hana.post(f"/lists/views/{view.uid}/drop/").status_code == 404
    assert SavedView.objects.count() == 1
    assert rita.post(f"/lists/views/{view.uid}/drop/").status_code == 303
    assert not SavedView.objects.exists()
    assert rita.post("/lists/customers/views/", body | {"name": " "}).status_code == 409


def test_an_export_has_every_filtered_row_and_asks_its_right(cast, sign_in, people, monkeypatch):
    monkeypatch.setattr("remonta.web.listing.EXPORT_PIECE", 3)
    hana = sign_in("hana")
    answer = hana.get("/customers/", {"q": "beata", "export": "csv"})
    assert answer["Content-Disposition"] == 'attachment; filename="customers.csv"'
    rows = list(csv.reader(io.StringIO(contents(answer).decode("utf-8-sig"))))
    assert (len(rows), rows[1][0]) == (1 + 6, "Beata")
    assert sign_in("rita").get("/customers/", {"export": "csv"}).status_code == 403
    assert hana.get("/customers/", {"export": "exe"}).status_code == 400


def pdf_text(answer):
    assert answer["Content-Type"] == "application/pdf"
    return [page.extract_text() for page in PdfReader(io.BytesIO(contents(answer))).pages]


def test_a_list_can_be_printed_as_the_page_shows_it(cast, sign_in, people):
    hana = sign_in("hana")
    answer = hana.get("/customers/", {"q": "beata", "export": "pdf"})
    [page] = pdf_text(answer)
    assert answer["Content-Disposition"] == 'attachment; filename="customers.pdf"'
    assert (page.count("Beata"), page.count("Zenon")) == (6, 0)
    for words in ("Customers", "Name, phone", "beata", "E-mail"):
        assert words.lower() in page.lower()
    assert sign_in("rita").get("/customers/", {"export": "pdf"}).status_code == 403
    assert ">PDF<" in hana.get("/customers/").content.decode()


def test_a_printed_list_that_holds_not_every_row_says_so(cast, sign_in, people, monkeypatch):
    monkeypatch.setattr(export, "MOST_CELLS", 25)  # five columns are shown at first
    [page] = pdf_text(sign_in("hana").get("/customers/", {"export": "pdf"}))
    assert page.count("Beata") + page.count("Adam") + page.count("Zenon") == 5
    assert "The first 5 rows. XLSX and CSV hold all of them." in page


def test_a_printed_cell_is_the_pages_text_without_its_tags():
    badge = '<span class="word"><svg aria-hidden="true"><use href="#x"></use></svg>in\u00a0use &amp; <b>late</b></span>'
    assert [on_paper(value) for value in (badge, None, True, False, 0)] == ["in use & late", "", "yes", "", "0"]
