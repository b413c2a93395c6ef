"""Tables out of files: CSV, TSV, the same packed with gzip, spreadsheets; in whatever encoding they come."""

import codecs
import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import IO, Any

from django.utils.translation import gettext as _

from remonta.exchange.unpacking import PIECE, TableUnreadable, check_book, is_book, plain_bytes

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1251", "cp1250", "cp1252", "latin-1")
DELIMITERS = (",", ";", "\t", "|")
MOST_COLUMNS, LONGEST_CELL, SAMPLE_ROWS = 500, 4 * 1024 * 1024, 50
POLISH = frozenset(b"\xb9\xb3\x9c\x9f\xbf\xa3\x8c\xaf\xa5")
HIGH = re.compile(rb"[\x80-\xff]+")
NOT_IN_DATABASES = str.maketrans({"\x00": "�"})
Cells = tuple[str, ...]

csv.field_size_limit(LONGEST_CELL)


@dataclass(frozen=True)
class Shape:
    """How a file is to be read; found out when it is uploaded, and changeable. `above` rows stand over the headings."""

    encoding: str = "utf-8"
    delimiter: str = ","
    sheet: str = ""
    above: int = 0


@dataclass(frozen=True)
class Table:
    """The headings, each once, and the rows below them as text, read as they are asked for."""

    head: Cells
    rows: Iterator[Cells]


def shape_of(stream: IO[bytes]) -> Shape:
    """Reads the file once to find out how to read it. Raises TableUnreadable, TableTooLarge."""
    if is_book(stream):
        return Shape(sheet=_sheets(stream)[0])
    encoding = _encoding(stream)
    with plain_bytes(stream) as source:
        lines = list(islice(io.TextIOWrapper(source, encoding, errors="replace"), SAMPLE_ROWS))
    return Shape(encoding, _delimiter(lines))


@contextmanager
def open_table(stream: IO[bytes], shape: Shape) -> Iterator[Table]:
    """The table of a file. Raises TableUnreadable, TableTooLarge, also while rows are read."""
    with open_rows(stream, shape) as rows:
        yield _table(islice(rows, shape.above, None))


@contextmanager
def open_rows(stream: IO[bytes], shape: Shape) -> Iterator[Iterator[Sequence[str]]]:
    """Every row of a file, titles above the headings too. Raises TableUnreadable, TableTooLarge."""
    if is_book(stream):
        yield _book_rows(stream, shape.sheet)
        return
    with plain_bytes(stream) as source:
        # Line ends are left to the csv reader: CR, LF and CRLF all end a row, except between quotes.
        text = io.TextIOWrapper(source, shape.encoding, errors="replace", newline="")
        yield _text_rows(text, shape.delimiter)
        text.detach()


def _table(rows: Iterator[Sequence[str]]) -> Table:
    head = next((row for row in rows if any(cell.strip() for cell in row)), ())
    if not head:
        raise TableUnreadable(why=_("there is nothing in it."))
    if len(head) > MOST_COLUMNS:
        raise TableUnreadable(why=_("it has more than %(limit)s columns.") % {"limit": MOST_COLUMNS})
    return Table(_each_once(head), (tuple(row) for row in rows if row))


def _each_once(head: Iterable[str]) -> Cells:
    """Headings without outer blanks; a repeated one gets its number, an empty one its place."""
    met: Counter[str] = Counter()
    names = []
    for place, cell in enumerate(head, 1):
        name = cell.strip() or f"#{place}"
        met[name] += 1
        names.append(f"{name} ({met[name]})" if met[name] > 1 else name)
    return tuple(names)


def _text_rows(text: Iterable[str], delimiter: str) -> Iterator[Sequence[str]]:
    reader = csv.reader(text, delimiter=delimiter)
    try:
        for row in reader:
            yield [cell.translate(NOT_IN_DATABASES) for cell in row]
    except csv.Error as error:
        why = _("line %(line)s: %(error)s") % {"line": reader.line_num, "error": error}
        raise TableUnreadable(why=why) from error


def _book_rows(stream: IO[bytes], sheet: str) -> Iterator[Sequence[str]]:
    found = _book(stream)
    names = found.sheet_names
    if sheet and sheet not in names:
        raise TableUnreadable(why=_("it has no sheet “%(sheet)s”.") % {"sheet": sheet})
    for row in found.get_sheet_by_name(sheet or names[0]).iter_rows():
        yield [_as_text(cell) for cell in row]


def _sheets(stream: IO[bytes]) -> list[str]:
    names = list(_book(stream).sheet_names)
    if not names:
        raise TableUnreadable(why=_("it has no sheets."))
    return names


def _book(stream: IO[bytes]) -> Any:
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - only imports of spreadsheets need it

    try:
        check_book(stream)
        stream.seek(0)
        return CalamineWorkbook.from_filelike(io.BytesIO(stream.read()))
    except (CalamineError, zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
        raise TableUnreadable(why=str(error)) from error


def _as_text(cell: Any) -> str:
    """A cell of a spreadsheet as it would stand in a CSV file: whole numbers without `.0`, dates in ISO."""
    match cell:
        case bool():
            return "1" if cell else "0"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime():
            return cell.isoformat(" ")
        case date() | time():
            return cell.isoformat()
    return str(cell).translate(NOT_IN_DATABASES)


def _encoding(stream: IO[bytes]) -> str:
    with plain_bytes(stream) as source:
        start = source.read(4)
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    strict, high = codecs.getincrementaldecoder("utf-8")(), bytearray()
    valid = True
    with plain_bytes(stream) as source:
        while piece := source.read(PIECE):
            if valid:
                try:
                    strict.decode(piece)
                except UnicodeDecodeError:
                    valid = False
            if len(high) < PIECE:
                high += b" ".join(HIGH.findall(piece)) + b" "
    return "utf-8" if valid else _eight_bits(bytes(high))


def _eight_bits(high: bytes) -> str:
    """Which one of the old encodings: Cyrillic stands in runs of high bytes, Polish letters stand alone among Latin."""
    runs = high.split()
    letters = sum(map(len, runs))
    if letters and sum(len(run) for run in runs if len(run) > 2) > letters / 2:
        return "cp1251"
    if sum(byte in POLISH for run in runs for byte in run) > letters / 10:
        return "cp1250"
    return "latin-1" if any(byte in b"\x81\x8d\x8f\x90\x9d" for run in runs for byte in run) else "cp1252"


def _delimiter(lines: Sequence[str]) -> str:
    """The separator that stands in the first line as often as possible."""
    first = next((line for line in lines if line.strip()), "")
    return max(DELIMITERS, key=lambda one: (len(next(csv.reader([first], delimiter=one), [])), -DELIMITERS.index(one)))
