"""The note that travels with parts from one centre to another."""

from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from remonta.documents.commands.issuing import issue_document
from remonta.documents.models import Document
from remonta.documents.pieces import company_at
from remonta.documents.queries import logo_of
from remonta.documents.shapes import Pair, Party, TransferNoteData, TransferNoteLine
from remonta.documents.written import moment, quantity
from remonta.kernel.actor import Actor
from remonta.spine.commands import command
from remonta.stock.queries import Transfer, TransferLineShown, packing_bins, transfer_lines, transfers_for


@command
def print_transfer(actor: Actor, uid: UUID) -> Document:
    """What was asked, packed and received, in the giving centre's language, without costs: before it is packed, with
    the bins to go to. For who prints at one of the two centres. Raises NotPermitted, DoesNotExist."""
    found = transfers_for(actor).select_related("centre", "giver__legal_entity").get(uid=uid)
    giver = found.giver
    language, zone = giver.language, giver.timezone
    lines = transfer_lines(actor, found)
    bins = packing_bins(actor, found)
    with translation.override(language):
        form = TransferNoteData(
            paper="a4",
            language=language,
            company=company_at(giver),
            logo=logo_of(actor, giver.legal_entity_id),
            number=found.number,
            issued=moment(found.sent_at or found.created_at, language, zone),
            bar=found.number,
            supplier=Party(name=found.centre.name, facts=_address(found)),
            lines=tuple(_line(line, bins.get(line.part_id, ""), language) for line in lines),
            facts=_facts(found, language, zone),
            notes=found.note,
        )
        about: dict[str, Any] = {"subject": "stock.transfer", "subject_id": found.pk, "thread_id": None}
        look: dict[str, Any] = {"code": form.code, "paper": form.paper, "language": language}
        at = giver.pk if actor.may_at("documents.print", giver.pk) else found.centre_id
        issued: Document = issue_document(actor, **look, **about, centre_id=at, data=form.as_json())
    return issued


def _address(found: Transfer) -> tuple[Pair, ...]:
    centre = found.centre
    where = ", ".join(filter(None, (centre.address, centre.city, centre.country)))
    return ((_("Address"), where),) if where else ()


def _line(line: TransferLineShown, place: str, language: str) -> TransferNoteLine:
    asked = line.asked if line.granted is None else line.granted
    return TransferNoteLine(
        number=line.number,
        name=line.name,
        place=place,
        asked=quantity(asked, language),
        quantity=quantity(line.sent, language) if line.sent else "",
        received=quantity(line.received, language) if line.received else "",
    )


def _facts(found: Transfer, language: str, zone: str) -> tuple[Pair, ...]:
    known = (
        (_("From"), found.giver.name),
        (_("To"), found.centre.name),
        (_("State"), found.get_state_display()),
        (_("Sent"), moment(found.sent_at, language, zone) if found.sent_at else ""),
        (_("Received"), moment(found.arrived_at, language, zone) if found.arrived_at else ""),
    )
    return tuple(pair for pair in known if pair[1])
