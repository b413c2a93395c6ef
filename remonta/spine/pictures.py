"""Pictures are drawn anew before they are kept: upright, smaller, without what the camera wrote into them."""

import warnings
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from remonta.kernel.refusals import Refused

MOST_PIXELS = 60_000_000
LONGEST_SIDE, THUMBNAIL_SIDE = 3000, 480
READS = ("JPEG", "PNG", "WEBP", "GIF")
MAGIC = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")
MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}


class PictureBroken(Refused):
    text = _("This picture cannot be read. Take it again, or save it as JPEG or PNG.")
    field = "file"


class PictureTooLarge(Refused):
    text = _("This picture has more than 60 million pixels. Make it smaller and try again.")
    field = "file"


@dataclass(frozen=True)
class Picture:
    content: bytes
    media_type: str
    width: int
    height: int


def is_picture(content: bytes) -> bool:
    """Whether the content claims to be a picture we draw, by its first bytes and never by its name."""
    return content.startswith(MAGIC) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP")


def redrawn(content: bytes) -> tuple[Picture, Picture]:
    """The picture and its thumbnail. Raises PictureBroken or PictureTooLarge."""
    try:
        with warnings.catch_warnings(action="error", category=Image.DecompressionBombWarning):
            image, kind = _decoded(content)
        whole = _saved(_fitting(image, LONGEST_SIDE), kind)
        return whole, _saved(_fitting(image, THUMBNAIL_SIDE), kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise PictureTooLarge from bomb
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as trouble:
        raise PictureBroken from trouble


def _decoded(content: bytes) -> tuple[Image.Image, str]:
    image = Image.open(BytesIO(content), formats=READS)
    if image.width * image.height > MOST_PIXELS:
        raise PictureTooLarge
    kind = image.format if image.format in MEDIA_TYPES else "PNG" if image.format == "GIF" else "JPEG"
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    image.load()
    upright = ImageOps.exif_transpose(image)
    clear = upright.has_transparency_data
    return upright.convert("RGBA" if clear and kind != "JPEG" else "RGB"), kind or "JPEG"


def _fitting(image: Image.Image, side: int) -> Image.Image:
    return ImageOps.contain(image, (side, side)) if max(image.size) > side else image


def _saved(image: Image.Image, kind: str) -> Picture:
    """A fresh file of nothing but the pixels."""
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    out = BytesIO()
    options = {"JPEG": {"quality": 85, "optimize": True}, "WEBP": {"quality": 85}}.get(kind, {"optimize": True})
    bare.save(out, kind, **options)
    return Picture(out.getvalue(), MEDIA_TYPES[kind], *image.size)
