"""Backup and restore: the database, the files and the secret in one archive whose every part carries its SHA-256."""

import json
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.utils.translation import gettext_lazy as _

from remonta.kernel.refusals import Refused
from remonta.spine.backup_database import applied_migrations, dump, known_migrations, load
from remonta.spine.books import guard_books
from remonta.spine.models import StoredFile
from remonta.spine.search_index import index_search
from remonta.spine.storage import keeper
from remonta.spine.verify import Flaw, verify

FORMAT = 1
MANIFEST, SECRET = "manifest.json", "secret.key"
FLAWS_SHOWN = 100
Tell = Callable[[str], None]


class BackupBroken(Refused):
    text = _("This backup is damaged: %(part)s is not what was saved. Use another one.")


class BackupFromElsewhere(Refused):
    text = _("This backup is of a %(vendor)s database, but this installation uses %(here)s. Set DATABASE_URL to match.")


class BackupNewer(Refused):
    text = _("This backup was made by a newer version of Remonta. Install that version first.")


class NotEmpty(Refused):
    text = _("This installation has data already. Restore into an empty one, or say --force to replace everything.")


class FileLost(Refused):
    text = _("A stored file cannot be read: %(name)s. Nothing was saved; see what happened to the folder of files.")


def backup(path: Path, tell: Tell = lambda _line: None) -> dict[str, Any]:
    """Saves everything into one archive while others work, and gives its manifest. The archive appears when whole.

    It holds the installation's secret and all personal data: keep it as safe as the installation. Raises FileLost.
    """
    draft = path.with_name(f".{path.name}.draft")
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "made_at": datetime.now(UTC).isoformat(),
        "vendor": connection.vendor,
        "migrations": applied_migrations(),
        "parts": {},
    }
    try:
        with os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:
            with tarfile.open(fileobj=file, mode="w") as archive:
                _save_parts(archive, manifest["parts"], tell)
                _add(archive, MANIFEST, json.dumps(manifest, indent=1).encode())
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def restore(
    path: Path, *, force: bool = False, tell: Tell = lambda _line: None, then: Callable[[], None] = lambda: None
) -> list[Flaw]:
    """Puts everything back and proves the books; gives the first flaws. Nothing is touched before every part is whole.

    `then` is done between the two: what the backup could not know, such as whose data was erased since.

    Stop the server and the workers first. Raises NotEmpty, BackupBroken, BackupFromElsewhere or BackupNewer.
    """
    if not force and _has_data():
        raise NotEmpty
    with tarfile.open(path, mode="r:") as archive, tempfile.TemporaryDirectory() as folder:
        manifest = _judged(archive, tell)
        _unpack_database(archive, Path(folder))
        tell("database")
        load(Path(folder), [(app, name) for app, name in manifest["migrations"]])
        guard_books()
        index_search()
        for name in manifest["parts"]:
            if name.startswith("files/"):
                keeper().keep(name.removeprefix("files/"), _read(archive, name))
        _restore_secret(archive, manifest["parts"])
    then()
    tell("verify")
    return list(islice(verify(), FLAWS_SHOWN))


def _save_parts(archive: tarfile.TarFile, parts: dict[str, Any], tell: Tell) -> None:
    with tempfile.TemporaryDirectory(dir=settings.HOME) as folder:
        for path in dump(Path(folder)):
            parts[f"database/{path.name}"] = _described(path)
            archive.add(path, f"database/{path.name}")
            path.unlink()
    tell("database")
    # Read after the database: what was added meanwhile does no harm, what is missing would.
    for digest in StoredFile.objects.order_by("pk").values_list("sha256", flat=True).iterator(1000):
        parts[f"files/{digest}"] = _save_file(archive, digest)
    tell("files")
    secret = Path(settings.HOME) / SECRET
    if secret.exists():
        parts[SECRET] = _add(archive, SECRET, secret.read_bytes())


def _save_file(archive: tarfile.TarFile, digest: str) -> dict[str, Any]:
    try:
        with keeper().open(digest) as file:
            content = file.read()
    except OSError as trouble:
        raise FileLost(name=digest) from trouble
    if sha256(content).hexdigest() != digest:
        raise FileLost(name=digest)
    return _add(archive, f"files/{digest}", content)


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> dict[str, Any]:
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(content), 0o600
    archive.addfile(info, BytesIO(content))
    return {"sha256": sha256(content).hexdigest(), "size": len(content)}


def _described(path: Path) -> dict[str, Any]:
    digest, size = sha256(), 0
    with path.open("rb") as file:
        while some := file.read(1 << 20):
            digest.update(some)
            size += len(some)
    return {"sha256": digest.hexdigest(), "size": size}


def _judged(archive: tarfile.TarFile, tell: Tell) -> dict[str, Any]:
    """The manifest, after every part has been compared with it."""
    try:
        manifest: dict[str, Any] = json.loads(_read(archive, MANIFEST))
    except (KeyError, ValueError) as trouble:
        raise BackupBroken(part=MANIFEST) from trouble
    tell("check")
    for name, part in manifest["parts"].items():
        if _digest(archive, name) != part["sha256"]:
            raise BackupBroken(part=name)
    if manifest["vendor"] != connection.vendor:
        raise BackupFromElsewhere(vendor=manifest["vendor"], here=connection.vendor)
    if manifest["format"] > FORMAT or not {(app, name) for app, name in manifest["migrations"]} <= known_migrations():
        raise BackupNewer
    return manifest


def _digest(archive: tarfile.TarFile, name: str) -> str:
    digest = sha256()
    for some in _pieces(archive, name):
        digest.update(some)
    return digest.hexdigest()


def _pieces(archive: tarfile.TarFile, name: str) -> Iterator[bytes]:
    try:
        member = archive.extractfile(name)
    except KeyError:
        member = None
    if member is None:
        raise BackupBroken(part=name)
    with member:
        yield from iter(lambda: member.read(1 << 20), b"")


def _read(archive: tarfile.TarFile, name: str) -> bytes:
    return b"".join(_pieces(archive, name))


def _unpack_database(archive: tarfile.TarFile, folder: Path) -> None:
    """Only plain names directly below `database/`, whatever the archive says."""
    for member in archive.getmembers():
        name = member.name.removeprefix("database/")
        if member.isfile() and member.name.startswith("database/") and name == Path(name).name:
            with (folder / name).open("wb") as file:
                file.writelines(_pieces(archive, member.name))


def _restore_secret(archive: tarfile.TarFile, parts: dict[str, Any]) -> None:
    """What is encrypted in the database can only be read with its secret; the next start uses it."""
    if SECRET in parts:
        path = Path(settings.HOME) / SECRET
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(_read(archive, SECRET))


def _has_data() -> bool:
    accounts = get_user_model()
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    return accounts._meta.db_table in tables and accounts._default_manager.exists()
