"""Lists on paper: the rows somebody was shown, as a PDF that is made anew each time and kept nowhere."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from remonta.documents.drawing import built_in, built_in_kit, pdf
from remonta.documents.typesetter import TemplateTooSlow
from remonta.documents.written import moment
from remonta.kernel.refusals import Refused

MOST_CELLS, LONGEST_CELL = 8_000, 120


class ListTooLong(Refused):
    text = _("This list is too long for a PDF. Narrow it with the filters, or take it as XLSX.")


def list_pdf(
    title: str,
    columns: Sequence[tuple[str, bool]],
    rows: Sequence[Sequence[str]],
    *,
    language: str,
    zone: str,
    at: datetime,
    subtitle: str = "",
    note: str = "",
) -> bytes:
    """The PDF of a table: columns as heading and whether figures stand in them, rows as texts, a head on each sheet.

    Longer texts than 120 characters are cut. Raises ListTooLong, PrintingBusy. No statement.
    """
    data = {
        "words": {},
        "paper": "a4",
        "lang": language,
        "title": title,
        "subtitle": subtitle,
        "issued": moment(at, language, zone),
        "columns": [{"label": label, "numeric": numeric} for label, numeric in columns],
        "rows": [[_cut(cell) for cell in row] for row in rows],
        "note": note,
    }
    if len(columns) * len(rows) > MOST_CELLS:
        raise ListTooLong
    try:
        return pdf(built_in("list"), built_in_kit(), data, made_at=int(at.timestamp()), alone=True)
    except TemplateTooSlow as trouble:
        raise ListTooLong from trouble


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1].rstrip()}…"
