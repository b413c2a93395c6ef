"""Lists on paper: a head on every sheet, nothing lost, and a bound beyond which a person is told what to do."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from remonta.documents.lists import LONGEST_CELL, MOST_CELLS, ListTooLong, list_pdf

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)


def sheets(rows, columns=(("Numer", False), ("Kwota", True)), **more):
    asked = {"language": "pl", "zone": "Europe/Warsaw", "at": AT, **more}
    return PdfReader(BytesIO(list_pdf("Zlecenia", columns, rows, **asked))).pages


def drawn(*asked, **more):
    return [page.extract_text() for page in sheets(*asked, **more)]


def test_every_row_is_there_and_the_head_on_every_sheet():
    pages = drawn([[f"KRK-{at:06d}", f"{at},00 zł"] for at in range(150)], subtitle="Stan: otwarte", note="Koniec")
    assert len(pages) > 1
    assert all("Numer" in page and "Kwota" in page for page in pages)
    whole = "".join(pages)
    assert all(f"KRK-{at:06d}" in whole for at in range(150))
    assert "Stan: otwarte" in pages[0]
    assert "Koniec" in pages[-1]
    assert "02.03.2026 13:00" in pages[0]


@pytest.mark.parametrize("columns", [1, 8, 14])
def test_the_fullest_list_can_be_drawn(columns):
    rows = [["Дисплей 维修 wyświetlacz " * 6] * columns for _row in range(MOST_CELLS // columns)]
    assert len(sheets(rows, [(f"Kolumna {at}", False) for at in range(columns)])) > 10


def test_more_than_that_is_refused_with_what_to_do():
    with pytest.raises(ListTooLong, match="XLSX"):
        drawn([["a", "b"]] * (MOST_CELLS // 2 + 1))


def test_what_would_be_code_is_text_and_long_cells_are_cut():
    [page] = drawn([["#panic()", "x" * 500]])
    assert "#panic()" in page
    assert page.count("x") == LONGEST_CELL - 1


def test_an_empty_list_is_a_sheet_with_its_head():
    [page] = drawn([])
    assert "Numer" in page
