"""Papers: printing and reading them, and the templates of forms."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import File, Query, Router, UploadedFile
from pydantic import Field

from remonta.api.dispatch import order_id
from remonta.api.fields import Asked, Code
from remonta.api.paging import Page, Paging, each, page_of
from remonta.api.places import PAPER, PDF
from remonta.api.problems import unfit
from remonta.api.reading import file_of
from remonta.api.shapes.orders import Photo
from remonta.api.shapes.papers import FormShape, Paper, PrintedShape, TemplateShape
from remonta.api.spoken import op
from remonta.documents import commands
from remonta.documents.queries import (
    documents_for,
    file_name,
    form_kinds,
    form_label,
    marks_of,
    papers_of_order,
    pdf_of,
    preview_template,
    templates_for,
)
from remonta.identity.queries import entities_for
from remonta.kernel.refusals import Missing
from remonta.web.requests import Request

router = Router()
OF_ORDER: dict[str, tuple[str, Callable[[Any, UUID, str], Any]]] = {
    "receipt": ("a4", lambda actor, uid, paper: commands.print_receipt(actor, uid, paper=paper)),
    "work_order": ("a4", lambda actor, uid, paper: commands.print_work_order(actor, uid, paper=paper)),
    "label": ("58x40", lambda actor, uid, paper: commands.print_labels(actor, uid, size=paper)),
    "act": ("a4", lambda actor, uid, _paper: commands.print_act(actor, uid)),
}


class PrintAsked(Asked):
    """A form of an order, and the paper to print it on."""

    code: Code = Field(json_schema_extra={"enum": list(OF_ORDER)})
    paper: Code = ""


class PaperAsked(Asked):
    """The paper to print on."""

    paper: Code = Field("roll80", json_schema_extra={"enum": ["roll80", "a4"]})


class SourceAsked(Asked):
    """The source of a template, in Typst."""

    source: str = Field(max_length=100_000, pattern=r"^[^\x00]*$")


class TemplateAsked(SourceAsked):
    """A template for one centre, for a legal entity, or for the whole network."""

    centre_uid: UUID | None = None
    legal_entity_uid: UUID | None = None


class LayerAsked(Asked):
    """Whose own template is no longer used."""

    centre_uid: UUID | None = None
    legal_entity_uid: UUID | None = None


def paper_of(document: Any) -> dict[str, Any]:
    """A document as an answer. No statement."""
    same = ("uid", "code", "number", "language", "created_at")
    return {name: getattr(document, name) for name in same} | {"label": form_label(document.code)}


def template_of(row: Any) -> dict[str, Any]:
    """A template as an answer. No statement when read with its centre."""
    same = ("uid", "code", "version", "source", "active", "created_at")
    return {name: getattr(row, name) for name in same} | {"centre": row.centre.name if row.centre else ""}


@router.get("/forms", **op("forms", list[FormShape]))
def forms(request: Request) -> Any:
    """Every form there is."""
    return [
        {"code": one.code, "label": one.label, "papers": [name for name, _label in one.papers]} for one in form_kinds()
    ]


@router.get("/orders/{uuid:uid}/papers", **op("order-papers", list[PrintedShape]))
def of_order(request: Request, uid: UUID) -> Any:
    """What was printed for an order, newest first."""
    return papers_of_order(request.actor, order_id(request, uid))


@router.post("/orders/{uuid:uid}/papers", **op("order-papers", Paper, status=201))
def print_order(request: Request, uid: UUID, asked: PrintAsked) -> Any:
    """Prints a form of an order. The same contents printed again are the same document."""
    if asked.code not in OF_ORDER:
        raise unfit("code", _("There is no such form of an order."))
    usual, make = OF_ORDER[asked.code]
    return paper_of(make(request.actor, uid, asked.paper or usual))


@router.post("/quotes/{uuid:uid}/paper", **op("quote-paper", Paper, status=201))
def print_quote(request: Request, uid: UUID) -> Any:
    """Prints a quote as it was frozen when it was sent."""
    return paper_of(commands.print_quote(request.actor, uid))


@router.post("/payments/{uuid:uid}/paper", **op("payment-paper", Paper, status=201))
def print_payment(request: Request, uid: UUID, asked: PaperAsked) -> Any:
    """Prints the receipt of a payment or refund."""
    return paper_of(commands.print_payment(request.actor, uid, paper=asked.paper))


@router.post("/invoices/{uuid:uid}/paper", **op("invoice-paper", Paper, status=201))
def print_invoice(request: Request, uid: UUID) -> Any:
    """Prints an invoice from its frozen contents."""
    return paper_of(commands.print_invoice(request.actor, uid))


@router.post("/deliveries/{uuid:uid}/paper", **op("delivery-paper", Paper, status=201))
def print_delivery(request: Request, uid: UUID) -> Any:
    """Prints the note of goods received."""
    return paper_of(commands.print_goods_note(request.actor, uid))


@router.post("/picking-lists/{uuid:uid}/paper", **op("store-picking-paper", Paper, status=201))
def print_picking(request: Request, uid: UUID) -> Any:
    """Prints a picking list."""
    return paper_of(commands.print_picking(request.actor, uid))


@router.post("/transfers/{uuid:uid}/paper", **op("transfer-paper", Paper, status=201))
def print_transfer(request: Request, uid: UUID) -> Any:
    """Prints the note that goes with parts to another centre."""
    return paper_of(commands.print_transfer(request.actor, uid))


@router.get("/papers", **op("papers", Page[Paper]))
def listed(request: Request, asked: Query[Paging]) -> Any:
    """Printed documents in pages, newest first."""
    return page_of(documents_for(request.actor), asked, each(paper_of))


@router.get("/papers/{uuid:uid}", **op("paper", Paper))
def one(request: Request, uid: UUID) -> Any:
    """A printed document."""
    return paper_of(documents_for(request.actor).get(uid=uid))


@router.get("/papers/{uuid:uid}/pdf", url_name="paper-pdf", openapi_extra=PAPER)
def pdf(request: Request, uid: UUID) -> HttpResponse:
    """The pages, byte for byte as they were printed first."""
    document = documents_for(request.actor).get(uid=uid)
    answer = HttpResponse(pdf_of(request.actor, uid), content_type=PDF)
    answer.headers["Content-Disposition"] = f'inline; filename="{file_name(document)}"'
    return answer


@router.get("/form-templates", **op("form-templates", list[TemplateShape]))
def templates(request: Request, code: Query[Code] = "") -> Any:
    """The templates in force that the key may change."""
    rows = templates_for(request.actor).filter(active=True).select_related("centre").order_by("code", "pk")
    return [template_of(row) for row in (rows.filter(code=code) if code else rows)[:500]]


@router.post("/form-templates/{slug:code}", **op("form-template", TemplateShape, status=201))
def save(request: Request, code: str, asked: TemplateAsked) -> Any:
    """A new version of a form, in force from now on. It is tried with sample data first."""
    known_form(code)
    saved = commands.save_template(request.actor, code=code, **asked.model_dump())
    return template_of(templates_for(request.actor).select_related("centre").get(pk=saved.pk))


@router.post("/form-templates/{slug:code}/preview", url_name="form-preview", openapi_extra=PAPER)
def preview(request: Request, code: str, asked: SourceAsked) -> HttpResponse:
    """The pages of a template that is being written, with sample data."""
    known_form(code)
    return HttpResponse(preview_template(request.actor, asked.source, code), content_type=PDF)


@router.post("/form-templates/{slug:code}/restore", **op("form-restore", None, status=204))
def restore(request: Request, code: str, asked: LayerAsked) -> None:
    """The form looks as delivered again."""
    known_form(code)
    commands.restore_builtin(request.actor, code=code, **asked.model_dump())


def known_form(code: str) -> None:
    """Raises Missing for a form that there is not."""
    if code not in {one.code for one in form_kinds()}:
        raise Missing


@router.get("/entities/{uuid:entity}/mark", **op("entity-mark", Photo | None))
def company_mark(request: Request, entity: UUID) -> Any:
    """The company’s mark on papers of a legal entity; null without one."""
    found = marks_of(request.actor, entities_for(request.actor).get(uid=entity).pk).last()
    return file_of(found) if found else None


@router.post("/entities/{uuid:entity}/mark", **op("entity-mark", Photo, status=201))
def set_mark(request: Request, entity: UUID, file: File[UploadedFile]) -> Any:
    """Another mark for the papers to come: a PNG or JPEG, drawn anew as small as paper needs."""
    return file_of(commands.set_logo(request.actor, entity, content=file.read()))


@router.delete("/entities/{uuid:entity}/mark", **op("entity-mark", None, status=204))
def remove_mark(request: Request, entity: UUID) -> None:
    """Papers to come carry no mark."""
    commands.remove_logo(request.actor, entity)
