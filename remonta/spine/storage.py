"""Where bytes are kept by their SHA-256: a folder, or a bucket of an S3-compatible object store."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.core.files.base import ContentFile


class Keeper(Protocol):
    """Keeps bytes under the hex SHA-256 of their content; keeping the same twice changes nothing."""

    def keep(self, sha256: str, content: bytes) -> None: ...

    def open(self, sha256: str) -> IO[bytes]: ...

    def remove(self, sha256: str) -> None: ...


class FolderKeeper:
    """`files/ab/cdef…`: written beside, synced, then renamed, so a file is there whole or not at all."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def keep(self, sha256: str, content: bytes) -> None:
        path = self.path(sha256)
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(draft, path)
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(draft)
            raise
        _sync_folder(path.parent)

    def open(self, sha256: str) -> IO[bytes]:
        return self.path(sha256).open("rb")

    def remove(self, sha256: str) -> None:
        self.path(sha256).unlink(missing_ok=True)

    def path(self, sha256: str) -> Path:
        return self.place / sha256[:2] / sha256[2:]


class BucketKeeper:
    """`s3://KEY:SECRET@bucket/prefix?endpoint=https://…&region=…`; without a key, what the environment gives."""

    def __init__(self, url: str) -> None:
        # Only installations with object storage pay for loading boto3.
        from storages.backends.s3 import S3Storage  # noqa: PLC0415

        parts = urlsplit(url)
        options: dict[str, Any] = {key: values[-1] for key, values in parse_qs(parts.query).items()}
        self.storage = S3Storage(
            bucket_name=parts.hostname,
            location=parts.path.strip("/"),
            access_key=unquote(parts.username) if parts.username else None,
            secret_key=unquote(parts.password) if parts.password else None,
            endpoint_url=options.get("endpoint"),
            region_name=options.get("region"),
            file_overwrite=True,
            default_acl=None,
            querystring_auth=True,
        )

    def keep(self, sha256: str, content: bytes) -> None:
        if not self.storage.exists(self.name(sha256)):
            self.storage.save(self.name(sha256), ContentFile(content))

    def open(self, sha256: str) -> IO[bytes]:
        with self.storage.open(self.name(sha256)) as file:
            return BytesIO(file.read())

    def remove(self, sha256: str) -> None:
        self.storage.delete(self.name(sha256))

    def name(self, sha256: str) -> str:
        return f"{sha256[:2]}/{sha256[2:]}"


def keeper() -> Keeper:
    """The keeper the settings choose."""
    return _keeper(settings.FILES_URL, Path(settings.HOME) / "files")


@cache
def _keeper(url: str, folder: Path) -> Keeper:
    return BucketKeeper(url) if url else FolderKeeper(folder)


def in_pieces(file: IO[bytes], size: int = 1 << 18) -> Iterator[bytes]:
    """The content of a kept file, piece by piece, closed at the end."""
    with file:
        yield from iter(lambda: file.read(size), b"")


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
