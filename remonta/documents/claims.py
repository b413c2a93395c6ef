"""The evidence of a claim to a maker in one archive: what is claimed, and the photos and papers of each repair."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from remonta.spine.queries import Attachment, read_stored

MOST_BYTES = 20 * 1024 * 1024
STRANGE = re.compile(r"[^\w.-]+")
NO_DAY = (1980, 1, 1, 0, 0, 0)  # the same evidence is the same archive


@dataclass(frozen=True)
class Case:
    """The files of one unit; `name` gives its folder. Names of kept files are harmless already."""

    name: str
    files: tuple[Attachment, ...]

    @property
    def folder(self) -> str:
        """The name without what systems could misunderstand."""
        return STRANGE.sub("_", self.name)[:80].strip("._") or "unit"


def archive(sheet: bytes, cases: Iterable[Case]) -> bytes:
    """The claim's sheet, and a folder for each unit. Past 20 MB, pictures are put in small and other files left out."""
    kept, used = BytesIO(), 0
    with ZipFile(kept, "w", ZIP_DEFLATED) as whole:
        whole.writestr(ZipInfo("claim.pdf", NO_DAY), sheet)
        for case in cases:
            for at, file in enumerate(case.files, start=1):
                digest = _fitting(file, MOST_BYTES - used)
                if digest is None:
                    continue
                content = read_stored(digest)
                used += len(content)
                whole.writestr(ZipInfo(f"{case.folder}/{at:02} {file.name}", NO_DAY), content)
    return kept.getvalue()


def _fitting(file: Attachment, room: int) -> str | None:
    """The whole file if there is room for it, else its thumbnail."""
    if file.file.size <= room:
        return str(file.file.sha256)
    small = file.thumbnail
    return str(small.sha256) if small and small.size <= room else None
