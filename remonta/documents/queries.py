"""Reading print forms: documents, their pages, templates and previews."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext

from remonta.documents import drawing
from remonta.documents.barcodes import modules, qr_code
from remonta.documents.confinement import Confinement
from remonta.documents.lists import MOST_CELLS as MOST_CELLS
from remonta.documents.lists import list_pdf as list_pdf
from remonta.documents.models import Document, FormTemplate
from remonta.documents.samples import sample
from remonta.documents.shapes import LABEL_SIZES, SHAPES
from remonta.documents.typesetter import TYPESETTER
from remonta.documents.written import day as day
from remonta.documents.written import moment as moment
from remonta.documents.written import money as money
from remonta.documents.written import phone as phone
from remonta.identity.queries import in_reach, names_of, setting
from remonta.kernel.actor import EVERYWHERE, Actor
from remonta.kernel.refusals import NotPermitted
from remonta.spine.queries import attachments_for, file_scope, read_stored, remembered

FOR_CUSTOMERS = ("receipt", "quote", "act", "payment", "invoice", "send_in")
WITH_COSTS = ("purchase_order",)
WORK_ORDER, LEGAL_ENTITY, LOGO_KIND = "orders.workorder", "identity.legalentity", "logo"
PAPER = "documents.document"  # {"paper": PAPER, "args": {"document": pk}} encloses a document in a message


@dataclass(frozen=True)
class FormKind:
    """A form there is: code, name, and the papers it can be printed on with their names."""

    code: str
    label: str
    papers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PaperRow:
    """A document as lists show it; `by` is who printed it first."""

    uid: UUID
    code: str
    label: str
    paper_label: str
    number: str
    language: str
    created_at: datetime
    by: str


def documents_for(actor: Actor) -> QuerySet[Document]:
    """The documents of the centres in which the actor may see them, those that say what parts cost only for who may see
    that; for a secret link those of its order that are meant for customers."""
    orders = actor.granted(WORK_ORDER)
    if orders:
        return Document.objects.filter(thread_id__in=orders, code__in=FOR_CUSTOMERS)
    costly = Q(code__in=WITH_COSTS) & ~in_reach(actor, "stock.see_cost")
    return Document.objects.filter(in_reach(actor, "documents.see")).exclude(costly)


def templates_for(actor: Actor) -> QuerySet[FormTemplate]:
    """The templates the actor may change: those of the actor's centres; delivered and common ones for whoever may
    change any."""
    if EVERYWHERE in actor.places_of("documents.templates"):
        return FormTemplate.objects.all()
    if not actor.may_somewhere("documents.templates"):
        return FormTemplate.objects.none()
    common = Q(centre=None, legal_entity=None)
    return FormTemplate.objects.filter(in_reach(actor, "documents.templates") | common)


def pdf_of(actor: Actor, document_uid: UUID) -> bytes:
    """The document as it was issued: from its frozen data and the template of that time, byte for byte the same.

    One statement. Raises Document.DoesNotExist for what the actor may not see.
    """
    return drawn_document(documents_for(actor).select_related("template").get(uid=document_uid))


def drawn_document(document: Document) -> bytes:
    """The pages of a document that was read with its template. No statement; the caller has checked who may see it."""
    return drawing.pdf(
        document.template.source,
        document.template.kit,
        document.data,
        made_at=int(document.created_at.timestamp()),
        logo=read_stored(str(document.data["logo"])) if document.data.get("logo") else b"",
    )


def file_name(document: Document) -> str:
    """What the file is called: `receipt-KRK-000123.pdf`."""
    return f"{document.code.replace('_', '-')}-{slugify(document.number, allow_unicode=True).upper()}.pdf"


def logo_of(actor: Actor, legal_entity_id: int) -> str:
    """The SHA-256 of the mark the legal entity's papers carry now; empty without one. One statement."""
    kept = marks_of(actor, legal_entity_id).last()
    return kept.file.sha256 if kept else ""


def marks_of(actor: Actor, legal_entity_id: int) -> QuerySet[Any]:
    """The marks that were uploaded for a legal entity, as files; the last one counts. No statement."""
    return attachments_for(actor, [(LEGAL_ENTITY, legal_entity_id)]).filter(kind=LOGO_KIND)


def template_in_force(code: str, centre_id: int) -> FormTemplate | None:
    """The active template nearest to the centre, else the delivered one; None before that was first used.

    One statement, once in a command.
    """
    return remembered(("form", code, centre_id), lambda: _in_force(code, centre_id))


def _in_force(code: str, centre_id: int) -> FormTemplate | None:
    layers = Q(centre=centre_id) | Q(legal_entity__centres=centre_id) | Q(centre=None, legal_entity=None)
    wanted = layers & Q(active=True) | Q(built_in=True, sha256=built_in_mark(code))
    found = FormTemplate.objects.filter(wanted, code=code)
    return max(found, key=lambda row: (bool(row.centre_id), bool(row.legal_entity_id), row.active), default=None)


def built_in_mark(code: str) -> str:
    """The SHA-256 by which the row of a delivered template is found."""
    return mark(drawing.built_in(code), drawing.built_in_kit())


def mark(source: str, kit: str) -> str:
    """The SHA-256 of a template with what it shares."""
    return sha256(f"{source}\0{kit}".encode()).hexdigest()


def built_in_source(code: str) -> str:
    """The delivered source of a form, for the editor."""
    return drawing.built_in(code)


def papers_of_order(actor: Actor, work_order_id: int) -> tuple[PaperRow, ...]:
    """What was printed for an order, newest first. Two statements."""
    fields = ("uid", "code", "paper", "number", "language", "created_at", "actor")
    rows = list(documents_for(actor).filter(thread_id=work_order_id).order_by("-pk").values_list(*fields))
    names = names_of({_account(row[6]) for row in rows if _account(row[6])})
    return tuple(
        PaperRow(uid, code, form_label(code), paper_label(paper), number, language, at, names.get(_account(by), ""))
        for uid, code, paper, number, language, at, by in rows
    )


def form_kinds() -> tuple[FormKind, ...]:
    """Every form there is, in the reader's language. No statement."""
    return tuple(
        FormKind(code, form_label(code), tuple((paper, paper_label(paper)) for paper in shape.papers))
        for code, shape in SHAPES.items()
    )


def form_label(code: str) -> str:
    """The name of a form in the reader's language: what stands on top of it. No statement."""
    return SHAPES[code].words()["title"]


def paper_label(paper: str) -> str:
    """`A4`, `80 mm roll`, `58 × 40 mm`. No statement."""
    if paper == "roll80":
        return gettext("80 mm roll")
    return f"{paper.replace('x', ' × ')} mm" if "x" in paper else paper.upper()


def _account(label: str) -> int:
    kind, _colon, key = label.partition(":")
    return int(key) if kind == "account" and key.isdecimal() else 0


def qr_svg(text: str) -> str:
    """A QR code as an SVG element that a page can draw at any size, with white around it. No statement."""
    drawn = qr_code(text)
    size = modules(drawn)
    inside = drawn.decode().partition('<g id="barcode"')[2].rpartition("</svg>")[0]
    room = f"-4 -4 {size + 8} {size + 8}"
    return f'<svg class="qr" viewBox="{room}" xmlns="http://www.w3.org/2000/svg" aria-hidden="true"><g{inside}</svg>'


def label_size_at(centre_id: int | None) -> str:
    """The size of the labels in the centre's printer, `58x40`. One statement."""
    return str(setting("documents.label_size", centre_id))


def label_sizes() -> tuple[str, ...]:
    """The sizes of labels in millimetres, `58x40`. No statement."""
    return LABEL_SIZES


def preview_template(actor: Actor, source: str, code: str, *, language: str = "", paper: str = "") -> bytes:
    """The PDF of a template that is being written, with sample data.

    Raises NotPermitted for who may change no forms, TemplateBroken, TemplateTooSlow.
    """
    _check_editor(actor)
    return drawing.pdf(source, drawing.built_in_kit(), sample(code, language or actor.language, paper))


def preview_pictures(actor: Actor, source: str, code: str, *, language: str = "", paper: str = "") -> list[bytes]:
    """The same as one PNG a page."""
    _check_editor(actor)
    return drawing.pictures(source, drawing.built_in_kit(), sample(code, language or actor.language, paper))


def _check_editor(actor: Actor) -> None:
    if not actor.may_somewhere("documents.templates"):
        raise NotPermitted


def trials(code: str) -> Iterator[dict[str, object]]:
    """Sample data that every template of the form must bear: each paper once, each language once."""
    papers, languages = SHAPES[code].papers, ("en", "ru", "pl", "zh-hans")
    yield from (sample(code, languages[at % 4], paper) for at, paper in enumerate(papers))
    yield from (sample(code, language, papers[0]) for language in languages[1:])


def confinement() -> Confinement:
    """How well printing is locked in on this machine; `has_no_network` is False where only limits hold it."""
    return TYPESETTER.confinement()


file_scope(LEGAL_ENTITY, lambda _actor, ids: ids)  # the mark of a company is for everybody to see
