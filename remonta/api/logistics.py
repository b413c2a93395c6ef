"""Parcels: sent in by customers, checked, opened; packed to go back, picked up, delivered."""

from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from remonta.api.asking import operation_of
from remonta.api.documents import paper_of
from remonta.api.fields import Asked, Code, Email, Language, Line, Long, Moment, Paragraph
from remonta.api.intake import RepairAsked, WhichAsked, WhoAsked, currency_of
from remonta.api.paging import Page, Paging, page_of
from remonta.api.shapes.papers import Paper
from remonta.api.shapes.road import ParcelShape, ParcelWhole
from remonta.api.spoken import op
from remonta.counter import commands as counter
from remonta.documents.commands import print_send_in
from remonta.logistics import commands
from remonta.logistics.queries import Parcel, find_expected, parcel_page, parcels_for
from remonta.logistics.workflow import ParcelState
from remonta.web.requests import Request

router = Router()
SHOWN = ("centre", "request")


class ParcelFilter(Paging):
    """Which parcels."""

    state: ParcelState | None = None
    way: Literal["in", "out"] | None = None
    centre: UUID | None = None
    late: bool = False


class ParcelSearch(Paging):
    """By what an expected parcel is looked for: sender, phone, e-mail, serial number, its own number."""

    text: Line


class AnnouncedAsked(Asked):
    """Who sends it in, and where it goes back to."""

    address: Paragraph
    name: Line = Field("", max_length=200)
    phone: Line = Field("", max_length=40)
    email: Email = ""
    language: Language | Literal[""] = ""


class AcceptedAsked(Asked):
    """What the checker makes of it; `hint` is the likely path in words."""

    who: WhoAsked = WhoAsked()
    which: WhichAsked = WhichAsked(serial="")
    repair: RepairAsked
    hint: Paragraph = ""


class QuestionAsked(Asked):
    """In words for the customer."""

    question: Paragraph


class CalledOffAsked(Asked):
    """Why it does not come."""

    note: Paragraph = ""


class AsideAsked(Asked):
    """What stands on a parcel without a document."""

    centre_uid: UUID
    sender_name: Line = Field("", max_length=200)
    courier: Line = Field("", max_length=80)
    tracking: Line = Field("", max_length=80)
    note: Paragraph = ""


class MatchAsked(Asked):
    """The expected parcel which it is."""

    expected_uid: UUID


class CameAsked(Asked):
    """One unit out of the parcel: of an order, or one nobody had announced."""

    order_uid: UUID | None = None
    which: WhichAsked | None = None
    fault: Long = ""
    looks: Paragraph = ""
    accessories: list[Line] = Field(default_factory=list, max_length=50)

    def came(self) -> counter.Came:
        """As the command takes it."""
        which = self.which.which() if self.which else None
        said = self.model_dump(exclude={"which", "accessories"})
        return counter.Came(**said, which=which, accessories=tuple(self.accessories))


class UnlikeAsked(Asked):
    """Something not as written."""

    kind: Literal["missing", "extra", "damaged", "other"]
    thing: Line = Field(max_length=200)
    note: Paragraph = ""


class OpenedAsked(Asked):
    """What was found in the parcel, and where it is put."""

    came: list[CameAsked] = Field(default_factory=list, max_length=50)
    unlike: list[UnlikeAsked] = Field(default_factory=list, max_length=50)
    place_uid: UUID | None = None
    courier: Line = Field("", max_length=80)
    tracking: Line = Field("", max_length=80)


class PackedAsked(Asked):
    """The codes that were scanned into it, and where it goes."""

    scanned: list[Code] = Field(max_length=100)
    address: Paragraph
    note: Paragraph = ""


class PickedUpAsked(Asked):
    """Who carries it, by which number, and by when it should arrive."""

    courier: Line = Field(max_length=80)
    tracking: Line = Field("", max_length=80)
    due_at: Moment | None = None


class ParcelDeliveredAsked(Asked):
    """Who took it."""

    taken_by: Line = Field("", max_length=200)


@router.get("/parcels", **op("parcels", Page[ParcelShape]))
def listed(request: Request, asked: Query[ParcelFilter]) -> Any:
    """Parcels in pages, newest first."""
    rows = parcels_for(request.actor).select_related(*SHOWN).prefetch_related("items__work_order")
    rows = rows.filter(state=asked.state) if asked.state else rows
    rows = rows.filter(way=asked.way) if asked.way else rows
    rows = rows.filter(centre__uid=asked.centre) if asked.centre else rows
    rows = rows.exclude(late_at=None).filter(ended_at=None) if asked.late else rows
    return page_of(rows, asked, shaped)


@router.get("/parcels/expected", **op("parcels-expected", list[ParcelShape]))
def expected(request: Request, asked: Query[ParcelSearch]) -> Any:
    """Expected parcels that may be meant, for one that came without a document."""
    return shaped(find_expected(request.actor, asked.text))


@router.get("/parcels/{uuid:uid}", **op("parcel", ParcelWhole))
def one(request: Request, uid: UUID) -> Any:
    """A parcel."""
    return whole(request, uid)


@router.post("/requests/{uuid:uid}/parcel", **op("request-parcel", ParcelWhole, once=True, status=201))
def announce(request: Request, uid: UUID, asked: AnnouncedAsked) -> Any:
    """The customer will send it in: it waits to be checked."""
    sender = commands.Sender(**asked.model_dump())
    return told(request, commands.announce_parcel(request.actor, uid, sender=sender, operation=operation_of(request)))


@router.post("/parcels/{uuid:uid}/accept", **op("parcel-accept", ParcelWhole, once=True))
def accept(request: Request, uid: UUID, asked: AcceptedAsked) -> Any:
    """It is complete: the repair is expected, and the customer gets the logistics document."""
    parcel = parcels_for(request.actor).select_related("centre").get(uid=uid)
    currency = currency_of(parcel.centre.uid)
    said: dict[str, Any] = {
        "who": asked.who.who(),
        "which": asked.which.which(),
        "repair": asked.repair.repair(currency),
    }
    done = counter.accept_parcel(request.actor, uid, **said, hint=asked.hint, operation=operation_of(request))
    return told(request, done)


@router.post("/parcels/{uuid:uid}/ask-back", **op("parcel-ask-back", ParcelWhole, once=True))
def ask_back(request: Request, uid: UUID, asked: QuestionAsked) -> Any:
    """Something is unclear: the customer is asked."""
    done = commands.ask_back(request.actor, uid, question=asked.question, operation=operation_of(request))
    return told(request, done)


@router.post("/parcels/{uuid:uid}/refuse", **op("parcel-refuse", ParcelWhole, once=True))
def refuse(request: Request, uid: UUID, asked: QuestionAsked) -> Any:
    """It is not to be sent; the customer reads why."""
    done = commands.refuse_parcel(request.actor, uid, question=asked.question, operation=operation_of(request))
    return told(request, done)


@router.post("/parcels/{uuid:uid}/call-off", **op("parcel-call-off", ParcelWhole, once=True))
def call_off(request: Request, uid: UUID, asked: CalledOffAsked) -> Any:
    """The customer does not send it after all."""
    done = commands.call_parcel_off(request.actor, uid, note=asked.note, operation=operation_of(request))
    return told(request, done)


@router.post("/parcels/aside", **op("parcel-aside", ParcelWhole, once=True, status=201))
def aside(request: Request, asked: AsideAsked) -> Any:
    """A parcel came without its document and is set aside."""
    said = asked.model_dump(exclude={"centre_uid"})
    return told(request, commands.set_aside(request.actor, asked.centre_uid, **said, operation=operation_of(request)))


@router.post("/parcels/{uuid:uid}/match", **op("parcel-match", ParcelWhole, once=True))
def match(request: Request, uid: UUID, asked: MatchAsked) -> Any:
    """The parcel set aside is that expected one, which is the answer."""
    said = {"expected_uid": asked.expected_uid, "operation": operation_of(request)}
    return told(request, commands.match_parcel(request.actor, uid, **said))


@router.post("/parcels/{uuid:uid}/open", **op("parcel-open", ParcelWhole, once=True))
def open_it(request: Request, uid: UUID, asked: OpenedAsked) -> Any:
    """The parcel is here: what is named is taken in, what is not named is missing."""
    opened = counter.Opened(
        came=tuple(each.came() for each in asked.came),
        unlike=tuple(counter.Unlike(**each.model_dump()) for each in asked.unlike),
        place_uid=asked.place_uid,
        courier=asked.courier,
        tracking=asked.tracking,
    )
    return told(request, counter.open_parcel(request.actor, uid, opened=opened, operation=operation_of(request)))


@router.post("/orders/{uuid:uid}/pack", **op("order-pack", ParcelWhole, once=True, status=201))
def pack(request: Request, uid: UUID, asked: PackedAsked) -> Any:
    """The unit and everything that came with it were scanned into a parcel."""
    done = commands.pack_order(request.actor, uid, **asked.model_dump(), operation=operation_of(request))
    return told(request, done)


@router.post("/parcels/{uuid:uid}/unpack", **op("parcel-unpack", ParcelWhole, once=True))
def unpack(request: Request, uid: UUID) -> Any:
    """It is not sent after all."""
    return told(request, commands.unpack_parcel(request.actor, uid, operation=operation_of(request)))


@router.post("/parcels/{uuid:uid}/pick-up", **op("parcel-pick-up", ParcelWhole, once=True))
def pick_up(request: Request, uid: UUID, asked: PickedUpAsked) -> Any:
    """The courier has it; the customer learns the number."""
    done = commands.pick_up_parcel(request.actor, uid, **asked.model_dump(), operation=operation_of(request))
    return told(request, done)


@router.post("/parcels/{uuid:uid}/deliver", **op("parcel-deliver", ParcelWhole, once=True))
def deliver(request: Request, uid: UUID, asked: ParcelDeliveredAsked) -> Any:
    """It has reached the customer: each unit in it is handed over."""
    done = counter.deliver_parcel(request.actor, uid, taken_by=asked.taken_by, operation=operation_of(request))
    return told(request, done)


@router.post("/parcels/{uuid:uid}/paper", **op("parcel-paper", Paper, status=201))
def print_it(request: Request, uid: UUID) -> Any:
    """Prints the logistics document of an expected parcel."""
    return paper_of(print_send_in(request.actor, uid))


def told(request: Request, parcel: Parcel) -> dict[str, Any]:
    """The parcel a command gave, as an answer."""
    return whole(request, parcel.uid)


def whole(request: Request, uid: UUID) -> dict[str, Any]:
    """A parcel with its differences. Raises DoesNotExist."""
    page = parcel_page(request.actor, uid)
    shown = parcel_shape(page.parcel) | {"orders": [order.number for order in page.orders]}
    return shown | {"differences": page.differences}


def shaped(rows: Sequence[Parcel]) -> list[dict[str, Any]]:
    """Parcels in a list."""
    return [parcel_shape(row) | {"orders": [item.work_order.number for item in row.items.all()]} for row in rows]


def parcel_shape(parcel: Parcel) -> dict[str, Any]:
    """A parcel, but for its orders. No statement."""
    names = set(ParcelShape.model_fields) - {"centre", "request", "orders"}
    kept = {name: getattr(parcel, name) for name in names}
    return kept | {"centre": parcel.centre.name, "request": parcel.request.number if parcel.request else ""}
