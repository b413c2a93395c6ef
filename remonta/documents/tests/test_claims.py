"""A claim travels with its evidence: one archive with the claim on paper, the diagnosis, photos and files."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.db import transaction
from PIL import Image

from remonta.customers.facts import CustomerErased
from remonta.dispatch.commands import add_finding
from remonta.documents.commands import NothingToClaim, gather_claim, print_batch
from remonta.documents.models import Document
from remonta.documents.reactions import erase_papers
from remonta.kernel.refusals import NotPermitted
from remonta.logistics.commands import BatchAsked, HandOver, begin_batch, pack_unit, seal_batch, send_batch
from remonta.logistics.queries import batch_page
from remonta.logistics.reactions import erase_senders_and_receivers
from remonta.orders.commands import add_photo
from remonta.spine.queries import attachments_for, read_stored
from tests.cast import intake


def photo(colour="teal"):
    shot = BytesIO()
    Image.new("RGB", (640, 480), colour).save(shot, "JPEG")
    return BytesIO(shot.getvalue())


@pytest.fixture
def claim(cast, operation):
    """A unit with a photo, a file and a diagnosis, packed for the partner as a claim."""
    order = intake(cast, fault="Dead since May")
    add_photo(cast.rita, order.uid, file=photo(), name="side.jpg")
    add_photo(cast.rita, order.uid, file=BytesIO(b"%PDF-1.4 bought"), name="invoice.pdf", kind="document")
    add_finding(cast.emil, order.uid, text="Board burnt", operation=operation())
    asked = BatchAsked(to_centre_uid=cast.wroclaw.uid, purpose="claim")
    batch = begin_batch(cast.stan, cast.krakow.uid, asked=asked, operation=operation())
    pack_unit(cast.stan, batch.uid, unit_uid=order.unit.uid, operation=operation())
    batch.order = order
    return batch


def inside(file):
    with ZipFile(BytesIO(read_stored(file.file.sha256))) as whole:
        return {name: whole.read(name) for name in whole.namelist()}


def test_the_archive_holds_the_claim_the_photos_and_the_files(cast, claim):
    kept = inside(gather_claim(cast.stan, claim.uid))
    names = sorted(name.rpartition("/")[2] for name in kept)
    assert names == ["01 side.jpg", "02 invoice.pdf", "claim.pdf"]
    assert kept["claim.pdf"].startswith(b"%PDF-")
    [case] = Document.objects.get(code="claim").data["cases"]
    assert (case["fault"], case["found"], case["files"]) == (
        "Dead since May",
        ["Board burnt"],
        ["side.jpg", "invoice.pdf"],
    )


def test_both_ends_have_it_and_only_the_newest(cast, claim, operation):
    gather_claim(cast.stan, claim.uid)
    add_photo(cast.rita, claim.order.uid, file=photo("red"), name="back.jpg")
    newest = gather_claim(cast.stan, claim.uid)
    about = [("logistics.batch", claim.pk)]
    assert list(attachments_for(cast.stan, about)) == [newest]
    assert not attachments_for(cast.petra, about).exists()
    seal_batch(cast.stan, claim.uid, operation=operation())
    send_batch(cast.stan, claim.uid, given=HandOver(courier="DPD"), operation=operation())
    assert list(attachments_for(cast.petra, about)) == [newest]
    assert any(name.endswith("back.jpg") for name in inside(newest))


def test_links_to_files_stand_only_where_they_open(cast, claim, operation):
    gather_claim(cast.stan, claim.uid)
    [line] = batch_page(cast.stan, claim.uid).lines
    assert len(line.evidence) == 2
    seal_batch(cast.stan, claim.uid, operation=operation())
    send_batch(cast.stan, claim.uid, given=HandOver(courier="DPD"), operation=operation())
    [line] = batch_page(cast.petra, claim.uid).lines
    assert line.evidence == ()


def test_without_a_unit_there_is_nothing_to_claim_and_not_everybody_gathers(cast, claim, operation, writes_nothing):
    empty = begin_batch(cast.stan, cast.krakow.uid, asked=BatchAsked(to_name="Vela"), operation=operation())
    with writes_nothing(), pytest.raises(NothingToClaim):
        gather_claim(cast.stan, empty.uid)
    with writes_nothing(), pytest.raises(NotPermitted):
        gather_claim(cast.emil, claim.uid)


def test_past_twenty_megabytes_pictures_are_put_in_small(cast, claim, monkeypatch):
    monkeypatch.setattr("remonta.documents.claims.MOST_BYTES", 2000)
    apps.get_model("spine", "StoredFile").objects.filter(media_type="application/pdf").update(size=3000)
    names = [name.rpartition("/")[2] for name in inside(gather_claim(cast.stan, claim.uid))]
    assert names == ["claim.pdf", "01 side.jpg"]


def test_nothing_of_a_forgotten_customer_stays_in_papers_of_batches(cast, claim):
    file = gather_claim(cast.stan, claim.uid)
    print_batch(cast.stan, claim.uid, code="waybill")
    forget = CustomerErased(customer_id=claim.order.customer_id, customer_ids=(claim.order.customer_id,), replayed=True)
    with transaction.atomic():
        erase_papers.answer(cast.ada, forget)
        erase_senders_and_receivers.answer(cast.ada, forget)
    assert not Document.objects.filter(subject="logistics.batch").exists()
    assert not attachments_for(cast.stan, [("logistics.batch", claim.pk)]).filter(pk=file.pk).exists()
