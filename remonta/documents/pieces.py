"""The parts that forms have in common, filled from what the rooms below know of an order."""

from typing import Any

from django.utils.translation import gettext as _

from remonta.documents.shapes import Company, Pair, Party, Unit
from remonta.documents.written import day, money, phone
from remonta.kernel.money import Money
from remonta.kernel.texts import said
from remonta.orders.queries import WorkOrder

SHOWN = (
    "centre__legal_entity",
    "customer",
    "product__brand",
    "product__category",
    "unit",
    "request",
)


def language_of(order: WorkOrder) -> str:
    """The customer's language; without a customer the centre's."""
    return str(order.customer.language if order.customer else order.centre.language)


def company_of(order: WorkOrder) -> Company:
    """Who stands at the head of the order's papers. No statement."""
    return company_at(order.centre)


def company_at(centre: Any) -> Company:
    """The legal entity with the address and phone of its centre. No statement, if both were read together."""
    entity = centre.legal_entity
    where = ", ".join(filter(None, (centre.address, centre.city)))
    place = " · ".join(filter(None, (centre.name if centre.name != entity.name else "", where)))
    tax = _("Tax number: %(number)s") % {"number": entity.tax_id} if entity.tax_id else ""
    return Company(name=entity.name, lines=(place, tax), phone=phone(centre.phone), site=centre.email)


def customer_of(order: WorkOrder) -> Party:
    """The customer with phones; what a company needs on paper too. One statement, none without a customer."""
    if (customer := order.customer) is None:
        return Party(name=order.request.contact_name, facts=((_("Phone"), phone(order.request.contact_phone)),))
    numbers = sorted(customer.phones.all(), key=lambda one: one.position)
    facts = [(_("Phone"), ", ".join(phone(one.number) for one in numbers[:2])), (_("E-mail"), customer.email)]
    if customer.tax_id:
        facts.append((_("Tax number"), customer.tax_id))
    return Party(name=customer.name, facts=tuple(facts))


def unit_of(order: WorkOrder) -> Unit:
    """The device: model, kind, serial numbers. No statement."""
    unit, language = order.unit, language_of(order)
    facts: list[Pair] = []
    if order.product:
        facts.append((_("Kind"), said(order.product.category.names, language)))
    if unit:
        facts += [(_("Serial number"), unit.serial), (_("Second number"), unit.second_serial), (_("Our tag"), unit.tag)]
        facts.append((_("Warranty until"), day(unit.warranty_until, language)))
    return Unit(name=str(order.product) if order.product else order.request.device, facts=tuple(facts))


def amount(minor: int | None, order: WorkOrder) -> str:
    """Minor units of the order's currency; nothing for nothing."""
    return money(Money(minor, order.currency), language_of(order)) if minor else ""


def zone(order: WorkOrder) -> str:
    return str(order.centre.timezone)
