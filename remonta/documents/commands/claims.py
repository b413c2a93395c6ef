"""Gathering the evidence of a claim: the claim on paper, the diagnosis, photos and files, as one archive."""

from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remonta.dispatch.queries import findings_of
from remonta.documents.claims import Case, archive
from remonta.documents.commands.issuing import issue_document
from remonta.documents.commands.road import party_of_centre, receiver_of_batch
from remonta.documents.facts import ClaimGathered
from remonta.documents.models import Document
from remonta.documents.pieces import company_at
from remonta.documents.queries import drawn_document, logo_of
from remonta.documents.shapes import ClaimCase, ClaimData, Unit
from remonta.documents.written import day, quantity
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import NotPermitted, Refused
from remonta.logistics.commands import lock_batch
from remonta.logistics.queries import Batch, LineShape, batches_for, lines_of
from remonta.orders.queries import WorkOrder, work_orders_for
from remonta.spine.commands import KeptFile, attach, command, keep, record, withdraw_attachment
from remonta.spine.queries import Attachment, attachments_for
from remonta.stock.queries import parts_in_repair

BATCH, ORDER, KIND = "logistics.batch", "orders.workorder", "claim"
SHOWN = ("centre__legal_entity", "to_centre")


class NothingToClaim(Refused):
    text = gettext_lazy("There is no unit with an order of yours in this batch, so there is no evidence to gather.")


def gather_claim(actor: Actor, batch_uid: UUID, *, language: str = "") -> Attachment:
    """One archive for a batch: the claim on paper, in its receiver's language unless another is asked for, and for each
    unit the photos and files of its order. It lies with the batch, for both ends; an older one is taken away.

    For who handles the batch where it stands. Raises NothingToClaim, NotPermitted, FileTooLarge, DoesNotExist.
    """
    batch = batches_for(actor).select_related(*SHOWN).get(uid=batch_uid)
    if not actor.may_at("logistics.handle", batch.holder_id):
        raise NotPermitted
    claimed = _claimed(actor, batch)
    if not claimed:
        raise NothingToClaim
    files = {order.pk: tuple(attachments_for(actor, [(ORDER, order.pk)])) for _line, order in claimed}
    paper = _print(actor, batch, claimed, files, language or (batch.to_centre or batch.centre).language)
    cases = [Case(f"{order.number} {line.serial}", files[order.pk]) for line, order in claimed]
    kept = keep(archive(drawn_document(paper), cases), f"{batch.number}-claim.zip")  # outside of any transaction
    return _keep_claim(actor, batch_uid, kept=kept)


@command
def _keep_claim(actor: Actor, batch_uid: UUID, *, kept: KeptFile) -> Attachment:
    batch = lock_batch(actor, batch_uid)
    for older in attachments_for(actor, [(BATCH, batch.pk)]).filter(kind=KIND):
        withdraw_attachment(actor, older.uid)
    made = attach(actor, kept, subject=BATCH, subject_id=batch.pk, kind=KIND)
    named: dict[str, Any] = {"batch_id": batch.pk, "centre_id": batch.centre_id, "number": batch.number}
    record(actor, batch, ClaimGathered(**named, attachment_id=made.pk))
    return made


def _claimed(actor: Actor, batch: Batch) -> list[tuple[LineShape, WorkOrder]]:
    """The units in it with the orders that the actor may see, in the order they were packed."""
    lines = [line for line in reversed(lines_of(actor, batch)) if line.unit_id]
    keys = [line.order_uid or line.here_uid for line in lines]
    rows = work_orders_for(actor).filter(uid__in=[key for key in keys if key])
    known = {row.uid: row for row in rows.select_related("unit", "product__brand", "centre")}
    return [(line, known[key]) for line, key in zip(lines, keys, strict=True) if key in known]


@command
def _print(
    actor: Actor,
    batch: Batch,
    claimed: list[tuple[LineShape, WorkOrder]],
    files: dict[int, tuple[Attachment, ...]],
    language: str,
) -> Document:
    centre = batch.centre
    with translation.override(language):
        form = ClaimData(
            paper="a4",
            language=language,
            company=company_at(centre),
            logo=logo_of(actor, centre.legal_entity_id),
            number=batch.number,
            issued=day(actor.now(), language, centre.timezone),
            bar=batch.number,
            sender=party_of_centre(centre),
            receiver=receiver_of_batch(batch),
            cases=tuple(_case(actor, line, order, files[order.pk], language) for line, order in claimed),
            notes=batch.note,
        )
        about: dict[str, Any] = {"subject": BATCH, "subject_id": batch.pk, "thread_id": None}
        look: dict[str, Any] = {"code": form.code, "paper": form.paper, "language": language}
        hand = actor.trusted_with("documents.print")
        issued: Document = issue_document(hand, **look, **about, centre_id=batch.centre_id, data=form.as_json())
    return issued


def _case(actor: Actor, line: LineShape, order: WorkOrder, files: tuple[Attachment, ...], language: str) -> ClaimCase:
    unit = order.unit
    facts = [(_("Serial number"), line.serial)]
    if unit is not None:
        facts += [(_("Bought"), day(unit.sold_on, language)), (_("Warranty until"), day(unit.warranty_until, language))]
    found = [" · ".join(filter(None, _found(one))) for one in findings_of(actor, order.pk)]
    built = [f"{part.number} {part.name} × {quantity(part.on_hand, language)}" for part in parts_in_repair(order.pk)]
    return ClaimCase(
        unit=Unit(name=line.name, facts=tuple(facts)),
        order=order.number,
        task=line.task,
        fault=order.fault,
        found=tuple(filter(None, (order.confirmed_fault, *found))),
        parts=tuple(built),
        files=tuple(file.name for file in files),
    )


def _found(one: Any) -> tuple[str, ...]:
    return (str(one.symptom or ""), str(one.defect or ""), str(one.repair or ""), one.text)
