"""Everything the customer sees of a repair: their own, and nothing that is not theirs to see."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from remonta.billing.queries import Owed, owed
from remonta.documents.queries import documents_for, form_label
from remonta.identity.queries import settings_at
from remonta.kernel.texts import said
from remonta.orders.queries import Step, WorkOrder, notes_for, steps_of
from remonta.orders.workflow import CLOSED, READY
from remonta.portal.doors import Visit
from remonta.portal.words import STAGES, UNREPAIRED, StageWords
from remonta.quality.queries import rating_of_order
from remonta.quotes.queries import QuoteShape, quotes_of
from remonta.spine.queries import attachments_for, timeline
from remonta.stock.queries import LoanShape, loans_of_order

LABEL = "orders.workorder"
LINES = 300
SPOKEN = ("to_customer", "from_customer")


@dataclass(frozen=True)
class Photo:
    """A picture or a file of the order that is meant for the customer."""

    uid: UUID
    name: str
    picture: bool


@dataclass(frozen=True)
class Said:
    """One message between the customer and the centre."""

    mine: bool
    text: str
    at: datetime


@dataclass(frozen=True)
class Paper:
    """A document that was printed for the customer."""

    uid: UUID
    label: str
    number: str
    at: datetime


@dataclass(frozen=True)
class Offer:
    """The quote as the customer is asked about it; `answerable` while it can be answered by the link."""

    quote: QuoteShape
    necessary: tuple[Any, ...]
    recommended: tuple[Any, ...]
    answerable: bool

    @property
    def several(self) -> bool:
        return len(self.quote.lines) > 1

    @property
    def by(self) -> str:
        """Who answered, by the first word of the name: the page may be open on a table."""
        return self.quote.answered_by.split(" ")[0]

    @property
    def approved(self) -> tuple[Any, ...]:
        return tuple(line for line in self.quote.lines if line.approved)


@dataclass(frozen=True)
class CustomerPage:
    """The page behind the customer's link. Money in minor units of its own currency, times in UTC."""

    order_id: int
    number: str
    device: str
    serial: str
    fault: str
    first_name: str
    phone: str
    words: StageWords
    status: str
    steps: tuple[dict[str, Any], ...]
    state: str
    due_at: datetime | None
    late: bool
    offer: Offer | None
    earlier: tuple[QuoteShape, ...]
    money: Owed
    photos: tuple[Photo, ...]
    messages: tuple[Said, ...]
    rating: Any
    may_rate: bool
    papers: tuple[Paper, ...]
    loans: tuple[LoanShape, ...]
    centre: Any
    site_name: str
    today: date


def customer_page(visit: Visit) -> CustomerPage:
    """The customer's page. At most nineteen statements, however long the history is."""
    order, actor = visit.order, visit.actor
    settings = settings_at(order.centre_id, "portal.site_name", "links.quote_days")
    versions = [quote for quote in quotes_of(actor, order.pk) if quote.sent_at or quote.answered_at]
    standing = next((quote for quote in versions if quote.state != "replaced"), None)
    days = timedelta(days=int(settings["links.quote_days"]))
    rating = rating_of_order(actor, order.pk)
    return CustomerPage(
        order_id=order.pk,
        number=order.number,
        device=str(order.product) if order.product else order.request.device,
        serial=order.unit.serial if order.unit else "",
        fault=order.confirmed_fault or order.fault,
        first_name=_first_name(order),
        phone=_masked_phone(order),
        words=UNREPAIRED if order.state == READY and order.outcome == "unrepaired" else STAGES[order.state],
        status=said(order.status.for_customer, get_language() or "en") if order.status else "",
        steps=_steps(order),
        state=order.state,
        due_at=order.due_at if order.open else None,
        late=bool(order.open and order.due_at and order.due_at < actor.now()),
        offer=_offer(standing, actor.now(), days) if standing else None,
        earlier=tuple(quote for quote in versions if quote.state == "replaced"),
        money=owed([order.pk])[order.pk],
        photos=_photos(visit),
        messages=_messages(visit),
        rating=rating,
        may_rate=rating is None and order.state in (READY, CLOSED),
        papers=_papers(visit),
        loans=tuple(loan for loan in loans_of_order(actor, order.pk) if loan.out),
        centre=order.centre,
        site_name=str(settings["portal.site_name"]) or order.centre.name,
        today=actor.now().date(),
    )


def _steps(order: WorkOrder) -> tuple[dict[str, Any], ...]:
    steps = steps_of(order, timeline([(LABEL, order.pk)], limit=LINES))
    now = next((at for at, step in enumerate(steps) if step.current), 0)
    return tuple(_step(step, at, now) for at, step in enumerate(steps))


def _step(step: Step, at: int, now: int) -> dict[str, Any]:
    state = "current" if step.current else "ahead" if at > now else "done" if step.reached_at else "skipped"
    reached = step.reached_at if state != "ahead" else None
    return {"name": step.stage, "label": STAGES[step.stage].name, "state": state, "reached_at": reached}


def _offer(quote: QuoteShape, now: datetime, days: timedelta) -> Offer:
    parts = {name: tuple(line for line in quote.lines if line.variant == name) for name in ("necessary", "recommended")}
    in_time = quote.sent_at is not None and now < quote.sent_at + days
    return Offer(quote, parts["necessary"], parts["recommended"], answerable=quote.state == "sent" and in_time)


def _first_name(order: WorkOrder) -> str:
    """The first word of a person's name; a company is not called by one."""
    if order.customer is None:
        return order.request.contact_name.split(" ")[0]
    return order.customer.name.split(" ")[0] if order.customer.kind == "person" else ""


def _masked_phone(order: WorkOrder) -> str:
    """Enough of the number to know one's own: `+48 ••• 200`."""
    phones = sorted(order.customer.phones.all(), key=lambda phone: phone.position) if order.customer else []
    number = phones[0].number if phones else order.request.contact_phone
    return f"{number[:3]} ••• {number[-3:]}" if len(number) > 8 else ""


def _photos(visit: Visit) -> tuple[Photo, ...]:
    rows = attachments_for(visit.actor, [(LABEL, visit.order.pk)])
    return tuple(Photo(row.uid, row.name, row.file.media_type.startswith("image/")) for row in rows)


def _messages(visit: Visit) -> tuple[Said, ...]:
    notes = notes_for(visit.actor).filter(work_order_id=visit.order.pk, kind__in=SPOKEN).order_by("pk")
    rows = notes.values_list("kind", "text", "made_at")
    return tuple(Said(kind == "from_customer", text, at) for kind, text, at in rows)


def _papers(visit: Visit) -> tuple[Paper, ...]:
    rows = documents_for(visit.actor).order_by("-pk").values_list("uid", "code", "number", "created_at")
    newest: dict[tuple[str, str], Paper] = {}
    for uid, code, number, at in rows:
        newest.setdefault((code, number), Paper(uid, form_label(code), number, at))
    return tuple(newest.values())
