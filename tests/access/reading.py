"""What a person could read in an answer: pages, problems, PDF, spreadsheets, streams."""

import io
import zipfile

from django.core.signals import request_finished
from django.db import close_old_connections
from django.http.response import HttpResponseBase

LONGEST = 2_000_000


def text_of(response: HttpResponseBase) -> str:
    """The answer's whole text."""
    body = body_of(response)
    kind = response.headers.get("Content-Type", "")
    if kind.startswith("application/pdf"):
        return text_of_pdf(body)
    if "spreadsheetml" in kind or body[:2] == b"PK":
        return text_of_archive(body)
    return body.decode("utf-8", "replace") + str(dict(response.headers))


def body_of(response: HttpResponseBase) -> bytes:
    if not getattr(response, "streaming", False):
        return response.content
    pieces, size = [], 0
    for piece in response.streaming_content:
        pieces.append(piece if isinstance(piece, bytes) else str(piece).encode())
        size += len(pieces[-1])
        if size > LONGEST:
            break
    request_finished.disconnect(close_old_connections)  # as Django's test client does: the test's transaction goes on
    response.close()
    request_finished.connect(close_old_connections)
    return b"".join(pieces)


def text_of_archive(body: bytes) -> str:
    """Every text inside a spreadsheet or another zip."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return " ".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def text_of_pdf(body: bytes) -> str:
    """The words of a PDF, as a reader that copies them out would get them."""
    import pypdf  # noqa: PLC0415 - only where a route answers with paper

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)
