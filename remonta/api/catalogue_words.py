"""Kinds of devices, checklists, codes of diagnosis; and the works that fit what a customer says."""

from typing import Any, Literal
from uuid import UUID

from django.utils.translation import get_language
from ninja import Query, Router
from pydantic import Field

from remonta.api.catalogue import category_id
from remonta.api.fields import Asked, Code, Line, Texts, texts
from remonta.api.paging import Page, Paging, each, page_of
from remonta.api.shapes.master import Category, CheckItem, FaultCodeShape, LikelyShape
from remonta.api.spoken import op
from remonta.catalogue import commands
from remonta.catalogue.queries import (
    categories_for,
    checklist_items_for,
    fault_codes_for,
    likely_works,
    products_for,
)
from remonta.identity.queries import every_centre
from remonta.kernel.texts import said
from remonta.web.requests import Request

router = Router()
Moments = Literal["intake", "bench", "final", "handover"]
Kind = Literal["symptom", "defect", "repair"]


class CategoryAsked(Asked):
    """A kind of device; accessories and looks are what intake offers to tick."""

    names: Texts
    accessories: list[Texts] = Field(default_factory=list, max_length=100)
    looks: list[Texts] = Field(default_factory=list, max_length=100)
    asks_passcode: bool = False
    serial_is_imei: bool = False

    def told(self) -> dict[str, Any]:
        """As commands take it."""
        return {
            "names": texts(self.names),
            "accessories": [texts(one) for one in self.accessories],
            "looks": [texts(one) for one in self.looks],
            "asks_passcode": self.asks_passcode,
            "serial_is_imei": self.serial_is_imei,
        }


class NewCategory(CategoryAsked):
    """A new kind of device."""

    code: str = Field(pattern=r"^[-a-zA-Z0-9_]{1,40}$")
    parent_uid: UUID | None = None


class ChecklistLineAsked(Asked):
    """A line of a checklist, whether it must be ticked, and where it stands."""

    names: Texts
    required: bool = False
    position: int = Field(1, ge=0, le=1000)


class NewLine(Asked):
    """One more line, last, of the checklist of a kind of device or of the one for all."""

    moment: Moments
    names: Texts
    required: bool = False
    category_uid: UUID | None = None


class CodeAsked(Asked):
    """What a code means, for all devices or a kind of device."""

    names: Texts
    category_uid: UUID | None = None


class NewCode(CodeAsked):
    """A new code."""

    kind: Kind
    code: Code = Field(min_length=1, max_length=20)


class CodeFilter(Paging):
    """Which codes."""

    kind: Kind | None = None
    category: UUID | None = None


class LikelyFilter(Paging):
    """What is said of the fault, of which model, in which centre."""

    fault: Line = ""
    centre: UUID
    product: UUID | None = None


def named(row: Any, *same: str) -> dict[str, Any]:
    """An entry with its name in the reader’s language."""
    kept = {name: getattr(row, name) for name in ("uid", "names", *same)}
    return kept | {"name": said(row.names, get_language() or "en")}


def of_category(row: Any) -> dict[str, Any]:
    return {"category_uid": row.category.uid if row.category else None}


def category_of(row: Any) -> dict[str, Any]:
    """A kind of device as an answer."""
    return named(row, "code", "accessories", "looks", "asks_passcode", "serial_is_imei")


def line_of(row: Any) -> dict[str, Any]:
    """A line of a checklist as an answer."""
    kept = named(row, "moment", "required", "position") | of_category(row)
    return kept | {"text": kept["name"]}


def code_of(row: Any) -> dict[str, Any]:
    """A code as an answer."""
    return named(row, "kind", "code") | of_category(row)


@router.get("/categories", **op("categories", list[Category]))
def categories(request: Request) -> Any:
    """Kinds of devices."""
    return [category_of(row) for row in categories_for(request.actor).order_by("code")[:1000]]


@router.post("/categories", **op("categories", Category, status=201))
def add_category(request: Request, asked: NewCategory) -> Any:
    """A new kind of device."""
    parent_id = category_id(request.actor, asked.parent_uid)
    return category_of(commands.add_category(request.actor, code=asked.code, parent_id=parent_id, **asked.told()))


@router.get("/categories/{uuid:uid}", **op("category", Category))
def category(request: Request, uid: UUID) -> Any:
    """A kind of device."""
    return category_of(categories_for(request.actor).get(uid=uid))


@router.put("/categories/{uuid:uid}", **op("category", Category))
def change_category(request: Request, uid: UUID, asked: CategoryAsked) -> Any:
    """Corrects a kind of device."""
    return category_of(commands.change_category(request.actor, uid, **asked.told()))


@router.get("/checklist-lines", **op("checklist-lines", list[CheckItem]))
def lines(request: Request, moment: Query[Moments | None] = None) -> Any:
    """Lines of all checklists, in order."""
    rows = checklist_items_for(request.actor).select_related("category")
    rows = rows.filter(moment=moment) if moment else rows
    return [line_of(row) for row in rows.order_by("moment", "category_id", "position", "pk")[:2000]]


@router.post("/checklist-lines", **op("checklist-lines", CheckItem, status=201))
def add_line(request: Request, asked: NewLine) -> Any:
    """One more line."""
    where: dict[str, Any] = {"moment": asked.moment, "category_id": category_id(request.actor, asked.category_uid)}
    return line_of(
        commands.add_checklist_item(request.actor, names=texts(asked.names), required=asked.required, **where)
    )


@router.put("/checklist-lines/{uuid:uid}", **op("checklist-line", CheckItem))
def change_line(request: Request, uid: UUID, asked: ChecklistLineAsked) -> Any:
    """Corrects a line."""
    said_: dict[str, Any] = {"required": asked.required, "position": asked.position}
    return line_of(commands.change_checklist_item(request.actor, uid, names=texts(asked.names), **said_))


@router.delete("/checklist-lines/{uuid:uid}", **op("checklist-line", None, status=204))
def drop_line(request: Request, uid: UUID) -> None:
    """The line is not asked any more; filled checklists keep its words."""
    commands.remove_checklist_item(request.actor, uid)


@router.get("/fault-codes", **op("fault-codes", Page[FaultCodeShape]))
def codes(request: Request, asked: Query[CodeFilter]) -> Any:
    """Codes of diagnosis in pages, newest first."""
    rows = fault_codes_for(request.actor).select_related("category")
    rows = rows.filter(kind=asked.kind) if asked.kind else rows
    return page_of(rows.filter(category__uid=asked.category) if asked.category else rows, asked, each(code_of))


@router.post("/fault-codes", **op("fault-codes", FaultCodeShape, status=201))
def add_code(request: Request, asked: NewCode) -> Any:
    """A new code."""
    where: dict[str, Any] = {
        "kind": asked.kind,
        "code": asked.code,
        "category_id": category_id(request.actor, asked.category_uid),
    }
    return code_of(commands.add_fault_code(request.actor, names=texts(asked.names), **where))


@router.get("/fault-codes/{uuid:uid}", **op("fault-code", FaultCodeShape))
def code(request: Request, uid: UUID) -> Any:
    """A code."""
    return code_of(fault_codes_for(request.actor).select_related("category").get(uid=uid))


@router.put("/fault-codes/{uuid:uid}", **op("fault-code", FaultCodeShape))
def change_code(request: Request, uid: UUID, asked: CodeAsked) -> Any:
    """Corrects what a code means."""
    where = category_id(request.actor, asked.category_uid)
    return code_of(commands.change_fault_code(request.actor, uid, names=texts(asked.names), category_id=where))


@router.get("/likely-services", **op("likely-services", list[LikelyShape]))
def likely(request: Request, asked: Query[LikelyFilter]) -> Any:
    """Works ranked by what is said of the fault and what is known of the model, with prices of that centre."""
    entity = every_centre().values_list("legal_entity_id", flat=True).get(uid=asked.centre)
    product = products_for(request.actor).get(uid=asked.product) if asked.product else None
    about: dict[str, Any] = {"product_id": product.pk, "category_id": product.category_id} if product else {}
    return likely_works(request.actor, asked.fault, legal_entity_id=entity, limit=min(asked.limit, 20), **about)
