"""The customer's answer: which lines, by whom, over exactly which text."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from remonta.kernel.actor import Actor, system
from remonta.kernel.refusals import NotPermitted, Refused
from remonta.kernel.texts import clean
from remonta.orders.commands import apply_move, lock_work_order
from remonta.orders.queries import WorkOrder
from remonta.orders.workflow import APPROVAL, HERE
from remonta.quotes import facts
from remonta.quotes.commands.writing import refuse_loss
from remonta.quotes.models import Answer, Quote, Variant
from remonta.quotes.queries import quotes_for
from remonta.quotes.workflow import QUOTE, SENT
from remonta.spine.commands import once, record

MEANS = ("link", "phone", "counter", "preauthorised")


class OtherTextShown(Refused):
    text = _("The quote has changed since it was opened. Read the newest version, then answer.")


class SignerMissing(Refused):
    text = _("Write the name of the person who decides.")
    field = "name"


class NothingChosen(Refused):
    text = _("Choose at least one line, or decline the quote.")
    field = "lines"


class NotPreauthorised(Refused):
    text = _("The quote is higher than what may be spent without asking. Send it to the customer.")


@once(quotes_for)
def approve_quote(
    actor: Actor,
    uid: UUID,
    *,
    lines: Collection[UUID],
    name: str,
    shown_hash: str,
    means: str = "counter",
    operation: UUID,
) -> Quote:
    """Accept lines of the quote that was shown: work may begin. Raises QuoteClash, OtherTextShown, NothingChosen."""
    acting, order, quote = _opened(actor, uid)
    _signed(quote, name, shown_hash)
    chosen = [line for line in quote.lines.all() if line.uid in set(lines)]
    if not chosen:
        raise NothingChosen
    _write_approval(acting, order, quote, [line.pk for line in chosen], sum(line.total for line in chosen), name, means)
    return quote


@once(quotes_for)
def decline_quote(
    actor: Actor, uid: UUID, *, name: str, shown_hash: str, reason: str = "", means: str = "counter", operation: UUID
) -> Quote:
    """Refuse the quote: work stops, the unit goes back by the shortest way. Raises QuoteClash, OtherTextShown."""
    acting, order, quote = _opened(actor, uid)
    _signed(quote, name, shown_hash)
    QUOTE.apply("decline", quote, acting)
    quote.save(update_fields=["state"])
    quote.lines.update(approved=False)
    _answer(actor, quote, approved=False, name=name, reason=reason, means=means)
    record(actor, quote, facts.QuoteDeclined(work_order_id=order.pk, quote_id=quote.pk, means=_means(means)))
    if order.state in HERE:
        apply_move(acting, order, "stop_work", reason="declined")
    return quote


@once(quotes_for)
def use_preauthorisation(actor: Actor, uid: UUID, *, operation: UUID) -> Quote:
    """Begin without asking, for what the customer allowed beforehand: the necessary lines. Raises NotPreauthorised."""
    acting, order, quote = _opened(actor, uid)
    necessary = [line for line in quote.lines.all() if line.variant == Variant.NECESSARY]
    total = sum(line.total for line in necessary)
    if total > order.preauthorised:
        raise NotPreauthorised
    refuse_loss(order, necessary)
    name = order.customer.name if order.customer else actor.name
    _write_approval(acting, order, quote, [line.pk for line in necessary], total, name, "preauthorised")
    return quote


def expire_quotes(actor: Actor) -> int:
    """Sent quotes whose day has passed are no longer offers. Returns how many."""
    acting = system("quotes", actor.now, "quotes.see", "quotes.expire", "orders.see")
    late = quotes_for(acting).filter(state=SENT, valid_until__lt=actor.now().date()).values_list("pk", "work_order_id")
    for quote_id, order_id in late:
        lock_work_order(acting, order_id)
        quote = Quote.objects.select_for_update().get(pk=quote_id)
        if quote.state == SENT:
            QUOTE.apply("expire", quote, acting)
            quote.save(update_fields=["state"])
            record(acting, quote, facts.QuoteExpired(work_order_id=order_id, quote_id=quote_id))
    return len(late)


def _opened(actor: Actor, uid: UUID) -> tuple[Actor, WorkOrder, Quote]:
    """The locked order and quote, and the actor as one who may answer: staff by right, the customer by the link."""
    named = quotes_for(actor).get(uid=uid)
    acting = actor
    if named.work_order_id in actor.granted("orders.workorder"):
        acting = actor.trusted_with("orders.see", "orders.stop", "quotes.see", "quotes.answer")
    if not acting.may("quotes.answer", named):
        raise NotPermitted
    acting = acting.trusted_with("orders.stop")
    order = lock_work_order(acting, named.work_order_id)
    return acting, order, Quote.objects.select_for_update().get(pk=named.pk)


def _signed(quote: Quote, name: str, shown_hash: str) -> None:
    if not clean(name):
        raise SignerMissing
    if shown_hash != quote.shown_hash:
        raise OtherTextShown


def _write_approval(
    actor: Actor, order: WorkOrder, quote: Quote, line_ids: list[int], total: int, name: str, means: str
) -> None:
    if means == "preauthorised" and quote.state != SENT:
        QUOTE.apply("send", quote, actor.trusted_with("quotes.send"))
    QUOTE.apply("approve", quote, actor)
    quote.approved_total = total
    quote.save(update_fields=["state", "approved_total"])
    quote.lines.update(approved=False)
    quote.lines.filter(pk__in=line_ids).update(approved=True)
    _answer(actor, quote, approved=True, name=name, reason="", means=means)
    if order.state == APPROVAL:
        apply_move(actor, order, "approve")
    told: dict[str, Any] = {"total": total, "currency": quote.currency, "means": _means(means)}
    record(actor, quote, facts.QuoteApproved(work_order_id=order.pk, quote_id=quote.pk, **told))


def _answer(actor: Actor, quote: Quote, *, approved: bool, name: str, reason: str, means: str) -> None:
    said = {"name": clean(name)[:200], "reason": clean(reason), "means": _means(means), "actor": actor.label}
    Answer.objects.create(quote=quote, approved=approved, shown_hash=quote.shown_hash, answered_at=actor.now(), **said)


def _means(means: str) -> str:
    return means if means in MEANS else "counter"
