"""Lists as files: read in short keyset pieces, with nothing in them that a spreadsheet would run; and on paper."""

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from html import unescape
from io import BytesIO, TextIOWrapper
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Any

from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remonta.documents.queries import MOST_CELLS, list_pdf
from remonta.kernel.money import Money

MOST_ROWS = 100_000
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "|")
TAG = re.compile(r"<[^>]*>")
HARMLESS = re.compile(r"[+-]?[\d\s().,:/-]*")
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


def as_file(kind: str, name: str, head: Sequence[str], lines: Iterable[Sequence[Any]]) -> FileResponse:
    """The lines as a CSV (UTF-8 with its mark, so that spreadsheets read it) or XLSX file to download."""
    file = TemporaryFile()  # noqa: SIM115 - the answer closes it
    (_write_csv if kind == "csv" else _write_xlsx)(file, head, lines)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.{kind}", content_type=KINDS[kind])


def as_pdf(
    name: str, title: object, columns: Sequence[tuple[str, bool]], lines: Iterable[Sequence[object]], told: str = ""
) -> FileResponse:
    """The lines as a PDF to download; `columns` are headings and whether figures stand there, `told` the filters.

    As many rows as a PDF can hold, 8,000 cells; where there are more, a sentence below says so. Raises ListTooLong.
    """
    most = MOST_CELLS // max(1, len(columns))
    rows = [[on_paper(value) for value in line] for line in islice(lines, most + 1)]
    more = _("The first %(count)s rows. XLSX and CSV hold all of them.") % {"count": most} if len(rows) > most else ""
    zone = timezone.get_current_timezone_name()
    how = {"language": get_language() or "en", "zone": zone, "subtitle": told, "note": more}
    drawn = list_pdf(str(title), columns, rows[:most], at=timezone.now(), **how)
    return FileResponse(BytesIO(drawn), as_attachment=True, filename=f"{name}.pdf", content_type=KINDS["pdf"])


def on_paper(value: object) -> str:
    """A cell as the page says it, without its tags; yes for what is so, nothing for what is not."""
    if isinstance(value, bool):
        return _("yes") if value else ""
    return "" if value is None else " ".join(unescape(TAG.sub(" ", str(value))).split())


def harmless(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula gets an apostrophe before it; numbers and phones stay."""
    if isinstance(value, str) and value.startswith(RUNS) and not HARMLESS.fullmatch(value):
        return f"'{value}"
    return value


def plain(value: Any) -> Any:
    """A value as a file holds it: local time without zone, money in major units, nothing for None."""
    match value:
        case None:
            return ""
        case bool():
            return int(value)
        case Money():
            return value.major
        case datetime():
            return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
        case int() | float() | Decimal() | date():
            return value
    return str(value)


def _write_csv(file: IO[bytes], head: Sequence[str], lines: Iterable[Sequence[Any]]) -> None:
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    sheet = csv.writer(text)
    sheet.writerow([harmless(str(word)) for word in head])
    for line in lines:
        sheet.writerow([harmless(_iso(plain(value))) for value in line])
    text.detach()


def _iso(value: Any) -> Any:
    return value.isoformat(" ", "minutes") if isinstance(value, datetime) else value


def _write_xlsx(file: IO[bytes], head: Sequence[str], lines: Iterable[Sequence[Any]]) -> None:
    import xlsxwriter  # noqa: PLC0415 - only exports need it

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "in_memory": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet()
        bold, moment = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for column, word in enumerate(head):
            sheet.write_string(0, column, str(word), bold)
        for row, line in enumerate(lines, 1):
            for column, value in enumerate(map(plain, line)):
                if isinstance(value, datetime):
                    sheet.write_datetime(row, column, value, moment)
                elif isinstance(value, date):
                    sheet.write_datetime(row, column, value, day)
                elif isinstance(value, str):
                    sheet.write_string(row, column, value)
                else:
                    sheet.write_number(row, column, value)
