"""The link on a customer's paper, by which the repair can be followed without signing in."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.conf import settings

from remonta.documents.commands.issuing import check_printable, issue_document
from remonta.documents.models import Document
from remonta.documents.queries import logo_of, template_in_force
from remonta.documents.shapes import Form
from remonta.identity.commands import make_link
from remonta.identity.queries import link_is_open, setting
from remonta.kernel.actor import Actor
from remonta.orders.queries import WorkOrder

WORK_ORDER, STATUS = "orders.workorder", "order"
LOOKED_THROUGH = 10


def with_link(
    actor: Actor, order: WorkOrder, form: Form, *, subject: str = WORK_ORDER, subject_id: int | None = None
) -> Document:
    """Issues the customer's form with a fresh link in its QR code; an unchanged form whose link still opens is kept.

    Tokens are known only when they are made, so a link on paper lives in the frozen data of the paper alone.
    """
    check_printable(actor, form.code, form.paper, order.centre_id)
    subject_id = subject_id or order.pk
    form = replace(form, logo=logo_of(actor, order.centre.legal_entity_id))
    if kept := _unchanged(actor, order, form, subject, subject_id):
        return kept
    lasts = timedelta(days=int(setting("links.days", order.centre_id)))
    _link, token = make_link(actor, STATUS, WORK_ORDER, order.pk, actor.now() + lasts, language=form.language)
    linked = replace(form, qr=settings.ORDER_LINK.format(token=token))
    about: dict[str, Any] = {
        "subject": subject,
        "subject_id": subject_id,
        "thread_id": order.pk,
        "centre_id": order.centre_id,
    }
    look: dict[str, Any] = {"code": form.code, "paper": form.paper, "language": form.language}
    issued: Document = issue_document(actor, **look, **about, data=linked.as_json(), fresh=True)
    return issued


def _unchanged(actor: Actor, order: WorkOrder, form: Form, subject: str, subject_id: int) -> Document | None:
    if (template := template_in_force(form.code, order.centre_id)) is None:
        return None
    earlier = Document.objects.filter(subject=subject, subject_id=subject_id, template=template, paper=form.paper)
    bare = form.as_json()
    for document in earlier.order_by("-pk")[:LOOKED_THROUGH]:
        code = document.data.get("qr") or {}
        token = str(code.get("qr", "")).rpartition("/")[2]
        if {**document.data, "qr": None} == bare and token and link_is_open(token, STATUS, actor.now()):
            return document
    return None
