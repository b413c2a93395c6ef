"""Adding and changing kinds of devices, codes of diagnosis, checklists and known faults."""

from collections.abc import Sequence
from uuid import UUID

from remonta.catalogue.commands.entries import AlreadyThere, Texts, added, changed, lock, permit, texts
from remonta.catalogue.facts import EntryChanged
from remonta.catalogue.models import Category, ChecklistItem, ChecklistMoment, CodeKind, FaultCode, KnownFault
from remonta.catalogue.queries import categories_for, fault_codes_for, products_for, services_for
from remonta.kernel.actor import Actor
from remonta.kernel.ids import uuid7
from remonta.kernel.texts import clean
from remonta.spine.commands import command, record


@command
def add_category(
    actor: Actor,
    *,
    code: str,
    names: Texts,
    parent_id: int | None = None,
    accessories: Sequence[Texts] = (),
    looks: Sequence[Texts] = (),
    asks_passcode: bool = False,
    serial_is_imei: bool = False,
) -> Category:
    """A kind of device; `accessories` and `looks` are what intake offers to tick. Raises AlreadyThere."""
    permit(actor)
    if Category.objects.filter(code=clean(code)).exists():
        raise AlreadyThere(name=code)
    category = Category.objects.create(
        uid=uuid7(actor.now()),
        code=clean(code),
        names=texts(names),
        parent_id=parent_id,
        accessories=[texts(one) for one in accessories],
        looks=[texts(one) for one in looks],
        asks_passcode=asks_passcode,
        serial_is_imei=serial_is_imei,
    )
    return added(actor, category)


@command
def change_category(
    actor: Actor,
    uid: UUID,
    *,
    names: Texts,
    accessories: Sequence[Texts],
    looks: Sequence[Texts],
    asks_passcode: bool,
    serial_is_imei: bool,
) -> Category:
    """Corrects a kind of device."""
    permit(actor)
    category = lock(categories_for(actor), uid)
    values = {
        "names": texts(names),
        "accessories": [texts(one) for one in accessories],
        "looks": [texts(one) for one in looks],
        "asks_passcode": asks_passcode,
        "serial_is_imei": serial_is_imei,
    }
    changed(actor, category, values)
    return category


@command
def add_fault_code(actor: Actor, *, kind: str, code: str, names: Texts, category_id: int | None = None) -> FaultCode:
    """A code of diagnosis, for all devices or a category. Raises AlreadyThere."""
    permit(actor)
    known = clean(code).upper()
    if FaultCode.objects.filter(kind=CodeKind(kind), code=known).exists():
        raise AlreadyThere(name=known)
    values = {"kind": kind, "code": known, "names": texts(names), "category_id": category_id}
    return added(actor, FaultCode.objects.create(uid=uuid7(actor.now()), **values))


@command
def change_fault_code(actor: Actor, uid: UUID, *, names: Texts, category_id: int | None = None) -> FaultCode:
    """Corrects what a code means."""
    permit(actor)
    row = lock(fault_codes_for(actor), uid)
    changed(actor, row, {"names": texts(names), "category_id": category_id})
    return row


@command
def add_checklist_item(
    actor: Actor, *, moment: str, names: Texts, category_id: int | None = None, required: bool = False
) -> ChecklistItem:
    """One more line, last, of a category's checklist or of the one for all devices."""
    permit(actor)
    of = {"category": None} if category_id is None else {"category_id": category_id}
    last = ChecklistItem.objects.filter(**of, moment=ChecklistMoment(moment)).count()
    values = {"moment": moment, "names": texts(names), "category_id": category_id, "required": required}
    return added(actor, ChecklistItem.objects.create(uid=uuid7(actor.now()), position=last + 1, **values))


@command
def change_checklist_item(actor: Actor, uid: UUID, *, names: Texts, required: bool, position: int) -> ChecklistItem:
    """Corrects a line, whether it must be ticked, and where it stands."""
    permit(actor)
    item = lock(ChecklistItem.objects.filter(archived_at=None), uid)
    changed(actor, item, {"names": texts(names), "required": required, "position": position})
    return item


@command
def remove_checklist_item(actor: Actor, uid: UUID) -> None:
    """The line is not asked any more; filled checklists keep its words. Taking it out twice is taking it out once."""
    permit(actor)
    item = ChecklistItem.objects.select_for_update(of=("self",)).filter(uid=uid, archived_at=None).first()
    if item is not None:
        item.archived_at = actor.now()
        item.save(update_fields=["archived_at"])
        record(actor, item, EntryChanged(kind="checklistitem", entry_id=item.pk, fields=("archived_at",)))


@command
def add_known_fault(
    actor: Actor, product_uid: UUID, *, symptoms: Texts, remedy: Texts, service_uid: UUID | None = None
) -> KnownFault:
    """What is known to go wrong with a model, what helps, and the work for it."""
    permit(actor)
    product = lock(products_for(actor), product_uid)
    service = services_for(actor).get(uid=service_uid) if service_uid else None
    fault = KnownFault.objects.create(product=product, symptoms=texts(symptoms), remedy=dict(remedy), service=service)
    record(actor, product, EntryChanged(kind="product", entry_id=product.pk, fields=("known_faults",)))
    return fault


@command
def remove_known_fault(actor: Actor, product_uid: UUID, *, fault_id: int) -> None:
    """Not true any more; removing twice is removing once."""
    permit(actor)
    product = lock(products_for(actor), product_uid)
    if product.known_faults.filter(pk=fault_id).delete()[0]:
        record(actor, product, EntryChanged(kind="product", entry_id=product.pk, fields=("known_faults",)))
