"""Papers that go along with messages: drawn when the message is sent, never inside a transaction."""

from collections.abc import Mapping
from typing import Any

from remonta.documents.models import Document
from remonta.documents.queries import PAPER, drawn_document, file_name
from remonta.spine.commands import Enclosure, draws


@draws(PAPER)
def enclose(args: Mapping[str, Any]) -> Enclosure:
    """The document of that key as a PDF file; who sends it has checked that the recipient may have it."""
    document = Document.objects.select_related("template").get(pk=args["document"])
    return Enclosure(file_name(document), "application/pdf", drawn_document(document))
