"""Files by their content: judged, drawn anew where they are pictures, kept once, and never served active."""

import re
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass
from hashlib import sha256
from typing import IO

from django.utils.translation import gettext_lazy as _

from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Refused
from remonta.kernel.texts import clean
from remonta.spine.declared import gather
from remonta.spine.pictures import SUFFIXES, Picture, is_picture, redrawn
from remonta.spine.storage import keeper

MOST_BYTES = 25 * 1024 * 1024
LONGEST_NAME = 120
# Marks that turn the reading direction can make `exe.jpg` out of `gpj.exe`.
HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\r\n\t]+')
OTHERS = {b"%PDF-": "application/pdf", b"PK\x03\x04": "application/zip"}
PLAIN = "application/octet-stream"

Scope = Callable[[Actor, Collection[int]], Collection[int]]
SCOPES: dict[str, Scope] = {}


class FileTooLarge(Refused):
    text = _("This file is larger than %(limit)s MB. Make it smaller, or split it.")
    field = "file"


class FileEmpty(Refused):
    text = _("This file is empty. Choose another one.")
    field = "file"


@dataclass(frozen=True)
class Kept:
    """Bytes that are in the store by now, under the SHA-256 of their content."""

    sha256: str
    size: int
    media_type: str
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True)
class KeptFile:
    """A file as it was kept, with its thumbnail if it is a picture, and its name made harmless."""

    name: str
    whole: Kept
    thumbnail: Kept | None = None


def file_scope(subject: str, scope: Scope) -> None:
    """Declares who may see the files of a kind of subject: `scope(actor, ids)` gives the ids the actor may see."""
    SCOPES[subject] = scope


def visible_ids(actor: Actor, subject: str, ids: Collection[int]) -> Collection[int]:
    """Which of those subjects' files the actor may see; of a kind nobody has declared, none."""
    gather()
    scope = SCOPES.get(subject)
    return scope(actor, ids) if scope and ids else ()


def keep(content: bytes | IO[bytes], name: str) -> KeptFile:
    """Judges the content and puts it into the store; outside of any transaction where the store is far away.

    Raises FileTooLarge, FileEmpty, PictureBroken or PictureTooLarge.
    """
    data = content if isinstance(content, bytes) else content.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise FileTooLarge(limit=MOST_BYTES // (1024 * 1024))
    if not data:
        raise FileEmpty
    if not is_picture(data):
        return KeptFile(clean_name(name), _kept(data, _kind_of(data)))
    whole, thumbnail = redrawn(data)
    return KeptFile(_renamed(clean_name(name), whole.media_type), _kept_picture(whole), _kept_picture(thumbnail))


def read_stored(digest: str) -> bytes:
    """The whole content of a kept file."""
    with keeper().open(digest) as file:
        return file.read()


def clean_name(name: str) -> str:
    """The last part of a path, without what systems, pages or readers could misunderstand; 120 characters at most."""
    bare = HIDDEN.sub("", clean(unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])))
    plain = NOT_IN_NAMES.sub("_", bare).strip(" .") or "file"
    stem, dot, suffix = plain.rpartition(".")
    if dot and stem and len(suffix) <= 10:
        return f"{stem[: LONGEST_NAME - len(suffix) - 1]}.{suffix}"
    return plain[:LONGEST_NAME]


def _kept(content: bytes, media_type: str) -> Kept:
    digest = sha256(content).hexdigest()
    keeper().keep(digest, content)
    return Kept(digest, len(content), media_type)


def _kept_picture(picture: Picture) -> Kept:
    kept = _kept(picture.content, picture.media_type)
    return Kept(kept.sha256, kept.size, kept.media_type, picture.width, picture.height)


def _renamed(name: str, media_type: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    same = suffix.lower() == "jpeg" and media_type == "image/jpeg"
    return name if same else f"{stem if dot and stem else name}{SUFFIXES[media_type]}"


def _kind_of(data: bytes) -> str:
    return next((kind for magic, kind in OTHERS.items() if data.startswith(magic)), PLAIN)
