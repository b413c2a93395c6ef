"""Requests: what somebody asked for, before it is work."""

from typing import Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from ninja import Query, Router
from pydantic import Field

from remonta.api.asking import on_request, operation_of, tagged
from remonta.api.fields import Asked, Code, Email, Line, Long, Moment, Money, Paragraph, minor_or_none
from remonta.api.orders import NoteAsked
from remonta.api.paging import Page, Paging, each, page_of
from remonta.api.reading import order_of, request_shape
from remonta.api.shapes.orders import NoteOut, Order, RequestLine, RequestOut
from remonta.api.spoken import op
from remonta.catalogue.queries import products_for
from remonta.customers.queries import customers_for
from remonta.orders import commands
from remonta.orders.queries import Request as Case
from remonta.orders.queries import order_page, requests_for
from remonta.orders.workflow import RequestState
from remonta.web.requests import Request

router = Router()


class RequestFilter(Paging):
    """Which requests."""

    state: RequestState | None = None
    number: Code = ""
    centre: UUID | None = None
    customer: UUID | None = None
    to_call: bool = Field(False, description="Whose people wait for a call.")


class RequestAsked(Asked):
    """What somebody asked for."""

    centre_uid: UUID
    channel: Literal["call", "web", "portal", "email", "counter"] = "call"
    kind: Literal["repair", "consultation", "other"] = "repair"
    customer_uid: UUID | None = None
    end_customer_uid: UUID | None = None
    payer_uid: UUID | None = None
    product_uid: UUID | None = None
    contact_name: Line = ""
    contact_phone: Line = Field("", max_length=20)
    contact_email: Email = ""
    device: Line = Field("", max_length=200)
    fault: Long = ""
    answer: Long = ""
    wants_call: bool = False
    call_by: Moment | None = None


class RefusalAsked(Asked):
    """Why the customer does not want it; `reason` is a code."""

    reason: Code
    note: Paragraph = ""


class RequestAnswerAsked(Asked):
    """What was answered."""

    answer: Long = ""


class PromiseAsked(Asked):
    """What the customer was told: a price, a time, words."""

    price: Money | None = None
    ready_at: Moment | None = None
    note: Paragraph = ""


class WorkAsked(Asked):
    """The unit that is expected for service."""

    unit_uid: UUID
    route: Code = "counter"
    fault: Long = ""
    due_at: Moment | None = None
    planned_minutes: int = Field(60, ge=1, le=100_000)
    under_warranty: bool = False


@router.get("/requests", **op("requests", Page[RequestLine]))
def listed(request: Request, asked: Query[RequestFilter]) -> Any:
    """Requests in pages, newest first."""
    rows = requests_for(request.actor).select_related("customer", "product__brand", "centre")
    return page_of(narrow(rows, asked), asked, each(line))


def narrow(rows: QuerySet[Case], asked: RequestFilter) -> QuerySet[Case]:
    """The requests that were asked for. No statement."""
    rows = rows.filter(state=asked.state) if asked.state else rows
    rows = rows.filter(number__begins=asked.number.strip().upper()) if asked.number else rows
    named = {"centre": asked.centre, "customer": asked.customer}
    rows = rows.filter(**{f"{name}__uid": uid for name, uid in named.items() if uid})
    return rows.filter(wants_call=True) if asked.to_call else rows


def line(row: Case) -> dict[str, Any]:
    """A request in a list. No statement."""
    same = ("uid", "number", "state", "channel", "kind", "fault", "wants_call", "call_by", "created_at")
    kept = {name: getattr(row, name) for name in (*same, "contact_name", "contact_phone")}
    return kept | {
        "state_label": RequestState(row.state).label,
        "centre": row.centre.name,
        "customer": row.customer.name if row.customer else "",
        "device": str(row.product) if row.product else row.device,
    }


@router.post("/requests", **op("requests", RequestOut, once=True, status=201))
def register(request: Request, response: HttpResponse, asked: RequestAsked) -> Any:
    """Keeps what somebody asked for."""
    actor, said = request.actor, asked.model_dump(exclude={"centre_uid"})
    for name in ("customer", "end_customer", "payer"):
        uid = said.pop(f"{name}_uid")
        said[f"{name}_id"] = customers_for(actor).values_list("pk", flat=True).get(uid=uid) if uid else None
    product = said.pop("product_uid")
    said["product_id"] = products_for(actor).values_list("pk", flat=True).get(uid=product) if product else None
    kept = commands.register_request(
        actor, asked.centre_uid, asked=commands.Asked(**said), operation=operation_of(request)
    )
    return answered(request, response, kept.uid)


@router.get("/requests/{uuid:uid}", **op("request", RequestOut))
def one(request: Request, response: HttpResponse, uid: UUID) -> Any:
    """A request with what was said, promised and done. ETag is its version."""
    return answered(request, response, uid)


def answered(request: Request, response: HttpResponse, uid: UUID) -> dict[str, Any]:
    """The request as an answer, with its version as ETag."""
    shape = request_shape(request, uid)
    tagged(response, shape["version"])
    return shape


@router.post("/requests/{uuid:uid}/accept", **op("request-accept", RequestOut, once=True, match=True))
def accept(request: Request, response: HttpResponse, uid: UUID) -> Any:
    """It becomes work."""
    operation = operation_of(request)
    on_request(request, uid, lambda: commands.accept_request(request.actor, uid, operation=operation))
    return answered(request, response, uid)


@router.post("/requests/{uuid:uid}/keep", **op("request-keep", RequestOut, once=True, match=True))
def keep(request: Request, response: HttpResponse, uid: UUID) -> Any:
    """The customer only asked so far: a lead."""
    operation = operation_of(request)
    on_request(request, uid, lambda: commands.keep_lead(request.actor, uid, operation=operation))
    return answered(request, response, uid)


@router.post("/requests/{uuid:uid}/refuse", **op("request-refuse", RequestOut, once=True, match=True))
def refuse(request: Request, response: HttpResponse, uid: UUID, asked: RefusalAsked) -> Any:
    """The customer does not want it, and why."""
    said: dict[str, Any] = {"reason": asked.reason, "note": asked.note, "operation": operation_of(request)}
    on_request(request, uid, lambda: commands.refuse_request(request.actor, uid, **said))
    return answered(request, response, uid)


@router.post("/requests/{uuid:uid}/close", **op("request-close", RequestOut, once=True, match=True))
def close(request: Request, response: HttpResponse, uid: UUID, asked: RequestAnswerAsked) -> Any:
    """Answered: nothing more will come of it."""
    said: dict[str, Any] = {"answer": asked.answer, "operation": operation_of(request)}
    on_request(request, uid, lambda: commands.close_request(request.actor, uid, **said))
    return answered(request, response, uid)


@router.post("/requests/{uuid:uid}/promises", **op("request-promises", RequestOut, once=True, match=True))
def promise(request: Request, response: HttpResponse, uid: UUID, asked: PromiseAsked) -> Any:
    """Keeps what the customer was told."""
    case = requests_for(request.actor).select_related("centre__legal_entity").get(uid=uid)
    price = minor_or_none(asked.price, case.centre.legal_entity.currency, "price")
    said: dict[str, Any] = {
        "price": price,
        "ready_at": asked.ready_at,
        "note": asked.note,
        "operation": operation_of(request),
    }
    on_request(request, uid, lambda: commands.promise_customer(request.actor, uid, **said))
    return answered(request, response, uid)


@router.post("/requests/{uuid:uid}/called-back", **op("request-called-back", RequestOut, once=True, match=True))
def called_back(request: Request, response: HttpResponse, uid: UUID) -> Any:
    """The customer has been called back."""
    operation = operation_of(request)
    on_request(request, uid, lambda: commands.mark_called_back(request.actor, uid, operation=operation))
    return answered(request, response, uid)


@router.post("/requests/{uuid:uid}/notes", **op("request-notes", NoteOut, once=True))
def note(request: Request, uid: UUID, asked: NoteAsked) -> Any:
    """Writes beside the request: what was talked about."""
    said: dict[str, Any] = {"kind": asked.kind, "text": asked.text, "operation": operation_of(request)}
    return commands.write_request_note(request.actor, uid, **said)


@router.post("/requests/{uuid:uid}/orders", **op("request-orders", Order, once=True, status=201))
def work(request: Request, uid: UUID, asked: WorkAsked) -> Any:
    """Opens a work order under the request: the unit is expected for service."""
    said = commands.WorkAsked(**asked.model_dump(exclude={"unit_uid"}))
    operation = operation_of(request)
    opened = commands.open_work_order(request.actor, uid, unit_uid=asked.unit_uid, asked=said, operation=operation)
    return order_of(order_page(request.actor, opened.uid))
