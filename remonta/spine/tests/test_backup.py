"""A backup holds everything, a damaged one is refused before anything is touched, a restored copy verifies."""

import json
import os
import tarfile
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction

from remonta.kernel.actor import system
from remonta.spine import verify
from remonta.spine.backup import BackupBroken, BackupFromElsewhere, BackupNewer, FileLost, NotEmpty, backup, restore
from remonta.spine.commands import index_entry, store
from remonta.spine.files import read_stored
from remonta.spine.models import Event, NumberSeries, SearchEntry, StoredFile
from remonta.spine.queries.timeline import newest_position
from tests.cast import soon

Account = get_user_model()
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def home(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(verify, "gather", lambda: None)
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    (settings.HOME / "secret.key").write_text("the secret")
    return settings.HOME


@pytest.fixture
def shop():
    """An installation with something of everything."""
    actor = system("test", lambda: NOW)
    with transaction.atomic():
        Account.objects.create(email="lena@example.com", name="Lena", sort_name="lena")
        values = {"name": "X", "version": 1, "data": {"ł": 1}, "actor": "system:test", "occurred_at": NOW}
        Event.objects.create(subject="a.thing", subject_id=1, seq=1, **values)
        NumberSeries.objects.create(code="a\tb\\c\nd", next_value=7)
        index_entry("order", 1, uid="0190a0a0-0000-7000-8000-000000000001", title="T", words=["galaxy"])
    store(actor, b"content", kind="paper", name="a.txt", subject="a.thing", subject_id=1)
    return rows()


def rows():
    models = (Account, Event, NumberSeries, SearchEntry, StoredFile)
    return {model: [row | {"xact": 0} for row in model.objects.order_by("pk").values()] for model in models}


def emptied():
    """As a fresh installation: the tables are there, nothing is in them."""
    with transaction.atomic():
        for model in (Account, NumberSeries, SearchEntry):
            model.objects.all().delete()


def test_a_restored_copy_is_the_same_and_verifies(shop, tmp_path, home):
    manifest = backup(tmp_path / "b.tar")
    assert {"secret.key", *(f"files/{row['sha256']}" for row in shop[StoredFile])} <= manifest["parts"].keys()
    assert oct(os.stat(tmp_path / "b.tar").st_mode & 0o777) == "0o600"
    (home / "secret.key").unlink()
    for path in (home / "files").rglob("*"):
        if path.is_file():
            path.unlink()
    emptied()
    assert restore(tmp_path / "b.tar") == []
    assert rows() == shop
    assert (home / "secret.key").read_text() == "the secret"
    assert read_stored(shop[StoredFile][0]["sha256"]) == b"content"
    written = Event.objects.get().pk
    assert soon(lambda: newest_position()[1] == written), "restored lines are visible to those who follow"


def test_work_goes_on_after_a_restore(shop, tmp_path):
    backup(tmp_path / "b.tar")
    restore(tmp_path / "b.tar", force=True)
    with transaction.atomic():
        assert NumberSeries.objects.create(code="next").pk > shop[NumberSeries][-1]["id"]
        index_entry("order", 2, uid="0190a0a0-0000-7000-8000-000000000002", title="T", words=["galaxy"])
    with pytest.raises(Exception, match="is a book"), transaction.atomic():
        Event.objects.all().delete()


def test_an_installation_with_data_is_not_overwritten_by_chance(shop, tmp_path):
    backup(tmp_path / "b.tar")
    with transaction.atomic():
        NumberSeries.objects.update(next_value=99)
    with pytest.raises(NotEmpty):
        restore(tmp_path / "b.tar")
    assert NumberSeries.objects.get().next_value == 99
    restore(tmp_path / "b.tar", force=True)
    assert rows() == shop


def rewritten(path, change):
    """The archive with one part changed."""
    with tarfile.open(path) as old:
        parts = {member.name: old.extractfile(member).read() for member in old.getmembers()}
    change(parts)
    with tarfile.open(path, "w") as new:
        for name, content in parts.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            new.addfile(info, BytesIO(content))


def flip(parts):
    name = next(name for name in parts if name.startswith("database/"))
    parts[name] = parts[name][:-1] + bytes([parts[name][-1] ^ 1])


def claim(**values):
    def change(parts):
        manifest = json.loads(parts["manifest.json"]) | values
        parts["manifest.json"] = json.dumps(manifest).encode()

    return change


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (flip, BackupBroken),
        (lambda parts: parts.pop("secret.key"), BackupBroken),
        (lambda parts: parts.pop("manifest.json"), BackupBroken),
        (claim(vendor="oracle"), BackupFromElsewhere),
        (claim(migrations=[["spine", "0999_future"]]), BackupNewer),
        (claim(format=99), BackupNewer),
    ],
)
def test_a_damaged_or_foreign_backup_changes_nothing(shop, tmp_path, change, refusal):
    backup(tmp_path / "b.tar")
    rewritten(tmp_path / "b.tar", change)
    with pytest.raises(refusal):
        restore(tmp_path / "b.tar", force=True)
    assert rows() == shop


def test_a_lost_file_is_noticed_and_no_backup_pretends_to_be_whole(shop, tmp_path, home):
    for path in (home / "files").rglob("*"):
        if path.is_file():
            path.write_bytes(b"something else")
    with pytest.raises(FileLost):
        backup(tmp_path / "b.tar")
    assert list(tmp_path.glob("*b.tar*")) == []


def test_nothing_outside_its_folder_is_written(shop, tmp_path):
    backup(tmp_path / "b.tar")
    rewritten(tmp_path / "b.tar", lambda parts: parts.update({"database/../../evil": b"x"}))
    restore(tmp_path / "b.tar", force=True)
    assert not list(tmp_path.rglob("evil"))
