"""A picking list on paper, in the order in which one walks."""

from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from remonta.documents.commands.issuing import issue_document
from remonta.documents.models import Document
from remonta.documents.pieces import company_at
from remonta.documents.queries import logo_of
from remonta.documents.shapes import PickedLine, PickingListData
from remonta.documents.written import moment, quantity
from remonta.kernel.actor import Actor
from remonta.spine.commands import command
from remonta.supply.queries import pickings_for, walk_of


@command
def print_picking(actor: Actor, uid: UUID) -> Document:
    """What is still to be fetched, bin by bin, in the centre's language. Raises NotPermitted, DoesNotExist."""
    found = pickings_for(actor).select_related("centre__legal_entity", "account").get(uid=uid)
    centre = found.centre
    with translation.override(centre.language):
        made = moment(found.created_at, centre.language, centre.timezone)
        who = found.account.name if found.account else ""
        facts = ((_("Centre"), centre.name), (_("Made"), made), (_("By"), who))
        form = PickingListData(
            paper="a4",
            language=centre.language,
            company=company_at(centre),
            logo=logo_of(actor, centre.legal_entity_id),
            number=found.number,
            issued=made,
            bar=found.number,
            lines=tuple(
                PickedLine(
                    number=line.number,
                    name=line.name,
                    place=line.bin,
                    quantity=quantity(line.quantity, centre.language),
                    order=line.order_number,
                )
                for line in walk_of(found).ahead
            ),
            facts=tuple(pair for pair in facts if pair[1]),
        )
        about: dict[str, Any] = {"subject": "supply.pickinglist", "subject_id": found.pk, "thread_id": None}
        look: dict[str, Any] = {"code": form.code, "paper": form.paper, "language": form.language}
        issued: Document = issue_document(actor, **look, **about, centre_id=centre.pk, data=form.as_json())
    return issued
