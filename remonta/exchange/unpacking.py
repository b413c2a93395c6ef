"""Files from outside, opened with bounds: what they unpack to is counted before anything trusts it."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from django.utils.translation import gettext_lazy as _

from remonta.kernel.refusals import Refused

MEGABYTE = 1024 * 1024
MOST_UNPACKED = 512 * MEGABYTE
MOST_IN_A_BOOK = 192 * MEGABYTE
MOST_ENTRIES = 2000
PIECE = 256 * 1024
GZIP, ZIP, OLD_BOOK = b"\x1f\x8b", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class TableTooLarge(Refused):
    text = _("This file unpacks to more than %(limit)s MB. Split it into smaller ones.")
    field = "file"


class TableUnreadable(Refused):
    text = _("This file cannot be read as a table: %(why)s")
    field = "file"


class Bounded(io.RawIOBase):
    """A stream that refuses to give more than it may, however small the file was."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        self.stream, self.most, self.given = stream, most, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            data = self.stream.read(len(buffer))
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise TableUnreadable(why=str(error)) from error
        self.given += len(data)
        if self.given > self.most:
            raise TableTooLarge(limit=self.most // MEGABYTE)
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def plain_bytes(stream: IO[bytes], most: int = MOST_UNPACKED) -> Iterator[IO[bytes]]:
    """The bytes from the beginning, unpacked if they are packed with gzip. Raises TableTooLarge, TableUnreadable."""
    stream.seek(0)
    packed = stream.read(2) == GZIP
    stream.seek(0)
    inner: IO[bytes] = gzip.GzipFile(fileobj=stream) if packed else stream  # type: ignore[assignment]
    yield io.BufferedReader(Bounded(inner, most), PIECE)


def is_book(stream: IO[bytes]) -> bool:
    """Whether it is a spreadsheet (XLSX, ODS, or the old XLS)."""
    stream.seek(0)
    magic = stream.read(4)
    stream.seek(0)
    return magic in (ZIP, OLD_BOOK)


def check_book(stream: IO[bytes], most: int = MOST_IN_A_BOOK) -> None:
    """Unpacks every entry of a zipped spreadsheet and throws it away, counting. Raises TableTooLarge."""
    stream.seek(0)
    if not zipfile.is_zipfile(stream):
        return
    stream.seek(0)
    with zipfile.ZipFile(stream) as archive:
        entries = archive.infolist()
        if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > most:
            raise TableTooLarge(limit=most // MEGABYTE)
        given = 0
        for entry in entries:
            with archive.open(entry) as inside:
                while piece := inside.read(PIECE):
                    given += len(piece)
                    if given > most:
                        raise TableTooLarge(limit=most // MEGABYTE)
