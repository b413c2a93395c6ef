"""Printing what came into the warehouse."""

from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from remonta.documents.commands.issuing import issue_document
from remonta.documents.models import Document
from remonta.documents.pieces import company_at
from remonta.documents.queries import logo_of
from remonta.documents.shapes import GoodsLine, GoodsNoteData, Party
from remonta.documents.written import moment, quantity
from remonta.identity.queries import names_of
from remonta.kernel.actor import Actor
from remonta.spine.commands import command
from remonta.supply.queries import Receipt, receipt_page, receipts_for


@command
def print_goods_note(actor: Actor, receipt_uid: UUID) -> Document:
    """The note of goods received, in the centre's language, without costs. Raises NotPermitted, DoesNotExist."""
    centre = receipts_for(actor).select_related("centre__legal_entity").get(uid=receipt_uid).centre
    receipt = receipt_page(actor, receipt_uid)
    with translation.override(centre.language):
        form = GoodsNoteData(
            paper="a4",
            language=centre.language,
            company=company_at(centre),
            logo=logo_of(actor, centre.legal_entity_id),
            number=receipt.number,
            issued=moment(receipt.received_at, centre.language, centre.timezone),
            qr=receipt.number,
            bar=receipt.number,
            supplier=Party(name=receipt.supplier),
            lines=_lines(receipt, centre.language),
            facts=_facts(receipt, moment(receipt.received_at, centre.language, centre.timezone)),
        )
        about: dict[str, Any] = {
            "subject": "supply.goodsreceipt",
            "subject_id": receipt.id,
            "thread_id": None,
            "centre_id": centre.pk,
        }
        look: dict[str, Any] = {"code": form.code, "paper": form.paper, "language": form.language}
        issued: Document = issue_document(actor, **look, **about, data=form.as_json())
    return issued


def _lines(receipt: Receipt, language: str) -> tuple[GoodsLine, ...]:
    return tuple(
        GoodsLine(number=line.number, name=line.name, place=line.place_code, quantity=quantity(line.quantity, language))
        for line in receipt.lines
    )


def _facts(receipt: Receipt, received: str) -> tuple[tuple[str, str], ...]:
    who = names_of({receipt.account_id}) if receipt.account_id else {}
    return (
        (_("Supplier’s document"), receipt.note_number),
        (_("Received"), received),
        (_("Received by"), who.get(receipt.account_id or 0, "")),
    )
