"""Who pays for what is issued: fixed at the issue, changed with a reason; and what was really used."""

from collections.abc import Mapping
from uuid import UUID

from remonta.kernel.actor import Actor
from remonta.kernel.refusals import NotPermitted
from remonta.kernel.texts import clean
from remonta.orders.commands import add_note
from remonta.spine.commands import once, record
from remonta.supply import facts
from remonta.supply.commands.ask import lock_requisition, named
from remonta.supply.commands.refusals import SameTerms, TermsReasonMissing, TermsUnknown, UsedTooMuch
from remonta.supply.models import Requisition
from remonta.supply.queries import requisitions_for
from remonta.supply.workflow import ISSUED, REQUISITION, RequisitionState, Terms

NOTE = "note"


def fix_terms(requisition: Requisition, terms: str) -> None:
    """Writes on a locked requisition who pays, as it is issued; without a word, as the order has it.

    What the customer has approved is paid; else the warranty pays where the order stands under one, else nobody.
    A part in place of an approved one that came back counts as that one. Raises TermsUnknown.
    """
    if terms and terms not in Terms.values:
        raise TermsUnknown
    if not requisition.from_quote:
        requisition.from_quote = requisition.in_place = _in_place_of_quoted(requisition)
    usual = Terms.WARRANTY if requisition.work_order.under_warranty else Terms.FREE
    requisition.terms = terms or (Terms.PAID if requisition.from_quote else usual)


@once(requisitions_for)
def change_terms(actor: Actor, uid: UUID, *, terms: str, reason: str, operation: UUID) -> Requisition:
    """Somebody else pays for an issued part, with a reason kept beside the order; the part stays where it is.

    What stands on the order's bill follows in the same transaction. Raises TermsUnknown, SameTerms,
    TermsReasonMissing, RequisitionClash.
    """
    requisition = lock_requisition(actor, uid)
    if not actor.may("supply.terms", requisition):
        raise NotPermitted
    if terms not in Terms.values:
        raise TermsUnknown
    if requisition.state != ISSUED:
        raise REQUISITION.clash(state=RequisitionState(requisition.state).label)
    if requisition.terms == terms:
        raise SameTerms(terms=Terms(terms).label)
    if not clean(reason):
        raise TermsReasonMissing
    add_note(actor, requisition.work_order, NOTE, clean(reason))  # type: ignore[arg-type]
    put_terms(actor, requisition, terms)
    return requisition


@once(requisitions_for)
def report_used(actor: Actor, uid: UUID, *, used: int, operation: UUID) -> Requisition:
    """The engineer says how many thousandths of an issued part were built in; the rest is to come back to the store.

    Raises UsedTooMuch, RequisitionClash.
    """
    requisition = lock_requisition(actor, uid)
    if not (actor.may("supply.ask", requisition) or actor.may("supply.issue", requisition)):
        raise NotPermitted
    if requisition.state != ISSUED:
        raise REQUISITION.clash(state=RequisitionState(requisition.state).label)
    if not 0 <= used <= requisition.quantity:
        raise UsedTooMuch(issued=f"{requisition.quantity / 1000:g}")
    requisition.used = used
    requisition.save(update_fields=["used"])
    left = requisition.quantity - used
    record(actor, requisition, facts.PartUsed(**named(requisition), used=used, left=left))
    return requisition


def put_terms(actor: Actor, requisition: Requisition, terms: str) -> None:
    """Writes other terms on a locked requisition, and says so."""
    was, requisition.terms = requisition.terms, terms
    requisition.save(update_fields=["terms", "from_quote"])
    record(actor, requisition, facts.TermsChanged(**named(requisition), was=was, now=terms))


def agree_parts(actor: Actor, work_order_id: int, agreed: Mapping[int, int]) -> None:
    """The customer has approved so many thousandths of parts: what was asked for or issued of them counts as that."""
    rows = Requisition.objects.select_for_update(of=("self",)).select_related("part", "work_order")
    over = [RequisitionState.CANCELLED, RequisitionState.RETURNED]
    standing = rows.filter(work_order_id=work_order_id, part_id__in=agreed).exclude(state__in=over)
    left = dict(agreed)
    for requisition in standing.order_by("pk"):
        if requisition.quantity > left[requisition.part_id]:
            continue
        left[requisition.part_id] -= requisition.quantity
        if requisition.from_quote:
            continue
        requisition.from_quote = True
        if requisition.state == ISSUED:
            put_terms(actor, requisition, Terms.PAID)
        else:
            requisition.save(update_fields=["from_quote"])


def _in_place_of_quoted(requisition: Requisition) -> bool:
    """Whether more approved pieces of the same part came back unused from this order than others have replaced."""
    same = Requisition.objects.filter(work_order_id=requisition.work_order_id, part_id=requisition.part_id)
    left = 0
    for in_place, state, back, quantity in same.filter(from_quote=True).values_list(
        "in_place", "state", "back", "quantity"
    ):
        left += back if not in_place else -quantity if state == ISSUED else 0
    return left > 0
