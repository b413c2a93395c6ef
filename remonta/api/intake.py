"""The counter and the telephone: a unit comes, a repair is expected, a talk is kept."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Router
from pydantic import Field

from remonta.api.asking import operation_of
from remonta.api.fields import Asked, Code, Email, Language, Line, Long, Moment, Money, Paragraph, minor, minor_or_none
from remonta.api.reading import order_shape
from remonta.api.requests import answered
from remonta.api.shapes.orders import Order, RequestOut
from remonta.api.spoken import op
from remonta.counter import commands
from remonta.identity.queries import every_centre
from remonta.orders.queries import work_orders_for
from remonta.web.requests import Request

router = Router()
Result = Literal["ok", "bad", "unknown"]


class WhoAsked(Asked):
    """The customer: by uid, or a new one by name and phones."""

    uid: UUID | None = None
    name: Line = Field(default="", max_length=200)
    kind: Literal["person", "company"] = "person"
    phones: list[Code] = Field(default_factory=list, max_length=10)
    email: Email = ""
    language: Language | Literal[""] = ""

    def who(self) -> commands.Who:
        """As the command takes it."""
        return commands.Who(**self.model_dump(exclude={"phones"}), phones=tuple(self.phones))


class WhichAsked(Asked):
    """The unit: by uid, or by model and serial number."""

    uid: UUID | None = None
    product_uid: UUID | None = None
    serial: Line = Field("", max_length=80)
    accept_odd_serial: bool = False

    def which(self) -> commands.Which:
        """As the command takes it."""
        return commands.Which(**self.model_dump())


class RepairAsked(Asked):
    """What is wrong, what kind of order it becomes, and what was promised."""

    fault: Long
    route: Code = "counter"
    channel: Literal["call", "web", "portal", "email", "counter"] = "counter"
    request_uid: UUID | None = None
    preauthorised: Money | None = Field(None, description="May be spent without asking.")
    planned_minutes: int = Field(60, ge=1, le=100_000)
    due_at: Moment | None = None
    price: Money | None = None
    promise: Paragraph = ""
    under_warranty: bool = False

    def repair(self, currency: str) -> commands.Repair:
        """As the command takes it."""
        spend = minor(self.preauthorised, currency, "repair.preauthorised") if self.preauthorised else 0
        price = minor_or_none(self.price, currency, "repair.price")
        said = self.model_dump(exclude={"preauthorised", "price"})
        return commands.Repair(**said, preauthorised=spend, price=price)


class ComingAsked(Asked):
    """Where the unit is put, how it looks, and what came along."""

    place_uid: UUID | None = None
    looks: Paragraph = ""
    accessories: list[Line] = Field(default_factory=list, max_length=50)
    passcode: Line = Field(default="", max_length=100)
    checks: dict[UUID, Result] = Field(default_factory=dict, max_length=300)

    def intake(self) -> commands.Intake:
        """As the command takes it."""
        checks = {str(item): result for item, result in self.checks.items()}
        said = self.model_dump(exclude={"accessories", "checks"})
        return commands.Intake(**said, accessories=tuple(self.accessories), checks=checks)


class ExpectedAsked(Asked):
    """A repair that is expected: by phone, by post."""

    centre_uid: UUID
    who: WhoAsked
    which: WhichAsked
    repair: RepairAsked


class TakenInAsked(ExpectedAsked):
    """A unit over the counter."""

    intake: ComingAsked = ComingAsked()


class TalkAsked(Asked):
    """What was asked and how the talk ended."""

    fault: Long
    outcome: Code
    channel: Literal["call", "web", "portal", "email", "counter"] = "call"
    device: Line = Field("", max_length=200)
    product_uid: UUID | None = None
    answer: Long = ""
    price: Money | None = None
    ready_at: Moment | None = None
    promise: Paragraph = ""
    reason: Code = ""
    wants_call: bool = False
    address: Paragraph = Field("", description="Where it goes back to, with the outcome `send_in`.")


class TalkedAsked(Asked):
    """A talk with somebody who asked."""

    centre_uid: UUID
    who: WhoAsked = WhoAsked()
    talk: TalkAsked


def currency_of(centre_uid: UUID) -> str:
    """The currency of a centre. Raises DoesNotExist. One statement."""
    return every_centre().values_list("legal_entity__currency", flat=True).get(uid=centre_uid)


@router.post("/intake/expected", **op("expected", Order, once=True, status=201))
def expect(request: Request, asked: ExpectedAsked) -> Any:
    """Registers a repair that is expected."""
    made = commands.register_repair(
        request.actor,
        asked.centre_uid,
        who=asked.who.who(),
        which=asked.which.which(),
        repair=asked.repair.repair(currency_of(asked.centre_uid)),
        operation=operation_of(request),
    )
    return order_shape(request, made.uid)


@router.post("/intake", **op("intake", Order, once=True, status=201))
def take_in(request: Request, asked: TakenInAsked) -> Any:
    """Takes a unit in over the counter."""
    made = commands.take_in(
        request.actor,
        asked.centre_uid,
        who=asked.who.who(),
        which=asked.which.which(),
        repair=asked.repair.repair(currency_of(asked.centre_uid)),
        intake=asked.intake.intake(),
        operation=operation_of(request),
    )
    return order_shape(request, made.uid)


@router.post("/orders/{uuid:uid}/intake", **op("order-intake", Order, once=True))
def take_in_expected(request: Request, uid: UUID, asked: ComingAsked) -> Any:
    """A unit that was expected has come."""
    work_orders_for(request.actor).only("pk").get(uid=uid)
    commands.take_in_expected(request.actor, uid, intake=asked.intake(), operation=operation_of(request))
    return order_shape(request, uid)


@router.post("/talks", **op("talks", RequestOut, once=True, status=201))
def talk(request: Request, response: HttpResponse, asked: TalkedAsked) -> Any:
    """Keeps who asked what, what was promised, and how it ended."""
    price = minor_or_none(asked.talk.price, currency_of(asked.centre_uid), "talk.price")
    said = commands.Talk(**asked.talk.model_dump(exclude={"price"}), price=price)
    operation = operation_of(request)
    kept = commands.note_talk(request.actor, asked.centre_uid, who=asked.who.who(), talk=said, operation=operation)
    return answered(request, response, kept.uid)
