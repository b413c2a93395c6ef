"""Files as they are sent: pictures in place, everything else as a download, nothing active."""

from uuid import UUID

from django.http import FileResponse
from django.http.response import HttpResponseBase

from remonta.kernel.actor import Actor
from remonta.spine.queries import open_attachment
from remonta.web.requests import Request

YEAR = 365 * 24 * 3600


def file(request: Request, uid: UUID) -> HttpResponseBase:
    """A file of something the person may see; `?small` is its thumbnail."""
    return send_file(request.actor, uid, small="small" in request.GET)


def send_file(actor: Actor, uid: UUID, *, small: bool = False) -> FileResponse:
    """The answer with a file. What a file holds never changes, so a browser may keep it, for its own person only."""
    opened = open_attachment(actor, uid, thumbnail=small)
    answer = FileResponse(
        opened.stream, as_attachment=not opened.inline_ok, filename=opened.name, content_type=opened.media_type
    )
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = f"private, max-age={YEAR}, immutable"
    answer.headers["ETag"] = f'"{opened.sha256}"'
    return answer
