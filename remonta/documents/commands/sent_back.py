"""The note that goes along with goods to their supplier."""

from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from remonta.documents.commands.issuing import issue_document
from remonta.documents.models import Document
from remonta.documents.pieces import company_at
from remonta.documents.queries import logo_of
from remonta.documents.shapes import Pair, Party, SentBackLine, SupplierReturnData
from remonta.documents.written import day, quantity
from remonta.kernel.actor import Actor
from remonta.spine.commands import command
from remonta.supply.queries import ReturnedLine, ReturnPage, return_page, supplier_returns_for


@command
def print_supplier_return(actor: Actor, uid: UUID) -> Document:
    """The return note in the supplier's language, without costs. Raises NotPermitted, DoesNotExist."""
    found = supplier_returns_for(actor).select_related("centre__legal_entity", "supplier").get(uid=uid)
    centre, supplier, language = found.centre, found.supplier, found.supplier.language
    with translation.override(language):
        page = return_page(actor, uid)
        known = ((_("Address"), supplier.address), (_("Contact person"), supplier.contact))
        form = SupplierReturnData(
            paper="a4",
            language=language,
            company=company_at(centre),
            logo=logo_of(actor, centre.legal_entity_id),
            number=found.number,
            issued=day(found.sent_at or found.created_at, language, centre.timezone),
            bar=found.number,
            supplier=Party(name=supplier.name, facts=tuple(pair for pair in known if pair[1])),
            lines=tuple(_line(line, language) for line in page.lines),
            facts=_facts(page, supplier.our_number),
            notes=found.note,
        )
        about: dict[str, Any] = {"subject": "supply.supplierreturn", "subject_id": found.pk, "thread_id": None}
        look: dict[str, Any] = {"code": form.code, "paper": form.paper, "language": language}
        issued: Document = issue_document(actor, **look, **about, centre_id=centre.pk, data=form.as_json())
    return issued


def _line(line: ReturnedLine, language: str) -> SentBackLine:
    return SentBackLine(
        number=line.supplier_number or line.part_number,
        name=" ".join(filter(None, (line.part_name, line.named, f"({line.note})" if line.note else ""))),
        reason=line.reason_label,
        order=line.purchase_number,
        warranty=day(line.warranty_until, language),
        quantity=quantity(line.quantity, language),
    )


def _facts(page: ReturnPage, our_number: str) -> tuple[Pair, ...]:
    known = (
        (_("Our customer number"), our_number),
        (_("Carrier"), page.courier),
        (_("Tracking number"), page.tracking),
        (_("Your number of the case"), page.reference),
    )
    return tuple(pair for pair in known if pair[1])
