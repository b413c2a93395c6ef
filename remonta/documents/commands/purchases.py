"""Orders at suppliers on paper, and sending them by mail."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from remonta.documents.commands.issuing import issue_document
from remonta.documents.models import Document
from remonta.documents.pieces import company_at
from remonta.documents.queries import PAPER, logo_of
from remonta.documents.shapes import OrderedLine as PaperLine
from remonta.documents.shapes import Pair, Party, PurchaseOrderData
from remonta.documents.written import day, money, price, quantity
from remonta.kernel.actor import Actor
from remonta.kernel.money import Money
from remonta.kernel.refusals import NotPermitted, Refused
from remonta.spine.commands import command, once, send
from remonta.supply.commands import lock_purchase, mark_sent
from remonta.supply.queries import OrderedLine, PurchaseOrder, PurchasePage, purchase_page, purchases_for


class NoAddress(Refused):
    text = gettext_lazy("“%(address)s” is no e-mail address. Type the supplier’s, or mark the order as sent.")
    field = "email"


@command
def print_purchase(actor: Actor, uid: UUID) -> Document:
    """The order at a supplier in the supplier's language, with prices. Raises NotPermitted, DoesNotExist."""
    order = purchases_for(actor).select_related("centre__legal_entity", "supplier").get(uid=uid)
    if not actor.may("stock.see_cost", order):
        raise NotPermitted
    centre, language = order.centre, order.supplier.language
    page = purchase_page(actor, uid)
    with translation.override(language):
        total = (_("Total"), money(page.total or Money(0, order.currency), language), True)
        form = PurchaseOrderData(
            paper="a4",
            language=language,
            company=company_at(centre),
            logo=logo_of(actor, centre.legal_entity_id),
            number=order.number,
            issued=day(order.sent_at or order.created_at, language, centre.timezone),
            bar=order.number,
            supplier=_supplier(order),
            lines=tuple(_line(line, order.currency, language) for line in page.lines),
            totals=(total,),
            facts=_facts(page, order),
            notes=order.note,
        )
        about: dict[str, Any] = {"subject": "supply.purchaseorder", "subject_id": order.pk, "thread_id": None}
        look: dict[str, Any] = {"code": form.code, "paper": form.paper, "language": language}
        issued: Document = issue_document(actor, **look, **about, centre_id=centre.pk, data=form.as_json())
    return issued


@once(purchases_for)
def send_purchase_by_mail(
    actor: Actor, uid: UUID, *, email: str = "", message: str = "", operation: UUID
) -> PurchaseOrder:
    """Sends a draft to the supplier as a PDF by e-mail, to its own address unless another is given.

    Raises PurchaseClash, NoLines, NoAddress, NotPermitted.
    """
    order = lock_purchase(actor, uid)
    address = email.strip() or order.supplier.email
    try:
        validate_email(address)
    except ValidationError as error:
        raise NoAddress(address=address) from error
    mark_sent(actor, order)
    document = print_purchase(actor, uid)
    with translation.override(order.supplier.language):
        said = {"number": order.number, "company": order.centre.legal_entity.name}
        title = _("Purchase order %(number)s from %(company)s") % said
        body = message.strip() or _("Good day,\n\nplease find our order %(number)s attached.\n\n%(company)s") % said
    enclosed = {"paper": PAPER, "args": {"document": document.pk}}
    about: dict[str, Any] = {"subject": order, "centre_id": order.centre_id, "purpose": "supply.purchase"}
    send(actor, channel="email", recipient=address, title=title, body=body, attachments=[enclosed], **about)
    return order


def _supplier(order: PurchaseOrder) -> Party:
    one = order.supplier
    facts = ((_("Address"), one.address), (_("Tax number"), one.tax_id), (_("Contact person"), one.contact))
    return Party(name=one.name, facts=tuple(pair for pair in facts if pair[1]))


def _line(line: OrderedLine, currency: str, language: str) -> PaperLine:
    return PaperLine(
        number=line.number or line.part_number,
        name=line.part_name,
        quantity=quantity(line.quantity, language),
        price=price(line.price, currency, language) if line.price is not None else "",
        amount=money(line.total, language) if line.total else "",
    )


def _facts(page: PurchasePage, order: PurchaseOrder) -> tuple[Pair, ...]:
    centre = order.centre
    where = ", ".join(filter(None, (centre.name, centre.address, centre.city, centre.country)))
    known = ((_("Deliver to"), where), (_("Our customer number"), page.our_number), (_("Currency"), page.currency))
    return tuple(pair for pair in known if pair[1])
