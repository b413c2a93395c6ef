"""The act that parts and units were thrown away."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remonta.documents.commands.issuing import issue_document
from remonta.documents.models import Document
from remonta.documents.pieces import company_at
from remonta.documents.queries import logo_of
from remonta.documents.shapes import WriteOffData, WriteOffLine
from remonta.documents.written import day, quantity
from remonta.identity.queries import every_centre, names_of
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Refused
from remonta.spine.commands import command
from remonta.stock.queries import Move, thrown_away, written_off_for

MOST = 500


class NothingChosen(Refused):
    text = gettext_lazy("Choose what was thrown away in one centre; it stands on one act.")


@command
def print_write_off(actor: Actor, move_uids: Collection[UUID], *, language: str = "") -> Document:
    """One act for those moves to scrap, all out of one centre, in its language unless another is asked for; no costs.

    It is numbered after the newest move. Raises NothingChosen, NotPermitted.
    """
    rows = list(written_off_for(actor).filter(uid__in=move_uids).order_by("pk")[:MOST])
    centres = {row.source.centre_id for row in rows}
    if len(centres) != 1 or len(rows) != len(set(move_uids)):
        raise NothingChosen
    centre = every_centre().select_related("legal_entity").get(pk=centres.pop() or 0)
    chosen, last = language or centre.language, rows[-1]
    with translation.override(chosen):
        form = WriteOffData(
            paper="a4",
            language=chosen,
            company=company_at(centre),
            logo=logo_of(actor, centre.legal_entity_id),
            number=f"{centre.code}-W{last.pk:06d}",
            issued=day(last.occurred_at, chosen, centre.timezone),
            bar=f"{centre.code}-W{last.pk:06d}",
            lines=tuple(_line(row, chosen, centre.timezone) for row in rows),
            facts=_facts(rows, centre.name),
            terms=_("We confirm that what is listed above is not usable any more and was disposed of."),
        )
        about: dict[str, Any] = {"subject": "stock.move", "subject_id": last.pk, "thread_id": None}
        look: dict[str, Any] = {"code": form.code, "paper": form.paper, "language": chosen}
        issued: Document = issue_document(actor, **look, **about, centre_id=centre.pk, data=form.as_json())
    return issued


def _line(move: Move, language: str, zone: str) -> WriteOffLine:
    gone = thrown_away(move)
    return WriteOffLine(
        number=gone.number,
        name=gone.name,
        serial=gone.serial,
        place=str(move.source),
        cause=gone.cause,
        day=day(move.occurred_at, language, zone),
        quantity=quantity(move.quantity, language),
    )


def _facts(rows: list[Move], centre: str) -> tuple[tuple[str, str], ...]:
    who = names_of({row.account_id for row in rows if row.account_id})
    return ((_("Centre"), centre), (_("Thrown away by"), ", ".join(sorted(who.values()))))
