"""Forgetting what was written and shown in the repairs of a customer who asks for it."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from remonta.customers.queries import reached_by
from remonta.identity.commands import close_links
from remonta.kernel.actor import Actor
from remonta.kernel.refusals import Refused
from remonta.orders.models import (
    Accessory,
    CheckResult,
    IntakeDraft,
    Note,
    Passcode,
    Promise,
    Request,
    Task,
    WorkOrder,
)
from remonta.orders.queries.scope import orders_of_customers
from remonta.orders.search import index_request, index_work_order
from remonta.orders.workflow import NEW, OPEN
from remonta.spine.commands import erase_files, erase_messages

ORDER, REQUEST = "orders.workorder", "orders.request"
NOTHING = "–"


class OrderOpen(Refused):
    text = _("Order %(number)s is still open. Hand it over or cancel it, then erase the customer’s data.")


class RequestOpen(Refused):
    text = _("Request %(number)s has no answer yet. Answer it, then erase the customer’s data.")


def erase_texts(actor: Actor, customer_ids: Collection[int], *, replayed: bool) -> None:
    """Contacts, faults, notes, promises, tasks, accessories' names, photos, messages and links of the customers' orders
    and requests. Unless `replayed`, raises OrderOpen, RequestOpen, MessageUnderWay.
    """
    orders, requests = orders_of_customers(customer_ids), _requests(customer_ids)
    if not replayed:
        _refuse_while_open(orders, requests)
    keys, asked = list(orders.values_list("pk", flat=True)), list(requests.values_list("pk", flat=True))
    beside = Q(work_order__in=keys) | Q(request__in=asked)
    Note.objects.filter(beside).update(text="")
    Task.objects.filter(beside).update(title=NOTHING, text="")
    Promise.objects.filter(request__in=asked).update(note="")
    Accessory.objects.filter(work_order__in=keys).update(name=NOTHING)
    CheckResult.objects.filter(work_order__in=keys).update(note="")
    Passcode.objects.filter(work_order__in=keys).delete()
    _drop_drafts(customer_ids)
    erase_files(actor, [(ORDER, keys), (REQUEST, asked)], keys)
    erase_messages(customer_ids=customer_ids, thread_ids=keys, wait=not replayed)
    for subject, ids in ((ORDER, keys), (REQUEST, asked)):
        close_links(actor, subject, ids)
    _blank(actor, keys, asked)


def _requests(customer_ids: Collection[int]) -> QuerySet[Request]:
    """Theirs, and those of nobody known who left one of their numbers or addresses."""
    numbers, mails = reached_by(customer_ids)
    nobodys = Q(customer=None) & (Q(contact_phone__in=numbers) | Q(contact_email__in=mails))
    elsewhere = orders_of_customers(customer_ids).exclude(for_order=None).values("request")
    theirs = Q(customer__in=customer_ids) | Q(end_customer__in=customer_ids) | Q(pk__in=elsewhere)
    return Request.objects.filter(theirs | nobodys)


def _refuse_while_open(orders: QuerySet[WorkOrder], requests: QuerySet[Request]) -> None:
    order = orders.filter(state__in=OPEN, withdrawn_at=None).order_by("pk").first()
    if order is not None:
        raise OrderOpen(number=order.number)
    request = requests.filter(state=NEW).order_by("pk").first()
    if request is not None:
        raise RequestOpen(number=request.number)


def _blank(actor: Actor, orders: list[int], requests: list[int]) -> None:
    contact = {"contact_name": "", "contact_phone": "", "contact_email": ""}
    texts = {"device": "", "fault": "", "answer": "", "refusal_note": ""}
    Request.objects.filter(pk__in=requests).update(**contact, **texts)
    work = {"fault": "", "looks": "", "confirmed_fault": "", "solution": ""}
    WorkOrder.objects.filter(pk__in=orders).update(**work)
    for order in WorkOrder.objects.filter(pk__in=orders, withdrawn_at=None).select_related("unit", "product__brand"):
        order.customer = None  # for the search alone: the row keeps whose it was
        index_work_order(actor, order)
    for request in Request.objects.filter(pk__in=requests):
        request.customer = None
        index_request(actor, request)


def _drop_drafts(customer_ids: Collection[int]) -> None:
    """Intakes half typed that name one of their numbers or addresses."""
    numbers, mails = reached_by(customer_ids)
    words = [*mails, *(number[-9:] for number in numbers)]
    theirs = [draft.pk for draft in IntakeDraft.objects.all() if _names(draft.data, words)]
    IntakeDraft.objects.filter(pk__in=theirs).delete()


def _names(value: Any, words: Collection[str]) -> bool:
    if isinstance(value, dict):
        return any(_names(part, words) for part in value.values())
    if isinstance(value, list):
        return any(_names(part, words) for part in value)
    bare = str(value).replace(" ", "").lower()
    return any(word in bare for word in words)
