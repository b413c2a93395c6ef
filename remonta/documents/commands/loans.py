"""Printing what is lent to a customer while the repair takes place."""

from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from remonta.documents.commands.links import with_link
from remonta.documents.commands.orders import order_to_print
from remonta.documents.counter_shapes import LoanAgreementData
from remonta.documents.models import Document
from remonta.documents.pieces import company_of, customer_of, language_of, zone
from remonta.documents.shapes import Pair, Unit
from remonta.documents.written import day, moment, money
from remonta.identity.queries import setting
from remonta.kernel.actor import Actor
from remonta.orders.queries import WorkOrder, work_orders_for
from remonta.spine.commands import command
from remonta.stock.queries import LoanShape, loan_shape


@command
def print_loan(actor: Actor, loan_uid: UUID, *, paper: str = "a4") -> Document:
    """The agreement about a loaner, in the customer's language; once it is back, with how it came back.

    Raises NoSuchForm, NotPermitted, DoesNotExist.
    """
    loan = loan_shape(actor, loan_uid)
    uid = work_orders_for(actor).values_list("uid", flat=True).get(pk=loan.order_id)
    order = order_to_print(actor, uid)
    with translation.override(language_of(order)):
        return with_link(actor, order, _agreement(order, loan, paper), subject="stock.loan", subject_id=loan.id)


def _agreement(order: WorkOrder, loan: LoanShape, paper: str) -> LoanAgreementData:
    language = language_of(order)
    usual = _(
        "The device stays ours. Please return it with all accessories on the agreed day, at the latest when you "
        "collect your own; the deposit is given back then, less what damage or loss costs."
    )
    return LoanAgreementData(
        paper=paper,
        language=language,
        company=company_of(order),
        number=loan.number,
        issued=moment(loan.lent_at, language, zone(order)),
        bar=loan.number,
        qr_caption=_("Scan to follow your repair"),
        customer=customer_of(order),
        unit=Unit(name=f"{loan.name} · {loan.product}", facts=((_("Serial number"), loan.serial),)),
        condition=loan.condition,
        accessories=loan.accessories,
        agreed=(
            (_("Your repair"), order.number),
            (_("To be returned by"), day(loan.due_on, language)),
            (_("Deposit"), money(loan.deposit, language) if loan.deposit else _("none")),
            (_("Value"), money(loan.value, language) if loan.value else ""),
        ),
        returned=_returned(order, loan, language),
        terms=str(setting("documents.loan_terms", order.centre_id)) or usual,
    )


def _returned(order: WorkOrder, loan: LoanShape, language: str) -> tuple[Pair, ...]:
    if loan.returned_at is None:
        return ()
    return (
        (_("Returned"), moment(loan.returned_at, language, zone(order))),
        (_("Condition"), loan.found),
        (_("Missing"), ", ".join(loan.missing)),
    )
