"""The company's mark, and papers that travel with messages."""

from io import BytesIO

import pytest
from PIL import Image

from remonta.documents.commands import LogoUnclear, print_labels, print_receipt, remove_logo, set_logo
from remonta.documents.jobs import enclose
from remonta.documents.queries import PAPER, logo_of, pdf_of
from remonta.kernel.refusals import NotPermitted
from remonta.spine.commands import Enclosure
from remonta.spine.papers import drawn
from tests.cast import intake


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    settings.HOME, settings.FILES_URL = tmp_path, ""


def picture(colour="red", size=(2000, 1000), kind="PNG"):
    kept = BytesIO()
    Image.new("RGB", size, colour).save(kept, kind)
    return kept.getvalue()


def test_papers_carry_the_mark_from_now_on_and_old_ones_stay(cast):
    order = intake(cast)
    bare = print_receipt(cast.rita, order.uid)
    before = pdf_of(cast.rita, bare.uid)
    set_logo(cast.ada, cast.entity.uid, content=picture())
    marked = print_receipt(cast.rita, order.uid)
    set_logo(cast.ada, cast.entity.uid, content=picture("blue", kind="JPEG"))
    newest = print_receipt(cast.rita, order.uid)
    pages = [pdf_of(cast.rita, document.uid) for document in (bare, marked, newest)]
    assert pages[0] == before
    assert len(set(pages)) == 3
    assert pdf_of(cast.rita, marked.uid) == pages[1]


def test_a_mark_is_kept_no_larger_than_paper_needs(cast, settings):
    set_logo(cast.ada, cast.entity.uid, content=picture(size=(3000, 3000)))
    digest = logo_of(cast.rita, cast.entity.pk)
    with Image.open(settings.HOME / "files" / digest[:2] / digest[2:]) as kept:
        assert kept.size == (240, 240)


def test_labels_have_no_mark(cast):
    set_logo(cast.ada, cast.entity.uid, content=picture())
    assert print_labels(cast.rita, intake(cast).uid).data["logo"] == ""


def test_only_the_network_changes_the_mark(cast, writes_nothing):
    with writes_nothing(), pytest.raises(NotPermitted):
        set_logo(cast.hana, cast.entity.uid, content=picture())
    set_logo(cast.ada, cast.entity.uid, content=picture())
    with writes_nothing(), pytest.raises(NotPermitted):
        remove_logo(cast.hana, cast.entity.uid)


def test_without_its_mark_papers_look_as_before_the_first_one(cast):
    order = intake(cast)
    for colour in ("red", "blue"):
        set_logo(cast.ada, cast.entity.uid, content=picture(colour))
    marked = print_receipt(cast.rita, order.uid)
    remove_logo(cast.ada, cast.entity.uid)
    assert logo_of(cast.rita, cast.entity.pk) == ""
    assert print_receipt(cast.rita, order.uid).data["logo"] == ""
    assert marked.data["logo"]


def test_what_is_no_picture_is_refused(cast, writes_nothing):
    with writes_nothing(), pytest.raises(LogoUnclear):
        set_logo(cast.ada, cast.entity.uid, content=b"%PDF-1.7 not a picture")


def test_a_document_goes_along_with_a_message(cast):
    document = print_receipt(cast.rita, intake(cast).uid)
    enclosed = drawn(PAPER, {"document": document.pk})
    assert enclosed == enclose({"document": document.pk})
    assert enclosed == Enclosure("receipt-KRK-000001.pdf", "application/pdf", pdf_of(cast.rita, document.uid))
