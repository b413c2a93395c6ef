"""Pictures that a driver's page sends: the drawn signature and photos."""

import base64
from binascii import Error

from remonta.spine.commands import KeptFile, keep
from remonta.web.requests import Request

DRAWN = "data:image/png;base64,"
MOST_DRAWN = 2_000_000
MOST_PHOTOS = 6


def drawn(request: Request) -> KeptFile | None:
    """What was drawn on the screen; None when the name was typed instead. Raises PictureBroken."""
    text = request.POST.get("signature", "")
    if not text.startswith(DRAWN) or len(text) > MOST_DRAWN:
        return None
    try:
        content = base64.b64decode(text.removeprefix(DRAWN), validate=True)
    except Error:
        return None
    return keep(content, "signature.png") if content else None


def photo_of(request: Request) -> tuple[KeptFile, ...]:
    """The photos that were taken. Raises FileTooLarge, PictureBroken, PictureTooLarge."""
    files = request.FILES.getlist("photo")[:MOST_PHOTOS]
    return tuple(keep(file.read(), file.name or "photo.jpg") for file in files if file.size)
