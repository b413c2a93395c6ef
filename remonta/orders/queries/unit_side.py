"""What the order page fetches apart: accessories, checks, whether a passcode is kept."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language

from remonta.kernel.actor import Actor
from remonta.kernel.texts import said
from remonta.orders.models import Accessory, CheckResult, Passcode
from remonta.orders.queries.scope import work_orders_for


@dataclass(frozen=True)
class AccessoryShape:
    """What came along; `returned_at` once it left again."""

    code: str
    name: str
    returned_at: datetime | None


@dataclass(frozen=True)
class Check:
    """One ticked line: ok, bad or unknown."""

    item_uid: UUID
    moment: str
    text: str
    result: str
    label: str
    note: str


@dataclass(frozen=True)
class UnitSide:
    """The unit's part of an order."""

    id: int
    uid: UUID
    centre_id: int
    unit_id: int | None
    unit_uid: UUID | None
    device: str
    serial: str
    warranty_until: object
    category_id: int | None
    accessories: tuple[AccessoryShape, ...]
    checks: tuple[Check, ...]
    has_passcode: bool


def unit_side(actor: Actor, uid: UUID) -> UnitSide:
    """The unit's part of an order. Raises DoesNotExist. Four statements."""
    order = work_orders_for(actor).select_related("unit", "product__brand").get(uid=uid)
    unit = order.unit
    things = Accessory.objects.filter(work_order=order).order_by("pk").values_list("code", "name", "returned_at")
    return UnitSide(
        id=order.pk,
        uid=order.uid,
        centre_id=order.centre_id,
        unit_id=order.unit_id,
        unit_uid=unit.uid if unit else None,
        device=str(order.product) if order.product else "",
        serial=(unit.serial or unit.tag) if unit else "",
        warranty_until=unit.warranty_until if unit else None,
        category_id=order.product.category_id if order.product else None,
        accessories=tuple(AccessoryShape(*row) for row in things),
        checks=checks_of(order.pk),
        has_passcode=Passcode.objects.filter(work_order=order).exists(),
    )


def checks_of(work_order_id: int) -> tuple[Check, ...]:
    """Every ticked line of an order; the caller has checked who may see it. One statement."""
    language = get_language() or "en"
    rows = (
        CheckResult.objects.filter(work_order_id=work_order_id).select_related("item").order_by("item__position", "pk")
    )
    return tuple(
        Check(
            row.item.uid,
            row.item.moment,
            said(row.item.names, language),
            row.result,
            row.get_result_display(),
            row.note,
        )
        for row in rows
    )
