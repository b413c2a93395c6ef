"""The page of a request: who asked, what was said and promised, and which orders came of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from remonta.identity.queries import names_of
from remonta.kernel.actor import Actor
from remonta.kernel.money import Money
from remonta.kernel.workflow import Move
from remonta.orders.models import Note, Promise, Request
from remonta.orders.queries.lists import order_rows, with_row
from remonta.orders.queries.order_page import person
from remonta.orders.queries.scope import requests_for, work_orders_for
from remonta.orders.queries.shapes import NoteShape, OrderRow, PersonShape
from remonta.orders.words import REFUSALS
from remonta.orders.workflow import REQUEST, RequestState
from remonta.spine.queries import Line, timeline

SAME = (
    *("id", "uid", "number", "state", "fault", "answer", "refusal_note", "wants_call", "call_by", "created_at"),
    *("contact_name", "contact_phone", "contact_email"),
)


@dataclass(frozen=True)
class PromiseShape:
    """What the customer was told, by whom and when."""

    price: Money | None
    ready_at: datetime | None
    note: str
    by: str
    made_at: datetime


@dataclass(frozen=True)
class RequestPage:
    """Everything the page of a request shows. Times in UTC."""

    id: int
    uid: UUID
    number: str
    state: str
    state_label: object
    channel: str
    kind: str
    centre_id: int
    centre_name: str
    currency: str
    customer: PersonShape | None
    contact_name: str
    contact_phone: str
    contact_email: str
    device: str
    fault: str
    answer: str
    refusal: object
    refusal_note: str
    wants_call: bool
    call_by: datetime | None
    created_at: datetime
    responsible: str
    promises: tuple[PromiseShape, ...]
    orders: tuple[OrderRow, ...]
    buttons: tuple[Move, ...]
    lines: tuple[Line, ...]
    notes: dict[int, NoteShape]
    names: dict[int, str]


def request_page(actor: Actor, uid: UUID) -> RequestPage:
    """Everything the page shows. Raises DoesNotExist. Seven statements at most."""
    joined = ("customer", "centre__legal_entity", "product__brand", "responsible")
    case = requests_for(actor).select_related(*joined).get(uid=uid)
    orders = with_row(work_orders_for(actor).filter(request=case)).order_by("pk")
    lines = timeline([("orders.request", case.pk)])
    note_ids = [line.data["note_id"] for line in lines if "note_id" in line.data]
    notes = Note.objects.filter(pk__in=note_ids).values_list("pk", "kind", "text") if note_ids else ()
    return RequestPage(
        **{name: getattr(case, name) for name in SAME},
        **_words(case),
        customer=person(case),
        promises=_promises(case),
        orders=order_rows(orders, actor.now()),
        buttons=REQUEST.open_to(actor, case),
        lines=lines,
        notes={pk: NoteShape(pk, kind, text) for pk, kind, text in notes},
        names=names_of({line.account_id for line in lines if line.account_id}),
    )


def _words(case: Request) -> dict[str, Any]:
    return {
        "state_label": RequestState(case.state).label,
        "channel": case.get_channel_display(),
        "kind": case.get_kind_display(),
        "centre_id": case.centre_id,
        "centre_name": case.centre.name,
        "currency": case.centre.legal_entity.currency,
        "device": str(case.product) if case.product else case.device,
        "refusal": REFUSALS.get(case.refusal, ""),
        "responsible": case.responsible.name if case.responsible else "",
    }


def promises_of(actor: Actor, work_order_uid: UUID) -> tuple[PromiseShape, ...]:
    """What the customer of an order was told, the newest first; nothing where the order is not seen. One statement."""
    seen = work_orders_for(actor).filter(uid=work_order_uid).values("request")
    return _said(Promise.objects.filter(request__in=seen))


def _promises(case: Request) -> tuple[PromiseShape, ...]:
    return _said(Promise.objects.filter(request=case))


def _said(promises: QuerySet[Promise]) -> tuple[PromiseShape, ...]:
    rows = promises.select_related("account").order_by("-pk")
    return tuple(
        PromiseShape(
            Money(row.price, row.currency) if row.price is not None else None,
            row.ready_at,
            row.note,
            row.account.name if row.account else "",
            row.made_at,
        )
        for row in rows
    )
