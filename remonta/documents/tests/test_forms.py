"""Every delivered form, in every language, on every paper; and the longest texts people can type."""

from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from remonta.documents import drawing
from remonta.documents.barcodes import Unprintable, code_128, qr_code
from remonta.documents.samples import LINK, NUMBER, sample
from remonta.documents.shapes import SHAPES

LANGUAGES = ("en", "ru", "pl", "zh-hans")
SHEETS = [(code, paper) for code, shape in SHAPES.items() for paper in shape.papers]
FIXED = {"paper", "lang", "language", "form", "code", "qr", "bar", "logo", "title", "words", "number"}
WILD = "😀 שלום مرحبا \u202eevil #[*x*] $x$ _y_ @ref <lab> \\ // /* `z` \x07"


def pages(code, data, ppi=80):
    shots = drawing.pictures(drawing.built_in(code), drawing.built_in_kit(), data, ppi=ppi)
    return [Image.open(BytesIO(shot)).convert("L") for shot in shots]


def read(page):
    return {(str(found.format), found.text) for found in zxingcpp.read_barcodes(page)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("code", "paper"), SHEETS)
def test_every_form_prints_without_a_warning(code, paper, language):
    pdf = drawing.pdf(drawing.built_in(code), drawing.built_in_kit(), sample(code, language, paper))
    assert pdf.startswith(b"%PDF-")


@pytest.mark.parametrize(("code", "paper"), SHEETS)
def test_both_codes_of_each_page_can_be_read_back(code, paper):
    data = sample(code, "pl", paper)
    labels = data.get("labels", [{"code": NUMBER, "qr": {"qr": LINK}}])
    printed = pages(code, data, 300 if "label" in code else 203)
    assert len(printed) == len(labels)
    for page, label in zip(printed, labels, strict=True):
        assert {("QR Code", label["qr"]["qr"]), ("Code 128", label["code"])} <= read(page)


@pytest.mark.parametrize("size", SHAPES["label"].papers)
def test_labels_can_be_read_as_a_203_dpi_printer_prints_them(size):
    first, *_rest = pages("label", sample("label", "ru", size), 203)
    printed = first.point(lambda shade: 255 if shade > 127 else 0)
    assert {("QR Code", LINK), ("Code 128", NUMBER)} <= read(printed)


@pytest.mark.parametrize(("code", "paper"), SHEETS)
@pytest.mark.parametrize(
    "text", ["очень длинный текст " * 100, "Ж" * 2000, WILD, ""], ids=["long", "word", "wild", "empty"]
)
def test_no_text_breaks_a_form(code, paper, text):
    data = filled(sample(code, "ru", paper), text)
    printed = pages(code, data, 40)
    assert len(printed) == len(data["labels"]) if "labels" in data else printed


@pytest.mark.parametrize("code", ["act", "quote", "goods_note", "work_order"])
def test_long_tables_go_over_pages_and_their_head_is_repeated(code):
    data = sample(code)
    lines = data["variants"][0]["lines"] if code == "quote" else data["lines"]
    many = [*lines] * 60
    if code == "quote":
        data["variants"][0]["lines"] = many
    else:
        data["lines"] = many
    shots = pages(code, data)
    assert len(shots) >= 3
    assert dark_rows(shots[1]) & dark_rows(shots[2]), "the rule under the table's head stands in the same place"


def dark_rows(page):
    """Rows in which a line runs over most of the page."""
    wide, high = page.size
    strong = page.point(lambda shade: 1 if shade < 110 else 0)
    return {y for y in range(high // 4) if strong.crop((0, y, wide, y + 1)).histogram()[1] > wide * 0.6}


def filled(value, text):
    if isinstance(value, str):
        return text
    if isinstance(value, dict):
        return {key: part if key in FIXED else filled(part, text) for key, part in value.items()}
    return [filled(part, text) for part in value] if isinstance(value, list | tuple) else value


def test_a_logo_stands_on_the_paper():
    kept = BytesIO()
    Image.new("RGB", (40, 40), "black").save(kept, "PNG")
    source, kit, data = drawing.built_in("receipt"), drawing.built_in_kit(), sample("receipt")
    bare, marked = (
        Image.open(BytesIO(drawing.pictures(source, kit, data, logo=logo, ppi=72)[0])).convert("L")
        for logo in (b"", kept.getvalue())
    )
    corner = (45, 45, 75, 80)
    assert sum(marked.crop(corner).histogram()[:64]) > 4 * sum(bare.crop(corner).histogram()[:64])


def test_what_a_symbology_cannot_carry_is_refused():
    with pytest.raises(Unprintable):
        code_128("维修")
    with pytest.raises(Unprintable):
        qr_code("x" * 5000)


def test_a_number_that_has_no_code_128_still_prints_with_its_qr_code():
    for code in ("receipt", "label"):
        data = sample(code) | {"bar": {"bar": "МСК-000417"}, "qr": {"qr": "МСК-000417"}}
        for label in data.get("labels", ()):
            label.update(bar={"bar": "МСК-000417"}, qr={"qr": "МСК-000417"})
        assert read(pages(code, data, 203)[0]) == {("QR Code", "МСК-000417")}
