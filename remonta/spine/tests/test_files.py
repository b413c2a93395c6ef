"""Files: kept once by their content, pictures drawn anew, nothing served active, shown only to those who may."""

import os
import zlib
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO

import boto3
import pytest
from moto.server import ThreadedMotoServer
from PIL import Image

from remonta.kernel.actor import EVERYWHERE, Actor
from remonta.spine import files, pictures
from remonta.spine.commands import FileEmpty, FileTooLarge, PictureBroken, PictureTooLarge, store, withdraw_attachment
from remonta.spine.files import clean_name, file_scope
from remonta.spine.models import Attachment, StoredFile
from remonta.spine.queries import attachments_for, open_attachment
from remonta.spine.storage import BucketKeeper, FolderKeeper, in_pieces

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture(autouse=True)
def scope(monkeypatch):
    """Of the things, staff see numbers below 100, links what they open."""
    monkeypatch.setattr(files, "SCOPES", dict(files.SCOPES))
    file_scope(
        "test.thing",
        lambda actor, ids: {n for n in ids if n < 100} & (set(ids) if actor.rights else actor.granted("test.thing")),
    )


def staff():
    return Actor("account:1", 1, frozenset({(EVERYWHERE, "x")}), lambda: NOW)


def stored(content, name="file.bin", **values):
    about = {"kind": "photo", "subject": "test.thing", "subject_id": 5, **values}
    return store(staff(), content, name=name, **about)


def picture(kind="JPEG", size=(40, 20), mode="RGB", **options):
    out = BytesIO()
    image = Image.new(mode, size, "red" if mode == "RGB" else None)
    image.putpixel((0, 0), (0, 0, 255, 255)[: len(mode)] if mode != "P" else 0)
    image.save(out, kind, **options)
    return out.getvalue()


def content_of(attachment, **how):
    opened = open_attachment(staff(), attachment.uid, **how)
    return b"".join(in_pieces(opened.stream)), opened


@pytest.mark.django_db
def test_a_photo_is_turned_upright_and_says_nothing_of_camera_or_place():
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = 6, "Spycam"
    exif.get_ifd(GPS)[1] = "N"
    attachment = stored(picture(exif=exif, comment=b"secret"), "IMG_1.JPEG")
    content, opened = content_of(attachment)
    image = Image.open(BytesIO(content))
    assert (image.size, dict(image.getexif()), opened.inline_ok) == ((20, 40), {}, True)
    assert (opened.media_type, opened.name, attachment.file.width) == ("image/jpeg", "IMG_1.JPEG", 20)
    assert b"Spycam" not in content
    assert b"secret" not in content


@pytest.mark.django_db
def test_a_large_photo_is_made_smaller_with_a_thumbnail():
    attachment = stored(picture(size=(4000, 1000)), "wide.jpg")
    assert (attachment.file.width, attachment.thumbnail.width) == (3000, 480)
    _content, opened = content_of(attachment, thumbnail=True)
    assert opened.sha256 == attachment.thumbnail.sha256


@pytest.mark.parametrize(
    ("kind", "mode", "becomes"),
    [("PNG", "RGBA", "image/png"), ("WEBP", "RGB", "image/webp"), ("GIF", "P", "image/png"), ("PNG", "P", "image/png")],
)
@pytest.mark.django_db
def test_other_kinds_of_pictures(kind, mode, becomes):
    attachment = stored(picture(kind, mode=mode), "pic.dat")
    assert (attachment.file.media_type, attachment.name.rpartition(".")[0]) == (becomes, "pic")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "a.svg"),
        (b"<html><script>alert(1)</script>", "a.jpg"),
        (b"%PDF-1.7 x", "a.pdf"),
        (b"plain", "a.txt"),
    ],
)
@pytest.mark.django_db
def test_what_is_no_picture_is_only_ever_downloaded(content, name):
    kept, opened = content_of(stored(content, name))
    assert (kept, opened.inline_ok, opened.media_type, opened.name) == (
        content,
        False,
        "application/octet-stream",
        name,
    )


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", FileEmpty),
        (b"\x89PNG\r\n\x1a\n broken", PictureBroken),
        (picture()[:200], PictureBroken),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", PictureBroken),
    ],
)
@pytest.mark.django_db
def test_what_cannot_be_kept_is_refused_and_leaves_nothing(content, refusal, home):
    with pytest.raises(refusal):
        stored(content)
    assert not StoredFile.objects.exists()
    assert not (home / "files").exists()


@pytest.mark.django_db
def test_sizes_are_bounded(monkeypatch):
    monkeypatch.setattr(files, "MOST_BYTES", 100)
    with pytest.raises(FileTooLarge):
        stored(BytesIO(b"x" * 101))
    monkeypatch.setattr(files, "MOST_BYTES", 10_000)
    monkeypatch.setattr(pictures, "MOST_PIXELS", 100)
    with pytest.raises(PictureTooLarge):
        stored(picture())
    monkeypatch.setattr(pictures, "MOST_PIXELS", 10**12)
    with pytest.raises(PictureTooLarge):
        stored(bomb())


def bomb():
    """A PNG of a few bytes that says it is 30,000 × 30,000."""
    small = bytearray(picture("PNG"))
    small[16:24] = (30_000).to_bytes(4, "big") * 2
    small[29:33] = zlib.crc32(bytes(small[12:29])).to_bytes(4, "big")
    return bytes(small)


@pytest.mark.django_db
def test_the_same_content_is_kept_once(home):
    one, two = stored(b"same", "a.txt"), stored(b"same", "b.txt", subject_id=6)
    assert (one.file_id == two.file_id, one.file.sha256) == (True, sha256(b"same").hexdigest())
    assert [path.read_bytes() for path in (home / "files").rglob("*") if path.is_file()] == [b"same"]


@pytest.mark.parametrize(
    ("name", "becomes"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\a.txt", "a.txt"),
        ('a"b\r\nSet-Cookie: x.txt', "a_b_Set-Cookie_ x.txt"),
        ("gpj.\u202eexe", "gpj.exe"),
        ("", "file"),
        ("...", "file"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("Zdjęcie 1.png", "Zdjęcie 1.png"),
    ],
)
def test_names_are_made_harmless(name, becomes):
    assert clean_name(name) == becomes


@pytest.mark.django_db
def test_files_are_seen_by_whom_their_room_shows_them_to():
    photo, mine, hidden = stored(b"a"), stored(b"b", for_customer=True), stored(b"c", subject_id=500)
    other = stored(b"d", subject="nobody.declared")
    of = [("test.thing", 5), ("test.thing", 500), ("nobody.declared", 5)]
    assert list(attachments_for(staff(), of)) == [photo, mine]
    customer = Actor("link:1", None, frozenset(), lambda: NOW, grants=frozenset({("test.thing", 5)}))
    stranger = Actor("link:2", None, frozenset(), lambda: NOW, grants=frozenset({("test.thing", 6)}))
    assert list(attachments_for(customer, of)) == [mine]
    assert list(attachments_for(stranger, of)) == []
    for who, what in [(staff(), hidden), (staff(), other), (customer, photo), (stranger, mine)]:
        with pytest.raises(Attachment.DoesNotExist):
            open_attachment(who, what.uid)


@pytest.mark.django_db
def test_a_withdrawn_file_is_out_of_sight():
    attachment = stored(b"a")
    withdraw_attachment(staff(), attachment.uid)
    with pytest.raises(Attachment.DoesNotExist):
        open_attachment(staff(), attachment.uid)


@pytest.mark.django_db
def test_the_number_of_statements_is_fixed(django_assert_num_queries):
    for number in range(12):
        stored(b"%d" % number)
    with django_assert_num_queries(1):
        assert len(list(attachments_for(staff(), [("test.thing", 5)]))) == 12


def test_a_file_is_there_whole_or_not_at_all(tmp_path, monkeypatch):
    keeper = FolderKeeper(tmp_path)

    def fail(*args):
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        keeper.keep("ab" * 32, b"content")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.filterwarnings("ignore")
def test_an_object_store_keeps_files_as_the_folder_does(monkeypatch):
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    try:
        account = {"aws_access_key_id": "k", "aws_secret_access_key": "s", "region_name": "us-east-1"}
        boto3.client("s3", endpoint_url=endpoint, **account).create_bucket(Bucket="repairs")
        keeper = BucketKeeper(f"s3://k:s@repairs/shop?endpoint={endpoint}&region=us-east-1")
        digest = sha256(b"content").hexdigest()
        for _time in range(2):
            keeper.keep(digest, b"content")
        assert b"".join(in_pieces(keeper.open(digest))) == b"content"
        listed = boto3.client("s3", endpoint_url=endpoint, **account).list_objects_v2(Bucket="repairs")["Contents"]
        assert [entry["Key"] for entry in listed] == [f"shop/{digest[:2]}/{digest[2:]}"]
        keeper.remove(digest)
        with pytest.raises(FileNotFoundError):
            keeper.open(digest)
    finally:
        server.stop()
