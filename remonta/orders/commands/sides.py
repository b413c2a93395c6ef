"""What people write, tick and attach beside an order."""

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from remonta.catalogue.queries import checklist
from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.kernel.refusals import NotPermitted, Refused
from remonta.kernel.texts import clean
from remonta.orders import facts
from remonta.orders.commands.locks import lock_request, lock_work_order
from remonta.orders.models import Accessory, CheckResult, Note, NoteKind, Request, WorkOrder
from remonta.orders.queries.scope import notes_for, work_orders_for
from remonta.spine.commands import once, record

RESULTS = ("ok", "bad", "unknown")
LONGEST_MESSAGE = 5000
STAFF_KINDS = (NoteKind.NOTE, NoteKind.TALK, NoteKind.TO_CUSTOMER)


class NothingWritten(Refused):
    text = _("Write something first.")
    field = "text"


class ResultUnknown(Refused):
    text = _("Tick each line as works, does not work, or not checked.")
    field = "results"


@once(notes_for)
def write_note(actor: Actor, uid: UUID, *, kind: str, text: str, operation: UUID) -> Note:
    """Write beside a work order. Raises NothingWritten."""
    order = lock_work_order(actor, uid, permission="orders.write")
    return add_note(actor, order, NoteKind(kind) if kind in STAFF_KINDS else NoteKind.NOTE, text)


def add_note(actor: Actor, order: WorkOrder, kind: NoteKind, text: str) -> Note:
    """Writes beside a locked order, for commands above. Raises NothingWritten."""
    note = _note(actor, kind, text, work_order=order)
    record(actor, order, facts.NoteWritten(work_order_id=order.pk, note_id=note.pk, kind=kind))
    return note


@once(notes_for)
def write_from_customer(actor: Actor, uid: UUID, *, text: str, operation: UUID) -> Note:
    """What the customer writes to the centre through the secret link of the order. Raises NothingWritten."""
    order = lock_work_order(actor, uid)
    if order.pk not in actor.granted("orders.workorder"):
        raise NotPermitted
    return add_note(actor, order, NoteKind.FROM_CUSTOMER, clean(text)[:LONGEST_MESSAGE])


@once(notes_for)
def write_request_note(actor: Actor, uid: UUID, *, kind: str, text: str, operation: UUID) -> Note:
    """Write beside a request: what was talked about. Raises NothingWritten."""
    request = lock_request(actor, uid, permission="orders.write")
    note = _note(actor, NoteKind(kind) if kind in STAFF_KINDS else NoteKind.NOTE, text, request=request)
    named = {"request_id": request.pk, "centre_id": request.centre_id}
    record(actor, request, facts.RequestNoteWritten(**named, note_id=note.pk, kind=kind))
    return note


@once(work_orders_for)
def fill_checklist(
    actor: Actor, uid: UUID, *, moment: str, results: Mapping[str, str], notes: Mapping[str, str] = {}, operation: UUID
) -> WorkOrder:
    """Tick lines of the checklist of that moment; `results` by item uid: ok, bad or unknown. Raises ResultUnknown."""
    order = lock_work_order(actor, uid, permission="orders.write")
    tick(actor, order, moment, results, notes)
    return order


def tick(actor: Actor, order: WorkOrder, moment: str, results: Mapping[str, str], notes: Mapping[str, str]) -> None:
    """Ticks lines of a locked order, for commands above. Raises ResultUnknown."""
    if not results:
        return
    category_id = order.product.category_id if order.product else None
    items = {str(line.uid): line.id for line in checklist(category_id, moment)}
    if not set(results) <= set(items) or not set(results.values()) <= set(RESULTS):
        raise ResultUnknown
    rows = [
        CheckResult(
            work_order=order,
            item_id=items[uid],
            result=result,
            note=clean(notes.get(uid, ""))[:300],
            account_id=actor.account_id,
            made_at=actor.now(),
        )
        for uid, result in results.items()
    ]
    written = ["result", "note", "account", "made_at"]
    CheckResult.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["work_order", "item"], update_fields=written
    )
    bad = sum(result == "bad" for result in results.values())
    record(actor, order, facts.ChecklistFilled(work_order_id=order.pk, moment=moment, lines=len(rows), bad=bad))


def add_accessories(order: WorkOrder, names: list[str]) -> None:
    """What came with the unit, each with a code for its label. Two statements at most."""
    known = Accessory.objects.filter(work_order=order).count()
    kept = [name[:120] for name in map(clean, names) if name]
    codes = (f"{order.number}-A{at}" for at in range(known + 1, known + 1 + len(kept)))
    Accessory.objects.bulk_create(
        Accessory(work_order=order, code=code, name=name) for code, name in zip(codes, kept, strict=True)
    )


def give_accessories_back(actor: Actor, order: WorkOrder) -> None:
    """Everything that came with the unit leaves with it."""
    Accessory.objects.filter(work_order=order, returned_at=None).update(returned_at=actor.now())


def _note(
    actor: Actor, kind: NoteKind, text: str, *, work_order: WorkOrder | None = None, request: Request | None = None
) -> Note:
    if not clean(text):
        raise NothingWritten
    said = {"uid": uuid7(actor.now()), "kind": kind, "text": clean(text), "made_at": actor.now()}
    return Note.objects.create(work_order=work_order, request=request, account_id=actor.account_id, **said)
