"""Tables out of files as they come: encodings, separators, line ends, spreadsheets, bombs."""

import gzip
import io
import zipfile
from zoneinfo import ZoneInfo

import pytest
import xlsxwriter

from remonta.exchange import unpacking
from remonta.exchange.dates import format_of, moment
from remonta.exchange.mapping import MappingWrong, guess, read_mapping
from remonta.exchange.tables import Shape, open_table, shape_of
from remonta.exchange.unpacking import TableTooLarge, TableUnreadable, check_book, plain_bytes

RUSSIAN = "номер,вид техники,описание\n1,Лампа,Не включается после падения\n2,Утюг,Течёт\n"
POLISH = "nr,kategoria,usterka\n1,Żelazko,Nie grzeje się, ręczka pękła\n2,Młynek,Zgrzyta\n"
GERMAN = "nr,type,fault\n1,Bügeleisen,Heizt nicht für länger\n2,Lüfter,Geräusch\n"


def read(content: bytes, shape: Shape | None = None):
    stream = io.BytesIO(content)
    with open_table(stream, shape or shape_of(stream)) as table:
        return table.head, list(table.rows)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "utf-8-sig"),
        (RUSSIAN, "utf-16"),
        (RUSSIAN, "cp1251"),
        (POLISH, "cp1250"),
        (GERMAN, "cp1252"),
    ],
)
def test_the_encoding_is_found_out(text, encoding):
    assert shape_of(io.BytesIO(text.encode(encoding))).encoding == encoding
    head, rows = read(text.encode(encoding))
    assert list(head) == text.splitlines()[0].split(",")
    assert ",".join(rows[0]) == text.splitlines()[1]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators_and_line_ends(separator, end):
    lines = [["id", "a b", "c"], ["1", "x", "y"], ["2", "", "z"]]
    content = end.join(separator.join(line) for line in lines).encode()
    assert read(content) == (("id", "a b", "c"), [("1", "x", "y"), ("2", "", "z")])


def test_line_ends_between_quotes_belong_to_the_cell():
    assert read(b'id,fault\n1,"first\nsecond"\n')[1] == [("1", "first\nsecond")]


def test_headings_are_made_distinct_and_blank_lines_are_no_rows():
    assert read(b"\n\nid,name,name,\n1,a,b,c\n\n")[0] == ("id", "name", "name (2)", "#4")


def test_packed_files_are_read_as_they_are():
    assert read(gzip.compress(RUSSIAN.encode("cp1251"))) == read(RUSSIAN.encode())


def test_a_spreadsheet_reads_like_a_csv_file(tmp_path):
    path = tmp_path / "old.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("Repairs")
        sheet.write_row(0, 0, ["id", "date", "price"])
        sheet.write_row(1, 0, [7, "2019-01-10", 2.5])
    assert shape_of(io.BytesIO(path.read_bytes())).sheet == "Repairs"
    assert read(path.read_bytes()) == (("id", "date", "price"), [("7", "2019-01-10", "2.5")])


def test_what_unpacks_to_too_much_is_refused(monkeypatch):
    with pytest.raises(TableTooLarge), plain_bytes(io.BytesIO(gzip.compress(b"a" * 2_000_000)), 1_000_000) as source:
        source.read()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for at in range(4):
            archive.writestr(f"xl/{at}.xml", b"a" * 300_000)
    with pytest.raises(TableTooLarge):
        check_book(packed, 1_000_000)
    check_book(packed, 2_000_000)
    monkeypatch.setattr(unpacking, "MOST_ENTRIES", 3)
    with pytest.raises(TableTooLarge):
        check_book(packed, 2_000_000)


def test_a_zip_that_lies_about_its_sizes_is_refused():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", b"a" * 300_000)
    lying = packed.getvalue().replace((300_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    with pytest.raises(TableUnreadable):
        shape_of(io.BytesIO(lying))


@pytest.mark.parametrize(
    ("text", "written", "day"),
    [
        ("2019-01-10", "iso", "2019-01-10T12:00:00+01:00"),
        ("2019-01-10T08:30:00Z", "iso", "2019-01-10T08:30:00+00:00"),
        ("31.12.2019", "dmy.", "2019-12-31T12:00:00+01:00"),
        ("31.12.2019 09:15", "dmy.", "2019-12-31T09:15:00+01:00"),
        ("12/31/2019", "mdy/", "2019-12-31T12:00:00+01:00"),
        ("31.12.2019", "iso", None),
        ("0001-01-01", "iso", None),
        ("", "iso", None),
    ],
)
def test_dates_in_the_centres_zone(text, written, day):
    found = moment(text, written, ZoneInfo("Europe/Warsaw"))
    assert (found.isoformat() if found else None) == day


def test_the_way_dates_are_written_is_the_one_that_fits_all():
    assert format_of(["01/02/2020", "13/02/2020"]) == "dmy/"
    assert format_of(["01/02/2020", "01/13/2020", ""]) == "mdy/"
    assert format_of(["soon"]) == "iso"


def test_a_mapping_is_guessed_from_headings_in_any_language():
    head, rows = read("номер;статус;дата;марка\n1;Готово;31.12.2019;Vela\n".encode("cp1251"))
    found = guess(head, rows, Shape())
    assert found.columns == {"key": "номер", "outcome": "статус", "date": "дата", "brand": "марка"}
    assert (found.outcomes, found.dates) == ({"Готово": "fixed"}, "dmy.")
    assert read_mapping(found.as_json()) == found


@pytest.mark.parametrize(
    "wrong",
    [
        "{",
        "[]",
        "7",
        '{"columns": 5}',
        '{"outcomes": {"a": "b"}}',
        '{"dates": "x"}',
        '{"encoding": "rot13"}',
        '{"delimiter": "ab"}',
    ],
)
def test_a_mapping_that_is_none_is_refused(wrong):
    with pytest.raises(MappingWrong):
        read_mapping(wrong)


@pytest.mark.parametrize("columns", [{"date": "no"}, {"date": "d"}, {"nonsense": "d"}])
def test_a_mapping_must_fit_the_file(columns):
    with pytest.raises(MappingWrong):
        read_mapping({"columns": columns}).checked(["d", "o"])
