"""What a scan on any page does: it opens what was scanned, or completes the step that is open."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpResponse, JsonResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from remonta.kernel.actor import Actor
from remonta.kernel.gs1 import trade_item
from remonta.orders.queries import open_orders, work_orders_for
from remonta.spine.queries import Found, recognise
from remonta.stock.commands import Which, place_unit, take_back_unit
from remonta.stock.queries import loan_of_unit, pieces_for, pieces_there, whereabouts
from remonta.supply.commands import issue_scanned, take_back_issue
from remonta.web.answers import back, go, operation_of
from remonta.web.requests import Request

PAGES = {
    "order": "desk:order",
    "unit": "desk:unit",
    "place": "desk:place",
    "part": "desk:part-stock",
    "piece": "desk:piece",
    "person": "desk:person",
    "parcel": "desk:parcel",
    "batch": "desk:batch",
    "shipment": "desk:shipment",
    "loan": "desk:loan",
    "transfer": "desk:transfer",
    "picking": "desk:store-picking",
}
ISSUING, TAKING_IN, LOANERS = "issue", "intake", "loaners"
Answer = dict[str, Any]


@dataclass(frozen=True)
class Scan:
    """One scan: the code, the same keys on another layout, the page's step, the scan before, the client's operation."""

    code: str
    also: str
    context: str
    previous: str
    operation: UUID

    @classmethod
    def of(cls, body: bytes) -> Scan:
        """From the page's JSON. Raises BadRequest for anything else."""
        try:
            said = json.loads(body)
            texts = {name: str(said.get(name) or "")[:300].strip() for name in ("code", "also", "context", "previous")}
            return cls(**texts, operation=UUID(said["operation"]))
        except (ValueError, KeyError, TypeError, AttributeError, UnicodeDecodeError) as error:
            raise BadRequest("scan") from error


def scan(request: Request) -> JsonResponse:
    """A code was scanned somewhere. A wrong one says what is wrong and changes nothing; refusals are 403, 404, 409."""
    return JsonResponse(answer(request.actor, Scan.of(request.body)))


def answer(actor: Actor, asked: Scan) -> Answer:
    """What the scan did, in a sentence, with the page to go to if any. Raises what the command refuses."""
    first = ("part", "piece") if asked.context.startswith(ISSUING) else ()
    found = recognise(actor, asked.code, first) or (recognise(actor, asked.also, first) if asked.also else None)
    if found is None:
        return {"ok": False, "say": _("“%(code)s” is not known here. Nothing has changed.") % {"code": asked.code}}
    step = _step(asked, found)
    return step(actor, asked, found) if step else opened(found)


def undo_move(request: Request, uid: UUID) -> HttpResponse:
    """The unit that was just moved goes back where it was."""
    move = take_back_unit(request.actor, uid, operation=operation_of(request))
    return go(request, back(request), _("Undone. It is at %(place)s again.") % {"place": move.target})


def undo_issue(request: Request, uid: UUID) -> HttpResponse:
    """The part that was just issued goes back into its bin."""
    done = take_back_issue(request.actor, uid, operation=operation_of(request))
    said = {"part": done.part.number, "place": done.reservation.place if done.reservation else ""}
    return go(request, back(request), _("Undone. %(part)s is at %(place)s again.") % said)


def opened(found: Found) -> Answer:
    """The page of what was scanned, where there is one."""
    try:
        return {"ok": True, "say": found.label, "go": reverse(PAGES[found.kind], args=[found.uid])}
    except (NoReverseMatch, KeyError):
        return {"ok": True, "say": found.label}


def _step(asked: Scan, found: Found) -> Callable[[Actor, Scan, Found], Answer] | None:
    """The step this scan completes on that page; None when it only opens a page."""
    if asked.context.startswith(ISSUING):
        return {"order": _issue_to, "part": _issue, "piece": _issue}.get(found.kind)
    if asked.context == TAKING_IN and found.kind in ("unit", "order"):
        return _come
    if asked.context == LOANERS and found.kind == "unit":
        return _loaner
    if found.kind == "place" and (asked.previous or asked.context.startswith("order:")):
        return _put
    return _put_here if found.unit_id and asked.context.startswith("place:") else None


def _come(actor: Actor, asked: Scan, thing: Found) -> Answer:
    """At the counter a known unit fills the form; one that is expected opens its own, one in service its order."""
    about = {"pk": thing.id} if thing.kind == "order" else {"unit_id": thing.unit_id}
    order = open_orders(actor).filter(**about).order_by("-pk").first()
    if order is None and thing.kind == "unit":
        return {"ok": True, "say": thing.label, "go": f"{reverse('desk:intake')}?unit={thing.uid}"}
    if order is None:
        return opened(thing)
    page = "desk:intake-expected" if order.state == "registered" else "desk:order"
    return {"ok": True, "say": order.number, "go": reverse(page, args=[order.uid])}


def _loaner(actor: Actor, asked: Scan, thing: Found) -> Answer:
    """On the page of loaners a unit that is lent opens its loan, to be taken back; another one its own page."""
    loan = loan_of_unit(actor, thing.unit_id or 0)
    if loan is None:
        return opened(thing)
    return {"ok": True, "say": f"{thing.label} · {loan.number}", "go": reverse("desk:loan", args=[loan.uid])}


def _put(actor: Actor, asked: Scan, place: Found) -> Answer:
    """Unit or order, then place: it has moved. On an order's own page the place alone will do."""
    thing = recognise(actor, asked.previous) if asked.previous else None
    if thing is None or thing.kind not in ("unit", "order"):
        thing = _order_of(actor, asked.context)
    return _moved(actor, asked, thing, place) if thing else opened(place)


def _put_here(actor: Actor, asked: Scan, thing: Found) -> Answer:
    """On a place's page every unit that is scanned goes there; what stands there already is opened."""
    place = recognise(actor, asked.context.partition(":")[2])
    where = whereabouts([thing.unit_id or 0]).get(thing.unit_id or 0)
    if place is None or place.kind != "place" or (where and where.place_id == place.id):
        return opened(thing)
    shown = {"target": "#contents", "url": reverse("desk:place-contents", args=[place.uid])}
    return _moved(actor, asked, thing, place) | {"swap": shown}


def _moved(actor: Actor, asked: Scan, thing: Found, place: Found) -> Answer:
    if thing.unit_id is None:
        return {"ok": False, "say": _("Order %(order)s has no unit. Nothing has moved.") % {"order": thing.label}}
    thread_id = thing.thread_id
    if thread_id is None:
        thread_id = open_orders(actor).filter(unit_id=thing.unit_id).values_list("pk", flat=True).first()
    move = place_unit(actor, thing.unit_id, place.uid, thread_id=thread_id, operation=asked.operation)
    said, undo = {"thing": thing.label, "place": place.label}, reverse("web:undo-move", args=[move.uid])
    return {"ok": True, "moved": True, "say": _("%(thing)s is now at %(place)s.") % said, "undo": undo}


def _issue_to(actor: Actor, asked: Scan, order: Found) -> Answer:
    """On the issuing page an order opens its list of parts; a part scanned just before is issued to it."""
    part = recognise(actor, asked.previous, ("part", "piece")) if asked.previous else None
    wanted = part if part and part.kind in ("part", "piece") and asked.context == ISSUING else None
    done = _issued(actor, asked, order, wanted, asked.previous) if wanted else {}
    said = {"ok": True, "say": _("%(order)s: now scan the parts.") % {"order": order.label}} | done
    return said | {"go": reverse("desk:issue-order", args=[order.uid])}


def _issue(actor: Actor, asked: Scan, part: Found) -> Answer:
    """A part scanned on the issuing page of an order is issued to it; without an order, the order comes next."""
    order = _order_of(actor, asked.context.partition(":")[2])
    if order is None:
        return {"ok": True, "say": _("%(part)s: now scan the order.") % {"part": part.label}}
    swap = {"target": "#parts", "url": reverse("desk:issue-parts", args=[order.uid])}
    return _issued(actor, asked, order, part, asked.code) | {"swap": swap}


def _issued(actor: Actor, asked: Scan, order: Found, part: Found, code: str) -> Answer:
    """The piece itself where its serial number was scanned, alone or in a GS1 barcode, which may name the batch too."""
    item, part_uid = trade_item(code), part.uid
    which = Which((item.serial,) if item and item.serial else (), item.batch if item else "")
    if part.kind == "piece":
        piece = pieces_there(actor, pieces_for(actor).filter(pk=part.id))[0]
        which, part_uid = Which((piece.serial,)), piece.part_uid
    done = issue_scanned(actor, order.uid, part_uid=part_uid, which=which, operation=asked.operation)
    said = {"part": part.label, "order": order.label, "quantity": f"{done.quantity / 1000:g}"}
    undo = reverse("web:undo-issue", args=[done.uid])
    return {"ok": True, "moved": True, "say": _("%(quantity)s × %(part)s issued to %(order)s.") % said, "undo": undo}


def _order_of(actor: Actor, context: str) -> Found | None:
    """The order a page belongs to: `order:` and its uid."""
    kind, _colon, uid = context.partition(":")
    try:
        found = work_orders_for(actor).filter(uid=UUID(uid)).first() if kind == "order" else None
    except ValueError:
        return None
    return Found("order", found.pk, found.uid, found.number, found.unit_id, found.pk) if found else None
