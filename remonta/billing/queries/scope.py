"""Whose money an actor may see. Every read and every write by id starts here."""

from django.db.models import QuerySet

from remonta.billing.models import CashDesk, Entry, Invoice, Payment, Shift
from remonta.identity.queries import in_reach
from remonta.kernel.actor import Actor


def payments_for(actor: Actor) -> QuerySet[Payment]:
    """The payments of the centres in which the actor may see money."""
    return Payment.objects.filter(in_reach(actor, "billing.see"))


def invoices_for(actor: Actor) -> QuerySet[Invoice]:
    """The invoices of the centres in which the actor may see money."""
    return Invoice.objects.filter(in_reach(actor, "billing.see"))


def entries_for(actor: Actor) -> QuerySet[Entry]:
    """The lines of the book of money of the centres in which the actor may see money."""
    return Entry.objects.filter(in_reach(actor, "billing.see"))


def desks_for(actor: Actor) -> QuerySet[CashDesk]:
    """The cash desks of the centres in which the actor may see money, without those that are archived."""
    return every_desk_for(actor).filter(archived_at=None)


def every_desk_for(actor: Actor) -> QuerySet[CashDesk]:
    """The same with those that are archived."""
    return CashDesk.objects.filter(in_reach(actor, "billing.see"))


def shifts_for(actor: Actor) -> QuerySet[Shift]:
    """The shifts of the cash desks the actor may see."""
    return Shift.objects.filter(in_reach(actor, "billing.see", "desk__centre_id"))
